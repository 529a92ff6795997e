"""recordlint drift: what it prints, which payloads it names, and its exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from command_folder import ENVIRONMENT, Done, Folder
from har_session import entry, har

KEY = "custom_objects.pet"
OPTIONS = [{"key": "s", "label": "Small"}, {"key": "l", "label": "Large"}]
USAGE = "Usage: recordlint drift [OPTIONS] OLD NEW [PAYLOADS]...\nTry 'recordlint drift --help' for help.\n\nError: "
GONE = 'new/pet.json:8: breaking[option-gone]: "Size" no longer has the option "l" (Large)'
CHANGES = f"""{GONE}
    = hint: its label belongs to "xl" now: the key may have been renamed
new/pet.json:8: safe[option-added]: "Size" has the new option "xl" (Large)

"""
BROKEN = '{"properties": {"size": "l"}}'
GOOD = '{"properties": {"size": "s"}}'
WRONG = '{"properties": {"size": "m"}}'


def definition(*options: dict[str, str], key: str = KEY, **more: Any) -> str:
    field = {"id": "1", "fieldKey": f"{key}.size", "name": "Size", "dataType": "SINGLE_OPTIONS", "options": options}
    return json.dumps({"object": {"key": key}, "fields": [{**field, **more}]}, indent=1)


@pytest.fixture
def folder(folder: Folder) -> Folder:
    folder.write("old/pet.json", definition(*OPTIONS))
    folder.write("new/pet.json", definition(OPTIONS[0], {"key": "xl", "label": "Large"}))
    return folder


def test_definitions_alone(folder: Folder) -> None:
    summary = "1 breaking and 1 safe changes in 1 of 1 object\n"
    assert folder.run("drift", "old", "new") == Done(1, f"{CHANGES}{summary}", "")


def test_nothing_changed(folder: Folder) -> None:
    assert folder.run("drift", "old", "old/pet.json") == Done(0, "no changes in 1 object\n", "")


def test_files(folder: Folder) -> None:
    for name, text in (("broken", BROKEN), ("good", GOOD), ("wrong", WRONG), ("no-op", "{}")):
        folder.write(f"payloads/{name}.json", text)
    done = folder.run("drift", "old", "new", "payloads")
    assert (done.status, done.err) == (1, "")
    assert done.out.partition("\n\n")[2] == (
        'payloads/broken.json:1:25: error[unknown-option]: "Size" has no option with this key\n'
        '  1 | {"properties": {"size": "l"}}\n'
        "    |                         ^^^\n"
        '    = hint: use one of "s" (Small), "xl" (Large)\n'
        "\n"
        "1 breaking and 1 safe changes in 1 of 1 object\n"
        "1 of 4 files was right and is wrong now\n"
    )


def test_rows_and_requests(folder: Folder) -> None:
    request = {"method": "PUT", "url": f"/objects/{KEY}/records/661c06b4ffde146bdb469442?locationId=x"}
    rows = [GOOD, BROKEN, WRONG, "", json.dumps({**request, "body": json.loads(BROKEN)}), "{"]
    folder.write("rows.ndjson", "\n".join(rows))
    done = folder.run("drift", "old", "new", "rows.ndjson", "--format", "json")
    assert done.status == 1
    report = json.loads(done.out)
    seen = [(each["line"], [v["pointer"] for v in each["violations"]]) for each in report["results"]]
    assert seen == [(2, ["/properties/size"]), (5, ["/body/properties/size"])]
    numbers = {"objects": 1, "breaking": 1, "dangerous": 0, "safe": 1}
    assert report["summary"] == {**numbers, "checked": 5, "wrong_now": 2, "errors": 2, "warnings": 0}


def test_rows_are_the_same_with_workers(folder: Folder) -> None:
    folder.write("rows.ndjson", "\n".join([GOOD, BROKEN, WRONG] * 100_000))
    done = folder.run("drift", "old", "new", "rows.ndjson", "--format", "sarif")
    assert done.status == 1
    (run,) = json.loads(done.out)["runs"]
    lines = [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in run["results"][2:]]
    assert lines == list(range(2, 300_000, 3))


def test_recorded_requests(folder: Folder) -> None:
    url = f"https://services.leadconnectorhq.com/objects/{KEY}/records/661c06b4ffde146bdb469442?locationId=x"
    texts = [GOOD, BROKEN, WRONG]
    folder.write("session.har", json.dumps(har(*[entry("PUT", url, text) for text in texts])))
    done = folder.run("drift", "old", "new", "session.har", "--format", "json")
    report = json.loads(done.out)
    assert [each["entry"] for each in report["results"]] == [1]
    assert report["summary"]["checked"] == 3


def test_the_configuration_says_what_payloads_are_for(folder: Folder) -> None:
    folder.write("recordlint.toml", f'[[files]]\nmatch = "payloads/"\nobject = "{KEY}"\n')
    folder.write("old/cat.json", definition(*OPTIONS, key="custom_objects.cat"))
    folder.write("payloads/a.json", BROKEN)
    done = folder.run("drift", "old", "new", "payloads")
    assert done.status == 1
    assert "old/cat.json: breaking[object-gone]: custom_objects.cat has no definition any more" in done.out
    assert "1 of 1 file was right and is wrong now" in done.out
    folder.write("recordlint.toml", '[[files]]\nmatch = "payloads/"\nobject = "custom_objects.dog"\n')
    done = folder.run("drift", "old", "new", "payloads")
    assert (done.status, done.out) == (2, "")
    assert "there is no definition of custom_objects.dog" in done.err


def test_payloads_of_an_object_that_is_gone(folder: Folder) -> None:
    folder.write("new/pet.json", definition(*OPTIONS, key="custom_objects.cat"))
    folder.write("a.json", GOOD)
    done = folder.run("drift", "old", "new", "a.json")
    assert done.status == 1
    line = f"a.json:1:1: error[unknown-object]: there is no definition of {KEY} any more\n"
    assert line in done.out


def test_new_warnings_count_with_dangerous(folder: Folder) -> None:
    files = {"dataType": "FILE_UPLOAD", "acceptedFormats": ".pdf,.png"}
    folder.write("old/pet.json", definition(**files))
    folder.write("new/pet.json", definition(**{**files, "acceptedFormats": ".png"}))
    folder.write("a.json", '{"properties": {"size": {"add": [{"url": "https://files.example.com/a.pdf"}]}}}')
    done = folder.run("drift", "old", "new", "a.json")
    assert (done.status, done.out.splitlines()[-1]) == (0, "no file that was right is wrong now, of 1 file")
    done = folder.run("drift", "old", "new", "a.json", "--fail-on", "dangerous")
    assert done.status == 1
    assert "a.json:1:42: warning[file-extension]" in done.out
    assert done.out.endswith("1 warning that was not there before, in 1 file\n")


def test_a_dangerous_change_alone(folder: Folder) -> None:
    folder.write("new/pet.json", definition(*[{**each, "label": "Large"} for each in OPTIONS]))
    assert folder.run("drift", "old", "new").status == 0
    assert folder.run("drift", "old", "new", "--fail-on", "dangerous").status == 1


def test_a_table_is_converted_first(folder: Folder) -> None:
    folder.write("t.csv", "Size\nl\n")
    done = folder.run("drift", "old", "new", "t.csv")
    reason = "drift compares bodies and requests: convert the table first, and name what it becomes"
    assert (done.status, done.err) == (2, f"recordlint: t.csv: {reason}\n")


def test_redacted(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"size": "l"}}')
    folder.write("new/pet.json", definition(OPTIONS[0]))
    done = folder.run("drift", "old", "new", "a.json", "--redact")
    assert 'a.json:1:25: error[unknown-option]: "Size" has no option with this key\n' in done.out
    assert '"size": "l"' not in done.out


def test_what_messages_name_is_an_option(folder: Folder) -> None:
    folder.write("recordlint.toml", f'max-size = 40\n[[files]]\nmatch = "payloads/"\nobject = "{KEY}"\n')
    folder.write("payloads/a.json", f"{BROKEN}{' ' * 40}")
    folder.write("other.json", "[]")
    done = folder.run("drift", "old", "new", "payloads", "other.json")
    assert done.status == 2
    assert "larger than 40 bytes; raise the limit with --max-size\n" in done.err
    assert "pass over such files with --ignore-unmatched\n" in done.err
    done = folder.run("drift", "old", "new", "payloads", "other.json", "--max-size", "1KB", "--ignore-unmatched")
    assert (done.status, done.err) == (1, "")
    assert done.out.endswith("1 of 1 file was right and is wrong now\n")


def test_markdown_lists_no_more_than_fits_a_comment(folder: Folder) -> None:
    folder.write("rows.ndjson", f"{BROKEN}\n" * 150)
    done = folder.run("drift", "old", "new", "rows.ndjson", "--format", "markdown")
    assert done.out.count("`rows.ndjson:") == 100
    assert done.out.endswith("\n150 of 150 rows were right and are wrong now; 50 not listed.\n")


def test_usage(folder: Folder) -> None:
    expected = "drift compares two versions of definitions: name OLD and NEW, or take OLD from git with --git HEAD\n"
    assert folder.run("drift", "old") == Done(2, "", USAGE + expected)
    assert folder.run("drift", "old", "nowhere") == Done(2, "", "recordlint: nowhere: no such file or folder\n")
    folder.write("bad.json", "{")
    done = folder.run("drift", "bad.json", "new")
    assert (done.status, done.out) == (2, "")
    assert "bad.json: not JSON" in done.err
    done = folder.run("drift", "old", "new", "nowhere.json")
    assert (done.status, done.err) == (2, "recordlint: nowhere.json: no such file or folder\n")


def git(path: Path, *arguments: str) -> None:
    names = {f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**ENVIRONMENT, **names, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    subprocess.run(["git", *arguments], cwd=path, env=environment, check=True, capture_output=True)


@pytest.fixture
def repository(folder: Folder) -> Folder:
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    git(folder.path, "init", "-q", "-b", "main")
    shutil.copytree(folder.path / "old", folder.path / "objects")
    return folder


def committed(folder: Folder) -> None:
    git(folder.path, "add", "-A")
    git(folder.path, "commit", "-q", "-m", "x")


def test_git(repository: Folder) -> None:
    repository.write("recordlint.toml", 'objects = ["objects"]')
    committed(repository)
    assert repository.run("drift", "--git", "HEAD") == Done(0, "no changes in 1 object\n", "")
    shutil.copy(repository.path / "new/pet.json", repository.path / "objects/pet.json")
    for arguments in ((), ("objects",), ("objects/pet.json",), (str(repository.path / "objects"),)):
        done = repository.run("drift", "--git", "HEAD", *arguments)
        assert (done.status, done.err) == (1, "")
        assert done.out.endswith("1 breaking and 1 safe changes in 1 of 1 object\n")
    repository.write("a.json", BROKEN)
    done = repository.run("drift", "--git", "main", "objects", "a.json")
    assert done.out.endswith("1 of 1 file was right and is wrong now\n")


def test_git_from_a_hook(repository: Folder) -> None:
    """Git tells its hooks where it is, and takes it for granted that they ask from the top."""
    committed(repository)
    shutil.copy(repository.path / "new/pet.json", repository.path / "objects/pet.json")
    done = repository.run("drift", "--git", "HEAD", "objects", GIT_DIR=".git", GIT_INDEX_FILE=".git/index")
    assert (done.status, done.err) == (1, "")


def test_an_object_that_is_no_longer_in_the_working_tree(repository: Folder) -> None:
    repository.write("objects/cat.json", definition(*OPTIONS, key="custom_objects.cat"))
    committed(repository)
    (repository.path / "objects/cat.json").unlink()
    done = repository.run("drift", "--git", "HEAD", "objects")
    first = "HEAD:objects/cat.json: breaking[object-gone]: custom_objects.cat has no definition any more"
    assert (done.status, done.out.splitlines()[0]) == (1, first)


def test_before_the_first_commit(repository: Folder) -> None:
    done = repository.run("drift", "--git", "HEAD", "objects")
    line = f"objects/pet.json: safe[object-added]: {KEY} is new\n"
    assert done == Done(0, f"{line}\n1 safe change in 1 of 1 object\n", "")
    repository.write("a.json", WRONG)
    done = repository.run("drift", "--git", "HEAD", "objects", "a.json")
    assert (done.status, done.err) == (0, "")


def test_git_knows_nothing(repository: Folder) -> None:
    committed(repository)
    for revision in ("nope", "--help", "HEAD~1", ""):
        done = repository.run("drift", f"--git={revision}", "objects")
        error = f"recordlint: git knows no commit '{revision}' in the repository of objects\n"
        assert done == Done(2, "", error)
    done = repository.run("drift", "--git", "HEAD", "nowhere")
    assert done == Done(2, "", "recordlint: nowhere: no such file or folder\n")


def test_no_repository(folder: Folder) -> None:
    done = folder.run("drift", "--git", "HEAD", "old", GIT_CEILING_DIRECTORIES=str(folder.path))
    assert done.status == 2
    assert "is in no git repository: give the old definitions as a file or folder\n" in done.err


def test_no_git(folder: Folder) -> None:
    done = folder.run("drift", "--git", "HEAD", "old", PATH="/nowhere")
    remedy = "save the old definitions to a folder instead"
    assert done == Done(2, "", f"recordlint: --git needs git, which cannot be run: {remedy}\n")


def test_a_definition_of_a_commit_that_cannot_be_read(repository: Folder) -> None:
    repository.write("objects/pet.json", "{")
    committed(repository)
    shutil.copy(repository.path / "new/pet.json", repository.path / "objects/pet.json")
    done = repository.run("drift", "--git", "HEAD", "objects")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("recordlint: HEAD:objects/pet.json: not JSON, line 1 column 2:")


def test_names_that_are_not_ascii(repository: Folder) -> None:
    repository.write("objekte/Größe 1.json", definition(*OPTIONS, key="custom_objects.cat"))
    committed(repository)
    assert repository.run("drift", "--git", "HEAD", "objekte") == Done(0, "no changes in 1 object\n", "")


def test_symbolic_links(repository: Folder) -> None:
    """A link is read in the working tree, so it is followed in the commit too."""
    (repository.path / "objects/pet.json").rename(repository.path / "shared.txt")
    (repository.path / "objects/pet.json").symlink_to("../shared.txt")
    (repository.path / "objects/folder.json").symlink_to("../old")
    committed(repository)
    assert repository.run("drift", "--git", "HEAD", "objects") == Done(0, "no changes in 1 object\n", "")
    shutil.copy(repository.path / "new/pet.json", repository.path / "shared.txt")
    assert repository.run("drift", "--git", "HEAD", "objects").out.endswith(
        "1 breaking and 1 safe changes in 1 of 1 object\n"
    )


def test_a_symbolic_link_out_of_the_repository(repository: Folder) -> None:
    shutil.copy(repository.path / "new/pet.json", repository.path.parent / f"{repository.path.name}.txt")
    (repository.path / "objects/pet.json").unlink()
    (repository.path / "objects/pet.json").symlink_to(f"../../{repository.path.name}.txt")
    committed(repository)
    error = "recordlint: objects/pet.json is a symbolic link to something that the commit does not have\n"
    assert repository.run("drift", "--git", "HEAD", "objects") == Done(2, "", error)


def test_a_shallow_clone(repository: Folder) -> None:
    committed(repository)
    repository.write("objects/pet.json", definition(OPTIONS[0]))
    committed(repository)
    git(repository.path, "clone", "-q", "--depth=1", f"file://{repository.path}", "clone")
    done = repository.run("drift", "--git", "HEAD~1", "clone/objects")
    known = "git knows no commit 'HEAD~1' in the repository of clone/objects"
    assert done == Done(2, "", f"recordlint: {known}: it is a shallow clone, so fetch the commit first\n")


def test_a_partial_clone(repository: Folder) -> None:
    """Nothing is fetched, and what is not there is not taken for an empty file."""
    repository.write("objects/pet.json", definition(OPTIONS[1]))
    committed(repository)
    repository.write("objects/pet.json", definition(OPTIONS[0]))
    committed(repository)
    git(repository.path, "config", "uploadpack.allowFilter", "true")
    git(repository.path, "clone", "-q", "--filter=blob:none", f"file://{repository.path}", "clone")
    done = repository.run("drift", "--git", "HEAD~1", "clone/objects")
    error = "recordlint: git does not have the content of objects/pet.json: in a partial clone, fetch it first\n"
    assert done == Done(2, "", error)


def test_a_definition_from_a_pipe(folder: Folder) -> None:
    """It is read once: a second reader would wait forever."""
    os.mkfifo(folder.path / "pipe")
    Thread(target=(folder.path / "pipe").write_text, args=[definition(OPTIONS[0])], daemon=True).start()
    assert folder.run("drift", "old", "pipe").out.startswith('pipe: breaking[option-gone]: "Size"')
