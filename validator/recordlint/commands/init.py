"""recordlint init: a first configuration, by what is there."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

import click

from recordlint.commands import _options
from recordlint.commands._contents import Contents, Payload, look_into
from recordlint.commands._exit_status import CLEAN
from recordlint.config.loading import NAMES, find_config, read_config
from recordlint.contract.operations import UPDATE
from recordlint.files.paths import holds_rows, readable
from recordlint.wording.escape import escape
from recordlint.wording.phrases import as_json, count_of

NAME = NAMES[0]


@click.command(short_help="Write a first configuration.")
@click.argument(
    "folder",
    default=".",
    metavar="[FOLDER]",
    type=click.Path(exists=True, file_okay=False),
    shell_complete=_options.completing("folders"),
)
def command(folder: str) -> int:
    """Look for object definitions and payloads in FOLDER, by their contents, and write a recordlint.toml for them.

    Nothing that is there is changed.
    """
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.exists(path) and read_config(path) is not None:
            raise click.UsageError(f"{path} is a configuration already: recordlint config shows what it says")
    contents = look_into(folder)
    for fault in contents.faults:
        _options.say(f"warning: left out: {fault}")
    if not contents.definitions:
        raise _options.NoDefinitions(f"{folder}: there are ")
    from recordlint.export.generated_files import write

    write(folder, {NAME: configuration(contents)})
    for line in _summary(contents, folder):
        click.echo(escape(line))
    _say_unclaimed(contents, folder)
    return CLEAN


def _say_unclaimed(contents: Contents, folder: str) -> None:
    """Say which files may be payloads with a mistake that nothing checks."""
    config = find_config(folder)
    for path in sorted(contents.unreadable):
        named = os.path.join(folder, path)
        if config.rule_for(named) is None:
            _options.say(f"warning: {readable(named)} is not JSON, and no entry claims it")


def configuration(contents: Contents) -> str:
    """The text of a configuration."""
    lines = ["# What recordlint checks: see docs/configuration.md of recordlint.", ""]
    lines += ["# The object definitions, as the API answers them.", f"objects = {_array(_places(contents))}"]
    for comment, settings in _entries(contents):
        lines += ["", f"# {comment}", "[[files]]", *[f"{key} = {_text(value)}" for key, value in settings.items()]]
    if not contents.payloads:
        key = contents.definitions[0].key
        lines += ["", "# No payloads were there. This is how they are claimed:", "# [[files]]"]
        lines += ['# match = "payloads/**/*.json"', f"# object = {_text(key)}"]
    return "\n".join(lines) + "\n"


def _places(contents: Contents) -> list[str]:
    """The folders that hold nothing but definitions, and the other files of definitions."""
    others = {"", *map(os.path.dirname, (*contents.others, *[each.path for each in contents.payloads]))}
    places = [
        path if (folder := os.path.dirname(path)) in others else f"{folder}/" for path in contents.definition_files
    ]
    return list(dict.fromkeys([each.replace(os.sep, "/") for each in places]))


def _entries(contents: Contents) -> Iterator[tuple[str, dict[str, str]]]:
    """A comment and the settings of each entry.

    A folder has one where its files are for the same. Else those of one beginning have one, or each file has, and the
    last is for all other files of the folder, by what most of them are for.
    """
    groups: dict[tuple[str, str], list[Payload]] = {}
    for each in contents.payloads:
        groups.setdefault(_kind(each.path), []).append(each)
    others = Counter(map(_kind, contents.others))
    for (folder, ending), payloads in groups.items():
        common = _common(payloads)
        # A folder of payloads may hold a few that do not look like one; the project's own folder holds anything.
        is_theirs = others[folder, ending] <= (len(payloads) if folder else 0)
        if common and is_theirs:
            yield _entry("/".join([*_escaped(folder), f"*{ending}"]), common, contents)
            continue
        alike: dict[Payload, list[str]] = {}
        for each in payloads:
            alike.setdefault(each._replace(path=""), []).append(os.path.basename(each.path))
        here = [*contents.others, *[each.path for each in payloads]]
        every = {os.path.basename(path) for path in here if os.path.dirname(path) == folder}
        beginnings = {payload: _own_beginning(names, every) for payload, names in alike.items()}
        unlike = [payload for payload, beginning in beginnings.items() if not beginning]
        others_are = max(unlike, key=lambda each: len(alike[each])) if unlike and folder and is_theirs else None
        for payload, names in alike.items():
            beginning = beginnings[payload]
            patterns = [f"{glob.escape(beginning)}*{ending}"] if beginning else map(glob.escape, names)
            for pattern in () if payload is others_are else patterns:
                yield _entry("/".join([*_escaped(folder), pattern]), payload, contents)
        if others_are is not None:
            comment, settings = _entry("/".join([*_escaped(folder), f"*{ending}"]), others_are, contents)
            yield f"All other files there, by what most are for. {comment}", settings


def _own_beginning(names: Sequence[str], every: set[str]) -> str:
    """What several names begin with, and no other name; empty where there is no such thing."""
    beginning = _beginning(names) if len(names) > 1 else ""
    return beginning if not any(each.startswith(beginning) for each in every.difference(names)) else ""


def _beginning(names: Sequence[str]) -> str:
    """What all names begin with, without the first digits of numbers."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(names), max(names), strict=False))
    return "".join([character for character, _ in pairs]).rstrip("0123456789")


def _kind(path: str) -> tuple[str, str]:
    return os.path.dirname(path), os.path.splitext(path)[1]


def _escaped(path: str) -> list[str]:
    """The steps of a path, as a pattern has them."""
    return [glob.escape(each) for each in path.split(os.sep) if each]


def _common(payloads: Sequence[Payload]) -> Payload | None:
    """What all of these can be for; None where there is no such thing."""
    first = payloads[0]
    if any((each.is_whole, each.operation) != (first.is_whole, first.operation) for each in payloads):
        return None
    known = [each.objects for each in payloads if each.objects]
    objects = tuple([key for key in known[0] if all(key in each for each in known)]) if known else ()
    return None if known and not objects else first._replace(objects=objects)


def _entry(pattern: str, payload: Payload, contents: Contents) -> tuple[str, dict[str, str]]:
    if payload.is_whole:
        return "Whole requests name their objects themselves.", {"match": pattern}
    settings = {"match": pattern, "object": (payload.objects or [each.key for each in contents.definitions])[0]}
    if payload.operation != UPDATE.name:
        settings["operation"] = payload.operation
    if len(payload.objects) == 1:
        return "Bodies, by their properties; of updates where they have no locationId.", settings
    others = ", ".join(payload.objects or [each.key for each in contents.definitions])
    return f"Bodies that could be for any of {others}: is it the right one?", settings


def _summary(contents: Contents, folder: str) -> Iterator[str]:
    """What was there, and what to do next."""
    rows = sum(holds_rows(each.path) for each in contents.payloads)
    yield f"wrote {readable(os.path.join(folder, NAME))}"
    yield f"  {count_of(len(contents.definitions), 'object')}: {', '.join([each.key for each in contents.definitions])}"
    yield f"  {count_of(len(contents.payloads), 'payload file')}{f', {rows} of them with rows' if rows else ''}"
    yield "next: recordlint check, and a hook for each commit: docs/pre-commit.md"


def _array(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: str) -> str:
    """A string of TOML, which is one of JSON but for DEL."""
    return as_json(value).replace("\x7f", "\\u007f")
