"""recordlint check of tables: each violation with its line and column, its row and its cell, in every format."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from command_folder import OBJECTS, Done, Folder, report_of
from recordlint.reporters import formats

TICKET = (*OBJECTS, "--object", "custom_objects.ticket")
TABLE = "Ticket name,Phone number,Priority\nPrinter,020 7946 0958,high\nScreen,+442079460958,nope\n"


@pytest.fixture
def folder(folder: Folder) -> Folder:
    folder.write("t.csv", TABLE)
    return folder


def check(folder: Folder, *arguments: str) -> Done:
    return folder.run("check", *TICKET, *arguments)


def test_text(folder: Folder) -> None:
    done = check(folder, "t.csv")
    assert (done.status, done.err) == (1, "")
    assert done.out.splitlines()[0].startswith('t.csv:2:9: error[phone-format]: B2: "Phone number" takes')
    assert done.out.splitlines()[1:3] == ["  2 | Printer,020 7946 0958,high", "    |         ^^^^^^^^^^^^^"]
    assert 't.csv:3:22: error[unknown-option]: C3: "Priority" has no option' in done.out
    assert done.out.endswith("2 errors in 2 rows checked, 0 valid\n")


def test_json(folder: Folder) -> None:
    report = report_of(check(folder, "--format", "json", "t.csv").out)
    first, second = report["results"]
    assert (first["line"], second["line"]) == (2, 3)
    (violation,) = second["violations"]
    assert violation["cell"] == {"row": 3, "name": "C3", "column": "Priority"}
    assert (violation["line"], violation["column"], violation["pointer"]) == (3, 22, "/properties/priority")
    assert violation["fix"] is None


@pytest.mark.parametrize("name", formats())
def test_every_format_names_the_cell(folder: Folder, name: str) -> None:
    done = check(folder, "--format", name, "t.csv")
    assert done.status == 1
    assert "C3" in done.out
    if name == "junit":
        ElementTree.fromstring(done.out)  # noqa: S314 - our own output


def test_a_workbook_has_no_lines(folder: Folder) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Ticket name", "Priority"], ["Printer", "high"], ["Screen", "nope"], ["#N/A", "low"]):
        book.active.append(row)
    book.active["A4"].data_type = "e"
    book.save(folder.path / "t.xlsx")
    done = check(folder, "t.xlsx")
    assert 't.xlsx: error[unknown-option]: B3: "Priority" has no option' in done.out
    assert 't.xlsx: error[formula-error]: A4 "Ticket name": the cell has an error instead of a value' in done.out
    report = report_of(check(folder, "t.xlsx", "--format", "json").out)
    assert [each["violations"][0]["cell"]["name"] for each in report["results"]] == ["B3", "A4"]


@pytest.fixture
def workbook(folder: Folder) -> str:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Ticket name", "Priority", "Notes"], ["Printer", "nope", "x"], ["Screen", "low", "x"]):
        book.active.append(row)
    for name in ("A2", "C2", "C3"):
        book.active[name].value = "#N/A"
        book.active[name].data_type = "e"
    book.save(folder.path / "t.xlsx")
    return "t.xlsx"


def test_the_other_cells_of_a_row_with_an_error_are_checked(folder: Folder, workbook: str) -> None:
    report = report_of(check(folder, "--format", "json", "--ignore-column", "Notes", workbook).out)
    (result,) = report["results"]
    cells = [(each["rule"], each["cell"]["name"]) for each in result["violations"]]
    assert cells == [("formula-error", "A2"), ("unknown-option", "B2")]


def test_an_error_in_a_column_that_is_left_out_says_nothing(folder: Folder, workbook: str) -> None:
    done = folder.run("convert", *TICKET, "--ignore-column", "Notes", "-o", "b.ndjson", "--rejects", "r.csv", workbook)
    assert done.status == 1
    assert folder.path.joinpath("b.ndjson").read_text("utf-8").splitlines() == [
        '{"properties":{"ticket_name":"Screen","priority":"low"}}'
    ]
    rejected = folder.path.joinpath("r.csv").read_text("utf-8").splitlines()
    assert len(rejected) == 2
    assert rejected[1].endswith(",#ERROR!,nope,#ERROR!")


def test_headers_that_are_not_clear(folder: Folder) -> None:
    folder.write("bad.csv", "Colour\nred\n")
    done = check(folder, "bad.csv", "t.csv")
    assert done.status == 2
    assert done.err.startswith('recordlint: bad.csv: the column "Colour" matches no field of Ticket')
    assert done.out.endswith("2 errors in 2 rows checked, 0 valid\n")


def test_a_wrong_constant_is_said_once(folder: Folder) -> None:
    folder.write("map.toml", '[constants]\npriority = "nope"\nticket_name = "x"\ncustomer_number = "1,250"\n')
    folder.write("t.csv", "Phone number\n+442079460958\n+442079460959\n")
    done = check(folder, "t.csv", "--map", "map.toml")
    assert (done.status, done.out) == (2, "no rows checked\n")
    number, priority = done.err.splitlines()
    assert priority.startswith('recordlint: t.csv: the constant "priority": "Priority" has no option')
    assert number == (
        'recordlint: t.csv: the constant "customer_number": "Customer number" has a number with marks that the table '
        'does not declare; set decimal-mark = "," or thousands-mark = ","'
    )


def test_a_question_is_one_violation_and_no_row(folder: Folder) -> None:
    folder.write("t.csv", "Ticket name,Received on\na,11/07/2024\nb,12/07/2024\nc,2024-01-01\n")
    done = check(folder, "t.csv")
    assert done.out.count("error[ambiguous-date]") == 1
    assert "in 2 cells" in done.out
    assert done.out.endswith("1 error in 3 rows checked, 1 valid\n")
    assert check(folder, "t.csv", "--date-order", "dmy").status == 0


def test_a_question_has_the_severity_of_its_field(folder: Folder) -> None:
    levels = '[severity]\n"ambiguous-date" = "off"\n"ambiguous-date:recieved_on" = "error"\n'
    folder.write("recordlint.toml", levels)
    folder.write("t.csv", "Ticket name,Received on\na,11/07/2024\n")
    done = check(folder, "t.csv")
    assert done.out.startswith('t.csv:2:3: error[ambiguous-date]: B2: "Received on" has a date with the year last')
    assert done.out.endswith("1 error in 1 row checked, 0 valid\n")


def test_what_does_not_go_with_tables(folder: Folder) -> None:
    done = check(folder, "--fix", "t.csv")
    reason = "no fix changes a table: correct it in the program that it comes from, or leave --fix out"
    assert (done.status, done.err) == (2, f"recordlint: t.csv: {reason}\n")
    assert (folder.path / "t.csv").read_text() == TABLE
    done = check(folder, "--split-to", "out", "t.csv")
    assert (done.status, "t.csv is a table: use recordlint convert" in done.err) == (2, True)


def test_no_baseline_knows_rows_of_a_table(folder: Folder) -> None:
    reason = "recordlint: t.csv: a baseline knows no rows of tables: convert the table, or check it without a baseline"
    done = check(folder, "t.csv", "--write-baseline", "known.json")
    assert (done.status, done.err.splitlines()[0]) == (2, reason)
    assert not (folder.path / "known.json").exists()
    folder.write("known.json", '{"version": 1, "violations": []}')
    done = check(folder, "t.csv", "--baseline", "known.json")
    assert (done.status, done.err.splitlines()) == (2, [reason])
    folder.write("recordlint.toml", 'baseline = "known.json"\n')
    done = check(folder, "t.csv")
    note = "recordlint: t.csv: the baseline of the configuration holds nothing back of a table\n"
    assert (done.status, done.err) == (1, note)
    assert done.out.endswith("2 errors in 2 rows checked, 0 valid\n")


def test_at_most_so_many(folder: Folder) -> None:
    folder.write("t.csv", "Priority\n" + "nope\n" * 50)
    for jobs in ("1", "2"):
        done = check(folder, "--max-violations", "3", "--jobs", jobs, "--format", "json", "t.csv")
        report = report_of(done.out)
        assert len(report["results"]) == 3 or sum(len(each["violations"]) for each in report["results"]) == 3
        assert report["summary"]["errors"] == 50
        assert report["summary"]["unlisted"] == 47


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_alike_are_counted_across_the_table(folder: Folder, jobs: str) -> None:
    folder.write("t.csv", "Priority\n" + "nope\n" * 50_000)
    done = check(folder, "--jobs", jobs, "t.csv")
    assert done.out.count("has no option with this key") == 3
    assert done.out.splitlines()[-6:] == [
        "error[unknown-option] at priority: … and 49,997 more like this: --show-all lists them",
        "",
        " count  fixable  rule            field     first",
        "50,000           unknown-option  priority  t.csv:2:1",
        "",
        "50,000 errors in 50,000 rows checked, 0 valid",
    ]


def test_a_table_in_a_folder_is_one_that_an_entry_claims(folder: Folder) -> None:
    folder.write("payloads/t.csv", TABLE)
    folder.write("payloads/a.json", '{"properties": {"priority": "low"}}')
    assert check(folder, "payloads").out == "1 file checked, no problems\n"


def test_an_entry_of_tables_claims_those_in_a_folder(folder: Folder) -> None:
    entry = '[[tables]]\nmatch = "in/*.csv"\nobject = "custom_objects.ticket"\n'
    folder.write("in/t.csv", TABLE)
    folder.write("out/t.csv", TABLE)
    for files in ("", '[[files]]\nmatch = "none/*.json"\n'):
        folder.write("recordlint.toml", f"objects = [{OBJECTS[1]!r}]\n{entry}{files}")
        for arguments in (("in",), *(((), (".",)) if files else ())):
            done = folder.run("check", *arguments)
            assert (done.status, done.err) == (1, "")
            assert done.out.endswith("2 errors in 2 rows checked, 0 valid\n")
        assert folder.run("check", "out").status == 2


ONE = '[[tables]]\nmatch = "exports/*.csv"\nobject = "custom_objects.ticket"\n'


def test_no_files_are_the_tables_that_entries_claim(folder: Folder) -> None:
    """What else there is in JSON is no payload: nothing says so."""
    folder.write("recordlint.toml", ONE)
    folder.write("package.json", "{}")
    done = folder.run("check", *OBJECTS)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("recordlint: .: no file here that a [[tables]] entry of ")
    (folder.path / "exports").mkdir()
    folder.write("exports/b.csv", TABLE)
    folder.write("exports/a.csv", "Priority\nhigh\n")
    done = folder.run("check", *OBJECTS)
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith("exports/b.csv:2:9: error[phone-format]: B2: ")
    assert done.out.endswith("2 errors in 3 rows checked, 1 valid\n")


def test_files_that_no_entry_of_tables_claims_can_be_passed_over(folder: Folder) -> None:
    folder.write("recordlint.toml", ONE)
    folder.write("package.json", "{}")
    done = folder.run("check", *OBJECTS, "--ignore-unmatched", "t.csv", "package.json")
    assert done == (0, "no rows checked\n", "")
    folder.write("recordlint.toml", ONE.replace("exports/", ""))
    done = folder.run("check", *OBJECTS, "--ignore-unmatched", "t.csv", "package.json")
    assert done.out.endswith("2 errors in 2 rows checked, 0 valid\n")


def test_an_entry_without_an_object_claims_a_table(folder: Folder) -> None:
    folder.write("recordlint.toml", '[[tables]]\nmatch = "t.csv"\nempty = "null"\n')
    done = folder.run("check", "--objects", OBJECTS[1] + "/ticket.json", "--ignore-unmatched", "t.csv")
    assert done.out.endswith("2 errors in 2 rows checked, 0 valid\n")


def test_standard_input_has_the_name_of_a_table(folder: Folder) -> None:
    done = folder.run("check", *TICKET, "-", "--stdin-name", "in/t.csv", stdin=TABLE.encode())
    assert done.out.startswith('in/t.csv:2:9: error[phone-format]: B2: "Phone number" takes')
    assert done.out.endswith("2 errors in 2 rows checked, 0 valid\n")


def test_each_column_asks_for_itself(folder: Folder) -> None:
    book = '"1,250"'
    folder.write("t.csv", f"Ticket name,Customer number,Received on\na,{book},1/2/2024\n")
    (first, second) = report_of(check(folder, "--format", "json", "t.csv").out)["results"]
    assert [each["violations"][0]["pointer"] for each in (first, second)] == [
        "/properties/customer_number",
        "/properties/recieved_on",
    ]


def test_rows_of_json_are_no_table(folder: Folder) -> None:
    folder.write("t.csv", '{"properties": {"priority": "low"}}\n')
    assert check(folder, "--lines", "t.csv").out == "1 row checked, no problems\n"


def test_compressed(folder: Folder) -> None:
    import gzip

    folder.write("t.csv.gz", gzip.compress(TABLE.encode()))
    assert json.loads(check(folder, "--format", "json", "t.csv.gz").out)["summary"]["errors"] == 2
