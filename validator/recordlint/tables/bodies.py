"""Rows of a table as bodies, or as whole requests where the table names the records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode

from recordlint.contract.operations import LOCATION, PROPERTIES
from recordlint.fieldtypes._cells import UNKNOWN, CellReader, Noted, Remembering, is_blank
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem
from recordlint.tables.cells import column_reader, takes_white_space
from recordlint.tables.columns import USER_COLUMNS, Table
from recordlint.wording.phrases import count_of

BODY: Final = "body"


class Row(NamedTuple):
    """What a row of a table is as JSON."""

    value: dict[str, Any] | None
    """The body or the whole request; None for a row without data. Parts may be shared: they are not to be changed."""
    problems: Sequence[Problem] = ()
    """What is wrong with cells before the body is checked, by paths from the value."""


class _Step(NamedTuple):
    """How one column of properties is read."""

    position: int
    key: str
    known: Callable[[str, object], object]
    """Looks up a text that was read before; the second argument where it was not."""
    read: CellReader
    """Reads any other cell."""
    skips: bool
    """Whether an empty cell says nothing; else it is null."""
    trims: bool
    """Whether white space alone is an empty cell."""
    joins: bool
    """Whether another column is for the same field."""


RowReader = Callable[[Sequence[object]], Row]


def row_reader(table: Table) -> RowReader:
    """The function that makes a row a body.

    Cells that a row does not have say nothing. Cells beyond the header are a violation, unless they are empty.

    Args:
        table: the columns, without faults.

    Example:
        >>> from recordlint.contract.operations import UPDATE
        >>> from recordlint.definitions.model import Field, ObjectDefinition
        >>> from recordlint.definitions.target import Target
        >>> from recordlint.tables.headers import match_headers
        >>> from recordlint.tables.mapping import TableMapping
        >>> pet = ObjectDefinition("custom_objects.pet", "Pet", (Field("day", "Day", "DATE"),))
        >>> table, _ = match_headers(["Day"], Target(pet, UPDATE), TableMapping())
        >>> row_reader(table)(["2024/7/1"]).value
        {'properties': {'day': '2024-07-01'}}
    """
    steps = _steps(table)
    users = [(column, column_reader(column, table.target)) for column in table.columns if column.holds in USER_COLUMNS]
    constants, constant_users, constant_problems = read_constants(table)
    beyond = [*table.unnamed]
    finish = _request_maker(table) if table.makes_requests else _finisher(table)
    width = table.width
    others = [*beyond, *[column.position for column in table.columns if column.holds == "record-id"]]

    def read(cells: Sequence[object]) -> Row:
        if _is_white(cells):
            return Row(None)
        properties: dict[str, object] = {**constants}
        problems: list[Problem] = []
        count = len(cells)
        is_empty = True
        for position, key, known, read_cell, skips, trims, joins in steps:
            cell = cells[position] if position < count else None
            # Most texts were read before, so that is asked first: none of those is blank.
            value = known(cell, UNKNOWN) if type(cell) is str and cell else UNKNOWN
            if value is UNKNOWN:
                if not cell or (trims and cell.isspace()) if type(cell) is str else is_blank(cell):
                    if not skips and position < count:
                        properties[key] = None
                    continue
                value = read_cell(cell)
            is_empty = False
            if type(value) is Noted:
                problems += [each.below(PROPERTIES, key) for each in value.problems]
                value = value.value
            properties[key] = _joined(properties.get(key), value) if joins else value
        body: dict[str, Any] = {PROPERTIES: properties} if properties else {}
        for column, read_cell in users:
            cell = cells[column.position] if column.position < count else None
            if is_blank(cell) or (isinstance(cell, str) and cell.isspace()):
                continue
            is_empty = False
            _add_users(body, column.key, read_cell(cell), problems)
        surplus = count > width and not all(map(is_blank, cells[width:]))
        if is_empty and not surplus and all(position >= count or is_blank(cells[position]) for position in others):
            return Row(None)
        for key, users_of_all in constant_users.items():
            body[key] = _joined(body.get(key), users_of_all)
        for position in beyond:
            if position < count and not is_blank(cells[position]):
                problems.append(_unnamed(position))
        if surplus:
            problems.append(_too_long(width))
        return finish(cells, body, [*problems, *constant_problems] if constant_problems else problems)

    return read


def _is_white(cells: Sequence[object]) -> bool:
    """Whether there is nothing but white space in a row, even in columns of texts: it looks empty in a spreadsheet."""
    # A loop takes a third of the time, and every row passes here.
    for cell in cells:  # noqa: SIM110
        if cell and not cell.isspace() if type(cell) is str else not is_blank(cell):
            return False
    return True


def _steps(table: Table) -> Sequence[_Step]:
    properties = [column for column in table.columns if column.holds == "property"]
    keys = [column.key for column in [*properties, *table.constants]]
    nothing: dict[str, object] = {}
    steps = []
    for column in properties:
        reader = column_reader(column, table.target)
        joins = keys.count(column.key) > 1
        steps.append(
            _Step(
                column.position,
                column.key,
                reader.values.get if isinstance(reader, Remembering) else nothing.get,
                reader.first if isinstance(reader, Remembering) else reader,
                column.reading.empty == "skip" or joins,  # Null would undo what the other column says.
                not takes_white_space(column, table.target),
                joins,
            )
        )
    return steps


def _joined(halves: object, value: object) -> object:
    """What two columns add and remove in one field."""
    return {**halves, **value} if isinstance(halves, dict) and isinstance(value, dict) else value


def _add_users(body: dict[str, Any], key: str, value: object, problems: list[Problem]) -> None:
    if isinstance(value, Noted):
        problems += [each.below(key) for each in value.problems]
        value = value.value
    body[key] = _joined(body.get(key), value)


def read_constants(table: Table) -> tuple[dict[str, object], dict[str, object], Sequence[Problem]]:
    """The properties and the users that all rows have, and what is wrong with them."""
    properties: dict[str, object] = {}
    users: dict[str, object] = {}
    problems: list[Problem] = []
    for column, cell in table.constants.items():
        value = column_reader(column, table.target)(cell)
        path: Path = (PROPERTIES, column.key) if column.holds == "property" else (column.key,)
        if isinstance(value, Noted):
            problems += [each.below(*path) for each in value.problems]
            value = value.value
        (properties if column.holds == "property" else users)[column.key] = value
    return properties, users, problems


Finish = Callable[[Sequence[object], dict[str, Any], list[Problem]], Row]


def _finisher(table: Table) -> Finish:
    location = table.location if table.target.operation.location == "body" else None

    def finish(cells: Sequence[object], body: dict[str, Any], problems: list[Problem]) -> Row:
        if location is not None:
            body[LOCATION] = location
        return Row(body, problems)

    return finish


def _request_maker(table: Table) -> Finish:
    """Makes whole requests. A row of an update without a record id has a URL without one, which is a violation."""
    operation = table.target.operation
    finish_body = _finisher(table)
    before = operation.path.replace("{customObjectKey}", table.target.object.key).removesuffix("/{recordId}")
    by_query = table.location is not None and operation.location != "body"
    query = f"?{urlencode({LOCATION: table.location})}" if by_query else ""
    column = next((each for each in table.columns if each.holds == "record-id"), None)
    read_id = column_reader(column, table.target) if column else None

    def finish(cells: Sequence[object], body: dict[str, Any], problems: list[Problem]) -> Row:
        id: object = ""
        if column and read_id:
            cell = cells[column.position] if column.position < len(cells) else None
            id = "" if is_blank(cell) else read_id(cell)
        noted: Sequence[Problem] = ()
        if isinstance(id, Noted):
            noted, id = id.problems, id.value
        path = _path_of(id) if isinstance(id, str) and id.strip() else ""
        if problems or noted:
            problems = [each.below(BODY) for each in problems] + [each.below("url") for each in noted]
        row = finish_body(cells, body, problems)
        return Row({"method": operation.method, "url": f"{before}{path}{query}", BODY: row.value}, problems)

    return finish


def _path_of(id: str) -> str:
    return f"/{id if id.isalnum() and id.isascii() else quote(id, safe='')}"


def _unnamed(position: int) -> Problem:
    message = f"the row has data in column {position + 1}, which has no header"
    return Problem("row-length", message, "write a header, or leave the column out with --ignore-column")


def _too_long(width: int) -> Problem:
    message = f"the row has more cells than the header, which has {count_of(width, 'column')}"
    return Problem("row-length", message, "put a cell with the separator in it in double quotes, or add headers")
