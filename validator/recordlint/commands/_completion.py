"""What a shell completes: files, rules and objects. Commands and options are click's own part."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem


def files(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files, as the shell completes them."""
    return [CompletionItem(incomplete, type="file")]


def folders(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Folders, as the shell completes them."""
    return [CompletionItem(incomplete, type="dir")]


def rules(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of rules; behind a comma, the next one."""
    from recordlint.rules.catalogue import rule_ids

    before, comma, last = incomplete.rpartition(",")
    return [CompletionItem(f"{before}{comma}{id}") for id in rule_ids() if id.startswith(last)]


def pages(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of rules, and of the kinds of changes."""
    from recordlint.rules.catalogue import rule_ids
    from recordlint.rules.change_pages import change_ids

    return [CompletionItem(id) for id in (*rule_ids(), *change_ids()) if id.startswith(incomplete)]


def objects(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The keys of the objects that are defined, by `--objects` or the configuration; none where they cannot be read."""
    return [
        CompletionItem(key, help=name) for key, name in _defined(ctx.params.get("objects", ())) if incomplete in key
    ]


def _defined(paths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    from recordlint.commands._options import definition_paths
    from recordlint.definitions.reading import load_objects
    from recordlint.errors import RecordlintError

    try:
        definitions = load_objects(definition_paths(paths))
    except (RecordlintError, click.UsageError):
        return
    for definition in definitions:
        yield definition.key, definition.name
