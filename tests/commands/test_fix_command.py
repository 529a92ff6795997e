"""check with --fix, --diff, --unsafe-fixes and --redact: what files hold afterwards, and what is said."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest

from command_folder import TICKET, USAGE, Folder
from recordlint.checking.checkers import Checkers
from recordlint.checking.findings import Findings
from recordlint.checking.texts import find_in_document
from recordlint.cli import run
from recordlint.definitions.target import Claim
from recordlint.errors import InputError
from recordlint.files.rewrite import rewrite
from recordlint.files.unified_diff import difference
from recordlint.reporters import formats

TEXT = (
    '{\r\n\t"properties": {\r\n\t\t"Ticket name": "Grüße",\r\n\t\t"priority": "LOW"  ,'
    '\r\n\t\t"type_of_ticket": "x"\r\n\t}\r\n}'
)
FIXED = TEXT.replace("Ticket name", "ticket_name").replace("LOW", "low")
REMAINS = (
    '{0}:5:21: error[unknown-option]: "Type of ticket" has no option with this key\n'
    '  5 |   "type_of_ticket": "x"\n'
    "    |                     ^^^\n"
    '    = hint: use one of "option_1_internal_key" (Bug report),\n'
    '            "option_2_internal_key" (Feature request), "option_3_internal_key"\n'
    '            (Billing question), "option_4_internal_key" (Account access)\n\n'
    "1 error in 1 file checked, 0 valid{1}\n"
)


def held(folder: Folder, name: str) -> str:
    return (folder.path / name).read_bytes().decode()


def test_fix_rewrites_and_reports_what_remains(folder: Folder) -> None:
    folder.write("a.json", TEXT)
    done = folder.check("--fix", "a.json")
    assert done == (1, REMAINS.format("a.json", "; 2 fixed"), "recordlint: a.json: fixed 2\n")
    assert held(folder, "a.json") == FIXED
    assert folder.check("--fix", "a.json") == (1, REMAINS.format("a.json", ""), "")


def test_all_fixed_is_success(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"priority": "LOW"}}')
    assert folder.check("--fix", "a.json") == (0, "1 file checked, 1 fixed\n", "recordlint: a.json: fixed 1\n")
    assert held(folder, "a.json") == '{"properties": {"priority": "low"}}'


def test_nothing_to_mend_writes_nothing(folder: Folder) -> None:
    before = os.stat(folder.path / "valid.json")
    assert folder.check("--fix", "valid.json") == (0, "1 file checked, no problems\n", "")
    after = os.stat(folder.path / "valid.json")
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_diff_shows_and_writes_nothing(folder: Folder) -> None:
    folder.write("a.json", TEXT)
    expected = (
        "--- a.json\n+++ a.json\n@@ -1,7 +1,7 @@\n"
        ' {\n \t"properties": {\n'
        '-\t\t"Ticket name": "Grüße",\n-\t\t"priority": "LOW"  ,\n'
        '+\t\t"ticket_name": "Grüße",\n+\t\t"priority": "low"  ,\n'
        ' \t\t"type_of_ticket": "x"\n \t}\n }\n\\ No newline at end of file\n'
    )
    assert folder.check("--diff", "a.json") == (
        1,
        expected + REMAINS.format("a.json", "; 2 would be fixed by --fix"),
        "",
    )
    assert held(folder, "a.json") == TEXT


def test_a_change_that_is_only_shown_is_not_success(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"priority": "LOW"}}\n')
    diff = (
        "--- a.json\n+++ a.json\n@@ -1 +1 @@\n"
        '-{"properties": {"priority": "LOW"}}\n+{"properties": {"priority": "low"}}\n'
    )
    for options in (("--diff",), ("--fix", "--diff")):
        done = folder.check(*options, "a.json")
        assert done == (1, f"{diff}1 file checked, 1 would be fixed by --fix\n", "")


def test_a_machine_reads_its_report_alone(folder: Folder) -> None:
    folder.write("a.json", TEXT)
    done = folder.check("--diff", "--format", "json", "a.json")
    assert [v["rule"] for v in json.loads(done.out)["results"][0]["violations"]] == ["unknown-option"]
    assert done.err.startswith("--- a.json\n+++ a.json\n")


def test_unsafe_fixes(folder: Folder) -> None:
    text = '{"properties": {"affected_platforms": ["web"], "priorty": "low"}}'
    folder.write("a.json", text)
    assert folder.check("--fix", "a.json").status == 1
    assert held(folder, "a.json") == text
    done = folder.check("--fix", "--unsafe-fixes", "a.json")
    assert done == (0, "1 file checked, 2 fixed\n", "recordlint: a.json: fixed 2\n")
    assert held(folder, "a.json") == '{"properties": {"affected_platforms": {"add": ["web"]}, "priority": "low"}}'


def test_a_text_that_does_not_parse(folder: Folder) -> None:
    text = "```json\n{'properties': {\"priority\": 'LOW',}}\n```\n"
    folder.write("a.json", text)
    done = folder.check("--fix", "a.json")
    assert (done.status, done.err) == (1, "recordlint: a.json: fixed 1\n")
    assert held(folder, "a.json") == text.replace(",", "")
    done = folder.check("--fix", "--unsafe-fixes", "a.json")
    assert done == (0, "1 file checked, 4 fixed\n", "recordlint: a.json: fixed 4\n")
    assert held(folder, "a.json") == '{"properties": {"priority": "low"}}\n'


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--unsafe-fixes", "a.json"), "--unsafe-fixes goes with --fix or --diff"),
        (
            ("--diff", "--redact", "a.json"),
            "--diff shows values, and --redact keeps them out: leave one of the two out",
        ),
        (("--fix", "-"), "--fix rewrites files, and - is standard input: see what it would change with --diff"),
    ],
)
def test_options_that_do_not_go_together(folder: Folder, options: tuple[str, ...], reason: str) -> None:
    folder.write("a.json", TEXT)
    assert folder.check(*options) == (2, "", f"{USAGE}{reason}\n")
    assert held(folder, "a.json") == TEXT


def test_standard_input_can_be_shown(folder: Folder) -> None:
    done = folder.check("--diff", "-", stdin=b'{"properties": {"priority": "LOW"}}')
    assert done.status == 1
    assert '+{"properties": {"priority": "low"}}\n\\ No newline at end of file\n' in done.out


def test_mode_and_link_are_kept(folder: Folder) -> None:
    folder.write("deep/a.json", TEXT)
    target = folder.path / "deep" / "a.json"
    target.chmod(0o640)
    os.symlink("deep/a.json", folder.path / "link.json")
    assert folder.check("--fix", "link.json").err == "recordlint: link.json: fixed 2\n"
    assert (folder.path / "link.json").is_symlink()
    assert target.read_bytes().decode() == FIXED
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert os.listdir(folder.path / "deep") == ["a.json"], "nothing is left beside it"


def left_alone(folder: Folder, name: str, reason: str) -> None:
    done = folder.check("--fix", name)
    assert (done.status, done.err) == (2, f"recordlint: {name}: left as it is: {reason}\n")
    assert "error[field-label]" in done.out, "what is there is reported"
    assert held(folder, name) == TEXT


def test_a_file_with_two_names_is_left_alone(folder: Folder) -> None:
    folder.write("a.json", TEXT)
    os.link(folder.path / "a.json", folder.path / "b.json")
    left_alone(folder, "a.json", "it has several names (hard links), and only one of them would get the change")


def test_a_read_only_file_is_left_alone(folder: Folder) -> None:
    folder.write("a.json", TEXT)
    (folder.path / "a.json").chmod(0o444)
    left_alone(folder, "a.json", "it is read-only")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_a_read_only_folder(folder: Folder) -> None:
    folder.write("sub/a.json", TEXT)
    (folder.path / "sub").chmod(0o555)
    left_alone(folder, "sub/a.json", "permission denied")


def test_what_is_no_json_is_left_alone(folder: Folder) -> None:
    for text in ('\ufeff{"a": 1, "a": "x",}', '{"a": "x "y""}', '{"a": 1, "a": "x"}', ""):
        folder.write("a.json", text)
        done = folder.check("--fix", "a.json")
        assert (done.status, done.err) == (1, "")
        assert held(folder, "a.json") == text


def test_a_file_given_twice(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"priority": "LOW"}}')
    done = folder.check("--fix", "a.json", "a.json")
    assert done == (0, "2 files checked, 1 fixed\n", "recordlint: a.json: fixed 1\n")


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"later")
    with pytest.raises(InputError, match="left as it is: it has changed since it was checked"):
        rewrite(str(path), b"before", b"after")
    assert path.read_bytes() == b"later"
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_failure_leaves_the_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.json"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="left as it is: no space left on device"):
        rewrite(str(path), b"before", b"after")
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a.json"]


def test_what_is_no_regular_file_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="left as it is: it is not a regular file"):
        rewrite(str(tmp_path / "pipe"), b"", b"after")


def test_a_diff_cannot_be_forged() -> None:
    shown = difference("a\n+++ b", "{\u202e\x1b[2J\x7f\r\n\t1}".encode(), "{\u202e\x1b[2J\x7f\r\n\t2}".encode(), [])
    assert shown == (
        "--- a\\u000a+++ b\n+++ a\\u000a+++ b\n@@ -1,2 +1,2 @@\n {\\u202e\\u001b[2J\\u007f\n"
        "-\t1}\n\\ No newline at end of file\n+\t2}\n\\ No newline at end of file\n"
    )


# No value of a payload in any report.

SECRETS = (
    "Bug report|URGENT|urgent|Contacts|Kalenders|option_1|option_2|Web app|iOS|ios|987654|1987|7000012345|70000|30/12|"
    "secret|example.org|445566|Netscape|778899|Lorem|mauve|918273|usr_4711|mystery|Nonesuch|hnlich|0xe4|7911|+44|"
    "28 days|Secret|hidden|PATCHY|nowhere"
)


@pytest.mark.parametrize("format_name", formats())
def test_redacted_reports_hold_no_value(folder: Folder, format_name: str) -> None:
    values = {
        "type_of_ticket": "Bug report",
        "priority": "URGENT",
        "section_of_app": ["Contacts", "Kalenders", "option_2_internal_key"],
        "affected_platforms": {"add": "Web app", "remove": ["iOS", "iOS"]},
        "customer_number": "987654.50",
        "money": "1,987.5",
        "phone_number": "+91 70000 12345",
        "recieved_on": "30/12/1987",
        "my_files": {"add": ["https://files.example.org/secret one.pdf", {"url": "https://x.example.org/a b.png"}]},
        "ticket_name": 445566,
        "my_textbox_list": {"Browser": "Netscape"},
        "my_textbox_list.Browser": 778899,
        "description": ["Lorem ipsum"],
        "colour": "mauve",
    }
    body = {"properties": values, "owners": {"add": [918273, ""]}, "followers": "usr_4711", "record": "mystery"}
    folder.write("a.json", json.dumps(body, indent=1))
    folder.write("b.json", '{"properties": {"priority": Nonesuch}}')
    folder.write("c.json", b'{"properties": {"ticket_name": "\xe4hnlich"}}')
    folder.write("d.json", '{"properties": {"phone_number": "+4407911123456", "recieved_on": "2023-02-29"}}')
    url = "/objects/custom_objects.Secret/records/hidden?locationId=nowhere"
    folder.write("e.json", json.dumps({"method": "PATCHY", "url": url, "body": {}}))
    folder.write("f.json", json.dumps({"method": "PUT", "url": url, "body": {}}))
    files = [f"{name}.json" for name in "abcdef"]
    done = folder.run("check", *TICKET, "--redact", "--format", format_name, *files)
    assert (done.status, done.err) == (1, "")
    # The rules' pages, which SARIF and HTML bring along, have examples of their own.
    said = re.sub(r'"help":.*', "", done.out)
    if format_name == "html":
        said = "".join(re.findall('<script type="application/json".*?</script>', said, re.DOTALL))
    for secret in SECRETS.split("|"):
        assert secret not in said, secret
    for kept in ("a.json", "Section of app", "colour"):
        assert kept in done.out


def test_redaction_and_fixes_go_together(folder: Folder) -> None:
    folder.write("a.json", TEXT)
    done = folder.check("--fix", "--redact", "a.json")
    expected = (
        'a.json:5:21: error[unknown-option]: "Type of ticket" has no option with this key\n'
        "   = hint: run recordlint objects --object custom_objects.ticket to list the\n"
        '           keys of "Type of ticket"\n\n'
        "1 error in 1 file checked, 0 valid; 2 fixed\n"
    )
    assert done == (1, expected, "recordlint: a.json: fixed 2\n")
    assert held(folder, "a.json") == FIXED


def test_fixing_a_file_judges_each_text_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text as it is, and as the fixes leave it: what is known of it is not asked again for the report."""
    asked: list[bytes] = []

    def find(checkers: Checkers, data: bytes, claim: Claim) -> Findings:
        asked.append(data)
        return find_in_document(checkers, data, claim)

    monkeypatch.setattr("recordlint.commands.check.run.find_in_document", find)
    folder.write("a.json", TEXT)
    monkeypatch.chdir(folder.path)
    assert run(["check", *TICKET, "--fix", "--quiet", "a.json"]) == 1
    assert asked == [TEXT.encode(), FIXED.encode()]
