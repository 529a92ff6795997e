"""What is said on standard error: each fault on a line of its own, and no name can forge a line or move the cursor."""

from __future__ import annotations

import pytest

from command_folder import OBJECTS, USAGE, Folder

HOSTILE = "a\x1b[2J\nrecordlint: \u202e.json"
ESCAPED = "a\\u001b[2J\\u000arecordlint: \\u202e.json"


def test_each_fault_of_a_configuration_has_a_line(folder: Folder) -> None:
    folder.write("recordlint.toml", 'fail-on = "x"\nmax-size = 0\nexclude = ["/a\\u001b", ""]\n')
    path = folder.path / "recordlint.toml"
    expected = (
        f'recordlint: {path}:1: fail-on takes "error" or "warning"\n'
        f"recordlint: {path}:2: max-size: a size must be at least 1 byte\n"
        f"recordlint: {path}:3: an entry of exclude may not be empty\n"
        f"recordlint: {path}:3: an entry of exclude: a pattern must not start with a slash: it is relative to the "
        'configuration\'s folder; write "a\\u001b"\n'
    )
    for arguments in (("check", "valid.json"), ("config",), ("objects",), ("vscode",), ("schema", "-o", "out")):
        assert folder.run(*arguments) == (2, "", expected)


def test_each_fault_of_definitions_has_a_line(folder: Folder) -> None:
    folder.write(f"objects/{HOSTILE}", "{")
    folder.write("objects/b.json", '{"object": {"key": "custom_objects.pet"}}')
    for arguments in (("check", "--objects", "objects", "valid.json"), ("objects", "--objects", "objects")):
        done = folder.run(*arguments)
        assert (done.status, done.out) == (2, "")
        assert done.err == (
            f"recordlint: objects/{ESCAPED}: not JSON, line 1 column 2: the text ends before this {{ is closed\n"
            "recordlint: objects/b.json: has an object but no list of fields; request it with ?fetchProperties=true\n"
        )


def test_a_configuration_below_a_hostile_folder(folder: Folder) -> None:
    folder.write(f"{HOSTILE}/recordlint.toml", "a = 1\nb = 2\n")
    known = "the keys are objects, files, tables, exclude, fail-on, max-size, baseline, phone-region, severity"
    done = folder.run("config", HOSTILE)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        f'recordlint: {folder.path}/{ESCAPED}/recordlint.toml:1: there is no key "a"; {known}\n'
        f'recordlint: {folder.path}/{ESCAPED}/recordlint.toml:2: there is no key "b"; {known}\n'
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--split-to", "out", HOSTILE), f"--split-to takes rows, and {ESCAPED} is none of *.ndjson, *.jsonl and *.gz"),
        (("--output", HOSTILE, HOSTILE), f"--output {ESCAPED} is read too; the report would overwrite it"),
        (("--output", f"{HOSTILE}=x", HOSTILE), f'--output {ESCAPED}=x: there is no format "'),
        (("--format", "\x1b[2J", HOSTILE), "Invalid value for '--format': '\\x1b[2J' is not one of "),
        (("--\x1b[2J", HOSTILE), "No such option"),
    ],
)
def test_a_name_in_a_usage_error(folder: Folder, arguments: tuple[str, ...], reason: str) -> None:
    folder.write(HOSTILE, "{}")
    done = folder.run("check", *OBJECTS, "--object", "custom_objects.ticket", *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(USAGE + reason)
    assert done.err.removesuffix("\n").count("\n") == USAGE.count("\n")
    assert done.err.replace("\n", "").isprintable()
