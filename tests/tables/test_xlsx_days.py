"""Days in XLSX files, which are numbers: those of each epoch and number format, and those that are not clear."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH

from recordlint.tables.table_files import Fault
from workbooks import pack, read

NO_DAY = (
    "formula-error",
    "the cell is shown as a date, and its number is not that of a day",
    "write a date, or choose the number format General",
)
EARLY = (
    "ambiguous-date",
    "the cell has a day before March 1900, which spreadsheet programs number in two ways",
    "format the column as text in the spreadsheet, and write the day as YYYY-MM-DD",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.xlsx"


def save_number(path: Path, number: float, number_format: str = "yyyy-mm-dd", epoch: datetime = WINDOWS_EPOCH) -> str:
    """A file with one number, which is shown in a format."""
    book = Workbook()
    book.epoch = epoch
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Received"])
    sheet.append(["a", number])
    sheet["B2"].number_format = number_format
    book.save(path)
    return str(path)


@pytest.mark.parametrize(
    ("number", "epoch", "day", "fault"),
    [
        (1, WINDOWS_EPOCH, None, EARLY),
        (59, WINDOWS_EPOCH, None, EARLY),
        (60.5, WINDOWS_EPOCH, None, EARLY),
        (61, WINDOWS_EPOCH, date(1900, 3, 1), None),
        (99_999_999, WINDOWS_EPOCH, None, NO_DAY),
        (1, CALENDAR_MAC_1904, date(1904, 1, 2), None),
        (-1, CALENDAR_MAC_1904, None, NO_DAY),
    ],
)
def test_a_number_that_is_shown_as_a_day(
    path: Path, number: float, epoch: datetime, day: date | None, fault: tuple[str, str, str] | None
) -> None:
    _, rows, faults, _ = read(save_number(path, number, epoch=epoch))
    assert rows == [(2, ["a", day])]
    assert faults == ([Fault(fault[0], "error", 2, 1, "B2", "Received", *fault[1:])] if fault else [])


@pytest.mark.parametrize("number", [27, 31, 36, 50, 57, 58])
def test_formats_of_east_asia(path: Path, number: int) -> None:
    """These are built in by their numbers, without a text in the file."""
    save_number(path, 45292, "0.0000")
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    styles, texts = re.subn("<numFmts.*</numFmts>", "", files["xl/styles.xml"])
    assert (texts, styles.count('numFmtId="164"')) == (1, 1)
    files["xl/styles.xml"] = styles.replace('numFmtId="164"', f'numFmtId="{number}"')
    assert read(pack(path, files))[1] == [(2, ["a", date(2024, 1, 1)])]
