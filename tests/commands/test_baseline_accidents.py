"""What accidents do to a baseline: nothing."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from click.testing import CliRunner

from baseline_files import KNOWN, ROW, WITH, WRITE, entries, write_baseline
from command_folder import INVALID, TICKET, Folder
from fixture_files import ROOT
from har_session import RECORD, entry, har
from recordlint.commands.check import row_spots
from recordlint.commands.check.command import command


def test_a_diff_changes_nothing_that_is_known(folder: Folder) -> None:
    folder.write("a.json", ROW)
    folder.check(*WRITE, "a.json")
    done = folder.check(*WITH, "--diff", "a.json")
    assert (done.status, done.err) == (1, "")
    folder.write("a.ndjson", ROW)
    folder.check(*WRITE, "a.ndjson")
    assert folder.check(*WITH, "--fix", "--split-to", "out", "a.ndjson").err == "recordlint: out: fixed 1\n"


def test_rows_are_fixed_where_some_are_known(folder: Folder) -> None:
    folder.write("a.ndjson", ROW + INVALID + "\n")
    folder.check(*WRITE, "a.ndjson")
    done = folder.check(*WITH, "--fix", "a.ndjson")
    assert done.status == 0
    assert done.err == (
        "recordlint: a.ndjson: fixed 1\n"
        "recordlint: b.json: 1 known violation no longer occurs; --prune-baseline drops it:\n"
        "recordlint:   a.ndjson: unknown-option at /properties/priority\n"
    )


def test_rows_that_change_between_the_readings(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.path)
    folder.write("a.ndjson", ROW * 3)
    write_baseline(folder, [("a.ndjson", "unknown-option", "/properties/priority", 3)])
    counted = row_spots.row_spots

    def counted_and_then_changed(path: str, job: Any, plan: Any) -> Any:
        numbers = counted(path, job, plan)
        with open(path, "a") as file:
            file.write(ROW)
        return numbers

    monkeypatch.setattr(row_spots, "row_spots", counted_and_then_changed)
    done = CliRunner().invoke(command, [*TICKET, *WITH, "a.ndjson"], standalone_mode=False)
    assert done.return_value == 2
    assert "a.ndjson: was changed while it was read" in done.output


def test_a_file_that_is_not_utf_8_by_name_is_there(folder: Folder) -> None:
    folder.write(b"bad\xff.json", INVALID)
    folder.check(*WRITE, b"bad\xff.json", "valid.json")
    before = entries(folder)
    assert before == [("bad\\udcff.json", "wrong-type", "/properties/ticket_name", 1)]
    assert folder.check(*WITH, "--prune-baseline", "valid.json").err == "recordlint: b.json: all of it still occurs\n"
    folder.check(*WRITE, "valid.json")
    assert entries(folder) == before
    assert folder.check(*WITH, b"bad\xff.json").status == 0


@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_split_rows_do_not_overwrite_it(folder: Folder, option: str) -> None:
    folder.write("a.ndjson", ROW)
    (folder.path / "out").mkdir()
    write_baseline(folder, [], "out/valid.ndjson")
    done = folder.check(option, "out/valid.ndjson", "--split-to", "out", "a.ndjson")
    error = "the baseline out/valid.ndjson is where --split-to out writes rows: name another file"
    assert (done.status, done.err.splitlines()[-1]) == (2, f"Error: {error}")


def test_a_recording_that_is_read_in_part(folder: Folder) -> None:
    folder.write("sent.har", json.dumps(har(entry("PUT", RECORD, ROW), {"request": 1})))
    known = [("sent.har", "unknown-option", "/body/properties/priority", 2)]
    write_baseline(folder, known)
    done = folder.check(*WITH, "--prune-baseline", "sent.har")
    assert done.status == 2
    assert done.err.endswith("recordlint: b.json: not written, because some files could not be checked\n")
    assert entries(folder) == known
    assert "no longer" not in folder.check(*WITH, "sent.har").err
    folder.write("sent.har", json.dumps(har(entry("GET", RECORD))))
    assert folder.check(*WITH, "--prune-baseline", "sent.har").err.endswith("b.json: dropped 2 known violations\n")


def test_a_typing_mistake_drops_nothing(folder: Folder) -> None:
    write_baseline(folder, KNOWN)
    done = folder.check(*WITH, "--prune-baseline", "gonne.json")
    assert (done.status, entries(folder)) == (2, KNOWN)


def test_what_is_known_of_a_file_stays_while_it_cannot_be_read(folder: Folder) -> None:
    folder.check(*WRITE, "invalid.json")
    folder.write("invalid.json", INVALID.replace("1", "1,,"))
    folder.check(*WRITE, "invalid.json")
    assert [rule for _, rule, _, _ in entries(folder)] == ["invalid-json", "wrong-type"]


def test_it_is_kept_out_of_the_definitions(folder: Folder) -> None:
    folder.write("objects/ticket.json", (ROOT / "fixtures/objects/ticket.json").read_bytes())
    write_baseline(folder, [], "objects/b.json")
    for option in ("--baseline", "--write-baseline"):
        done = folder.run(
            "check", "--objects", "objects/ticket.json", "--objects", "objects", option, "objects/b.json", "."
        )
        assert done.status == 2
    (folder.path / "objects/b.json").unlink()
    done = folder.run("check", "--objects", "objects", "--write-baseline", "objects/b.json", "valid.json")
    error = "the baseline objects/b.json is in a folder of definitions: keep it elsewhere"
    assert (done.status, done.err.splitlines()[-1]) == (2, f"Error: {error}")


@pytest.mark.skipif(os.name == "nt", reason="there is no /dev")
def test_it_can_be_written_to_a_pipe(folder: Folder) -> None:
    done = folder.check("--write-baseline", "/dev/stdout", "--quiet", "invalid.json")
    assert done.status == 0
    assert [each["rule"] for each in json.loads(done.out)["violations"]] == ["wrong-type"]


def test_a_linked_baseline_is_where_it_leads(folder: Folder) -> None:
    (folder.path / "base").mkdir()
    (folder.path / "x/y").mkdir(parents=True)
    folder.check("--write-baseline", "base/b.json", "invalid.json")
    (folder.path / "x/y/b.json").symlink_to("../../base/b.json")
    assert folder.check("--baseline", "x/y/b.json", "invalid.json").status == 0
    assert folder.check("--baseline", "x/y/b.json", "--prune-baseline", "valid.json").status == 0
    assert len(entries(folder, "base/b.json")) == 1
