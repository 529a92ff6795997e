"""Where the configuration meets the command line: a flag wins, and the configuration says the rest."""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import click

from recordlint.checking.validator import Validator
from recordlint.commands import _options
from recordlint.config.loading import Config, find_config, line_of, setting_lines
from recordlint.contract.operations import UPDATE
from recordlint.definitions.target import Claim
from recordlint.errors import ConfigError, InputError, UnknownObject
from recordlint.files.paths import json_files
from recordlint.reporters._totals import Showing

STDIN: Final = "-"


class Plan(NamedTuple):
    """How files are checked: what the flags say, and the configuration where they say nothing."""

    config: Config
    definitions: tuple[str, ...]
    """Paths of the object definitions; at least one."""
    asked: Claim
    """What the flags say that bare bodies are for."""
    max_size: int
    """In bytes."""
    fail_on: str
    showing: Showing
    ignore_unmatched: bool
    stdin_name: str | None
    lines: bool
    """Whether every file holds one body per line."""
    jobs: int | None
    """How many processes check rows; None for one, and one per core where there are many rows."""
    select: tuple[str, ...] = ()
    """The rules that are asked for; empty for all."""
    ignore: tuple[str, ...] = ()
    """The rules that are not."""
    baseline: str | None = None
    """The file of known violations."""

    @property
    def judged(self) -> frozenset[str] | None:
        """The rules that the flags leave; None for all."""
        if not self.select and not self.ignore:
            return None
        from recordlint.rules.catalogue import rule_ids
        from recordlint.rules.severities import ALWAYS_ERRORS

        return frozenset(self.select or rule_ids()) - {*self.ignore} | ALWAYS_ERRORS

    def chosen(self, severity: Mapping[str, str]) -> Mapping[str, str]:
        """The severities of the configuration, and what the flags choose of the rules.

        Raises:
            UsageError: a rule that a flag names is none, or is always an error.
        """
        if not self.select and not self.ignore:
            return severity
        from recordlint.rules.severities import choose

        return choose(severity, self.select, self.ignore)

    def named(self, path: str) -> str:
        """What reports and entries call a file."""
        return self.stdin_name if path == STDIN and self.stdin_name else path

    def claim(self, path: str) -> Claim | None:
        """What a file's bodies are for; None where the file is passed over.

        Raises:
            InputError: no entry of the configuration claims it, and no flag names its object.
        """
        if self.config.excludes(path) or (self.ignore_unmatched and self.is_definition(path)):
            return None
        rule = self.config.rule_for(path)
        if rule is None and self.asked.object is None:
            if self.ignore_unmatched:
                return None
            if self.config.files:
                raise InputError(
                    f"{path}: no [[files]] entry of {self.config.path} claims it: add one, name its object with "
                    "--object, or pass over such files with --ignore-unmatched"
                )
        by_rule = rule.claim if rule else Claim()
        return Claim(
            self.asked.object or by_rule.object,
            self.asked.operation or by_rule.operation or UPDATE,
            self.asked.phone_region or by_rule.phone_region or self.config.phone_region,
        )

    def is_definition(self, path: str) -> bool:
        """Whether a file is one of the object definitions."""
        return os.path.realpath(path) in definition_files(*map(os.path.abspath, self.definitions))

    def require_objects(self, validator: Validator) -> None:
        """Verify that each object that is named is defined, before anything is checked.

        Raises:
            UnknownObject: the one that `--object` names is not.
            ConfigError: those that entries of the configuration name are not.
        """
        if self.asked.object is not None:
            validator.require(self.asked.object)
            return
        faults = []
        for index, rule in enumerate(self.config.files):
            try:
                if rule.claim.object is not None:
                    validator.require(rule.claim.object)
            except UnknownObject as error:
                faults.append((("files", index, "object"), f"files.object: {error}"))
        if faults:
            lines = setting_lines(self.config.path)
            raise ConfigError(*[f"{self.config.path}:{line_of(lines, path)}: {reason}" for path, reason in faults])


@cache
def definition_files(*paths: str) -> frozenset[str]:
    """The files of object definitions, by their real paths.

    Args:
        paths: files, and folders of them.
    """
    there = filter(os.path.exists, paths)
    return frozenset([os.path.realpath(file) for path in there for file in json_files(path)])


def claimed_files(objects: Sequence[str]) -> tuple[str, ...]:
    """What is checked where no files are named, as it is seen from here.

    It is the folder of the configuration, whose `[[files]]` entries say which files are payloads; if it has none of
    these, it is each table there that a `[[tables]]` entry claims.

    Args:
        objects: the values of `--objects`.

    Raises:
        ConfigError: the configuration cannot be used.
        InputError: there is no such table.
        NoDefinitions: there is no configuration, and no definitions are named.
        click.UsageError: no entry says which files are payloads.
    """
    config = find_config(".")
    if config.files or config.tables:
        folder = os.path.relpath(os.path.dirname(config.path))
        if config.files:
            return (folder,)
        from recordlint.commands.check.payload_files import tables_below

        return tuple(tables_below(folder, config))
    if not config.path and not objects:
        raise _options.NoDefinitions("no files are named, and there are ")
    raise click.UsageError(
        "no files are named, and no configuration has [[files]] or [[tables]] entries that say which to check: "
        "name files or folders, or see docs/configuration.md"
    )


def make_plan(
    files: Sequence[str],
    *,
    objects: tuple[str, ...],
    asked: Claim,
    max_size: int | None,
    fail_on: str | None,
    showing: Showing,
    ignore_unmatched: bool,
    stdin_name: str | None,
    lines: bool,
    jobs: int | None,
    select: Sequence[str],
    ignore: Sequence[str],
    baseline: str | None = None,
) -> Plan:
    """The plan by the flags, and by the configuration that is found from the first file upward.

    Raises:
        ConfigError: the configuration cannot be used.
        click.UsageError: there are no definitions, or `--ignore-unmatched` has no entries to go by.
    """
    config = find_config(_folder(files[0], stdin_name))
    if ignore_unmatched and not config.files and not config.tables and asked.object is None:
        raise click.UsageError(
            "--ignore-unmatched passes over files that no entry claims, and no configuration has entries: "
            "see docs/configuration.md"
        )
    return Plan(
        config,
        _options.definition_paths(objects, config),
        asked,
        config.max_size if max_size is None else max_size,
        fail_on or config.fail_on,
        showing,
        ignore_unmatched,
        stdin_name,
        lines,
        jobs,
        _listed("--select", select),
        _listed("--ignore", ignore),
        config.baseline if baseline is None else baseline,
    )


def _listed(flag: str, values: Sequence[str]) -> tuple[str, ...]:
    """The rules of a flag that may be repeated, and may list several each time.

    Raises:
        click.UsageError: it names none.
    """
    listed = tuple([stripped for value in values for each in value.split(",") if (stripped := each.strip())])
    if values and not listed:
        raise click.UsageError(f"{flag} names no rule: recordlint rules lists them")
    return listed


def _folder(path: str, stdin_name: str | None) -> str:
    """Where the configuration is looked for: the first file's folder, or the first folder itself."""
    if path == STDIN:
        return os.path.dirname(stdin_name or "") or "."
    return path if os.path.isdir(path) else os.path.dirname(path) or "."
