"""Readers of a column's cells: of its field's type, or of ids."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from recordlint.body.users import looks_like_id
from recordlint.definitions.target import Target
from recordlint.fieldtypes import field_type
from recordlint.fieldtypes._cells import (
    CellReader,
    Noted,
    Reading,
    decimal_text,
    digits_lost,
    digits_of,
    exponent,
    formula_error,
    json_value,
)
from recordlint.fieldtypes._list_cells import SEPARATORS, list_cells
from recordlint.tables.columns import USER_COLUMNS, Column


def column_reader(column: Column, target: Target) -> CellReader:
    """The function that reads the cells of a column. It is made once, and remembers short texts.

    Args:
        column: the column, whose cells are not empty.
        target: the object and the operation.
    """
    if column.holds in USER_COLUMNS:
        item = partial(_id, column.key, column.reading)
        return list_cells(column.key, target.operation, column.reading, item, is_user_id)
    if column.field is None:
        return partial(_id, "the record id", column.reading)
    if not column.field.known:
        return json_value
    return field_type(column.field.data_type).cells(column.field, target, column.reading)


def is_user_id(text: str) -> bool:
    """Whether a text is one id, with nothing in it that stands between two."""
    return looks_like_id(text) and not any(each in text for each in SEPARATORS)


def item_of(column: Column) -> Callable[[str], bool] | None:
    """Whether a text is one of the values of a column whose cells may have several; None for other columns."""
    if column.holds in USER_COLUMNS:
        return is_user_id
    if column.field is None or not column.field.known:
        return None
    is_item = field_type(column.field.data_type).is_item
    return None if is_item is None else partial(is_item, column.field)


def takes_white_space(column: Column, target: Target) -> bool:
    """Whether a cell with nothing but white space is a value: a text. In any other column, it is an empty cell."""
    if column.field is None:
        return False
    return not column.field.known or not [*field_type(column.field.data_type).problems(column.field, " ", target)]


def _id(what: str, reading: Reading, cell: object) -> object:
    """An id, which a spreadsheet may have made a number."""
    if isinstance(cell, str):
        return formula_error(what, cell, is_text=False) or exponent(what, cell, is_number=False) or cell
    digits = digits_of(cell)
    if digits is None:
        return decimal_text(cell) or str(json_value(cell))
    # An id with other digits is that of another record or user.
    problems = tuple([each._replace(severity="error") for each in digits_lost(what, cell, reading, is_text=True)])
    return Noted(digits, problems) if problems else digits
