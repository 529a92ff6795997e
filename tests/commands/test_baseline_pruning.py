"""What of a baseline no longer occurs, and when none is written."""

from __future__ import annotations

import pytest

from baseline_files import KNOWN, WITH, WRITE, entries, write_baseline
from command_folder import INVALID, VALID, Folder, numbers, report_of

LEFT = [("invalid.json", "wrong-type", "/properties/ticket_name", 1), KNOWN[3], KNOWN[4]]
SAID = (
    "recordlint: b.json: 5 known violations no longer occur; --prune-baseline drops them:\n"
    "recordlint:   gone.json: no-op\n"
    "recordlint:   invalid.json: unknown-option at /properties/priority\n"
    "recordlint:   invalid.json: wrong-type at /properties/ticket_name (1 of 3 left)\n"
)


def test_what_no_longer_occurs_is_said_and_dropped(folder: Folder) -> None:
    folder.write("other.json", VALID)  # It is not checked, so nothing is known of it.
    write_baseline(folder, KNOWN)
    files = ("invalid.json", "warning.json")
    done = folder.check(*WITH, *files)
    assert (done.status, done.err) == (0, SAID)
    assert folder.check(*WITH, "--quiet", *files) == (0, "", "")
    report = report_of(folder.check(*WITH, "--format", "json", *files).out)
    assert numbers(report)["known"] == 2
    assert [tuple(each.values()) for each in report["summary"]["gone"]] == [
        ("gone.json", "no-op", "", 2, 0),
        ("invalid.json", "unknown-option", "/properties/priority", 1, 0),
        ("invalid.json", "wrong-type", "/properties/ticket_name", 3, 1),
    ]
    assert folder.check(*WITH, "--prune-baseline", *files).err == "recordlint: b.json: dropped 5 known violations\n"
    assert entries(folder) == LEFT
    assert folder.check(*WITH, *files).err == ""
    assert folder.check(*WITH, "--prune-baseline", *files).err == "recordlint: b.json: all of it still occurs\n"


def test_few_entries_are_named(folder: Folder) -> None:
    write_baseline(folder, [(f"{n:02}.json", "no-op", "", 1) for n in range(23)])
    lines = folder.check(*WITH, "valid.json").err.splitlines()
    assert len(lines) == 22
    assert lines[0] == "recordlint: b.json: 23 known violations no longer occur; --prune-baseline drops them:"
    assert lines[-1] == "recordlint:   and 3 more"


def test_of_a_text_that_cannot_be_read_nothing_is_gone(folder: Folder) -> None:
    folder.check(*WRITE, "invalid.json")
    before = entries(folder)
    folder.write("invalid.json", INVALID.replace("1", "1,,"))
    done = folder.check(*WITH, "invalid.json", "--prune-baseline")
    assert (done.status, done.err) == (1, "recordlint: b.json: all of it still occurs\n")
    assert entries(folder) == before
    folder.write("invalid.json", VALID)
    write_baseline(folder, [*before, ("invalid.json", "invalid-json", "", 1)])
    assert folder.check(*WITH, "--prune-baseline", "invalid.json").status == 0
    assert entries(folder) == []


def test_rules_that_are_not_asked_about_stay(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"priority": "HIGH", "ticket_name": 1}}')
    both = [
        ("a.json", "unknown-option", "/properties/priority", 1),
        ("a.json", "wrong-type", "/properties/ticket_name", 1),
    ]
    folder.check(*WRITE, "--ignore", "wrong-type", "a.json")
    assert entries(folder) == both[:1]
    folder.check(*WRITE, "--select", "wrong-type", "a.json")
    assert entries(folder) == both
    for flags in (["--ignore", "wrong-type"], ["--select", "no-op,unknown-option"]):
        done = folder.check(*WITH, *flags, "--prune-baseline", "a.json")
        assert (done.status, done.err) == (0, "recordlint: b.json: all of it still occurs\n")
    assert entries(folder) == both


def test_files_that_are_not_checked_stay(folder: Folder) -> None:
    folder.write("deeper/a.json", INVALID)
    write_baseline(folder, KNOWN)
    folder.write("other.json", VALID)
    done = folder.check(*WRITE, "invalid.json", "deeper")
    assert done.err.startswith("recordlint: b.json: recorded 4 violations in 4 files\n")
    assert entries(folder) == [
        ("deeper/a.json", "wrong-type", "/properties/ticket_name", 1),
        LEFT[0],
        *KNOWN[3:],
    ]


# What is not written.


def test_a_run_that_is_not_whole_writes_nothing(folder: Folder) -> None:
    done = folder.check(*WRITE, "invalid.json", "missing.json")
    assert done.status == 2
    assert done.err == (
        "recordlint: missing.json: no such file or folder\n"
        "recordlint: b.json: not written, because some files could not be checked\n"
    )
    assert not (folder.path / "b.json").exists()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((*WRITE, *WITH), "--write-baseline writes a baseline anew: leave --baseline out"),
        ((*WRITE, "--diff"), "--diff writes nothing, and --write-baseline writes a file: leave one of the two out"),
        (
            (*WITH, "--diff", "--prune-baseline"),
            "--diff writes nothing, and --prune-baseline writes a file: leave one of the two out",
        ),
        (
            (*WRITE, "--fix", "--split-to", "out"),
            "with --split-to, --fix leaves the checked rows as they are: leave --write-baseline out",
        ),
        (("--baseline", ""), '--baseline takes a file, not ""'),
        (("--write-baseline", "new/"), '--write-baseline takes a file, not "new/"'),
        (("--write-baseline", "-"), '--write-baseline takes a file, not "-"'),
        ((*WRITE, "--prune-baseline"), "--write-baseline writes a baseline anew: leave --prune-baseline out"),
        (("--prune-baseline",), "--prune-baseline needs a baseline: name it with --baseline FILE"),
    ],
)
def test_wrong_usage(folder: Folder, arguments: tuple[str, ...], error: str) -> None:
    done = folder.check(*arguments, "valid.json")
    assert (done.status, done.err.splitlines()[-1]) == (2, f"Error: {error}")


def test_a_file_that_is_no_baseline_stays(folder: Folder) -> None:
    for option in ("--write-baseline", "--baseline"):
        done = folder.check(option, "valid.json", "invalid.json")
        reason = "no baseline: remove it, and write a new one with --write-baseline valid.json"
        assert done == (2, "", f"recordlint: valid.json: {reason}\n")
    assert (folder.path / "valid.json").read_text() == VALID
    done = folder.check("--baseline", "missing.json", "valid.json")
    assert done == (2, "", "recordlint: missing.json: no such file; --write-baseline missing.json writes it\n")


def test_a_baseline_is_no_payload_and_no_output(folder: Folder) -> None:
    folder.write("payloads/a.json", INVALID)
    baseline = "payloads/b.json"
    assert folder.check("--write-baseline", baseline, "payloads").status == 0
    assert entries(folder, baseline) == [("a.json", "wrong-type", "/properties/ticket_name", 1)]
    assert folder.check("--baseline", baseline, "payloads").out.startswith("1 file checked, no new problems")
    done = folder.check("--baseline", baseline, "--output", baseline, "payloads")
    assert (done.status, done.err.splitlines()[-1]) == (
        2,
        f"Error: --output {baseline} is read too; the report would overwrite it",
    )
