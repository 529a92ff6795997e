"""XLSX files: values as they are stored, faults at their cells, sheets, and files that are something else."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from recordlint.errors import InputError
from recordlint.tables.table_files import Fault
from workbooks import HEADER, from_xml, pack, parts, read, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.xlsx"


def test_values_keep_their_types(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    values = {
        "text": "Login fails",
        "digits": "00123",
        "int": 12,
        "float": 12.5,
        "large": 12025550142,
        "percent": 0.5,
        "yes": True,
        "day": date(2024, 1, 31),
        "moment": datetime(2024, 1, 31, 13, 45),
        "midnight": datetime(2024, 1, 31),
        "time": time(13, 45),
        "duration": timedelta(hours=26),
        "lines": "a\nb",
        "rich": CellRichText("a ", TextBlock(InlineFont(b=True), "bold"), " b"),
        "empty": None,
        "nothing": "",
    }
    sheet.append(list(values))
    sheet.append(list(values.values()))
    sheet["F2"].number_format = "0%"
    sheet["J2"].number_format = "yyyy-mm-dd hh:mm"
    book.save(path)
    header, rows, faults, notes = read(str(path))
    assert header == tuple(values)
    expected = {**values, "rich": "a bold b", "nothing": None}
    assert rows == [(2, list(expected.values()))]
    assert [type(value) for value in rows[0][1]] == [type(value) for value in expected.values()]
    assert (faults, notes) == ([], ())


def test_a_date_with_a_time_that_its_format_hides(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Received"])
    sheet.append([datetime(2024, 1, 31, 13, 45)])
    sheet["A2"].number_format = "dd.mm.yyyy"
    book.save(path)
    assert read(str(path))[1] == [(2, [datetime(2024, 1, 31, 13, 45)])]


def test_numbers_as_the_file_has_them(path: Path) -> None:
    cells = ["5", "5.0", "1E3", "12.50", "0.1"]
    rows = "".join(f'<row r="{at}"><c r="B{at}"><v>{text}</v></c></row>' for at, text in enumerate(cells, start=2))
    values = [row[1][1] for row in read(from_xml(path, rows))[1]]
    assert [repr(value) for value in values] == ["5", "5.0", "1000.0", "12.5", "0.1"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B2" t="s"><v>0</v></c>', "shared"),
        ('<c r="B2" t="s"><v>1</v></c>', "rich text"),
        ('<c r="B2" t="s"><v>2</v></c>', "a\r\nb"),
        ('<c r="B2" t="s"><v>3</v></c>', "_x000D_ é"),
        ('<c r="B2" t="s"><v>4</v></c>', None),
        ('<c r="B2" t="inlineStr"><is><t>a_x0009_b_xD83D_</t></is></c>', "a\tb_xD83D_"),
        ('<c r="B2" t="s"><v>5</v></c>', "東"),
        ('<c r="B2" t="inlineStr"><is><t>inline</t></is></c>', "inline"),
        ('<c r="B2" t="b"><v>1</v></c>', True),
        ('<c r="B2" t="d"><v>2024-01-31</v></c>', date(2024, 1, 31)),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', None),
        ('<c r="B2" t="str"><f>"x"</f><v>x</v></c>', "x"),
        ('<c t="str"><v>a</v></c><c t="str"><v>without a name</v></c>', "without a name"),
    ],
)
def test_a_cell(path: Path, cell: str, value: object) -> None:
    strings = (
        "<si><t>shared</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si><si><t>a_x000D_\nb</t></si>"
        "<si><t>_x005F_x000D_ é</t></si><si/><si><t>東</t><rPh><t>ひがし</t></rPh></si>"
    )
    name_cell = '<c r="A2" t="str"><v>a</v></c>' if "r=" in cell else ""
    ((_, (name, price)),) = read(from_xml(path, f'<row r="2">{name_cell}{cell}</row>', strings=strings))[1]
    assert name == "a"
    assert price == value
    assert type(price) is type(value)


FAULTS = [
    (
        '<c r="B3" t="e"><v>#N/A</v></c>',
        "formula-error",
        "the cell has an error instead of a value",
        "correct the formula, or empty the cell",
    ),
    (
        '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        "formula-error",
        "the cell has an error instead of a value",
        "correct the formula, or empty the cell",
    ),
    (
        '<c r="B3"><v>INF</v></c>',
        "formula-error",
        "the cell has an error instead of a value",
        "correct the formula, or empty the cell",
    ),
    (
        '<c r="B3" t="n"><v>-INF</v></c>',
        "formula-error",
        "the cell has an error instead of a value",
        "correct the formula, or empty the cell",
    ),
    (
        '<c r="B3"><f>1+1</f></c>',
        "formula-without-value",
        "the cell has a formula, and its value is not in the file",
        "open the file in a spreadsheet program, recalculate it, and save it",
    ),
    (
        '<c r="B3"><f>1+1</f><v></v></c>',
        "formula-without-value",
        "the cell has a formula, and its value is not in the file",
        "open the file in a spreadsheet program, recalculate it, and save it",
    ),
]


@pytest.mark.parametrize(("cell", "rule", "message", "hint"), FAULTS)
def test_a_cell_without_a_value(path: Path, cell: str, rule: str, message: str, hint: str) -> None:
    rows = f'<row r="3"><c r="A3" t="str"><v>a</v></c>{cell}</row><row r="4"><c r="B4"><v>1</v></c></row>'
    _, read_rows, faults, _ = read(from_xml(path, rows))
    assert read_rows == [(3, ["a", None]), (4, [None, 1])]
    assert faults == [Fault(rule, "error", 3, 1, "B3", "Price", message, hint)]


def test_a_formula_that_openpyxl_wrote_has_no_value(path: Path) -> None:
    _, _, faults, _ = read(save(path, ["Name", "Price"], ["a", "=1+1"]))
    assert [(fault.rule, fault.cell) for fault in faults] == [("formula-without-value", "B2")]


@pytest.mark.parametrize("flag", ['fullCalcOnLoad="1"', "calcId='124519' fullCalcOnLoad='true'"])
def test_formulas_that_were_never_calculated(path: Path, flag: str) -> None:
    """XlsxWriter writes 0 as the value of each, or a text of no characters, and asks programs to calculate them."""
    cells = '<c r="A2" t="str"><f>B2</f><v></v></c><c r="B2"><f>1+1</f><v>0</v></c><c r="C2"><v>7</v></c>'
    files = parts(f'<sheetData>{HEADER}<row r="2">{cells}</row></sheetData>')
    book = "xl/workbook.xml"
    calculated = read(pack(path, files))
    assert (calculated[1], calculated[2]) == ([(2, [None, 0, 7])], [])
    files[book] = files[book].replace("</workbook>", f"<calcPr {flag}/></workbook>")
    _, rows, faults, _ = read(pack(path, files))
    assert rows == [(2, [None, None, 7])]
    assert [(fault.rule, fault.cell) for fault in faults] == [
        ("formula-without-value", "A2"),
        ("formula-without-value", "B2"),
    ]


def test_a_value_without_a_header(path: Path) -> None:
    _, rows, faults, _ = read(save(path, ["Name", "Price"], ["a", 1, None, "x"], ["b", 2, None, None]))
    assert rows == [(2, ["a", 1, None, "x"]), (3, ["b", 2])]
    assert faults == []


def test_rows_are_padded_and_empty_ones_are_skipped(path: Path) -> None:
    header, rows, faults, notes = read(save(path, ["Name", "Price", "Owner"], ["a"], [], ["", None], [None, 2]))
    assert header == ("Name", "Price", "Owner")
    assert rows == [(2, ["a", None, None]), (5, [None, 2, None])]
    assert (faults, notes) == ([], ())


def test_a_header_below_empty_rows_and_of_other_types(path: Path) -> None:
    header, rows, _, notes = read(
        save(path, [], [None, None], ["Name", 2024, True, date(2024, 1, 31), None, ""], ["a", 1])
    )
    assert header == ("Name", "2024", "TRUE", "2024-01-31")
    assert rows == [(4, ["a", 1, None, None])]
    assert notes == ("the header is row 3, the first that is not empty",)


def test_hidden_rows_and_merged_cells_are_said_at_the_end(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "Price"], ["a", 1], ["b", 2], ["c", 3]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.merge_cells("A2:A3")
    book.save(path)
    _, rows, _, notes = read(str(path))
    assert rows == [(2, ["a", 1]), (3, [None, 2]), (4, ["c", 3])]
    assert notes == (
        "1 hidden row is read like the others",
        "a range of merged cells: the value belongs to the first cell, and the others are empty",
    )


SHEETS = {"Notes": [["text"]], "Tickets": [["Name"], ["a"]], "2": [["Name"], ["b"]], "Empty": []}


@pytest.mark.parametrize(
    ("sheet", "first", "notes"),
    [
        (
            None,
            "text",
            ("only sheet 'Notes' is read; for 'Tickets' and '2', use --sheet", "the table has a header and no rows"),
        ),
        ("Tickets", "a", ()),
        ("2", "b", ()),
        ("3", "b", ()),
        ("1", "text", ("the table has a header and no rows",)),
    ],
)
def test_the_sheet(path: Path, sheet: str | None, first: str, notes: tuple[str, ...]) -> None:
    header, rows, _, said = read(save(path, sheets=SHEETS), sheet=sheet)
    assert (rows[0][1][0] if rows else header[0]) == first
    assert said == notes


@pytest.mark.parametrize("sheet", ["tickets", "0", "5", "-1", ""])
def test_no_such_sheet(path: Path, sheet: str) -> None:
    save(path, sheets=SHEETS)
    expected = f"{path}: has no sheet '{sheet}'; its sheets are 'Notes', 'Tickets', '2' and 'Empty'"
    with pytest.raises(InputError) as raised:
        read(str(path), sheet=sheet)
    assert str(raised.value) == expected


def test_a_hidden_sheet_is_not_the_first(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Secret"])
    sheet.sheet_state = "hidden"
    book.create_sheet("Tickets").append(["Name"])
    book.save(path)
    header, _, _, notes = read(str(path))
    assert header == ("Name",)
    assert notes[0] == "only sheet 'Tickets' is read; for 'Sheet', use --sheet"


def test_wrong_dimensions_do_not_hide_rows(path: Path) -> None:
    rows = '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2"><v>1</v></c></row>'
    files = parts(
        f'<dimension ref="A1:A1"/><sheetData>{rows.replace("2", "1").replace("<v>1</v>", "<v>7</v>")}{rows}</sheetData>'
    )
    assert read(pack(path, files))[1] == [(2, ["a", 1])]


def test_rows_without_numbers_and_out_of_order(path: Path) -> None:
    cell = '<c t="str"><v>%s</v></c>'
    rows = (
        "".join(f"<row>{cell % name}</row>" for name in "ab")
        + f'<row r="9">{cell % "c"}</row><row r="5">{cell % "d"}</row>'
    )
    assert read(from_xml(path, rows))[1] == [(2, ["a", None]), (3, ["b", None]), (9, ["c", None]), (5, ["d", None])]


DAMAGED_ROWS = [
    '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
    '<row r="2"><c r="A2" t="s"><v>7</v></c></row>',
    '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
    '<row r="2"><c r="A2" t="b"><v>maybe</v></c></row>',
    '<row r="2"><c r="A2"><v>1,5</v></c></row>',
    '<row r="2"><c r="A2" t="d"><v>soon</v></c></row>',
    '<row r="2"><c r="2"><v>1</v></c></row>',
    '<row r="2"><c r="ZZZ2"><v>1</v></c></row>',
    '<row r="99999999"><c><v>1</v></c></row>',
    '<row r="two"><c><v>1</v></c></row>',
]


@pytest.mark.parametrize("row", DAMAGED_ROWS)
def test_a_row_that_does_not_follow_the_format(path: Path, row: str) -> None:
    from_xml(path, row)
    with pytest.raises(InputError, match=r"a\.xlsx: the sheet does not follow the format at row \d+$"):
        read(str(path))


def test_a_row_that_is_too_large(path: Path) -> None:
    from_xml(path, f'<row r="2"><c r="A2" t="str"><v>{"x" * (65 << 20)}</v></c></row>')
    assert path.stat().st_size < 1 << 20
    with pytest.raises(InputError, match=r"a\.xlsx: has a row that is too large to read; save the table as CSV$"):
        read(str(path))


def test_shared_strings_that_are_too_large(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recordlint.tables import xlsx_files

    monkeypatch.setattr(xlsx_files, "PART", 1 << 20)
    from_xml(path, "", strings=f"<si><t>{'x' * (2 << 20)}</t></si>")
    with pytest.raises(
        InputError, match=r"a\.xlsx: xl/sharedStrings\.xml in it is too large to read; save the table as CSV$"
    ):
        read(str(path))


def test_entities_do_not_grow(path: Path) -> None:
    files = parts("")
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    files["xl/worksheets/sheet1.xml"] = f'<!DOCTYPE worksheet [<!ENTITY e0 "lol">{entities}]>' + files[
        "xl/worksheets/sheet1.xml"
    ].replace("></worksheet>", "><sheetData><row><c t='str'><v>&e9;</v></c></row></sheetData></worksheet>")
    with pytest.raises(InputError, match=r"a\.xlsx: cannot be read to its end: the XLSX file is cut short or damaged$"):
        read(pack(path, files))


def test_a_strict_workbook(path: Path) -> None:
    pack(path, parts("", main="http://purl.oclc.org/ooxml/spreadsheetml/main"))
    with pytest.raises(InputError, match=r"is a Strict Open XML file; save it as a usual Excel workbook \(\.xlsx\)$"):
        read(str(path))
