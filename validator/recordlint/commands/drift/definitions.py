"""The old and the new definitions that the command line names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import click

from recordlint.commands import _options
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.reading import load_objects, parse_objects
from recordlint.files.paths import json_files


class Definitions(NamedTuple):
    """One version of the definitions."""

    objects: tuple[ObjectDefinition, ...]
    paths: tuple[str, ...]
    """Files and folders of the working tree; none for those of a commit."""


def both(paths: Sequence[str], revision: str | None) -> tuple[Definitions, Definitions, tuple[str, ...]]:
    """The old and the new definitions, and the payloads.

    Args:
        paths: the command's arguments.
        revision: the commit of the old ones; None where they are the first argument.

    Raises:
        click.UsageError: a path is missing.
        DefinitionError: definitions cannot be read.
        UsageError: git does not have the commit.
    """
    if revision is not None:
        new = tuple(paths[:1]) or _options.definition_paths(())
        return Definitions(_at(revision, new), ()), _loaded(new), tuple(paths[1:])
    if len(paths) < 2:
        raise click.UsageError(
            "drift compares two versions of definitions: name OLD and NEW, or take OLD from git with --git HEAD"
        )
    return _loaded(tuple(paths[:1])), _loaded(tuple(paths[1:2])), tuple(paths[2:])


def _loaded(paths: tuple[str, ...]) -> Definitions:
    return Definitions(load_objects(paths), paths)


def _at(revision: str, paths: Sequence[str]) -> tuple[ObjectDefinition, ...]:
    from recordlint.definitions.git import files_at

    for path in paths:
        json_files(path)  # A name that is not there is told before git is asked.
    return parse_objects([file for path in paths for file in files_at(revision, path)])
