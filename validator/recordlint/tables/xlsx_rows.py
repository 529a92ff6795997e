"""The rows of a worksheet, one by one: openpyxl reads each cell, and nothing is kept of the rows before."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import datetime, time
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple
from xml.etree.ElementTree import Element, iterparse

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_datetime
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.worksheet._reader import (
    CELL_TAG,
    DATA_TAG,
    FORMULA_TAG,
    INLINE_STRING,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)

from recordlint.errors import InputError
from recordlint.tables.table_files import Cell
from recordlint.tables.xlsx_strings import unescape

if TYPE_CHECKING:
    from recordlint.tables.xlsx_files import Workbook

ROW: Final = 64 << 20
"""The most bytes, unpacked, of a row, or of anything else in a sheet."""
ROWS: Final = 1 << 20
COLUMNS: Final = 1 << 14
"""The size of a sheet, which the format limits."""
_MERGED_TAG: Final = CELL_TAG.removesuffix("c") + "mergeCell"
_DAYS_AGREE: Final = datetime(1900, 3, 1)
"""The first day that has one number everywhere: Excel has a 29 February 1900, and LibreOffice and Google have none."""
_EAST_ASIAN: Final = frozenset([*range(27, 37), *range(50, 59)])
"""Built-in number formats of dates and times (ECMA-376 18.8.30), which openpyxl does not know."""
_NO_NUMBERS: Final = ("INF", "-INF", "NaN")
"""What XML Schema calls the doubles that are no numbers."""
_TRUE: Final = ("1", "true")


class SheetRow(NamedTuple):
    """A row of a sheet."""

    number: int
    cells: list[Cell]
    """As many as the row has; an empty one is None."""
    doubts: list[tuple[int, str]]
    """Cells without a value that can be used: the column from 0, and `error`, `date`, `early` or `formula`."""


class Tally:
    """What has been seen of a sheet so far.

    Attributes:
        hidden: how many rows are hidden.
        merged: how many ranges of cells are merged.
    """

    def __init__(self) -> None:
        self.hidden = 0
        self.merged = 0


class _Look(NamedTuple):
    """How the cells of a sheet are looked at."""

    dates: frozenset[int]
    """The numbers of the styles that show a date and no time."""
    earliest: datetime
    """The first moment that is clear."""
    before: str
    """What is doubtful about those before."""
    is_calculated: bool


class _Guard:
    """A file that refuses to be read much further than to the end of the next row."""

    def __init__(self, file: IO[bytes], path: str) -> None:
        self.file = file
        self.path = path
        self.unread = ROW

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        data = self.file.read(size)
        self.unread -= len(data)
        if self.unread < 0:
            raise InputError(f"{self.path}: has a row that is too large to read; save the table as CSV")
        return data


def sheet_rows(source: IO[bytes], book: Workbook, tally: Tally) -> Iterator[SheetRow]:
    """The rows of a sheet in their order, empty ones too if the file has them.

    Args:
        source: the sheet's part.
        book: the workbook.
        tally: counts what else there is.

    Raises:
        InputError: a row is too large, or does not follow the format. Other errors are those of the libraries.
    """
    path = book.path
    guard = _Guard(source, path)
    styles = book.styles
    east_asian = _east_asian_dates(styles)
    parser = WorkSheetParser(
        guard,
        book.strings,
        data_only=True,
        epoch=styles.epoch,
        date_formats={*styles._date_formats, *east_asian},
        timedelta_formats=styles._timedelta_formats,
    )
    look = _Look(
        _styles_without_time(styles) | east_asian,
        _DAYS_AGREE if styles.epoch == WINDOWS_EPOCH else styles.epoch,
        "early" if styles.epoch == WINDOWS_EPOCH else "date",
        book.is_calculated,
    )
    data: Element | None = None
    for event, element in iterparse(guard, ("start", "end")):  # noqa: S314 - expat bounds the growth of entities
        tag = element.tag
        if event == "start":
            if tag == DATA_TAG:
                data = element
        elif tag == ROW_TAG:
            guard.unread = ROW
            tally.hidden += element.get("hidden") in _TRUE
            try:
                yield _row(parser, element, look)
            except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError) as error:
                raise InputError(f"{path}: the sheet does not follow the format at row {parser.row_counter}") from error
            parser.row_dimensions.clear()
            if data is not None:
                data.clear()
        elif tag == _MERGED_TAG:
            tally.merged += 1
            element.clear()


def has_values(book: Workbook, part: str) -> bool:
    """Whether a sheet has a cell that is not empty."""
    with book.archive.open(part) as source:
        guard = _Guard(source, book.path)
        for _, element in iterparse(guard, ("end",)):  # noqa: S314 - as above
            if element.tag in (VALUE_TAG, INLINE_STRING):
                return True
            if element.tag == ROW_TAG:
                guard.unread = ROW
                element.clear()
    return False


def _row(parser: WorkSheetParser, element: Any, look: _Look) -> SheetRow:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of numbers that are no dates, which are doubts
        number, raw = _parsed(parser, element)
    if not 0 < number <= ROWS:
        raise ValueError(number)
    cells: list[Cell] = []
    doubts = []
    for value, source in zip(raw, element, strict=True):
        column: Any = value["column"]
        if not 0 < column <= COLUMNS:
            raise ValueError(column)
        if len(cells) < column:
            cells += [None] * (column - len(cells))
        if value["data_type"] == "e":
            doubts.append((column - 1, "error" if source.get("t") == "e" else "date"))
            continue
        if isinstance(value["value"], datetime) and value["value"] < look.earliest:
            doubts.append((column - 1, look.before))
            continue
        if (not look.is_calculated or value["value"] is None) and _has_formula(source, look):
            doubts.append((column - 1, "formula"))
            continue
        if cells[column - 1] is not None:
            raise ValueError(column)  # The row has this cell twice.
        cells[column - 1] = _cell(value["value"], value["style_id"], look.dates)
    return SheetRow(number, cells, doubts)


def _has_formula(source: Any, look: _Look) -> bool:
    """Whether a cell has a formula without a value: a text of no characters is one, if it was calculated."""
    return source.find(FORMULA_TAG) is not None and not (look.is_calculated and source.get("t") == "str")


def _parsed(parser: WorkSheetParser, element: Any) -> tuple[int, list[dict[str, Any]]]:
    """A row as openpyxl reads it, with an error for what is no number: LibreOffice writes `INF` for a large one."""
    before = parser.row_counter
    try:
        return parser.parse_row(element)
    except ValueError:
        cells = [each for each in element if each.get("t", "n") == "n" and each.findtext(VALUE_TAG) in _NO_NUMBERS]
        if not cells:
            raise
    for each in cells:
        each.set("t", "e")
    parser.row_counter = before
    return parser.parse_row(element)


def _cell(value: Any, style: object, dates: frozenset[int]) -> Cell:
    """A value as it is given: text without escapes, a day as a date, no text as None."""
    if isinstance(value, str):
        return unescape(value) or None
    if isinstance(value, datetime) and style in dates and value.time() == time():
        return value.date()
    return value  # type: ignore[no-any-return] # openpyxl gives no other types


def _east_asian_dates(styles: Any) -> frozenset[int]:
    """The styles with a number format that has no text in the file, and is that of a date in East Asia."""
    return frozenset([index for index, style in enumerate(styles._cell_styles) if style.numFmtId in _EAST_ASIAN])


def _styles_without_time(styles: Any) -> frozenset[int]:
    """The numbers of the styles that show a date and no time."""
    formats = {index: _format(styles, styles._cell_styles[index].numFmtId) or "" for index in styles._date_formats}
    return frozenset([index for index, text in formats.items() if is_datetime(text) == "date"])


def _format(styles: Any, number: int) -> str | None:
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(number)
    return str(styles._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])
