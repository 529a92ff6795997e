"""All that has to be known of a table before its first row is read: its columns, and what a first pass shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from recordlint.checking.checkers import Checkers
from recordlint.contract.operations import PROPERTIES
from recordlint.definitions.target import Target
from recordlint.errors import InputError
from recordlint.fieldtypes._cells import SPREADSHEET_DIGITS
from recordlint.files.paths import WORKBOOKS
from recordlint.problems.pointers import Path, pointer
from recordlint.problems.problem import Problem
from recordlint.rules.severities import apply_severities
from recordlint.tables.bodies import BODY, row_reader
from recordlint.tables.cell_places import cell_place, cell_places
from recordlint.tables.columns import USER_COLUMNS, Table
from recordlint.tables.constants import constant_faults
from recordlint.tables.headers import match_headers, meanings_of
from recordlint.tables.mapping import TableMapping
from recordlint.tables.repeats import URL, Collector, Repeats
from recordlint.tables.row_checker import Asked, positions
from recordlint.tables.row_faults import row_faults
from recordlint.tables.sources import LONGEST, open_table
from recordlint.tables.survey import Question, Survey
from recordlint.tables.table_files import Layout, TableFile, TableRow, column_name
from recordlint.violations import TableCell, Violation
from recordlint.wording.normalize import normalize, trim
from recordlint.wording.phrases import as_json, count_of


class Source(NamedTuple):
    """How a file is opened."""

    path: str
    name: str
    """What the user calls it; the path may be that of a copy."""
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    longest: int = LONGEST


class Prepared(NamedTuple):
    """A table that can be read."""

    layout: Layout
    head: TableRow
    table: Table
    questions: Sequence[tuple[Violation, bytes | None]]
    """What the columns have to declare, once for each, with the text of the row if that has one."""
    asked: Asked
    repeats: Repeats
    notes: tuple[str, ...]


class Unready(NamedTuple):
    """A table that cannot be read."""

    reasons: Sequence[str]
    """All that is wrong with its headers and its mapping, one sentence each."""
    notes: tuple[str, ...]


def prepare(
    source: Source,
    target: Target,
    mapping: TableMapping,
    checkers: Checkers,
    *,
    location: str | None,
    unique: Sequence[str] = (),
    as_requests: bool = False,
) -> Prepared | Unready:
    """Match the headers of a table, and read it once where only all rows tell how it is read.

    Args:
        source: the file. It can be read twice.
        target: the object and the operation.
        mapping: what the user says of the table.
        checkers: have the severities.
        location: the location's id.
        as_requests: whether whole requests are asked for.
        unique: headers of columns or keys of fields whose values may stand in one row alone.

    Raises:
        InputError: the file cannot be read.
        UsageError: an option does not suit it.
    """
    with opened(source) as file:
        if source.name.lower().endswith(WORKBOOKS):
            mapping = mapping._replace(reading=mapping.reading._replace(digits_kept=SPREADSHEET_DIGITS))
        table, faults = match_headers(file.header, target, mapping, location=location, as_requests=as_requests)
        reasons = [each.reason for each in [*faults, *constant_faults(table, checkers)]]
        keys, wrong = _unique_keys(unique, table)
        reasons += wrong
        survey, collector = Survey(table), Collector(table, keys)
        if reasons or not (survey.is_needed or collector):
            return _ready(file, table, reasons, survey, collector, {}, checkers)
        first: dict[int, TableRow] = {}
        for row in file.rows():
            if not row_faults(row, table) and survey.feed(row.cells, row.number):
                first[row.number] = row
        notes = file.notes()
    _, faults = match_headers(
        file.header, target, mapping, location=location, filled=survey.filled, as_requests=as_requests
    )
    reasons = [each.reason for each in faults]
    table = survey.table()
    if collector and not reasons:
        # What a cell means may depend on the separators.
        read = row_reader(table)
        with opened(source) as again:
            for row in again.rows():
                if not row_faults(row, table):
                    collector.feed(row.number, read(row.cells))
    ready = _ready(file, table, reasons, survey, collector, first, checkers)
    return ready._replace(notes=(*notes, *_splits(survey)))


@contextmanager
def opened(source: Source) -> Iterator[TableFile]:
    """A source, open.

    Raises:
        InputError: it cannot be read.
    """
    path, name, delimiter, encoding, sheet, longest = source
    try:
        with open_table(path, name=name, delimiter=delimiter, encoding=encoding, sheet=sheet, longest=longest) as file:
            yield file
    except InputError as error:
        if path == name:
            raise
        raise InputError(str(error).replace(path, name)) from error


def _ready(
    file: TableFile,
    table: Table,
    reasons: Sequence[str],
    survey: Survey,
    collector: Collector,
    first: Mapping[int, TableRow],
    checkers: Checkers,
) -> Prepared | Unready:
    if reasons:
        return Unready(reasons, file.notes())
    questions = survey.questions()
    said = [each for question in questions for each in _violations(question, table, file.layout, first, checkers)]
    asked = positions([(each.column, each.rule) for each in questions])
    return Prepared(file.layout, file.head, table, said, asked, collector.repeats(), file.notes())


def _violations(
    question: Question, table: Table, layout: Layout, first: Mapping[int, TableRow], checkers: Checkers
) -> Iterator[tuple[Violation, bytes | None]]:
    """A question as a violation at the first of its cells, with the severity that the user gives to its rule."""
    position = question.column.position
    message = f"{question.message}, in {count_of(question.cells, 'cell')}"
    cell = TableCell(question.row, f"{column_name(position)}{question.row}", question.column.header)
    row = first.get(question.row)
    place = cell_place(cell_places(row, layout.delimiter), position) if row and row.line else None
    text = row.text.encode("utf-8", "replace") if row and row.text else None
    path: Path = (PROPERTIES, question.column.key) if question.column.holds == "property" else (question.column.key,)
    for problem in apply_severities([Problem(question.rule, message, question.hint, path)], checkers.severity):
        at = pointer((BODY, *path) if table.makes_requests else path)
        violation = Violation(problem.rule, problem.severity, at, problem.message, problem.hint, place, (), None)
        yield violation._replace(cell=cell), text


def _splits(survey: Survey) -> Iterator[str]:
    """Where the separator is that of the cells, and not declared."""
    for column, separator in survey.separators().items():
        yield f"the values of {as_json(column.header)} are split at {as_json(separator)}, as all its cells bear out"


def _unique_keys(unique: Sequence[str], table: Table) -> tuple[list[str], list[str]]:
    """The keys that may not be repeated, as a `Collector` takes them, and what is wrong with their names."""
    keys: list[str] = []
    wrong: list[str] = []
    for name in unique:
        meant = {(each.holds, each.key) for each in meanings_of(table.target.object, name)}
        columns = [each for each in table.columns if normalize(each.header) == normalize(trim(name))]
        columns = columns or [each for each in table.columns if (each.holds, each.key) in meant]
        if len({(each.holds, each.key) for each in columns}) != 1:
            wrong.append(f"--unique {as_json(name)} names {'several columns' if columns else 'no column'} of the table")
        elif columns[0].holds in USER_COLUMNS:
            wrong.append(f"--unique {as_json(name)} names a column of users, and only fields and record ids are unique")
        else:
            keys.append(columns[0].key if columns[0].holds == "property" else URL)
    return keys, wrong
