"""The HTML report as text: what a parser reads in it, what it allows, and that a fix writes what is copied."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_folder import TICKET, Folder
from fixture_files import OBJECTS, ROOT, Payload, payloads
from har_session import BAD, RECORD, entry
from one_violation import result
from recordlint import Validator
from recordlint.reporters import Result, Summary, html, render, reporter
from recordlint.reporters._kinds import Groups
from recordlint.rules.catalogue import rule_ids
from recordlint.violations import Edit, Fix, Place, Violation
from recordlint.wording.escape import escape

FOLDER = ROOT / "validator/recordlint/reporters"
VALIDATOR = Validator.from_path(OBJECTS)
LINE, COLUMN, RELATED, SOURCE, WRITE, IS_SAFE = range(7, 13)
INVALID = [each for each in payloads() if each.path.parent.name == "invalid"]


class Page(HTMLParser):
    """What a parser that knows nothing of recordlint reads in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.policy = ""
        self.texts: dict[str, list[str]] = {"style": [], "script": []}
        self.data: dict[str, str] = {}
        self._inside: str | None = None
        self._id: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        given = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self._inside = tag if tag in self.texts else None
        self._id = given.get("id")

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and self._id:
            self.data[self._id] = self.data.get(self._id, "") + data
        elif self._inside:
            self.texts[self._inside].append(data)

    @property
    def results(self) -> list[list[Any]]:
        results: list[list[Any]] = json.loads(self.data["findings"])
        return results

    @property
    def violations(self) -> list[list[Any]]:
        return [each for *_, listed in self.results for each in listed]


def page(*results: Result) -> Page:
    groups = Groups()
    for each in results:
        groups.count(each)
    errors = sum(each.report.errors for each in results)
    summary = Summary(len(results), 0, errors, 0, groups=groups.sorted())
    return Page("".join(render(reporter("html"), results, lambda: summary)))


def checked(payload: Payload, line: int | None = None) -> Result:
    report = VALIDATOR.check_document(
        payload.path.read_bytes(),
        object=payload.object,
        operation=payload.operation,  # type: ignore[arg-type] - a name of one
    )
    return Result(payload.name, report.at_line(line) if line else report, line)


# What the page allows.


def test_the_policy_allows_its_own_script_and_style_alone() -> None:
    read = page(result())
    sources = {
        kind: [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]
        for kind, texts in read.texts.items()
    }
    assert read.policy.split("; ") == [
        "default-src 'none'",
        f"script-src {' '.join(sources['script'])}",
        f"style-src {' '.join(sources['style'])}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert [len(texts) for texts in read.texts.values()] == [1, 1]


def test_the_page_asks_for_nothing() -> None:
    read = page(*map(checked, INVALID))
    addresses = [value for name, value in read.attributes if name in ("src", "href", "action", "srcset", "data")]
    assert addresses == ["data:,", "#violations"]
    assert not [name for name, _ in read.attributes if name == "style" or name.startswith("on")]
    for name in ("page.html", "page.css", "page.js"):
        assert not re.search(r"https?:|url\(|@import", (FOLDER / name).read_text("utf-8"))


def test_the_script_writes_text_alone() -> None:
    script = (FOLDER / "page.js").read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|setAttribute\(\"on", script
    )
    assert "textContent" in script


def test_the_script_finds_what_is_in_the_template() -> None:
    asked = set(re.findall(r'byId\("([a-z-]+)"\)', (FOLDER / "page.js").read_text("utf-8")))
    assert len(asked) > 15
    assert asked <= set(page(result()).ids)


# What is in it.


@given(
    st.text() | st.sampled_from(["</script>", "<!--<script>", "]]>", "&lt;", "$findings", "\u2028", "\ud800", "\x7f"])
)
def test_any_text_reads_back_and_is_no_markup(text: str) -> None:
    path = text.replace("\0", "").replace("\ud800", "")
    read, plain = page(result(path, text)), page(result())
    assert read.tags == plain.tags
    assert re.fullmatch(r"[\n -%'-;=?-~]*", read.data["findings"])
    ((shown, *_),) = read.results
    assert shown == escape(path)
    (violation,) = read.violations
    assert violation[2] == f"/{escape(text)}"
    assert violation[4:6] == [escape(text)] * 2
    assert violation[RELATED] == [[escape(text), 1, 1]]


@pytest.mark.parametrize("payload", INVALID, ids=lambda payload: payload.path.stem)
def test_everything_that_is_said_is_there(payload: Payload) -> None:
    report = checked(payload).report
    read = page(checked(payload))
    (head,) = {tuple(each[:-1]) for each in read.results} or [()]
    assert head == ((payload.name, None, None, report.object, report.operation, False) if report.violations else ())
    assert len(read.violations) == len(report.violations)
    for violation, parts in zip(report.violations, read.violations, strict=True):
        rule, severity, pointer, _, message, hint, note, *_ = [*parts, *[""] * 7]
        assert (rule, severity, pointer) == (violation.rule, violation.severity, escape(violation.pointer))
        assert (message, hint, note) == tuple(map(escape, (violation.message, violation.hint, violation.note)))
        if violation.place:
            assert (parts[LINE], parts[COLUMN]) == violation.place[:2]
            assert len(parts[SOURCE]) == 3


def test_the_pages_of_the_rules_that_were_broken() -> None:
    broken = {each.rule for payload in INVALID for each in checked(payload).report.violations}
    read = page(*map(checked, INVALID))
    assert {each for each in read.ids if each.startswith("rule-")} == {f"rule-{each}" for each in broken}
    assert set(json.loads(read.data["summary"])["rules"]) == broken
    assert not [each for each in page().ids if each.startswith("rule-")]
    generated = (FOLDER / "rule_pages.html").read_text("utf-8")
    assert html._RULE.findall(generated) == list(rule_ids())


def test_a_redacted_page_holds_no_value(folder: Folder) -> None:
    secret = {
        "ticket_name": 1234567,
        "priority": "SECRET-A",
        "phone_number": "+44 20 SECRET-B",
        "recieved_on": "SECRET-C",
    }
    folder.write("a.json", json.dumps({"properties": secret, "locationId": "SECRET-D"}))
    folder.write("b.ndjson", f"{json.dumps({'properties': secret})}\n" * 3)
    plain = folder.check("--format", "html", "a.json", "b.ndjson").out
    assert "SECRET-A" in plain
    read = Page(folder.check("--redact", "--format", "html", "a.json", "b.ndjson").out)
    assert "SECRET" not in str(read.data)
    assert "1234567" not in str(read.data)
    assert len(read.violations) == len(Page(plain).violations) > 10
    assert all(is_redacted for _, _, _, _, _, is_redacted, _ in read.results)
    assert all(len(each) <= RELATED + 1 for each in read.violations)


def test_a_redacted_hint_is_the_one_without_a_value() -> None:
    report = checked(INVALID[0]).report
    read = page(Result("a.json", report.redacted()))
    assert [[*each, ""][5] for each in read.violations] == [each.hint for each in report.redacted().violations]


# What is copied.


def fixed_alone(text: bytes, violation: Violation) -> bytes:
    assert violation.fix
    for start, end, new in sorted(violation.fix.edits, reverse=True):
        text = text[:start] + new.encode() + text[end:]
    return text


@pytest.mark.parametrize("line", [None, 7])
def test_what_is_copied_is_what_the_fix_writes(line: int | None) -> None:
    copied = 0
    for payload in INVALID:
        one = checked(payload, line)
        text = one.report.text
        assert text is not None
        for violation, parts in zip(one.report.violations, page(one).violations, strict=True):
            if len(parts) > WRITE:
                place, fix = violation.place, violation.fix
                assert place
                assert fix
                assert text[: place.start] + parts[WRITE].encode() + text[place.end :] == fixed_alone(text, violation)
                assert (len(parts) > IS_SAFE and parts[IS_SAFE]) is fix.safe
                copied += 1
    assert copied > 40


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=3), st.sampled_from([None, 2]))
def test_what_is_copied_beside_any_text(others: dict[str, str], indent: int | None) -> None:
    body = {"properties": {**others, "type_of_ticket": "Bug report", "phone_number": "+44 20 7946 0958", **others}}
    text = json.dumps(body, ensure_ascii=False, indent=indent).encode()
    report = VALIDATOR.check_json(text, object="custom_objects.ticket")
    for violation, parts in zip(report.violations, page(Result("a.json", report)).violations, strict=True):
        if len(parts) > WRITE and violation.place:
            place = violation.place
            assert text[: place.start] + parts[WRITE].encode() + text[place.end :] == fixed_alone(text, violation)


def test_a_row_is_written_as_it_stands_in_its_file(folder: Folder) -> None:
    row = '{"properties": {"ticket_name": "äöü😀", "type_of_ticket": "Bug report"}}'
    folder.write("a.ndjson", f'{{"properties": {{"priority": "high"}}}}\n\n{row}\n{row}\n')
    read = Page(folder.check("--format", "html", "a.ndjson").out)
    assert [each[:2] for each in read.results] == [["a.ndjson", 3], ["a.ndjson", 4]]
    assert [(each[LINE], each[SOURCE][1], each[WRITE]) for each in read.violations] == [
        (3, '"Bug report"', '"option_1_internal_key"'),
        (4, '"Bug report"', '"option_1_internal_key"'),
    ]


def test_requests_of_a_har_file_show_no_line(folder: Folder) -> None:
    log = {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [entry("PUT", RECORD, BAD)]}}
    folder.write("a.har", json.dumps(log))
    read = Page(folder.run("check", *TICKET[:2], "--format", "html", "a.har").out)
    ((path, line, index, *_),) = read.results
    assert (path, line, index) == ("a.har", None, 0)
    assert all(len(each) <= SOURCE for each in read.violations)
    assert all(each[LINE] for each in read.violations)


def written(text: bytes, place: tuple[int, int], *edits: tuple[int, int, str]) -> str | None:
    start, end = place
    fix = Fix(True, "", tuple([Edit(*each) for each in edits]))
    violation = Violation("unknown-key", "error", "", "", "", Place(1, 1, 1, 1, start, end), (), fix)
    return html._what_to_write(violation, text)


def test_what_is_not_one_thing_to_write() -> None:
    text = '{"a": "ä"}'.encode()
    assert written(text, (6, 10), (6, 10, "1")) == "1"
    assert written(text, (6, 10), (6, 6, "["), (10, 10, "]")) == '["ä"]'
    assert written(text, (6, 10), (5, 10, "1")) is None
    assert written(text, (6, 10), (6, 11, "1")) is None
    assert written(text, (6, 10), (6, 10, "1"), (0, 1, "")) is None
    assert written(text, (6, 10), (6, 10, "")) is None
    assert written(text, (6, 8), (6, 6, "[")) is None, "half of a character"
    long = b'"' + b"x" * html.LONGEST + b'"'
    assert written(long, (0, len(long)), (0, 0, "[")) is None
    assert written(b"1", (0, 1), (0, 1, "x" * (html.LONGEST + 1))) is None
