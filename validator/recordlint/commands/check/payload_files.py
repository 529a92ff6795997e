"""Which files a path means: in a folder, those that are payloads."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from recordlint.commands.check.plan import Plan
from recordlint.errors import InputError
from recordlint.files.paths import holds_rows, json_files, reason

PASSED_OVER: Final = frozenset({".git", ".hg", ".svn", ".venv", ".vscode", "node_modules"})
"""Folders that hold no payloads of one's own."""
HERE: Final = os.path.join(os.curdir, "")
ENDINGS: Final = (".json", ".har")
"""Of files that hold a body, a request or a recording."""


def payload_files(path: str, plan: Plan, outputs: Collection[str]) -> list[str]:
    """The file itself, or the payloads below a folder, sorted.

    Where entries of the configuration say which files are payloads, these are what they claim. Else it is every
    `*.json` file.

    Args:
        path: a file or a folder.
        plan: what the configuration and the flags say.
        outputs: files that this run writes.

    Raises:
        InputError: the path does not exist, a folder cannot be listed, or there is no payload in it.
    """
    if not os.path.isdir(path):
        return json_files(path)
    others = {os.path.realpath(each) for each in (*outputs, *_definitions(plan))}
    found = [file for file in _below(path) if os.path.realpath(file) not in others]
    by_entries = _by_entries(plan)
    if by_entries:
        found = [file for file in found if plan.config.rule_for(file) or plan.config.excludes(file)]
    else:
        found = [file for file in found if file.lower().endswith(".json")]
    if not found:
        what = f"no file here that a [[files]] entry of {plan.config.path} claims" if by_entries else "no *.json file"
        raise InputError(f"{path}: {what}{'' if by_entries else ' in this folder'}")
    return sorted(found)


def _below(folder: str) -> Iterator[str]:
    """The files below a folder that may hold payloads, by their names."""

    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: {reason(error)}") from error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [each for each in folders if each not in PASSED_OVER]
        for name in names:
            if name.lower().endswith(ENDINGS) or holds_rows(name):
                yield os.path.join(parent, name).removeprefix(HERE)


def _definitions(plan: Plan) -> Iterator[str]:
    """The files of the object definitions."""
    for path in plan.definitions:
        yield from json_files(path)


def is_read(output: str, files: Sequence[str], plan: Plan) -> bool:
    """Whether a file to write is one of those that are read, now or the next time."""
    return any(
        _is_in(output, each, is_payload=plan.config.rule_for(output) is not None or not _by_entries(plan))
        for each in files
    ) or any(_is_in(output, each, is_payload=True) for each in plan.definitions)


def _is_in(output: str, path: str, *, is_payload: bool) -> bool:
    if not os.path.exists(path):
        return False
    if os.path.isdir(path):
        below = os.path.realpath(output).startswith(os.path.join(os.path.realpath(path), ""))
        return below and output.lower().endswith(".json") and is_payload
    return os.path.exists(output) and os.path.samefile(output, path)


def _by_entries(plan: Plan) -> bool:
    """Whether entries of the configuration say which files of a folder are payloads."""
    return bool(plan.config.files) and plan.asked.object is None
