"""Which files are checked: those that are named, and in folders, those that the configuration claims."""

from __future__ import annotations

import json

import pytest

from command_folder import Folder, report_of
from fixture_files import ROOT

DEFINITION = (ROOT / "fixtures/objects/ticket.json").read_text("utf-8")
GOOD = '{"properties": {"priority": "low"}}'
BAD = '{"properties": {"priority": "HIGH"}}'
ENTRIES = """objects = ["objects/"]
exclude = ["payloads/old/*"]

[[files]]
match = "payloads/**"
object = "custom_objects.ticket"

[[files]]
match = "sent.har"
"""
OTHERS = ("package.json", "node_modules/a/payloads/b.json", ".git/payloads/c.json", "payloads/node_modules/d.json")
CLAIMED = ["payloads/a.json", "payloads/b/c.json", "payloads/rows.ndjson", "sent.har"]


@pytest.fixture
def project(folder: Folder) -> Folder:
    request = {"method": "GET", "url": "https://a.example/", "headers": []}
    files = {
        "recordlint.toml": ENTRIES,
        "objects/ticket.json": DEFINITION,
        "payloads/a.json": BAD,
        "payloads/b/c.json": BAD,
        "payloads/old/d.json": BAD,
        "payloads/rows.ndjson": BAD,
        "payloads/notes.txt": "x",
        "sent.har": json.dumps({"log": {"entries": [{"request": request}]}}),
        **dict.fromkeys(OTHERS, "{}"),
    }
    for name, text in files.items():
        (folder.path / name).parent.mkdir(parents=True, exist_ok=True)
        folder.write(name, text)
    return folder


def checked(folder: Folder, *arguments: str) -> list[str]:
    report = report_of(folder.run("check", "--format", "json", *arguments).out)
    return [each["path"] for each in report["results"]]


def test_what_the_configuration_claims(project: Folder) -> None:
    assert checked(project) == CLAIMED[:3]
    assert checked(project, ".") == CLAIMED[:3]
    assert checked(project, "payloads/b") == ["payloads/b/c.json"]
    assert project.run("check", "--quiet").err == "recordlint: sent.har: no request in it writes a record\n"


def test_from_a_folder_below(project: Folder) -> None:
    inner = Folder(project.path / "payloads" / "b")
    assert checked(inner) == ["../../payloads/a.json", "../../payloads/b/c.json", "../../payloads/rows.ndjson"]
    assert checked(inner, ".") == ["c.json"]


def test_a_folder_in_which_nothing_is_claimed(project: Folder) -> None:
    done = project.run("check", "objects")
    path = project.path / "recordlint.toml"
    message = f"recordlint: objects: no file here that a [[files]] entry of {path} claims\n"
    assert (done.status, done.out, done.err) == (2, "no files checked\n", message)
    assert project.run("check", "payloads/old") == (0, "no files checked\n", "")


def test_a_file_that_is_named_has_to_be_claimed(project: Folder) -> None:
    done = project.run("check", "package.json")
    assert (done.status, "no [[files]] entry of" in done.err) == (2, True)


def test_without_entries_every_json_file_but_definitions(project: Folder) -> None:
    project.write("recordlint.toml", 'objects = ["objects/"]')
    assert {*checked(project, ".")} >= {"payloads/a.json", "payloads/b/c.json", "payloads/old/d.json"}
    assert not {*checked(project, ".")} & {"objects/ticket.json", *OTHERS[1:], *CLAIMED[2:]}


def test_a_flag_that_names_the_object_claims_every_json_file(project: Folder) -> None:
    project.write("package.json", "[]")
    assert "package.json" in checked(project, "--object", "custom_objects.ticket", ".")


def test_a_report_is_no_payload_but_where_it_is_claimed(project: Folder) -> None:
    for _ in range(2):
        assert project.run("check", "--format", "json", "--output", "report.json").status == 1
    for name in ("payloads/report.json", "payloads/report.ndjson", "objects/report.json"):
        done = project.run("check", "--format", "json", "--output", name)
        assert (done.status, f"--output {name} is read too" in done.err) == (2, True)


def test_an_ending_that_a_pattern_names(project: Folder) -> None:
    project.write("recordlint.toml", ENTRIES + '[[files]]\nmatch = "*.body"\nobject = "custom_objects.ticket"\n')
    project.write("x.body", BAD)
    assert checked(project) == [*CLAIMED[:3], "x.body"]


def test_a_definition_is_no_payload_even_where_it_is_claimed(project: Folder) -> None:
    project.write("recordlint.toml", ENTRIES.replace("objects/", "payloads/objects/"))
    (project.path / "payloads" / "objects").mkdir()
    project.write("payloads/objects/ticket.json", DEFINITION)
    assert checked(project) == CLAIMED[:3]
    done = project.run("check", "--ignore-unmatched", "payloads/objects/ticket.json")
    assert done == (0, "no files checked\n", "")
    shown = project.run("config", "payloads/objects/ticket.json").out
    assert shown.splitlines()[1] == "# payloads/objects/ticket.json is an object definition"


def test_no_entries_and_no_files(project: Folder) -> None:
    project.write("recordlint.toml", 'objects = ["objects/"]')
    done = project.run("check")
    assert (done.status, done.out) == (2, "")
    assert "no files are named, and no configuration has [[files]] or [[tables]] entries" in done.err


OUTPUTS = [
    ("check", "--format", "json", "a.json"),
    ("check", "--format", "sarif", "a.json"),
    ("check", "--format", "rdjson", "a.json"),
    ("drift", "objects", "objects", "a.json", "--format", "json"),
    ("openapi",),
    ("schema", "--object", "custom_objects.ticket", "--operation", "update"),
    ("schema", "--object", "custom_objects.ticket", "--operation", "create", "--draft", "7"),
]


@pytest.mark.parametrize("command", OUTPUTS, ids=" ".join)
def test_what_recordlint_writes_is_no_payload(folder: Folder, command: tuple[str, ...]) -> None:
    folder.write("objects/ticket.json", DEFINITION)
    folder.write("payloads/a.json", BAD)
    folder.write("a.json", BAD)
    name, *options = command
    output = folder.run(name, *(() if name == "drift" else ("--objects", "objects")), *options).out
    assert output
    folder.write("payloads/output.json", output)
    assert checked(folder, "--objects", "objects", "payloads") == ["payloads/a.json"]
    report = report_of(folder.run("check", "--objects", "objects", "--format", "json", "payloads/output.json").out)
    assert report["summary"]["checked"] == 1


def test_a_baseline_is_no_payload(folder: Folder) -> None:
    folder.write("objects/ticket.json", DEFINITION)
    folder.write("payloads/a.json", BAD)
    folder.run("check", "--objects", "objects", "--write-baseline", "payloads/b.json", "payloads")
    assert checked(folder, "--objects", "objects", "payloads") == ["payloads/a.json"]
    folder.write("payloads/b.json", '{"version": 1}')
    assert checked(folder, "--objects", "objects", "payloads") == ["payloads/a.json", "payloads/b.json"]
