"""Which files in a folder are payloads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Final

from recordlint.commands.check.plan import Plan
from recordlint.config.loading import Config
from recordlint.errors import InputError
from recordlint.files.paths import holds_rows, holds_table, reason

PASSED_OVER: Final = frozenset({".git", ".hg", ".svn", ".venv", ".vscode", "node_modules"})
"""Folders that hold no payloads of one's own."""
HERE: Final = os.path.join(os.curdir, "")
OUTPUTS: Final = (
    b'{"openapi":"3.',
    b'{"$schema":"http://json-schema.org/draft',
    b'{"$schema":"https://json-schema.org/draft',
    b'{"$schema":"https://docs.oasis-open.org/sarif',
    b'{"source":{"name":"recordlint"}',
    b'{"version":1,"changes":[',
    b'{"version":1,"results":[',
    b'{"version":1,"violations":[',
)
"""How documents begin that recordlint writes, without white space; no body does."""
BEGINNING: Final = 200
"""Bytes of a file in which that is looked for."""
ENDINGS: Final = (".json", ".har")
"""Of files that hold a body, a request or a recording; rows have others."""


def payload_files(folder: str, plan: Plan) -> list[str]:
    """The payloads below a folder, sorted.

    Where entries of the configuration say which files are payloads, these are what they claim. Else it is every
    `*.json` file. Tables are those that an entry of tables claims. What recordlint itself has written is none.

    Raises:
        InputError: a folder cannot be listed, or there is no payload in it.
    """
    by_entries = _by_entries(plan)
    payloads = [file for file in below(folder) if is_payload(file, plan) and not _is_output(file)]
    if not payloads:
        claimed = f"no file here that a [[files]] entry of {plan.config.path} claims"
        raise InputError(f"{folder}: {claimed if by_entries else 'no *.json file in this folder'}")
    return sorted(payloads)


def tables_below(folder: str, config: Config) -> list[str]:
    """The tables below a folder that entries of the configuration claim, sorted.

    Raises:
        InputError: a folder cannot be listed, or there is no such table in it.
    """
    tables = sorted([file for file in below(folder) if holds_table(file) and config.table_for(file) is not None])
    if not tables:
        raise InputError(f"{folder}: no file here that a [[tables]] entry of {config.path} claims")
    return tables


def is_payload(file: str, plan: Plan) -> bool:
    """Whether a file in a folder is a payload by its name. One that is excluded is, too: it is passed over later."""
    if plan.is_definition(file) or _is_same(file, plan.baseline):
        return False
    if holds_table(file) and plan.config.table_for(file) is not None:
        return True
    if not _by_entries(plan):
        return file.lower().endswith(".json")
    rule = plan.config.rule_for(file)
    if rule is None:
        return plan.config.excludes(file)
    ending = os.path.splitext(file)[1]
    return has_known_ending(file) or (ending != "" and rule.match.endswith(ending))


def has_known_ending(file: str) -> bool:
    """Whether a file ends as those do that hold bodies, rows, requests or recordings."""
    return file.lower().endswith(ENDINGS) or holds_rows(file)


def below(folder: str) -> Iterator[str]:
    """The files below a folder."""

    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: {reason(error)}") from error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [each for each in folders if each not in PASSED_OVER]
        yield from [os.path.join(parent, name).removeprefix(HERE) for name in names]


def is_read(output: str, files: Sequence[str], plan: Plan) -> bool:
    """Whether a file to write is one of those that are read, now or the next time."""
    return (
        _is_same(output, plan.baseline)
        or any(_is_in(output, each, is_payload(output, plan)) for each in files)
        or is_in_definitions(output, plan)
    )


def is_in_definitions(file: str, plan: Plan) -> bool:
    """Whether a file would be read as a definition."""
    return any(_is_in(file, each, file.lower().endswith(".json")) for each in plan.definitions)


def _is_output(file: str) -> bool:
    """Whether a file holds what recordlint has written: a report, a schema, an OpenAPI document, a baseline."""
    if not file.lower().endswith(".json"):
        return False
    try:
        with open(file, "rb") as opened:
            return opened.read(BEGINNING).translate(None, b" \t\r\n").startswith(OUTPUTS)
    except OSError:
        return False  # Whoever reads it says so.


def _is_in(output: str, path: str, may_be: bool) -> bool:
    """Whether a file is the one at a path, or may be one of those in a folder."""
    if not os.path.exists(path):
        return False
    if os.path.isdir(path):
        return may_be and os.path.realpath(output).startswith(os.path.join(os.path.realpath(path), ""))
    return os.path.exists(output) and os.path.samefile(output, path)


def _is_same(file: str, path: str | None) -> bool:
    """Whether a file is the one at a path, which need not be there yet."""
    return path is not None and os.path.realpath(file) == os.path.realpath(path)


def _by_entries(plan: Plan) -> bool:
    """Whether entries of the configuration say which files of a folder are payloads."""
    return bool(plan.config.files) and plan.asked.object is None
