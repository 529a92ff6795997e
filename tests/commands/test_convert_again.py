"""recordlint convert: what --rejects and --write-map write, read again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from command_folder import OBJECTS, Done, Folder

TICKET = (*OBJECTS, "--object", "custom_objects.ticket")


def convert(folder: Folder, *arguments: str) -> Done:
    return folder.run("convert", *TICKET, *arguments)


def properties(text: str) -> list[Any]:
    return [json.loads(line)["properties"] for line in text.splitlines()]


def write_book(folder: Folder, *rows: list[object]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder.path / "t.xlsx")


def correct(folder: Folder, name: str, *pairs: tuple[str, str]) -> None:
    path = folder.path / name
    text = path.read_text("utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("marks", [(), ("--decimal-mark", ",", "--thousands-mark", "."), ("--thousands-mark", ".")])
def test_numbers_of_a_workbook_stay_what_they_are(folder: Folder, marks: tuple[str, ...]) -> None:
    write_book(
        folder,
        ["Ticket name", "Customer number", "Received on", "Priority", 2024],
        ["a", 1.234, date(2024, 7, 11), "nope", 1],
        ["b", 1234.5, date(2024, 7, 11), "nope", 2],
    )
    flags = ("--ignore-column", "2024", "--rejects", "bad.csv", "--write-map", "map.toml", *marks)
    assert convert(folder, "t.xlsx", *flags).status == 1
    correct(folder, "bad.csv", ("nope", "low"))
    done = convert(folder, "bad.csv", "--map", "map.toml")
    both = {"recieved_on": "2024-07-11", "priority": "low"}
    assert (done.status, properties(done.out)) == (
        0,
        [
            {"ticket_name": "a", "customer_number": 1.234, **both},
            {"ticket_name": "b", "customer_number": 1234.5, **both},
        ],
    )


def test_a_cell_that_could_not_be_read_is_not_lost(folder: Folder) -> None:
    write_book(folder, ["Ticket name", "Customer number"], ["a", "=1+1"], ["=A2", 3])
    assert convert(folder, "t.xlsx", "--rejects", "bad.csv").status == 1
    done = convert(folder, "bad.csv")
    assert (done.status, done.out, done.err.count("error[formula-error]")) == (1, "", 2)
    correct(folder, "bad.csv", ("a,#ERROR!", "a,2"), ("#ERROR!,3", "b,3"))
    assert properties(convert(folder, "bad.csv").out) == [
        {"ticket_name": "a", "customer_number": 2},
        {"ticket_name": "b", "customer_number": 3},
    ]


def test_a_column_without_a_header_keeps_its_number(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name,,Priority\na,x,nope\n")
    flags = ("--ignore-column", "2", "--rejects", "bad.csv", "--write-map", "map.toml")
    assert convert(folder, "t.csv", *flags).status == 1
    correct(folder, "bad.csv", ("nope", "low"))
    done = convert(folder, "bad.csv", "--map", "map.toml")
    assert (done.status, properties(done.out)) == (0, [{"ticket_name": "a", "priority": "low"}])
    done = convert(folder, "bad.csv")
    reason = "column 3 has data but no header; write a header, or leave it out with --ignore-column 2"
    assert (done.status, reason in done.err) == (2, True)


def test_a_delimiter_in_a_header_stays_one(folder: Folder) -> None:
    folder.write("t.csv", "sep=;\nTicket name;Received, on\na;nope\n")
    folder.write("map.toml", '[columns."Received, on"]\nfield = "recieved_on"\n')
    assert convert(folder, "t.csv", "--map", "map.toml", "--rejects", "bad.csv").status == 1
    correct(folder, "bad.csv", ("nope", "2024-07-11"))
    done = convert(folder, "bad.csv", "--map", "map.toml")
    assert (done.status, properties(done.out)) == (0, [{"ticket_name": "a", "recieved_on": "2024-07-11"}])


def test_rejected_rows_have_an_encoding_of_their_own(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name,Priority\nCaf\xe9,nope\n".encode("cp1252"))
    assert convert(folder, "t.csv", "--encoding", "cp1252", "--rejects", "bad.csv").status == 1
    correct(folder, "bad.csv", ("nope", "low"))
    done = convert(folder, "bad.csv", "--encoding", "cp1252")
    assert (done.status, "so it is not in 'cp1252'; leave out --encoding" in done.err) == (2, True)
    assert properties(convert(folder, "bad.csv").out) == [{"ticket_name": "Caf\xe9", "priority": "low"}]


def test_the_column_of_errors_is_written_once(folder: Folder) -> None:
    folder.write("t.csv", " Recordlint_Error ,Ticket name,Priority\nwhy,a,nope\n")
    convert(folder, "t.csv", "--rejects", "bad.csv")
    header, row = (folder.path / "bad.csv").read_text("utf-8").splitlines()
    assert (header, row.endswith('",a,nope')) == ("recordlint_error,Ticket name,Priority", True)


def test_the_map_has_the_region_and_the_location(folder: Folder) -> None:
    folder.write("t.csv", "record id,Phone number\n661c06b4ffde146bdb469442,030 901820\n")
    first = convert(folder, "t.csv", "--location", "loc1", "--phone-region", "DE", "--write-map", "map.toml")
    assert (first.status, "+4930901820" in first.out, "locationId=loc1" in first.out) == (0, True, True)
    assert convert(folder, "t.csv", "--map", "map.toml").out == first.out


def test_the_flag_of_the_region_wins_over_a_map(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name,Phone number\na,030 901820\n")
    folder.write("map.toml", 'phone-region = "US"\n[columns."Phone number"]\nphone-region = "FR"\n')
    for command in (("convert",), ("check",)):
        done = folder.run(*command, *TICKET, "t.csv", "--map", "map.toml", "--phone-region", "DE")
        assert done.status == 0


@pytest.mark.parametrize("text", ["a\rb", "a\r", "\rb", "a\r\nb"])
def test_a_carriage_return_stays_in_its_cell(folder: Folder, text: str) -> None:
    parquet, arrow = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
    table = arrow.table({"Phone number": ["BAD"], "Ticket name": [text]})
    parquet.write_table(table, folder.path / "t.parquet")
    assert convert(folder, "t.parquet", "--rejects", "bad.csv").status == 1
    path = folder.path / "bad.csv"
    path.write_bytes(path.read_bytes().replace(b"BAD,", b"+447911123456,"))
    done = convert(folder, "bad.csv")
    assert done.status == 0
    assert properties(done.out) == [{"phone_number": "+447911123456", "ticket_name": text}]


@pytest.mark.parametrize("values", [[None], [""], ["web", None], ["", "web"]])
@pytest.mark.parametrize("empty", ["skip", "null"])
def test_a_list_with_nothing_in_it_is_rejected_until_it_is_corrected(
    folder: Folder, values: list[str | None], empty: str
) -> None:
    parquet, arrow = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
    table = arrow.table(
        {"Ticket name": ["a"], "Affected platforms": arrow.array([values], arrow.list_(arrow.string()))}
    )
    parquet.write_table(table, folder.path / "t.parquet")
    flags = ("--empty", empty, "--separator", ";")
    assert convert(folder, "t.parquet", *flags, "--rejects", "bad.csv").status == 1
    done = convert(folder, "bad.csv", *flags)
    assert (done.status, done.out) == (1, "")


def test_the_map_has_what_joins_the_values_of_lists(folder: Folder) -> None:
    parquet, arrow = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
    table = arrow.table({"Phone number": ["BAD", "+447911123456"], "Affected platforms": [["web", "ios"], ["web"]]})
    parquet.write_table(table, folder.path / "t.parquet")
    assert convert(folder, "t.parquet", "--rejects", "bad.csv", "--write-map", "map.toml").status == 1
    correct(folder, "bad.csv", (",BAD,", ",+447911123457,"))
    done = convert(folder, "bad.csv", "--map", "map.toml")
    assert done.status == 0
    assert properties(done.out) == [{"phone_number": "+447911123457", "affected_platforms": {"add": ["web", "ios"]}}]
