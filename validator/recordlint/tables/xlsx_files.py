"""XLSX files opened as tables: the archive, its parts that are read whole, and the choice of the sheet."""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from recordlint.errors import InputError, UsageError
from recordlint.files.paths import reason
from recordlint.tables.block_rows import batches, verify_unchanged
from recordlint.tables.contents import HEAD, kind_of, wrong_content
from recordlint.tables.csv_head import NO_HEADER
from recordlint.tables.table_files import (
    NO_ROWS,
    Cell,
    Layout,
    TableFile,
    TableRow,
    make_fault,
    without_empty_end,
)
from recordlint.wording.phrases import all_of, count_of, quoted

if TYPE_CHECKING:
    from recordlint.tables.xlsx_rows import SheetRow, Tally
    from recordlint.tables.xlsx_strings import Strings

PART: Final = 256 << 20
"""The most bytes, unpacked, of a part that is held in memory, such as the strings that cells share."""
_STRICT: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_MAIN: Final = "sheet.main+xml"
_CALCULATE: Final = re.compile(rb"""<[^<>]*\bcalcPr\b[^<>]*\bfullCalcOnLoad\s*=\s*["'](1|true)["']""")
FAULTS: Final = {
    "error": (
        "formula-error",
        "the cell has an error instead of a value",
        "correct the formula, or empty the cell",
    ),
    "date": (
        "formula-error",
        "the cell is shown as a date, and its number is not that of a day",
        "write a date, or choose the number format General",
    ),
    "early": (
        "ambiguous-date",
        "the cell has a day before March 1900, which spreadsheet programs number in two ways",
        "format the column as text in the spreadsheet, and write the day as YYYY-MM-DD",
    ),
    "formula": (
        "formula-without-value",
        "the cell has a formula, and its value is not in the file",
        "open the file in a spreadsheet program, recalculate it, and save it",
    ),
}
_DAMAGED: Final = (BadZipFile, EOFError, zlib.error, ParseError, NotImplementedError, RuntimeError)
_MALFORMED: Final = (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError)


class Sheet(NamedTuple):
    """A worksheet."""

    name: str
    part: str
    """Its file in the archive."""
    is_visible: bool


class Workbook(NamedTuple):
    """What is read whole of a file."""

    path: str
    """The file, for errors."""
    archive: ZipFile
    sheets: tuple[Sheet, ...]
    strings: Strings
    """What cells share."""
    styles: Any
    """openpyxl's workbook, which has the number formats and the epoch."""
    is_calculated: bool
    """Whether the values of its formulas were calculated. XlsxWriter writes 0 for each, and asks for a calculation."""


@contextmanager
def open_xlsx(path: str, *, sheet: str | None = None) -> Iterator[TableFile]:
    """Open a sheet of an XLSX file. Its first row that is not empty is the header.

    Formulas count as the values that are stored with them.

    Args:
        path: the file.
        sheet: the name of the sheet, or its number from 1; None for the first one that is not hidden.

    Raises:
        InputError: the file cannot be read, is not XLSX, has no such sheet, or has no header.
        UsageError: openpyxl is not installed.
    """
    try:
        import openpyxl  # noqa: F401
    except ImportError as error:
        raise UsageError(f"{path}: needs openpyxl; run pip install 'recordlint[tables]'") from error
    try:
        file = open(path, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    with file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: cannot be read as a stream; save the XLSX file first")
        with damage_named(path):
            book = _read_workbook(path, file)
        chosen, notes = choose_sheet(path, book, sheet)
        from recordlint.tables.xlsx_rows import Tally, sheet_rows

        tally = Tally()
        with damage_named(path):
            source = book.archive.open(chosen.part)
        with source:
            rows = _with_damage_named(path, sheet_rows(source, book, tally))
            head = _header(path, rows)
            layout = Layout(path, tuple(map(str, head.cells)))
            if head.number > 1:
                notes.append(f"the header is row {head.number}, the first that is not empty")
            yield TableFile(
                layout,
                head,
                partial(batches, _rows(layout, rows, notes)),
                partial(_notes, notes, tally),
                status.st_size,
                file.tell,
                partial(verify_unchanged, path, status),
            )


@contextmanager
def damage_named(path: str) -> Iterator[None]:
    """Errors of the libraries as those of the file.

    Raises:
        InputError: the file is damaged.
    """
    try:
        yield
    except _DAMAGED as error:
        raise InputError(f"{path}: cannot be read to its end: the XLSX file is cut short or damaged") from error


def _with_damage_named(path: str, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    with damage_named(path):
        yield from rows


def _read_workbook(path: str, file: BinaryIO) -> Workbook:
    import warnings

    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    head = file.read(HEAD)
    if not head:
        raise InputError(f"{path}: is empty; {NO_HEADER}")
    if kind_of(head) != "zip":
        raise wrong_content(path, head, file)
    archive = ZipFile(file)
    names = archive.namelist()
    if "[Content_Types].xml" not in names or "xl/workbook.bin" in names:
        raise wrong_content(path, head, file)
    for part in archive.infolist():
        if part.file_size > PART and not part.filename.startswith("xl/worksheets/"):
            raise InputError(f"{path}: {part.filename} in it is too large to read; save the table as CSV")
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that are not read, such as missing styles
            reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
            reader.read_manifest()
            types = {part.PartName: part.ContentType for part in reader.package.Override}
            _verify_parts(path, archive, types)
            strings = _strings(archive, reader.package)
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
            sheets = [
                Sheet(sheet.name, relation.target, sheet.state == "visible")
                for sheet, relation in reader.parser.find_sheets()
                if "chartsheet" not in relation.Type and relation.target in reader.valid_files
            ]
    except _MALFORMED as error:
        raise _malformed(path) from error
    is_calculated = not any(map(_CALCULATE.search, _main_parts(archive, types)))
    return Workbook(path, reader.archive, tuple(sheets), strings, reader.wb, is_calculated)


def _strings(archive: ZipFile, package: Any) -> Strings:
    """The strings of a file, by its list of parts."""
    from openpyxl.xml.constants import SHARED_STRINGS

    from recordlint.tables.xlsx_strings import Strings, read_strings

    part = package.find(SHARED_STRINGS)
    if part is None:
        return Strings()
    with archive.open(part.PartName[1:]) as source:
        return read_strings(source)


def _malformed(path: str) -> InputError:
    return InputError(
        f"{path}: has parts that do not follow the format; open it in a spreadsheet program and save it again"
    )


def _verify_parts(path: str, archive: ZipFile, types: Mapping[str, str]) -> None:
    """Refuse a file without its styles, or with styles where openpyxl does not look: its dates would be numbers.

    Args:
        path: the file.
        archive: the file.
        types: the content type of each part.
    """
    names = {f"/{name}" for name in archive.namelist()}
    for part, type_ in types.items():
        if type_.endswith("spreadsheetml.styles+xml") and (part != "/xl/styles.xml" or part not in names):
            raise _malformed(path)
    if any(_STRICT in part for part in _main_parts(archive, types)):
        raise InputError(f"{path}: is a Strict Open XML file; save it as a usual Excel workbook (.xlsx)")


def _main_parts(archive: ZipFile, types: Mapping[str, str]) -> list[bytes]:
    """The workbook's own part, which lists its sheets."""
    names = {f"/{name}" for name in archive.namelist()}
    return [archive.read(part[1:]) for part, type_ in types.items() if type_.endswith(_MAIN) and part in names]


def choose_sheet(path: str, book: Workbook, asked: str | None) -> tuple[Sheet, list[str]]:
    """The sheet that is read, and what is said about the choice.

    Args:
        path: the file.
        book: its workbook.
        asked: a sheet's name, or its number from 1; None for the first one that is not hidden.

    Raises:
        InputError: there is no such sheet.
    """
    sheets = book.sheets
    if not sheets:
        raise InputError(f"{path}: has no sheet with cells")
    if asked is not None:
        by_name = {sheet.name: sheet for sheet in reversed(sheets)}
        if asked in by_name:
            return by_name[asked], []
        if asked.isascii() and asked.isdigit() and 0 < int(asked) <= len(sheets):
            return sheets[int(asked) - 1], []
        names = all_of([quoted(sheet.name) for sheet in sheets])
        has = f"its sheet is {names}" if len(sheets) == 1 else f"its sheets are {names}"
        raise InputError(f"{path}: has no sheet {quoted(asked)}; {has}")
    chosen = next((sheet for sheet in sheets if sheet.is_visible), sheets[0])
    from recordlint.tables.xlsx_rows import has_values

    with damage_named(path):
        others = [sheet for sheet in sheets if sheet is not chosen and has_values(book, sheet.part)]
    if not others:
        return chosen, []
    names = all_of([quoted(sheet.name) for sheet in others])
    return chosen, [f"only sheet {quoted(chosen.name)} is read; for {names}, use --sheet"]


def _header(path: str, rows: Iterator[SheetRow]) -> TableRow:
    for number, cells, doubts in rows:
        for column, what in doubts:
            fault = make_fault(FAULTS[what][0], (), number, column, *FAULTS[what][1:])
            raise InputError(f"{path}: {fault.cell}: in the header, {fault.message}; {fault.hint}")
        if names := without_empty_end(cells):
            return TableRow(number, [header_text(name) for name in names])
    raise InputError(f"{path}: has a sheet without cells; {NO_HEADER}")


def header_text(value: Cell) -> str:
    """A cell of a header as text: `2024`, `TRUE`, `2024-01-31`.

    Example:
        >>> header_text(None), header_text(2024), header_text(True)
        ('', '2024', 'TRUE')
    """
    if value is None:
        return ""
    return str(value).upper() if isinstance(value, bool) else str(value)


def _rows(layout: Layout, rows: Iterator[SheetRow], notes: list[str]) -> Iterator[TableRow]:
    """The rows that are not empty. `notes` gets what can only be said at the end."""
    header = layout.header
    width = len(header)
    is_empty = True
    for number, cells, doubts in rows:
        if len(cells) != width:
            cells = without_empty_end(cells, width)
            cells += [None] * (width - len(cells))
        faults = tuple([make_fault(FAULTS[what][0], header, number, at, *FAULTS[what][1:]) for at, what in doubts])
        if faults or any(cell is not None for cell in cells):
            is_empty = False
            yield TableRow(number, cells, faults)
    if is_empty:
        notes.append(NO_ROWS)


def _notes(notes: Sequence[str], tally: Tally) -> tuple[str, ...]:
    more = []
    if tally.hidden:
        more.append(
            f"{count_of(tally.hidden, 'hidden row')} {'is' if tally.hidden == 1 else 'are'} read like the others"
        )
    if tally.merged:
        what = "a range" if tally.merged == 1 else f"{tally.merged:,} ranges"
        more.append(f"{what} of merged cells: the value belongs to the first cell, and the others are empty")
    return (*notes, *more)
