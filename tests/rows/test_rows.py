"""Files with a body a line: judged as single files are, whatever their size, in one process or several."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_folder import COMMAND, ENVIRONMENT, OBJECTS, TICKET, USAGE, Folder
from fixture_files import payloads
from recordlint.rows import streams
from recordlint.rows.streams import BLOCK, Oversized, Pace, Stored, blocks, open_rows, read_block

GOOD = b'{"properties": {"priority": "high"}}'
BAD = b'{"properties": {"priority": "HIGH"}}'
WARNED = b'{"properties": {}}'
REQUEST = (
    b'{"method": "PUT", "url": "/objects/custom_objects.asset/records/668d681f77af4e5229abd6c0?locationId=l",'
    b' "body": {"properties": {"units": "1"}}}'
)
MIXED = b"\n".join(
    [
        GOOD + b"\r",
        BAD + b"\r",
        b"",
        b" \t\r",
        b'{"properties": ',
        REQUEST,
        WARNED,
        b"\xff\xfe",
        b'{"a": 1, "a": 2}',
        BAD,
    ]
)
LINE = '{}:{}:{}: error[unknown-option]: "Priority" has this option\'s key in another case'


def report(folder: Folder, *arguments: str, stdin: bytes = b"") -> dict[str, Any]:
    done = folder.check("--format", "json", *arguments, stdin=stdin)
    assert (done.status, done.err) == (1, "")
    found: dict[str, Any] = json.loads(done.out)
    return found


def rows(found: dict[str, Any]) -> list[tuple[int, list[str]]]:
    return [(each["line"], [violation["rule"] for violation in each["violations"]]) for each in found["results"]]


# What is said of a row.


def test_each_row_is_judged_by_itself(folder: Folder) -> None:
    folder.write("rows.ndjson", MIXED)
    found = report(folder, "rows.ndjson")
    assert rows(found) == [
        (2, ["unknown-option"]),
        (5, ["invalid-json"]),
        (6, ["object-mismatch"]),
        (7, ["no-op"]),
        (8, ["encoding"]),
        (9, ["duplicate-key"]),
        (10, ["unknown-option"]),
    ]
    assert found["summary"] == {"checked": 8, "valid": 2, "errors": 6, "warnings": 1}
    first, *_, last = found["results"]
    assert (first["path"], first["object"], first["operation"]) == ("rows.ndjson", "custom_objects.ticket", "update")
    for result in (first, last):
        (violation,) = result["violations"]
        assert (violation["line"], violation["column"], violation["pointer"]) == (
            result["line"],
            29,
            "/properties/priority",
        )
        assert violation["fix"]["edits"] == [{"start": 28, "end": 34, "text": '"high"'}]
    (repeated,) = found["results"][5]["violations"]
    assert [each["line"] for each in repeated["related"]] == [9]


def test_the_text_report(folder: Folder) -> None:
    folder.write("rows.jsonl", GOOD + b"\n" + BAD + b"\r\n")
    done = folder.check("rows.jsonl")
    assert done.out.splitlines() == [
        LINE.format("rows.jsonl", 2, 29),
        '  2 | {"properties": {"priority": "HIGH"}}',
        "    |                             ^^^^^^",
        '    = hint: write "high"',
        "1 error in 2 rows checked, 1 valid",
    ]


@pytest.mark.parametrize("payload", [each for each in payloads() if each.object == "custom_objects.ticket"], ids=str)
def test_a_row_is_judged_as_a_file_is(folder: Folder, payload: Any) -> None:
    data = payload.path.read_bytes()
    if b"\n" in data.rstrip(b"\n"):
        try:
            data = json.dumps(json.loads(data), ensure_ascii=False).encode()
        except ValueError:
            return
    folder.write("a.json", data.rstrip(b"\n"))
    folder.write("a.ndjson", b"\n" + data.rstrip(b"\n"))
    operation = ("--operation", payload.operation)
    single = json.loads(folder.run("check", *TICKET, *operation, "--format", "json", "a.json").out)
    row = json.loads(folder.run("check", *TICKET, *operation, "--format", "json", "a.ndjson").out)
    for result in row["results"]:
        assert result.pop("line") == 2
        result["path"] = "a.json"
        for each in result["violations"]:
            for place in (each, *each["related"]):
                place["line"], place["end_line"] = place["line"] - 1, place["end_line"] - 1
    assert row == single


def test_requests_tell_their_objects(folder: Folder) -> None:
    folder.write("rows.ndjson", REQUEST + b"\n" + REQUEST.replace(b'"1"', b"1"))
    done = folder.run("check", *OBJECTS, "rows.ndjson")
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith('rows.ndjson:1:138: error[wrong-type]: "Units on hand" takes a number')


def test_a_body_that_no_object_is_named_for(folder: Folder) -> None:
    folder.write("rows.ndjson", REQUEST + b"\n" + GOOD + b"\n" + GOOD)
    done = folder.run("check", *OBJECTS, "rows.ndjson")
    assert done.status == 2
    assert done.err.startswith("recordlint: rows.ndjson:2: name the object to judge by: ")
    assert done.err.count("\n") == 1
    assert "1 error in 1 row checked" in done.out


@pytest.mark.parametrize("name", ["tap", "junit"])
def test_formats_that_list_what_is_right_too(folder: Folder, name: str) -> None:
    folder.write("rows.ndjson", GOOD + b"\n\n" + BAD)
    out = folder.check("--format", name, "rows.ndjson").out
    assert out.count("rows.ndjson line 1") >= 1
    assert out.count("rows.ndjson line 3") >= 1
    assert "line 2" not in out
    assert name != "tap" or out.endswith("1..2\n")


def test_sarif_has_no_bytes_of_a_row(folder: Folder) -> None:
    folder.write("rows.ndjson", GOOD + b"\n" + BAD)
    (result,) = json.loads(folder.check("--format", "sarif", "rows.ndjson").out)["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 29, "endLine": 2, "endColumn": 35}
    assert "fixes" not in result


def test_an_empty_file(folder: Folder) -> None:
    folder.write("rows.ndjson", b"\n\n")
    assert folder.check("rows.ndjson") == (0, "no row checked\n", "")


# Where rows come from.


def test_gzip_standard_input_and_other_names(folder: Folder) -> None:
    folder.write("rows.ndjson", MIXED)
    folder.write("rows.gz", gzip.compress(MIXED[:40]) + gzip.compress(MIXED[40:]))
    folder.write("rows.txt", MIXED)
    expected = json.dumps(report(folder, "rows.ndjson"))
    assert json.dumps(report(folder, "rows.gz")).replace("rows.gz", "rows.ndjson") == expected
    assert json.dumps(report(folder, "--lines", "rows.txt")).replace("rows.txt", "rows.ndjson") == expected
    stdin = report(folder, "--lines", "--stdin-name", "rows.ndjson", "-", stdin=MIXED)
    assert json.dumps(stdin) == expected


def test_a_configuration_claims_them(folder: Folder) -> None:
    folder.write("rows/a.ndjson", GOOD + b"\n" + BAD)
    folder.write(
        "recordlint.toml",
        f'objects = ["{OBJECTS[1]}"]\n[[files]]\nmatch = "rows/*"\nobject = "custom_objects.ticket"\n',
    )
    assert folder.run("check", "rows/a.ndjson").status == 1
    folder.write("b.ndjson", GOOD)
    assert folder.run("check", "b.ndjson").status == 2
    assert folder.run("check", "--ignore-unmatched", "b.ndjson").status == 0


def test_a_report_comes_while_rows_are_written(folder: Folder) -> None:
    command = [COMMAND, "check", *TICKET, "--format", "jsonl", "--lines", "-"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(BAD + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["line"] == 1
        process.stdin.write(GOOD + b"\n" + BAD + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["line"] == 3
        process.stdin.close()
    assert process.returncode == 1


def test_a_report_comes_from_several_processes_too_before_the_next_row(folder: Folder) -> None:
    command = [COMMAND, "check", *TICKET, "--jobs", "2", "--format", "jsonl", "--lines", "-"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdin
        assert process.stdout
        for number in (1, 2, 3):
            process.stdin.write(BAD + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["line"] == number
        process.stdin.close()
    assert process.returncode == 1


def test_rows_behind_a_long_line_do_not_wait(folder: Folder) -> None:
    parts = [b"x" * 9, b"\n" + GOOD + b"\n", None]
    found = blocks(lambda size: parts.pop(0), 5, Pace())
    long = next(found)
    assert isinstance(long, Oversized)
    assert b"".join(long.pieces) == b"x" * 9 + b"\n"
    assert next(found) == GOOD + b"\n"
    assert len(parts) == 1, "no more was read for it"


def test_standard_input_that_is_closed(folder: Folder) -> None:
    line = " ".join([COMMAND, "check", *TICKET, "--lines", "-", "<&-"])
    done = subprocess.run(["sh", "-c", line], env=ENVIRONMENT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "recordlint: -: cannot be read: standard input is closed\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudoterminals")
@pytest.mark.parametrize("stdin", [True, False], ids=["standard input", "a file"])
def test_progress_is_for_terminals(folder: Folder, stdin: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    folder.write("rows.ndjson", (GOOD + b"\n") * 4000 + BAD + b"\n")
    with open(folder.path / "rows.ndjson", "rb") as rows:
        command = [COMMAND, "check", *TICKET, "--quiet", *(["--lines", "-"] if stdin else ["rows.ndjson"])]
        done = subprocess.run(command, stdin=rows, stdout=-1, stderr=theirs, cwd=folder.path, env=ENVIRONMENT)
    os.close(theirs)
    said = b""
    with open(ours, "rb", buffering=0) as terminal:
        while piece := _read(terminal):
            said += piece
    assert done.returncode == 1
    assert b"4,001 rows, " in said
    assert b"/s, 1 bad" in said
    assert said.endswith(b"\r\x1b[K"), "the line is left empty"
    assert said.rfind(b"\x1b[?25l") < said.rfind(b"\x1b[?25h"), "the cursor is there"


def _read(terminal: Any) -> bytes:
    try:
        return bytes(terminal.read(65536))
    except OSError:  # Linux says so at the end.
        return b""


# How much is read, and shown.


def test_a_line_that_is_too_long(folder: Folder) -> None:
    long = b'{"properties": {"ticket_name": "' + b"x" * 3 * BLOCK + b'"}}'
    folder.write("rows.ndjson", b"\n".join([GOOD, long, BAD, long[:100], long]))
    found = report(folder, "--max-size", "64", "rows.ndjson")
    assert rows(found) == [(2, ["too-large"]), (3, ["unknown-option"]), (4, ["too-large"]), (5, ["too-large"])]
    assert found["results"][0]["violations"][0]["message"] == "the row has more than 64 bytes"
    assert found["summary"]["checked"] == 5


def test_the_limit_is_exact(folder: Folder) -> None:
    folder.write("rows.ndjson", GOOD + b"\r\n" + GOOD)
    assert folder.check("--max-size", str(len(GOOD)), "rows.ndjson").status == 0
    assert folder.check("--max-size", str(len(GOOD) - 1), "rows.ndjson").out.count("error[too-large]") == 2


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("limit", [0, 1, 7, 40, 5000])
def test_no_more_are_listed_than_asked_for(folder: Folder, limit: int, jobs: str) -> None:
    two = BAD.replace(b"}}", b', "type_of_ticket": "x"}}')
    folder.write("rows.ndjson", (GOOD + b"\n" + two + b"\n") * 100 + (b" " * 1000 + two + b"\n") * 1300)
    folder.write("single.json", two)
    done = folder.check(
        "--format", "json", "--jobs", jobs, "--max-violations", str(limit), "single.json", "rows.ndjson"
    )
    found = json.loads(done.out)
    listed = [violation for result in found["results"] for violation in result["violations"]]
    assert len(listed) == min(limit, 2802)
    assert found["summary"].get("unlisted", 0) == 2802 - len(listed)
    assert (done.status, found["summary"]["checked"], found["summary"]["errors"]) == (1, 1501, 2802)


def test_a_limit_in_text(folder: Folder) -> None:
    folder.write("rows.ndjson", (BAD + b"\n") * 3)
    done = folder.check("--quiet", "--max-violations", "1", "rows.ndjson")
    assert done.out == LINE.format("rows.ndjson", 1, 29) + "\n"
    done = folder.check("--max-violations", "1", "rows.ndjson")
    assert done.out.splitlines()[-1] == "3 errors in 3 rows checked, 0 valid; 2 not listed"


# Several processes.


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of some blocks, with long lines, blank ones, and all kinds of faults."""
    path = tmp_path_factory.mktemp("many") / "many.ndjson"
    with open(path, "wb") as file:
        for number in range(400):
            file.write(MIXED + b"\n")
            file.write((GOOD[:-2] + b', "description": "%d%s"}}\n' % (number, b"x" * 500)) * 25)
            if number % 100 == 99:
                file.write(b'{"x": "' + b"y" * 200_000 + b'"}\n')
    return path


@pytest.mark.parametrize("name", ["json", "text", "jsonl", "sarif", "junit", "tap", "gitlab", "github"])
def test_the_output_is_that_of_one_process(folder: Folder, many: Path, name: str) -> None:
    def output(*arguments: str, **options: Any) -> tuple[int, str]:
        done = folder.check("--format", name, "--max-size", "100K", "--stdin-name", str(many), *arguments, **options)
        assert done.err == ""
        return done.status, done.out

    expected = output("--jobs", "1", str(many))
    assert expected[0] == 1
    assert output("--jobs", "2", str(many)) == expected
    assert output("--jobs", "5", str(many)) == expected
    assert output("--jobs", "3", "--lines", "-", stdin=many.read_bytes()) == expected


def test_gzip_among_several(folder: Folder, many: Path) -> None:
    folder.write("many.ndjson", many.read_bytes())
    folder.write("many.ndjson.gz", gzip.compress(many.read_bytes(), 1))
    one = folder.check("--redact", "--format", "jsonl", "--jobs", "1", "many.ndjson").out
    assert folder.check("--redact", "--format", "jsonl", "--jobs", "2", "many.ndjson.gz").out == one.replace(
        "many.ndjson", "many.ndjson.gz"
    )


def running(folder: Folder, *arguments: str) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A check that waits for its standard input, and the process ids of its workers."""
    command = [COMMAND, "check", *TICKET, "--jobs", "2", "--lines", *arguments, "-"]
    process = subprocess.Popen(
        command, stdin=-1, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT, start_new_session=True
    )
    assert process.stdin
    process.stdin.write((GOOD + b"\n") * 5000)
    process.stdin.flush()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(200):
        found = [int(each) for each in children.read_text().split()]
        if len(found) == 2:
            time.sleep(0.3)
            return process, found
        time.sleep(0.05)
    raise AssertionError("no workers")


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")


def gone(pids: list[int]) -> bool:
    for _ in range(100):
        if not any(os.path.exists(f"/proc/{pid}") for pid in pids):
            return True
        time.sleep(0.05)
    return False


@linux
def test_a_worker_that_dies_is_an_error(folder: Folder) -> None:
    process, children = running(folder, "--format", "json")
    os.kill(children[0], signal.SIGKILL)
    out, err = process.communicate((BAD + b"\n") * 100_000, timeout=60)
    assert process.returncode == 3
    assert json.loads(out)["version"] == 1
    assert b"a worker process ended by itself (exit code -9)" in err
    assert gone(children)


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_no_process_behind(folder: Folder, number: int) -> None:
    process, children = running(folder, "--output", "json=report.json", "--split-to", "out")
    os.killpg(process.pid, number) if number == signal.SIGINT else os.kill(process.pid, number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.startswith(b"recordlint: interrupted after ")
    assert err.endswith(b" rows\n")
    assert gone(children)
    assert sorted(os.listdir(folder.path / "out")) == []
    assert not (folder.path / "report.json").exists()


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_nothing_where_there_is_one_process(folder: Folder, number: int) -> None:
    command = [COMMAND, "check", *TICKET, "--lines", "--output", "json=report.json", "--split-to", "out", "-"]
    process = subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT)
    assert process.stdin
    process.stdin.write((BAD + b"\n") * 5000)
    process.stdin.flush()
    for _ in range(200):
        if (folder.path / "out").exists() and os.listdir(folder.path / "out"):
            break
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err[:28]) == (130, b"recordlint: interrupted afte")
    assert os.listdir(folder.path / "out") == []
    assert [name for name in os.listdir(folder.path) if name[0] == "." or name == "report.json"] == []


@linux
def test_workers_do_not_outlive_a_process_that_is_killed(folder: Folder) -> None:
    process, children = running(folder)
    process.kill()
    process.communicate(timeout=60)
    assert gone(children)


# How much is held in memory.

URLS = b'{"properties": {"my_files": {"add": [{"url": "https://a.b/%d' + b"x" * 60_000 + b'.pdf"}]}}}'


@linux
@pytest.mark.parametrize(
    "row", [b"{}", b'{"properties": {' + b", ".join([b'"x%d": 1' % n for n in range(5_000)]) + b"}}"]
)
def test_memory_does_not_grow_with_what_there_is_to_say(folder: Folder, row: bytes) -> None:
    """Neither many short rows in a block nor rows of 64 KiB with more violations than are listed."""
    if row is URLS:
        folder.write("rows.ndjson", b"".join([row % number + b"\n" for number in range(2_500)]))
    else:
        folder.write("rows.ndjson", (row + b"\n") * (2_000_000 // len(row) // (20 if len(row) > 9 else 5)))
    command = ["check", *TICKET, "--jobs", "1", "--format", "json", "--output", "report.json", "rows.ndjson"]
    script = (
        f"from recordlint.cli import run\nrun({command!r})\n"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder.path, env=ENVIRONMENT, capture_output=True)
    assert json.loads((folder.path / "report.json").read_text())["summary"]["checked"] > 0
    assert int(done.stdout) < 120_000


# Two files.


def split(folder: Folder) -> tuple[bytes, bytes]:
    out = folder.path / "out"
    assert sorted(os.listdir(out)) == ["invalid.ndjson", "valid.ndjson"]
    return (out / "valid.ndjson").read_bytes(), (out / "invalid.ndjson").read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rows_are_split_byte_for_byte(folder: Folder, many: Path, jobs: str) -> None:
    folder.check("--max-size", "100K", "--jobs", jobs, "--split-to", "out", str(many), "--output", "json=report.json")
    bad = {
        each["line"] for each in json.loads((folder.path / "report.json").read_text())["results"] if not each["valid"]
    }
    lines = [line + b"\n" for line in many.read_bytes().split(b"\n")[:-1]]
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip(b" \t\r\n")]
    valid = b"".join([line for number, line in kept if number not in bad])
    assert split(folder) == (valid, b"".join([line for number, line in kept if number in bad]))


def test_a_last_row_without_a_newline_stays_a_row(folder: Folder) -> None:
    folder.write("a.ndjson", GOOD + b"\n" + BAD)
    folder.write("b.ndjson", GOOD)
    folder.write("c.ndjson", WARNED + b"\n" + BAD)
    assert folder.check("--split-to", "out", "a.ndjson", "b.ndjson", "c.ndjson").status == 1
    assert split(folder) == (GOOD + b"\n" + GOOD + b"\n" + WARNED + b"\n", BAD + b"\n" + BAD)


def test_a_half_file_never_takes_the_name(folder: Folder) -> None:
    folder.write("a.ndjson", GOOD)
    assert folder.check("--split-to", "out", "a.ndjson").status == 0
    folder.write("b.ndjson.gz", gzip.compress(BAD * 10_000)[:-20])
    done = folder.check("--split-to", "out", "b.ndjson.gz")
    assert done.status == 2
    assert done.err.splitlines() == [
        "recordlint: b.ndjson.gz: cannot be read to its end: the gzip file is cut short or damaged",
        "recordlint: out: nothing written, since not every row could be judged",
    ]
    assert split(folder) == (GOOD, b"")


def test_what_cannot_be_split(folder: Folder) -> None:
    folder.write("out/valid.ndjson", GOOD)
    reason = "--split-to out: out/valid.ndjson is there too, and might be overwritten\n"
    assert folder.check("--split-to", "out", "out/valid.ndjson") == (2, "", USAGE + reason)
    done = folder.check("--split-to", "out", "valid.json")
    assert (done.status, done.err) == (
        2,
        f"{USAGE}--split-to takes rows, and valid.json is none of *.ndjson, *.jsonl and *.gz: add --lines\n",
    )
    folder.write("file", b"")
    folder.write("a.ndjson", GOOD)
    done = folder.check("--split-to", "file", "a.ndjson")
    assert (done.status, done.err) == (2, "recordlint: file: cannot be written: file exists\n")


# Bad input, and bad places for output.


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.gz", gzip.compress(MIXED)[:-9], "the gzip file is cut short or damaged"),
        ("a.gz", gzip.compress(MIXED)[:30], "the gzip file is cut short or damaged"),
        ("a.gz", GOOD, "it is no gzip file, or a damaged one"),
        ("a.gz", gzip.compress(MIXED)[:-8] + b"12345678", "it is no gzip file, or a damaged one"),
    ],
    ids=["end-missing", "most-missing", "plain-text", "checksum"],  # a gzip file holds the time, and no id may
)
def test_gzip_that_is_damaged(folder: Folder, name: str, data: bytes, what: str) -> None:
    folder.write(name, data)
    for jobs in ("1", "2"):
        done = folder.check("--jobs", jobs, "--format", "json", name)
        assert (done.status, done.err) == (2, f"recordlint: {name}: cannot be read to its end: {what}\n")
        json.loads(done.out)


def test_a_directory_and_no_file_at_all(folder: Folder) -> None:
    (folder.path / "x.ndjson").mkdir()
    assert folder.check("x.ndjson") == (
        2,
        "no file checked\n",
        "recordlint: x.ndjson: no *.json file in this folder\n",
    )
    assert folder.check("y.ndjson").err == "recordlint: y.ndjson: no such file or folder\n"


@pytest.mark.parametrize("change", [b"{}\n", None], ids=["grows", "shrinks"])
@pytest.mark.parametrize("jobs", ["1", "2", "8"])
def test_a_file_that_changes_while_it_is_read(folder: Folder, change: bytes | None, jobs: str) -> None:
    """The report goes to a pipe that nobody reads at first, so the reading stands still in the meantime."""
    path = folder.path / "rows.ndjson"
    folder.write("rows.ndjson", (BAD + b" " * 1500 + b"\n") * (5 * BLOCK // 1500))
    command = [COMMAND, "check", *TICKET, "--jobs", jobs, "--format", "jsonl", "rows.ndjson"]
    with subprocess.Popen(command, bufsize=0, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdout
        while process.stdout.read(1) != b"\n":
            pass
        with open(path, "r+b") as file:
            if change is None:
                file.truncate(BLOCK * 2)
            else:
                file.seek(0, os.SEEK_END)
                file.write(change)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err == b"recordlint: rows.ndjson: was changed while it was read; check it again\n"
    assert all(json.loads(line)["line"] for line in out.splitlines())


def test_a_pipe_that_is_closed(folder: Folder, many: Path) -> None:
    line = " ".join([COMMAND, "check", *TICKET, "--jobs", "2", str(many)])
    done = subprocess.run(["sh", "-c", f"{line} | head -n 1"], env=ENVIRONMENT, capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_pipe_that_is_closed_before_all_was_judged_is_no_clean_run(folder: Folder) -> None:
    folder.write("rows.ndjson", (GOOD + b"\n") * 30_000)
    line = " ".join([COMMAND, "check", *TICKET, "--format", "tap", "--split-to", "out", "rows.ndjson"])
    done = subprocess.run(
        ["bash", "-c", f"{line} | head -n 1; exit ${{PIPESTATUS[0]}}"],
        cwd=folder.path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr == "recordlint: out: nothing written, since the report could not be written\n"
    assert os.listdir(folder.path / "out") == []


@pytest.mark.parametrize("name", ["rows.ndjson", "row.json"])
def test_standard_output_that_is_closed(folder: Folder, name: str) -> None:
    folder.write(name, BAD)
    line = " ".join([COMMAND, "check", *TICKET, name])

    def run(redirected: str) -> tuple[int, str]:
        done = subprocess.run(
            ["sh", "-c", f"{line} {redirected}"], cwd=folder.path, env=ENVIRONMENT, capture_output=True, text=True
        )
        return done.returncode, done.stderr

    reason = "recordlint: standard output is closed: write the report to a file with --output\n"
    assert run(">&-") == (2, reason)
    assert run("--output report.txt >&-") == (1, "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_gzip_from_a_named_pipe(folder: Folder) -> None:
    os.mkfifo(folder.path / "rows.gz")
    command = [COMMAND, "check", *TICKET, "--quiet", "rows.gz"]
    with subprocess.Popen(command, stdout=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        (folder.path / "rows.gz").write_bytes(gzip.compress(GOOD + b"\n" + BAD))
        out, _ = process.communicate(timeout=60)
    assert out.decode() == LINE.format("rows.gz", 2, 29) + "\n"


def in_small_space(folder: Folder, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where `small` has no room for 64 KiB."""
    mounted = "mkdir small && mount -t tmpfs -o size=64k tmpfs small"
    script = f"{mounted} && {{ {command}; status=$?; ls -A small/* small >&2; exit $status; }}"
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], cwd=folder.path, env=ENVIRONMENT, capture_output=True, text=True
    )


CAN_MOUNT = (
    bool(shutil.which("unshare"))
    and not subprocess.run(["unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"], capture_output=True).returncode
)


@pytest.mark.skipif(not CAN_MOUNT, reason="no file system can be mounted here")
@pytest.mark.parametrize(
    ("option", "named"),
    [("--output json=small/report.json", "small/report.json"), ("--split-to small/out", "small/out/invalid.ndjson")],
)
def test_a_full_disk_leaves_nothing_half_written(folder: Folder, option: str, named: str) -> None:
    folder.write("rows.ndjson", (BAD + b" " * 200 + b"\n") * 5000)
    line = " ".join([COMMAND, "check", *TICKET, "--format", "jsonl", option, "rows.ndjson"])
    done = in_small_space(folder, f"{line} > /dev/null")
    assert done.returncode == 2
    assert f"recordlint: {named}: cannot be written: no space left on device\n" in done.stderr
    assert "report.json" not in done.stderr.partition("device\n")[2]
    assert "ndjson" not in done.stderr.partition("device\n")[2]


@pytest.mark.parametrize("jobs", ["1", "8"])
def test_a_file_that_is_written_over_is_not_split(folder: Folder, jobs: str) -> None:
    """Its blocks have all been handed out by then, and are read again for the two files."""
    row = BAD + b" " * 1500 + b"\n"
    folder.write("rows.ndjson", row * 150)
    split_to = ("--split-to", "out", "--jobs", jobs, "--format", "jsonl", "rows.ndjson")
    command = [COMMAND, "check", *TICKET, *split_to]
    with subprocess.Popen(command, bufsize=0, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdout
        process.stdout.read(1)
        with open(folder.path / "rows.ndjson", "r+b") as file:
            file.write(row.replace(b"HIGH", b"high") * 150)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, os.listdir(folder.path / "out")) == (2, [])
    assert b"was changed while it was read; check it again\n" in err


def test_one_file_for_a_report_and_rows(folder: Folder) -> None:
    folder.write("a.ndjson", BAD)
    done = folder.check("--split-to", "out", "--output", "jsonl=out/valid.ndjson", "a.ndjson")
    reason = "--output out/valid.ndjson is where --split-to out writes rows: name another file\n"
    assert (done.status, done.err) == (2, USAGE + reason)


def test_fix_is_for_single_files(folder: Folder) -> None:
    folder.write("rows.ndjson", BAD)
    done = folder.check("--fix", "rows.ndjson")
    assert (done.status, done.err) == (
        2,
        "recordlint: rows.ndjson: --fix and --diff change single files: write each row to a file of its own first\n",
    )


# Blocks.

TEXTS = st.binary(max_size=60).map(lambda data: data.replace(b"a", b"\n"))


@given(TEXTS, st.integers(1, 9), st.integers(1, 12))
def test_blocks_are_what_can_be_read(data: bytes, step: int, longest: int) -> None:
    """However it is read: every byte once, whole lines, nothing long in memory."""
    at = 0

    def read(size: int) -> bytes:
        nonlocal at
        at += step
        return data[at - step : at]

    found = b""
    for block in blocks(read, longest, Pace()):
        if isinstance(block, Oversized):
            line = b"".join(block.pieces)
            assert len(line.rstrip(b"\n")) > longest
            found += line
        else:
            found += block
            assert found.endswith(b"\n") or found == data
    assert found == data


@given(TEXTS, st.integers(1, 9), st.integers(1, 5), st.integers(1, 12))
def test_stored_blocks_are_the_file(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int, tail: int, longest: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "stored.ndjson"
    path.write_bytes(data)
    found = b""
    pace = Pace()
    with pytest.MonkeyPatch.context() as patched, open_rows(str(path), longest, pace) as rows:
        pace.size = size
        patched.setattr(streams, "TAIL", tail)
        for block in rows.blocks:
            if isinstance(block, Oversized):
                line = b"".join(block.pieces)
                assert line.count(b"\n") <= 1
                assert len(line.rstrip(b"\r\n")) > longest
                found += line
                continue
            assert isinstance(block, Stored)
            assert block.start == len(found)
            part = read_block(block)
            assert read_block(block, 1, len(part) - 1) == part[1:]
            assert len(part) <= size or (part.count(b"\n") <= 1 and len(part) <= longest + 2)
            found += part
            assert found.endswith(b"\n") or found == data
    assert found == data
