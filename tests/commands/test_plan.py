"""Where the configuration meets the command line: what each file is checked by, and that the flags win."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from command_folder import OBJECTS, Folder
from recordlint import InputError
from recordlint.commands.check.plan import Plan, make_plan
from recordlint.contract.operations import CREATE, UPDATE, Operation
from recordlint.definitions.target import Claim
from recordlint.reporters._totals import Showing

LOW = '{"properties": {"priority": "LOW"}}'
NEW = '{"locationId": "x", "properties": {"ticket_name": "Printer"}}'
OBJECTS_LINE = f"objects = [{json.dumps(OBJECTS[1])}]\n"
TICKETS = '[[files]]\nmatch = "tickets/*.json"\nobject = "custom_objects.ticket"\n'
TICKET, ASSET = "custom_objects.ticket", "custom_objects.asset"


@pytest.fixture
def configured(folder: Folder) -> Folder:
    folder.write("recordlint.toml", OBJECTS_LINE + TICKETS)
    folder.write("tickets/a.json", LOW)
    folder.write("other/b.json", LOW)
    return folder


def plan_for(
    folder: Path,
    path: str = "",
    asked: Claim = Claim(),  # noqa: B008  # frozen
    *,
    objects: tuple[str, ...] = (),
    max_size: int | None = None,
    fail_on: str | None = None,
    ignore_unmatched: bool = False,
) -> Plan:
    """The plan for one file, by a configuration that stands in the folder."""
    return make_plan(
        [os.path.join(folder, path)],
        objects=objects,
        asked=asked,
        max_size=max_size,
        fail_on=fail_on,
        showing=Showing(redact=False, at_most=None),
        ignore_unmatched=ignore_unmatched,
        stdin_name=None,
        lines=False,
        jobs=None,
        select=(),
        ignore=(),
    )


def test_no_flag_is_needed(configured: Folder) -> None:
    done = configured.run("check", "--quiet", "tickets")
    assert (done.status, done.err) == (1, "")
    assert done.out == 'tickets/a.json:1:29: error[unknown-option]: "Priority" has this option\'s key in another case\n'


def test_a_file_that_no_entry_claims(configured: Folder) -> None:
    done = configured.run("check", "--quiet", "tickets", "other/b.json")
    assert done.status == 2
    assert "tickets/a.json:1:29" in done.out
    assert re.fullmatch(
        r"recordlint: other/b\.json: no \[\[files\]\] entry of .*recordlint\.toml claims it: add one, name its object "
        r"with --object, or pass over such files with --ignore-unmatched\n",
        done.err,
    )
    done = configured.run("check", "--ignore-unmatched", "--quiet", "other/b.json")
    assert done == (0, "", "")
    done = configured.run("check", "--object", "custom_objects.ticket", "--quiet", "other/b.json")
    assert (done.status, done.err) == (1, "")


def test_ignoring_needs_entries(folder: Folder) -> None:
    done = folder.run("check", *OBJECTS, "--ignore-unmatched", "valid.json")
    assert done.status == 2
    assert "no configuration has entries: see docs/configuration.md" in done.err


def test_severities(configured: Folder) -> None:
    for level, status, said in (("warning", 0, "warning[unknown-option]"), ("off", 0, "no problems")):
        configured.write("recordlint.toml", f'{OBJECTS_LINE}{TICKETS}[severity]\nunknown-option = "{level}"\n')
        done = configured.run("check", "tickets")
        assert (done.status, done.err) == (status, "")
        assert said in done.out


def test_the_flags_win(configured: Folder) -> None:
    configured.write("recordlint.toml", f'{OBJECTS_LINE}fail-on = "warning"\nmax-size = 3\n{TICKETS}')
    configured.write("tickets/a.json", "{}")
    assert configured.run("check", "--quiet", "tickets").status == 1
    assert configured.run("check", "--quiet", "--fail-on", "error", "tickets").status == 0
    configured.write("tickets/a.json", LOW)
    assert configured.run("check", "--quiet", "tickets").status == 2
    assert configured.run("check", "--quiet", "--max-size", "1K", "tickets").status == 1
    done = configured.run("check", "--quiet", "--max-size", "1K", "--operation", "create", "tickets")
    assert "error[missing-location]" in done.out
    done = configured.run("check", "--objects", "nowhere", "tickets")
    assert (done.status, done.err) == (2, "recordlint: nowhere: no such file or folder\n")


def test_excluded_files_are_passed_over(configured: Folder) -> None:
    configured.write("recordlint.toml", f'{OBJECTS_LINE}exclude = ["**/a.json"]\n{TICKETS}')
    assert configured.run("check", "tickets", "tickets/a.json") == (0, "no files checked\n", "")


def test_an_object_that_is_not_defined(configured: Folder) -> None:
    configured.write("recordlint.toml", OBJECTS_LINE + TICKETS.replace(".ticket", ".tickt"))
    done = configured.run("check", "tickets")
    assert (done.status, done.out) == (2, "")
    path = configured.path / "recordlint.toml"
    meant = "there is no definition of custom_objects.tickt; did you mean custom_objects.ticket?"
    assert done.err == f"recordlint: {path}:4: files.object: {meant}\n"


def test_all_objects_that_are_not_defined(configured: Folder) -> None:
    path = configured.path / "recordlint.toml"
    entries = [f'[[files]]\nmatch = "{name}/*"\nobject = "custom_objects.{name}"\n' for name in ("dog", "asset", "cat")]
    configured.write("recordlint.toml", "".join([OBJECTS_LINE, *entries]))
    done = configured.run("check", "tickets")
    defined = "use custom_objects.asset or custom_objects.ticket"
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        f"recordlint: {path}:4: files.object: there is no definition of custom_objects.dog; {defined}\n"
        f"recordlint: {path}:10: files.object: there is no definition of custom_objects.cat; {defined}\n"
    )


def test_standard_input_by_another_name(configured: Folder) -> None:
    done = configured.run("check", "-", "--stdin-name", "tickets/x.json", "--quiet", stdin=LOW.encode())
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith("tickets/x.json:1:29: error[unknown-option]")


def test_other_commands_use_its_objects(configured: Folder) -> None:
    assert configured.run("objects").out.startswith("custom_objects.asset  asset")


# The object and the operation, of the flags and of the entries.

ENTRIES = """objects = ["objects/"]
exclude = ["tickets/old.json"]

[[files]]
match = "tickets/*.json"
object = "custom_objects.ticket"

[[files]]
match = "new/*.json"
object = "custom_objects.ticket"
operation = "create"

[[files]]
match = "bare/*.json"
operation = "create"
"""


@pytest.mark.parametrize(
    ("path", "object", "operation", "expected"),
    [
        # The flags say nothing.
        ("tickets/a.json", None, None, Claim(TICKET, UPDATE)),
        ("new/a.json", None, None, Claim(TICKET, CREATE)),
        ("bare/a.json", None, None, Claim(None, CREATE)),
        # --object leaves the entry's operation as it is.
        ("tickets/a.json", ASSET, None, Claim(ASSET, UPDATE)),
        ("new/a.json", ASSET, None, Claim(ASSET, CREATE)),
        ("bare/a.json", ASSET, None, Claim(ASSET, CREATE)),
        # --operation leaves the entry's object as it is.
        ("tickets/a.json", None, CREATE, Claim(TICKET, CREATE)),
        ("new/a.json", None, UPDATE, Claim(TICKET, UPDATE)),
        ("bare/a.json", None, UPDATE, Claim(None, UPDATE)),
        # Both.
        ("new/a.json", ASSET, UPDATE, Claim(ASSET, UPDATE)),
        # No entry claims the file.
        ("other/a.json", ASSET, None, Claim(ASSET, UPDATE)),
        ("other/a.json", ASSET, CREATE, Claim(ASSET, CREATE)),
        # What is excluded stays excluded.
        ("tickets/old.json", ASSET, CREATE, None),
    ],
)
def test_what_a_file_is_checked_by(
    tmp_path: Path, path: str, object: str | None, operation: Operation | None, expected: Claim | None
) -> None:
    (tmp_path / "recordlint.toml").write_text(ENTRIES)
    asked = Claim(object, operation)
    for ignore_unmatched in (False, True):
        plan = plan_for(tmp_path, path, asked, ignore_unmatched=ignore_unmatched)
        assert plan.claim(os.path.join(tmp_path, path)) == expected


@pytest.mark.parametrize("operation", [None, CREATE])
def test_a_file_that_is_claimed_by_nothing(tmp_path: Path, operation: Operation | None) -> None:
    (tmp_path / "recordlint.toml").write_text(ENTRIES)
    path = os.path.join(tmp_path, "other/a.json")
    with pytest.raises(InputError, match=re.escape("no [[files]] entry of")):
        plan_for(tmp_path, path, Claim(None, operation)).claim(path)
    assert plan_for(tmp_path, path, Claim(None, operation), ignore_unmatched=True).claim(path) is None


@pytest.mark.parametrize("object", [None, ASSET])
@pytest.mark.parametrize(("operation", "expected"), [(None, UPDATE), (CREATE, CREATE)])
def test_where_there_are_no_entries(
    tmp_path: Path, object: str | None, operation: Operation | None, expected: Operation
) -> None:
    (tmp_path / "recordlint.toml").write_text('objects = ["objects/"]\n')
    path = os.path.join(tmp_path, "a.json")
    plan = plan_for(tmp_path, path, Claim(object, operation))
    assert plan.claim(path) == Claim(object, expected)


def test_an_object_beside_an_entry_that_says_create(configured: Folder) -> None:
    configured.write("recordlint.toml", f'{OBJECTS_LINE}{TICKETS}operation = "create"\n')
    configured.write("tickets/a.json", NEW)
    configured.write("other/b.json", NEW)
    assert configured.run("check", "--quiet", "tickets") == (0, "", "")
    assert configured.run("check", "--quiet", "--object", TICKET, "tickets") == (0, "", "")
    done = configured.run("check", "--quiet", "--object", TICKET, "--operation", "update", "tickets")
    assert (done.status, done.out.split(": ")[1]) == (1, "error[location-in-body]")
    done = configured.run("check", "--quiet", "--object", TICKET, "other")
    assert (done.status, done.out.split(": ")[1]) == (1, "error[location-in-body]")
    assert configured.run("check", "--quiet", "--object", TICKET, "--operation", "create", "other") == (0, "", "")
    # The flag's object is the one that has to be defined.
    done = configured.run("check", "--quiet", "--object", "custom_objects.zebra", "tickets")
    assert (done.status, "no definition of custom_objects.zebra" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("fail_on", "max_size", "objects", "expected"),
    [
        (None, None, (), ("warning", 1024, ("objects/",))),
        ("error", None, (), ("error", 1024, ("objects/",))),
        (None, 5, (), ("warning", 5, ("objects/",))),
        (None, None, ("a", "b"), ("warning", 1024, ("a", "b"))),
    ],
)
def test_a_flag_wins_alone(
    tmp_path: Path,
    fail_on: str | None,
    max_size: int | None,
    objects: tuple[str, ...],
    expected: tuple[str, int, tuple[str, ...]],
) -> None:
    (tmp_path / "recordlint.toml").write_text('objects = ["objects/"]\nfail-on = "warning"\nmax-size = "1K"\n')
    plan = plan_for(tmp_path, objects=objects, max_size=max_size, fail_on=fail_on)
    definitions = tuple(each.removeprefix(f"{tmp_path}/") for each in plan.definitions)
    assert (plan.fail_on, plan.max_size, definitions) == expected
