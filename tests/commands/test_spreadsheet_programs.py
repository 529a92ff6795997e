"""Files as LibreOffice 7.4 writes them, all made from one spreadsheet, `tests/data/spreadsheets/tickets.fods`.

`soffice --headless --convert-to xlsx tickets.fods` makes the workbook. The others are made with
`--convert-to "csv:Text - txt - csv (StarCalc):OPTIONS"` by these options:

- `44,34,76,1,,0,false,true` for `commas.csv`, in UTF-8
- `59,34,1,1,,0,false,true` for `semicolons.csv`, in Windows-1252
- `9,34,65535,1,,0,true,true` for `utf-16.tsv`, with each text in quotes
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from command_folder import OBJECTS, Folder
from fixture_files import ROOT

FILES = ROOT / "tests" / "data" / "spreadsheets"
MAPPING = """\
separator = ";"
date-order = "dmy"
thousands-mark = ","
currency = "€"
ignore-columns = ["Done"]
"""
LOGIN = {
    "ticket_name": "Login “fails”",
    "customer_number": 1424,
    "recieved_on": "2024-07-11",
    "money": {"currency": "default", "value": 1100.5},
    "section_of_app": {"add": ["option_1_internal_key", "option_2_internal_key"]},
    "my_files": {"add": [{"url": "https://example.com/a.pdf"}]},
    "my_textbox_list.option_a": "Firefox",
    "description": 'Two\nlines, "quoted"; café',
}
PART = {
    "ticket_name": "Part bold",
    "customer_number": 14.24,
    "recieved_on": "2024-02-29",
    "money": {"currency": "default", "value": 0},
    "section_of_app": {"add": ["option_5_internal_key"]},
    "description": "=1+1",
}
COPY = {"ticket_name": "Login “fails” (copy)", "recieved_on": "2024-12-24"}
OLD = {"ticket_name": "#N/A", "customer_number": 7, "recieved_on": "1899-12-31"}


def convert(folder: Folder, name: str, *options: str) -> tuple[list[Any], str]:
    """The properties of the bodies, and what is said."""
    folder.write("map.toml", MAPPING)
    table = str(FILES / name)
    done = folder.run("convert", *OBJECTS, "--object", "custom_objects.ticket", "--map", "map.toml", *options, table)
    return [json.loads(line)["properties"] for line in done.out.splitlines()], done.err


def test_a_workbook(folder: Folder) -> None:
    """The day of the last row is the one before in Excel, and the name is what a formula without a result shows."""
    pytest.importorskip("openpyxl")
    properties, said = convert(folder, "tickets.xlsx")
    assert properties == [LOGIN, PART, COPY]
    assert "1 hidden row is read like the others" in said
    assert 'error[ambiguous-date]: C8 "Received on": the cell has a day before March 1900' in said
    assert "warning[formula-error]: A8: " in said
    assert "3 bodies, 1 row rejected" in said


@pytest.mark.parametrize(
    ("name", "options", "note"),
    [
        ("commas.csv", (), ""),
        ("semicolons.csv", ("--encoding", "windows-1252"), "cells are separated by a semicolon, as in the header"),
        ("utf-16.tsv", (), ""),
    ],
)
def test_text(folder: Folder, name: str, options: tuple[str, ...], note: str) -> None:
    properties, said = convert(folder, name, *options)
    assert properties == [LOGIN, PART, COPY, OLD]
    assert note in said
    assert f"{name}:9:1: warning[formula-error]: A8: " in said
    assert "4 bodies\n" in said


def test_an_encoding_that_is_not_said(folder: Folder) -> None:
    properties, said = convert(folder, "semicolons.csv")
    assert properties == []
    assert "bytes that are not UTF-8; if a program on Windows wrote the file, use --encoding windows-1252" in said
