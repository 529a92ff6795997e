"""XLSX files as files: those that are something else, parts that are elsewhere, names, and options."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from recordlint.errors import InputError, UsageError
from recordlint.tables.sources import open_table
from recordlint.tables.table_files import TableFile
from workbooks import pack, parts, read, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.xlsx"


OTHERS = {
    b"": "is empty; its first row must have the names of the columns",
    b"Name,Price\na,1\n": "is a text file; name it .csv or .tsv",
    b"Name;Priorit\xe4t\n": "is a text file; name it .csv or .tsv",
    b"<html><table>": "is an HTML page, not a table; open it in a spreadsheet program and save it as CSV or XLSX",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + b"\0" * 600: "is an Excel file of the old format (.xls); save it as .xlsx or CSV",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + b"\0" * 5000
    + "EncryptedPackage".encode("utf-16-le"): "is protected by a password; save it without one",
    b"PAR1": "is a Parquet file; name it .parquet",
    b"\x01\x02\x03": "is neither text nor a table of a known kind",
}


@pytest.mark.parametrize("data", OTHERS, ids=lambda data: data[:8].hex())
def test_something_else(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        read(str(path))
    assert str(raised.value) == f"{path}: {OTHERS[data]}"


ARCHIVES = {
    "xl/workbook.bin": "is a binary Excel file (.xlsb); save it as .xlsx or CSV",
    "Index/Document.iwa": "is a Numbers file; export it as .xlsx or CSV",
    "tickets.csv": "is a zip file; unpack it, and convert each table in it",
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_another_archive(path: Path, name: str) -> None:
    pack(path, {name: ""})
    with pytest.raises(InputError) as raised:
        read(str(path))
    assert str(raised.value) == f"{path}: {ARCHIVES[name]}"


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    save(path, ["Name"])
    with pytest.raises(InputError, match=r"a\.csv: is an XLSX file; name it \.xlsx$"):
        read(str(path))
    pack(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""})
    with pytest.raises(
        InputError, match=r"a\.csv: is an OpenDocument spreadsheet \(\.ods\); save it as \.xlsx or CSV$"
    ):
        read(str(path))


def test_options_of_other_files(path: Path) -> None:
    save(path, ["Name"])
    with pytest.raises(UsageError, match=r"^--delimiter ';': .*a\.xlsx is not a CSV file; leave the option out$"):
        read(str(path), delimiter=";")
    with pytest.raises(UsageError, match=r"^--encoding 'utf-8': .*a\.xlsx is not a CSV file; leave the option out$"):
        read(str(path), encoding="utf-8")


def test_a_sheet_without_cells(path: Path) -> None:
    save(path)
    with pytest.raises(
        InputError, match=r"a\.xlsx: has a sheet without cells; its first row must have the names of the columns$"
    ):
        read(str(path))


def test_an_error_in_the_header(path: Path) -> None:
    files = parts('<sheetData><row r="1"><c r="A1" t="e"><v>#REF!</v></c></row></sheetData>')
    expected = (
        "a.xlsx: A1: in the header, the cell has an error instead of a value; correct the formula, or empty the cell"
    )
    with pytest.raises(InputError) as raised:
        read(pack(path, files))
    assert str(raised.value) == f"{path.parent}/{expected}"


@pytest.mark.parametrize("place", ["xl/styles2.xml", "xl/Styles.xml", ""])
def test_styles_that_are_not_in_their_place(path: Path, place: str) -> None:
    """Without them, dates would be read as numbers."""
    with zipfile.ZipFile(save(path, ["Day"], [date(2024, 1, 31)])) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    styles = files.pop("xl/styles.xml")
    if place:
        files[place] = styles
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace("xl/styles.xml", place)
    with pytest.raises(InputError, match=r"a\.xlsx: has parts that do not follow the format; open it in a spreadsheet"):
        read(pack(path, files))


def test_a_workbook_that_is_named_otherwise(path: Path) -> None:
    files = {
        name.replace("workbook", "workbook2"): text.replace("xl/workbook", "xl/workbook2")
        for name, text in parts("<sheetData><row><c t='str'><v>Name</v></c></row></sheetData>").items()
    }
    assert read(pack(path, files))[0] == ("Name",)


def test_the_epoch_of_old_files_for_the_mac(path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["Day"])
    sheet.append([date(2024, 1, 31)])
    book.save(path)
    assert read(str(path))[1] == [(2, [date(2024, 1, 31)])]


def test_errors_of_the_caller_stay_as_they_are(path: Path) -> None:
    save(path, ["Name"], ["a"])

    def fail(table: TableFile) -> None:
        for row in table.rows():
            raise RuntimeError(row.number)

    with pytest.raises(RuntimeError, match=r"^2$"), open_table(str(path)) as table:
        fail(table)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "is an Excel file of the old format (.xls); save it as .xlsx or CSV",
        ),
        ("a.xls", b"Name\tPrice\n", "is a text file; name it .csv or .tsv"),
        (
            "a.xls",
            b"<html>",
            "is an HTML page, not a table; open it in a spreadsheet program and save it as CSV or XLSX",
        ),
        ("a.doc", b"", "is no table; its name must end in .csv, .tsv, .xlsx or .parquet"),
    ],
)
def test_another_name(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        read(str(path))
    assert str(raised.value) == f"{path}: {message}"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet"])
def test_no_such_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=rf"{name}: cannot be read: no such file or directory$"):
        read(str(tmp_path / name))
    (tmp_path / name).mkdir()
    with pytest.raises(InputError, match=rf"{name}: cannot be read: is a directory$"):
        read(str(tmp_path / name))
