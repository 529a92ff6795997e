"""One module a format: the text before all results, of each result, between two, and behind all.

What is written of a result depends on it alone, so that a report can be written while files are still judged, and
by several processes. No reporter ranks, filters or counts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from recordlint.checking.report import Report
from recordlint.files.paths import readable


class Result(NamedTuple):
    """What was found in one file, in one row of a stream, or in one request of a HAR file."""

    path: str
    """As the user gave it; below a folder, that folder's path and the rest."""
    report: Report
    """Its places are those in the file; the bytes of a row's places and fixes count from the row's start."""
    line: int | None = None
    """The row's line in the file, from 1."""
    entry: int | None = None
    """The request's index in the HAR file's `log.entries`, from 0."""


class Summary(NamedTuple):
    """What was found in all results."""

    checked: int
    """Files, rows and requests judged; those that could not be read are not among them."""
    valid: int
    """Those without an error."""
    errors: int
    warnings: int
    fixable: int = 0
    """Violations that a safe fix would mend."""
    unit: str = "file"
    """What was counted: `file`, `row`, `request`, or `body` for several of these."""
    unlisted: int = 0
    """Violations that were counted and not listed, since a limit was asked for."""


class Format(NamedTuple):
    """How a report is written."""

    head: str
    entry: Callable[[Result], str]
    """What is written of a result; empty for nothing."""
    separator: str
    """What stands between two entries that are not empty."""
    tail: Callable[[Summary], str]


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    files = os.listdir(os.path.dirname(__file__))
    return tuple(sorted(name.removesuffix(".py") for name in files if name.endswith(".py") and name[0] != "_"))


def reporter(name: str) -> Format:
    """How the format with this name, one of `formats()`, is written."""
    module = import_module(f"{__name__}.{name}")
    return Format(module.HEAD, module.entry, module.SEPARATOR, module.tail)


def to_bytes(text: str) -> bytes:
    """Text of a report as UTF-8, whatever is in it."""
    return text.encode("utf-8", "backslashreplace")


def render(format: Format, results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """A whole report, in pieces; `summary` is asked once all results are taken."""
    yield format.head
    entries = filter(None, map(format.entry, results))
    yield next(entries, "")
    for entry in entries:
        yield format.separator + entry
    yield format.tail(summary())


def label(result: Result) -> str:
    """What stands before a message where the place alone does not tell the request."""
    return "" if result.entry is None else f"entries[{result.entry}]: "


def name(result: Result) -> str:
    """What tells a result from all others: the file, and what of it was judged."""
    path = readable(result.path)
    if result.line is not None:
        return f"{path} line {result.line}"
    return path if result.entry is None else f"{path} entries[{result.entry}]"


def closing(summary: Summary) -> str:
    """The last line for people: what was found in how many files."""
    files = _count(summary.checked, summary.unit)
    if not summary.checked:
        return f"no {summary.unit} checked\n"
    if not summary.errors and not summary.warnings:
        mended = f" but {summary.fixable:,} that --fix mends" if summary.fixable else ""
        return f"{files} checked, no problems{mended}\n"
    faults = [_count(n, what) for n, what in ((summary.errors, "error"), (summary.warnings, "warning")) if n]
    mend = f"; --fix mends {summary.fixable:,}" if summary.fixable else ""
    rest = f"; {summary.unlisted:,} not listed" if summary.unlisted else ""
    return f"{' and '.join(faults)} in {files} checked, {summary.valid:,} valid{mend}{rest}\n"


def _count(number: int, what: str) -> str:
    if number == 1:
        return f"1 {what}"
    return f"{number:,} {what.replace('body', 'bodie')}s"
