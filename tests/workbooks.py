"""XLSX files for tests: made by openpyxl, or from the XML of a sheet, for what openpyxl does not write."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from recordlint.tables.sources import open_table
from recordlint.tables.table_files import Fault

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADER = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Price</v></c></row>'


def save(path: Path, *rows: list[Any], sheets: dict[str, list[list[Any]]] | None = None) -> str:
    """A file by openpyxl: rows of its first sheet, or the rows of several."""
    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for name, lines in (sheets or {"Sheet": list(rows)}).items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return str(path)


def parts(sheet: str, *, strings: str = "", main: str = MAIN) -> dict[str, str]:
    """The files of an archive whose only sheet has this XML below `worksheet`."""
    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "sharedStrings": "sharedStrings"}
    overrides = [
        f'<Override PartName="/xl/{name}.xml" ContentType="{CONTENT}.{kind}+xml"/>' for name, kind in kinds.items()
    ]
    relations = [
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")], start=1
        )
    ]
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{"".join(overrides)}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Sheet" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{''.join(relations)}</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
    }


def pack(path: Path, files: dict[str, str]) -> str:
    """An archive of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return str(path)


def from_xml(path: Path, rows: str, *, behind: str = "", strings: str = "") -> str:
    """A file whose sheet has these rows below a header of two columns, Name and Price."""
    return pack(path, parts(f"<sheetData>{HEADER}{rows}</sheetData>{behind}", strings=strings))


def read(
    path: str, **options: Any
) -> tuple[tuple[str, ...], list[tuple[int, list[Any]]], list[Fault], tuple[str, ...]]:
    """The header, the rows, their faults, and the notes."""
    with open_table(path, **options) as table:
        rows = list(table.rows())
        table.verify()
        faults = [fault for row in rows for fault in row.faults]
        return table.header, [(row.number, list(row.cells)) for row in rows], faults, table.notes()
