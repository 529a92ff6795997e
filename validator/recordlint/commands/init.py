"""recordlint init: a first configuration, by what is there."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN
from recordlint.commands._finding import Found, Payload, find
from recordlint.config.loading import NAMES, read_config
from recordlint.contract.operations import UPDATE
from recordlint.files.paths import readable
from recordlint.wording.escape import escape

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
    found = find(folder)
    for fault in found.faults:
        _options.say(f"warning: left out: {fault}")
    if not found.definitions:
        raise _options.NoDefinitions(f"{folder}: there are ")
    from recordlint.export.generated_files import write

    write(folder, {NAME: configuration(found)})
    for line in _summary(found, folder):
        click.echo(escape(line))
    return CLEAN


def configuration(found: Found) -> str:
    """The text of a configuration."""
    lines = ["# What recordlint checks: see docs/configuration.md of recordlint.", ""]
    lines += ["# The object definitions, as the API answers them.", f"objects = {_array(_places(found))}"]
    for comment, settings in _entries(found):
        lines += ["", f"# {comment}", "[[files]]", *[f"{key} = {_text(value)}" for key, value in settings.items()]]
    if not found.payloads:
        key = found.definitions[0].key
        lines += ["", "# No payloads were there. This is how they are claimed:", "# [[files]]"]
        lines += ['# match = "payloads/**/*.json"', f"# object = {_text(key)}"]
    return "\n".join(lines) + "\n"


def _places(found: Found) -> list[str]:
    """The folders that hold nothing but definitions, and the other files of definitions."""
    others = {"", *map(os.path.dirname, (*found.others, *[each.path for each in found.payloads]))}
    places = [path if (folder := os.path.dirname(path)) in others else f"{folder}/" for path in found.definition_files]
    return list(dict.fromkeys([each.replace(os.sep, "/") for each in places]))


def _entries(found: Found) -> Iterator[tuple[str, dict[str, str]]]:
    """A comment and the settings of each entry.

    A folder has one where its files are for the same; else those of one beginning have, or each file.
    """
    groups: dict[tuple[str, str], list[Payload]] = {}
    for each in found.payloads:
        groups.setdefault(_kind(each.path), []).append(each)
    others = Counter(map(_kind, found.others))
    for (folder, ending), payloads in groups.items():
        common = _common(payloads)
        # A folder of payloads may hold a few that do not look like one; the project's own folder holds anything.
        if common and others[folder, ending] <= (len(payloads) if folder else 0):
            yield _entry("/".join([*_escaped(folder), f"*{ending}"]), common, found)
            continue
        alike: dict[Payload, list[str]] = {}
        for each in payloads:
            alike.setdefault(each._replace(path=""), []).append(os.path.basename(each.path))
        here = [*found.others, *[each.path for each in payloads]]
        every = {os.path.basename(path) for path in here if os.path.dirname(path) == folder}
        for payload, names in alike.items():
            beginning = _beginning(names)
            is_own = beginning and not any(each.startswith(beginning) for each in every.difference(names))
            patterns = [f"{glob.escape(beginning)}*{ending}"] if is_own and len(names) > 1 else map(glob.escape, names)
            for pattern in patterns:
                yield _entry("/".join([*_escaped(folder), pattern]), payload, found)


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


def _entry(pattern: str, payload: Payload, found: Found) -> tuple[str, dict[str, str]]:
    if payload.is_whole:
        return "Whole requests name their objects themselves.", {"match": pattern}
    settings = {"match": pattern, "object": (payload.objects or [each.key for each in found.definitions])[0]}
    if payload.operation != UPDATE.name:
        settings["operation"] = payload.operation
    if len(payload.objects) == 1:
        return "Bodies, by their properties.", settings
    others = ", ".join(payload.objects or [each.key for each in found.definitions])
    return f"Bodies that could be for any of {others}: is it the right one?", settings


def _summary(found: Found, folder: str) -> Iterator[str]:
    """What was there, and what to do next."""
    rows = sum(each.path.lower().endswith((".ndjson", ".jsonl", ".gz")) for each in found.payloads)
    yield f"wrote {readable(os.path.join(folder, NAME))}"
    yield f"  {_count(len(found.definitions), 'object')}: {', '.join([each.key for each in found.definitions])}"
    yield f"  {_count(len(found.payloads), 'payload file')}{f', {rows} of them with rows' if rows else ''}"
    yield "next: recordlint check, and a hook for each commit: docs/pre-commit.md"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _array(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: Any) -> str:
    """A string of TOML, which takes JSON's escapes but for surrogates."""
    import json

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
