"""recordlint convert: tables in, right bodies out, and the rejected rows in a file of their own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from command_folder import OBJECTS, Done, Folder

TICKET = (*OBJECTS, "--object", "custom_objects.ticket")
TABLE = """\
Ticket name,Priority,Affected platforms,Received on,Customer number
Printer,"High, within a day",web;ios,2024-07-11,12
Screen,urgent,ios;web,11/07/2024,3
Mouse,nope,web,2024-01-01,4
Cable,low,web,2024-01-01,5,extra
"""
PRINTER = {
    "properties": {
        "ticket_name": "Printer",
        "priority": "high",
        "affected_platforms": {"add": ["web", "ios"]},
        "recieved_on": "2024-07-11",
        "customer_number": 12,
    }
}


@pytest.fixture
def folder(folder: Folder) -> Folder:
    folder.write("tickets.csv", TABLE)
    return folder


def convert(folder: Folder, *arguments: str, stdin: bytes = b"") -> Done:
    return folder.run("convert", *TICKET, *arguments, stdin=stdin)


def bodies(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def read(folder: Folder, name: str) -> str:
    return (folder.path / name).read_text("utf-8")


def test_right_rows_become_bodies_and_wrong_ones_are_rejected(folder: Folder) -> None:
    done = convert(folder, "tickets.csv", "-o", "bodies.ndjson", "--rejects", "bad.csv")
    assert (done.status, done.out) == (1, "")
    assert bodies(read(folder, "bodies.ndjson")) == [PRINTER]
    header, screen, mouse, cable = read(folder, "bad.csv").splitlines()
    assert header == f"recordlint_error,{TABLE.splitlines()[0]}"
    assert [line.rpartition('",')[2] for line in (screen, mouse, cable)] == TABLE.splitlines()[2:]
    assert (
        done.err.splitlines()[-6:]
        == [
            "tickets.csv:5:27: error[row-length]: F5: the row has 6 cells under 5 headers",
            "  5 | Cable,low,web,2024-01-01,5,extra",
            "    |                            ^^^^^",
            "    = hint: put a cell that contains a comma in quotes, or give each cell a",
            "            header",
            "",
        ]
        or "rejected" in done.err
    )
    assert "3 errors in 4 rows checked, 1 valid\n" in done.err
    assert done.err.endswith(
        "recordlint: tickets.csv: 1 body in bodies.ndjson, 3 rows rejected, in bad.csv\n"
        "recordlint: sending them takes 1 request and at least 1 second, at 100 requests in 10 seconds\n"
    )


def test_what_is_rejected_is_corrected_and_converted_again(folder: Folder) -> None:
    convert(folder, "tickets.csv", "--rejects", "bad.csv", "--write-map", "map.toml")
    text = read(folder, "bad.csv").replace("nope", "low").replace(",extra", "")
    folder.write("bad.csv", text)
    done = convert(folder, "bad.csv", "--map", "map.toml", "--date-order", "dmy", "--rejects", "worse.csv")
    names = [each["properties"]["ticket_name"] for each in bodies(done.out)]
    assert (done.status, names) == (0, ["Screen", "Mouse", "Cable"])
    assert bodies(done.out)[0]["properties"]["recieved_on"] == "2024-07-11"
    assert read(folder, "worse.csv") == read(folder, "bad.csv").splitlines()[0] + "\n"


def test_rejects_of_rejects_keep_the_row(folder: Folder) -> None:
    convert(folder, "tickets.csv", "--rejects", "bad.csv")
    convert(folder, "bad.csv", "--rejects", "again.csv")
    lines = read(folder, "again.csv").splitlines()
    assert lines[0] == f"recordlint_error,{TABLE.splitlines()[0]}"
    assert [line.rpartition('",')[2] for line in lines[1:]] == TABLE.splitlines()[2:]


def test_standard_output_and_input(folder: Folder) -> None:
    done = convert(folder, "-", stdin=b"Ticket name\nPrinter\n")
    assert (done.status, bodies(done.out)) == (0, [{"properties": {"ticket_name": "Printer"}}])
    done = convert(folder, "-", stdin=b"Received on\n11/07/2024\n12/07/2024\n")
    assert (done.status, done.out) == (1, "")
    assert done.err.count("ambiguous-date") == 1
    assert "in 2 cells" in done.err


def test_all_that_is_wrong_with_headers_is_said_at_once(folder: Folder) -> None:
    folder.write("t.csv", "Ticket nmae,Priority,priority,Colour,\nx,low,low,red,1\n")
    done = convert(folder, "t.csv", "-o", "b.ndjson", "--rejects", "bad.csv")
    assert done == Done(
        2,
        "",
        'recordlint: t.csv: the column "Ticket nmae" matches no field of Ticket; did you mean "ticket_name"?\n'
        'recordlint: t.csv: column 2 ("Priority") and column 3 ("priority") are both for "priority"; '
        "leave one of them out\n"
        'recordlint: t.csv: the column "Colour" matches no field of Ticket; map it to a field, or leave it out with '
        "--ignore-column\n"
        "recordlint: nothing is written, because the columns are not clear\n",
    )
    assert not (folder.path / "b.ndjson").exists()
    assert not (folder.path / "bad.csv").exists()


def test_whole_requests(folder: Folder) -> None:
    folder.write("t.csv", "Record ID,Ticket name\n661c06b4ffde146bdb469442,Printer\n")
    done = convert(folder, "t.csv")
    assert (done.status, done.out) == (2, "")
    assert "the location is missing; name it with --location" in done.err
    url = "/objects/custom_objects.ticket/records"
    update = {
        "method": "PUT",
        "url": f"{url}/661c06b4ffde146bdb469442?locationId=loc1",
        "body": {"properties": {"ticket_name": "Printer"}},
    }
    assert bodies(convert(folder, "t.csv", "--location", "loc1").out) == [update]
    folder.write("new.csv", "Ticket name\nPrinter\n")
    create = ("--operation", "create", "--location", "loc1")
    body = {"properties": {"ticket_name": "Printer"}, "locationId": "loc1"}
    assert bodies(convert(folder, "new.csv", *create).out) == [body]
    assert bodies(convert(folder, "new.csv", *create, "--requests").out) == [
        {"method": "POST", "url": url, "body": body}
    ]
    done = convert(folder, "new.csv", "--location", "loc1", "--requests")
    assert (done.status, done.out) == (2, "")
    assert "no column holds record ids" in done.err


def test_what_is_converted_is_right(folder: Folder) -> None:
    convert(folder, "tickets.csv", "-o", "bodies.ndjson")
    assert folder.run("check", *TICKET, "bodies.ndjson").status == 0


def test_unique(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name,Phone number\na,+44 20 7946 0958\nb,+442079460958\nc,+442079460959\n")
    done = convert(folder, "t.csv", "--unique", "Phone number", "--rejects", "bad.csv")
    assert [each["properties"]["ticket_name"] for each in bodies(done.out)] == ["a", "c"]
    message = "the value of this row is also that of row 2, and each may stand in one row alone"
    assert f't.csv:3:3: error[repeated-value]: B3 "Phone number": {message}\n' in done.err
    assert read(folder, "bad.csv").splitlines()[1].endswith(",b,+442079460958")
    done = convert(folder, "t.csv", "--unique", "Nope")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        'recordlint: t.csv: --unique "Nope" names no column of the table',
    )


def test_numbers_are_unique_by_their_value(folder: Folder) -> None:
    folder.write("t.csv", "Customer number,Refund amount\n1,2.50\n1.0,2.5\n3,2.50\n")
    done = convert(folder, "t.csv", "--unique", "Customer number")
    assert "error[repeated-value]: A3 " in done.err
    assert len(bodies(done.out)) == 2
    done = convert(folder, "t.csv", "--unique", "Refund amount")
    assert len(bodies(done.out)) == 1


def test_unique_takes_headers_and_record_ids(folder: Folder) -> None:
    id = "661c06b4ffde146bdb469442"
    folder.write("t.csv", f"record id,Nummer,owners\n{id},1,a\n{id},2,b\n{id[:-1]}3,2,c\n")
    folder.write("map.toml", '[columns.Nummer]\nfield = "customer_number"\n')
    flags = ("t.csv", "--map", "map.toml", "--location", "loc1", "--unique")
    done = convert(folder, *flags, "Record ID")
    assert (done.status, done.out.count("\n")) == (1, 2)
    assert 'error[repeated-value]: A3 "record id": the record of this row is also that of row 2' in done.err
    done = convert(folder, *flags, "nummer")
    assert (done.status, done.out.count("\n")) == (1, 2)
    assert 't.csv:4:26: error[repeated-value]: B4 "Nummer"' in done.err
    done = convert(folder, *flags, "owners")
    assert (done.status, done.out) == (2, "")
    assert '--unique "owners" names a column of users' in done.err


def test_rows_without_a_record_id_repeat_nothing(folder: Folder) -> None:
    folder.write("t.csv", "record id,Ticket name\n,a\n,b\n")
    assert "repeated-value" not in convert(folder, "t.csv", "--location", "loc1").err
    folder.write("new.csv", "Ticket name\na\nb\n")
    done = convert(folder, "new.csv", "--requests", "--operation", "create", "--location", "loc1")
    assert (done.status, done.out.count("\n")) == (0, 2)
    assert "warning" not in done.err


def test_a_record_id_twice_is_a_warning(folder: Folder) -> None:
    id = "661c06b4ffde146bdb469442"
    folder.write("t.csv", f"record id,Ticket name\n{id},a\n{id},b\n")
    done = convert(folder, "t.csv", "--location", "loc1")
    assert (done.status, len(bodies(done.out))) == (0, 2)
    assert 'warning[repeated-value]: A3 "record id": the record of this row is also that of row 2' in done.err


def test_empty_cells(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name,Priority\nPrinter,\n,\n")
    assert bodies(convert(folder, "t.csv").out) == [{"properties": {"ticket_name": "Printer"}}]
    nulls = {"properties": {"ticket_name": "Printer", "priority": None}}
    assert bodies(convert(folder, "t.csv", "--empty", "null").out) == [nulls]


def test_marks_and_separators_as_flags(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name;Customer number;Affected platforms\nPrinter;1.250,5;web/ios\n")
    flags = ("--decimal-mark", ",", "--thousands-mark", ".", "--separator", "/")
    done = convert(folder, "t.csv", *flags)
    assert (done.status, bodies(done.out)) == (
        0,
        [
            {
                "properties": {
                    "ticket_name": "Printer",
                    "customer_number": 1250.5,
                    "affected_platforms": {"add": ["web", "ios"]},
                }
            }
        ],
    )


def test_flags_go_with_each_other_and_before_the_map(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name,Received on\na,01/02/2024\n")
    folder.write(
        "map.toml",
        'date-format = "%d/%m/%Y"\nthousands-mark = ","\n[columns."Received on"]\ndate-format = "%d/%m/%Y"\n',
    )
    done = convert(folder, "t.csv", "--map", "map.toml", "--date-order", "mdy")
    assert bodies(done.out)[0]["properties"]["recieved_on"] == "2024-01-02"
    for flags, reason in (
        (("--decimal-mark", ","), ", cannot be both --decimal-mark and --thousands-mark"),
        (("--separator", ""), "--separator is empty: write what stands between two values"),
        (("--thousands-mark", "x"), "Invalid value for '--thousands-mark'"),
    ):
        for command in ("convert", "check"):
            done = folder.run(command, *TICKET, "t.csv", "--map", "map.toml", *flags)
            assert (done.status, reason in done.err) == (2, True)


def test_the_configuration_says_how_a_table_is_read(folder: Folder) -> None:
    entry = '[[tables]]\nmatch = "*.csv"\nobject = "custom_objects.ticket"\ndate-order = "dmy"\n'
    folder.write(
        "recordlint.toml", f'objects = [{OBJECTS[1]!r}]\n{entry}\n[tables.columns.Tag]\nfield = "recieved_on"\n'
    )
    folder.write("t.csv", "Ticket name,Tag\nPrinter,11/07/2024\n")
    done = folder.run("convert", "t.csv")
    body = {"properties": {"ticket_name": "Printer", "recieved_on": "2024-07-11"}}
    assert (done.status, bodies(done.out)) == (0, [body])
    assert folder.run("check", "t.csv").status == 0


def test_the_same_with_any_number_of_processes(folder: Folder) -> None:
    rows = "".join([f"Printer {n},{'nope' if n % 7 == 0 else 'low'},web;ios,2024-01-01,{n}\n" for n in range(20_000)])
    folder.write("t.csv", TABLE.splitlines()[0] + "\n" + rows)
    one, two = [
        (convert(folder, "t.csv", "--jobs", jobs, "--rejects", "bad.csv"), read(folder, "bad.csv"))
        for jobs in ("1", "2")
    ]
    assert one == two
    assert one[0].out.count("\n") == 20_000 - 2_858


def test_a_damaged_file_writes_nothing(folder: Folder) -> None:
    folder.write("t.csv", b"Ticket name\nPrinter\nCaf\xe9\n")
    done = convert(folder, "t.csv", "-o", "b.ndjson", "--rejects", "bad.csv", "--write-map", "map.toml")
    assert done.status == 2
    assert "--encoding windows-1252" in done.err
    assert not any((folder.path / name).exists() for name in ("b.ndjson", "bad.csv", "map.toml"))
    done = convert(folder, "t.csv", "--encoding", "windows-1252")
    assert bodies(done.out)[1] == {"properties": {"ticket_name": "Café"}}


def test_files_are_not_overwritten(folder: Folder) -> None:
    for option in ("-o", "--rejects", "--write-map"):
        done = convert(folder, "tickets.csv", option, "./tickets.csv")
        assert done.status == 2
        assert "is also the table: name another file" in done.err
    assert read(folder, "tickets.csv") == TABLE
    assert convert(folder, "tickets.csv", "-o", "x", "--rejects", "x").status == 2
    for option, name in (("--output", "b.ndjson.gz"), ("--rejects", "bad.XLSX")):
        done = convert(folder, "tickets.csv", option, name)
        assert (done.status, f"{option} {name} is written as plain text: give it another ending" in done.err) == (
            2,
            True,
        )
        assert not (folder.path / name).exists()


def test_what_is_read_besides_the_table_is_not_overwritten(folder: Folder) -> None:
    folder.write("map.toml", 'date-order = "dmy"\n')
    folder.write("recordlint.toml", "")
    folder.write("objects/ticket.json", (Path(OBJECTS[1]) / "ticket.json").read_bytes())
    (folder.path / "link.csv").hardlink_to(folder.path / "tickets.csv")
    for option in ("-o", "--rejects"):
        for name, what in (
            ("map.toml", "is also the file of --map"),
            ("recordlint.toml", "is also the configuration"),
            ("objects/ticket.json", "is among the definitions"),
            ("link.csv", "is also the table"),
        ):
            before = read(folder, name)
            flags = ("--objects", "objects", "--map", "map.toml", option, name)
            done = folder.run("convert", "tickets.csv", *flags)
            assert (done.status, what in done.err, read(folder, name)) == (2, True, before)
    done = convert(folder, "tickets.csv", "--map", "map.toml", "--write-map", "map.toml")
    assert (done.status, 'date-order = "dmy"' in read(folder, "map.toml")) == (1, True)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("flags", [("-o", "/dev/full", "--rejects", "x"), ("-o", "x", "--rejects", "/dev/full")])
def test_a_full_disk_leaves_neither_file(folder: Folder, flags: tuple[str, ...]) -> None:
    done = convert(folder, "tickets.csv", *flags)
    assert (done.status, "/dev/full: cannot be written" in done.err) == (2, True)
    assert not (folder.path / "x").exists()


def test_no_table(folder: Folder) -> None:
    folder.write("a.json", "{}")
    done = convert(folder, "a.json")
    assert (done.status, done.out) == (2, "")
    assert "its name must end in .csv, .tsv, .xlsx or .parquet" in done.err
    done = convert(folder, "nowhere.csv")
    assert (done.status, done.out) == (2, "")
    assert "no such file" in done.err


def test_only_a_header(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name\n")
    done = convert(folder, "t.csv")
    assert (done.status, done.out) == (0, "")
    assert "the table has a header and no rows" in done.err


def test_a_workbook(folder: Folder) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import datetime

    book = openpyxl.Workbook()
    for row in (
        ["Ticket name", "Received on", "Customer number"],
        ["Printer", datetime(2024, 7, 11), 12.5],
        ["Mouse", datetime(2024, 7, 11, 12, 30), 3],
    ):
        book.active.append(row)
    book.save(folder.path / "t.xlsx")
    done = convert(folder, "t.xlsx", "--rejects", "bad.csv")
    body = {"properties": {"ticket_name": "Printer", "recieved_on": "2024-07-11", "customer_number": 12.5}}
    assert (done.status, bodies(done.out)) == (1, [body])
    assert 't.xlsx: error[date-format]: B3: "Received on"' in done.err
    assert read(folder, "bad.csv").splitlines()[1].endswith(",Mouse,2024-07-11T12:30:00,3")


def test_a_parquet_file(folder: Folder) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    table = pyarrow.table({"Ticket name": ["Printer", None], "Affected platforms": [["web"], ["nope"]]})
    parquet.write_table(table, folder.path / "t.parquet")
    done = convert(folder, "t.parquet")
    body = {"properties": {"ticket_name": "Printer", "affected_platforms": {"add": ["web"]}}}
    assert (done.status, bodies(done.out)) == (1, [body])
    assert 'error[unknown-option]: B3: "Affected platforms"' in done.err


def test_show_all(folder: Folder) -> None:
    folder.write("t.csv", "Priority\n" + "nope\n" * 5)
    done = convert(folder, "t.csv")
    assert done.err.count("error[unknown-option]: A") == 3
    assert "… and 2 more like this: --show-all lists them" in done.err
    assert convert(folder, "t.csv", "--show-all").err.count("error[unknown-option]: A") == 5


def test_redacted(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name,Phone number\nPrinter,020 7946 0958\n")
    done = convert(folder, "t.csv", "--redact")
    assert done.status == 1
    assert "7946" not in done.err
