"""One module a format, each with `render(results, summary)`: results into chunks of the report's text.

`summary` is read once all results are taken, so that a report can be written while files are still judged.
No reporter ranks, filters or counts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from recordlint.report import Report


class Result(NamedTuple):
    """What was found in one file."""

    path: str
    """As the user gave it; below a folder, that folder's path and the rest."""
    report: Report


class Summary(NamedTuple):
    """What was found in all files."""

    checked: int
    """Files judged; those that could not be read are not among them."""
    valid: int
    """Files without an error."""
    errors: int
    warnings: int
    fixable: int = 0
    """Violations that a safe fix would mend."""


Render = Callable[[Iterable[Result], Callable[[], Summary]], Iterator[str]]


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    files = os.listdir(os.path.dirname(__file__))
    return tuple(sorted(name.removesuffix(".py") for name in files if name.endswith(".py") and name[0] != "_"))


def reporter(name: str) -> Render:
    """The reporter of a format, one of `formats()`."""
    render: Render = import_module(f"{__name__}.{name}").render
    return render


def closing(summary: Summary) -> str:
    """The last line for people: what was found in how many files."""
    files = _count(summary.checked, "file")
    if not summary.checked:
        return "no file checked\n"
    if not summary.errors and not summary.warnings:
        mended = f" but {summary.fixable:,} that --fix mends" if summary.fixable else ""
        return f"{files} checked, no problems{mended}\n"
    faults = [_count(n, what) for n, what in ((summary.errors, "error"), (summary.warnings, "warning")) if n]
    mend = f"; --fix mends {summary.fixable:,}" if summary.fixable else ""
    return f"{' and '.join(faults)} in {files} checked, {summary.valid:,} valid{mend}\n"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
