"""The formats of reports: one module per format, whose name is the format's.

A format's module has four names: `HEAD`, the text before all results; `entry`, the text of one result; `SEPARATOR`, the
text between two entries; and `tail`, the text after all results. A new format is one new module here: `--format` and
`--output` take every module whose name has no leading underscore.

An entry depends on its result alone, so that a report can be written while files are still being checked, and by
several processes. No reporter ranks, filters or counts: what there is to count is in the `Summary` of the tail.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple

from recordlint.checking.report import Report
from recordlint.files.paths import readable
from recordlint.wording.escape import escape
from recordlint.wording.phrases import as_json, count_of, plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from recordlint.baseline.holding import Gone
    from recordlint.definitions.model import ObjectDefinition
    from recordlint.reporters._kinds import Group
    from recordlint.rules.kinds import Kind
    from recordlint.violations import TableCell, Violation

WIDTH: Final = 80
"""Columns of a report that is not for a terminal."""


class Result(NamedTuple):
    """The report of one file, of one row of a file, or of one request in a HAR file."""

    path: str
    """As the user gave it; for a file in a folder, the folder as given and the path below it."""
    report: Report
    """Its places are those in the file; the bytes of a row's places and fixes count from the row's start."""
    line: int | None = None
    """The row's line in the file, from 1."""
    entry: int | None = None
    """The request's index in the HAR file's `log.entries`, from 0."""
    fixed: int = 0
    """How many violations were fixed; `report` is of what is left."""
    fixed_rules: tuple[str, ...] = ()
    """The rule of each, as far as it is known."""
    diff: str = ""
    """The row's change, where it is only shown."""


class Summary(NamedTuple):
    """Numbers over all results."""

    checked: int
    """Files, rows and requests that were checked; those that could not be read are not among them."""
    valid: int
    """Those without an error."""
    errors: int
    warnings: int
    unit: str = "file"
    """What was counted: `file`, `row`, `request`, or `body` for several of these."""
    unlisted: int = 0
    """Violations that were counted and not listed, since a limit was asked for."""
    fixable: int = 0
    """Violations that `--fix` would fix in files that it may rewrite."""
    unsafely_fixable: int = 0
    """Violations there that `--unsafe-fixes` would fix besides."""
    in_diff: int = 0
    """Violations whose fix `--diff` showed; they are not among the errors and warnings."""
    fixed: int = 0
    """Violations that were fixed; they are not among the errors and warnings."""
    fix_options: str = "--fix"
    """The options that write what `--diff` showed; empty where they are refused for what was checked."""
    groups: "Sequence[tuple[Kind, Group]]" = ()
    """The violations by rule and field, the largest group first."""
    held_back: Sequence[tuple[str, int]] = ()
    """What the text report left out, since others are like it: what these have in common, and how many there are;
    the largest number first."""
    known: int = 0
    """Violations that a baseline holds back; they count nowhere else."""
    gone: "Sequence[Gone]" = ()
    """Entries of the baseline that no longer occur."""
    definitions: "Sequence[ObjectDefinition]" = ()
    """What was checked against."""


class Format(NamedTuple):
    """How a report is written."""

    head: str
    entry: Callable[[Result], str]
    """The text of a result; empty for none."""
    separator: str
    """The text between two entries that are not empty."""
    tail: Callable[[Summary], str]


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    files = os.listdir(os.path.dirname(__file__))
    return tuple(sorted(name.removesuffix(".py") for name in files if name.endswith(".py") and name[0] != "_"))


def reporter(name: str) -> Format:
    """The format with this name, one of `formats()`."""
    module = import_module(f"{__name__}.{name}")
    return Format(module.HEAD, module.entry, module.SEPARATOR, module.tail)


def to_bytes(text: str) -> bytes:
    """Text of a report as UTF-8, whatever is in it."""
    return text.encode("utf-8", "backslashreplace")


def render(format: Format, results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """A whole report, in pieces; `summary` is called after the last result."""
    yield format.head
    entries = filter(None, map(format.entry, results))
    yield next(entries, "")
    for entry in entries:
        yield format.separator + entry
    yield format.tail(summary())


def label(result: Result, violation: "Violation") -> str:
    """The prefix of a message that says which request or cell it is about, where the place does not."""
    return in_cell(violation) or ("" if result.entry is None else f"entries[{result.entry}]: ")


def in_cell(violation: "Violation") -> str:
    """The prefix of a message that names the cell of a table; empty for other violations."""
    return "" if violation.cell is None else f"{_cell_label(violation.cell, violation.message)}: "


def _cell_label(cell: "TableCell", message: str) -> str:
    """A cell for people: `B17`, `B17 "Services"` where the message does not name the column, `row 17`."""
    if not cell.name:
        return f"row {cell.row}"
    column = as_json(cell.column)
    return cell.name if not cell.column or column in message else f"{cell.name} {escape(column)}"


def in_one_line(violation: "Violation") -> str:
    """All that a violation says."""
    return "; ".join(filter(None, (violation.message, violation.hint, violation.note)))


def name(result: Result) -> str:
    """A name for a result that no other result has: the file, and the row or request in it."""
    path = readable(result.path)
    if result.line is not None:
        return f"{path} line {result.line}"
    return path if result.entry is None else f"{path} entries[{result.entry}]"


def closing(summary: Summary) -> str:
    """The last line for people: how many problems there are in how many files, and which of them can be fixed."""
    files = count_of(summary.checked, summary.unit)
    if not summary.checked:
        return f"no {plural(summary.unit)} checked\n"
    fixes = _fixes(summary)
    known = [f"{count_of(summary.known, 'known one')} held back"] if summary.known else []
    if not summary.errors and not summary.warnings:
        if not known:
            return f"{files} checked, {', '.join(fixes) or 'no problems'}\n"
        parts = [f"{files} checked, no new problems", ", ".join(fixes), *known]
        return f"{'; '.join(filter(None, parts))}\n"
    new = "new " if known else ""
    kinds = [count_of(n, new + what) for n, what in ((summary.errors, "error"), (summary.warnings, "warning")) if n]
    # Those with known errors alone are not valid, and are not told apart.
    parts = [f"{' and '.join(kinds)} in {files} checked{'' if known else f', {summary.valid:,} valid'}"]
    parts += [", ".join(fixes)] if fixes else []
    parts += [f"{summary.unlisted:,} not listed"] if summary.unlisted else []
    return f"{'; '.join([*parts, *known])}\n"


def _fixes(summary: Summary) -> list[str]:
    """What can be fixed, and how. Nothing is promised where `--fix` would be refused."""
    in_diff, options = f"{summary.in_diff:,} would be fixed", summary.fix_options
    parts = [f"{in_diff} by {options}" if options else in_diff] if summary.in_diff else []
    if options:
        parts += [f"{summary.fixable:,} fixable with --fix"] if summary.fixable else []
        more = "more" if parts else "fixable"
        parts += [f"{summary.unsafely_fixable:,} {more} with --unsafe-fixes"] if summary.unsafely_fixable else []
    return [f"{summary.fixed:,} fixed", *parts] if summary.fixed else parts
