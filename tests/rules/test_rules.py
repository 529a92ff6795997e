"""The rule pages: every rule has one, and their examples do what the pages say."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys

import pytest

from cells import SETTINGS, TYPED, Outcome, outcomes_of_table
from fixture_files import ROOT
from internals import body_checker, require_no_hidden_problem
from recordlint import Operation, Report, UsageError, Validator
from recordlint.rules.catalogue import SEVERITIES, SOURCES, Example, rule, rule_ids, rules
from recordlint.tables.xlsx_files import FAULTS

PACKAGE = ROOT / "validator" / "recordlint"
SECTIONS = ["Why", "Wrong", "Right", "How to fix it"]
WORDS = {"create", "asset", "bytes", "wanted"}
NOT_OF_ONE_BODY = {"contract", "too-large", "broken-quoting", "formula-without-value", "repeated-value"}
"""No body is known to raise the first, the second is about a row that is too large for a page, and the others are about
the file of a table."""

ASKED_FOR = [
    "option-label",
    "unknown-option",
    "unknown-property",
    "full-field-key",
    "field-label",
    "textbox-list-bare",
    "unknown-label",
    "wrong-type",
    "phone-format",
    "phone-trunk-zero",
    "phone-country",
    "monetary-shape",
    "monetary-currency",
    "date-format",
    "date-impossible",
    "delta-expected",
    "array-expected",
    "delta-key",
    "delta-overlap",
    "delta-duplicate",
    "too-many",
    "file-shape",
    "file-url",
    "file-extension",
    "text-too-long",
    "owner-spelling",
    "location-in-body",
    "missing-location",
    "missing-property",
    "unknown-key",
    "flat-body",
    "wrapped-body",
    "not-an-object",
    "null-not-allowed",
    "no-op",
    "standard-object",
    "object-key",
    "record-id",
    "content-type",
    "invalid-json",
    "duplicate-key",
    "encoding",
]


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator.from_path(ROOT / "fixtures" / "objects")


def examples(*, right: bool, table: bool) -> list[tuple[str, Example]]:
    """The examples of all pages that are bodies, or tables."""
    listed = [(each.id, example) for each in rules() for example in (each.right if right else each.wrong)]
    return [(id, example) for id, example in listed if example.is_table == table]


def outcomes(validator: Validator, example: Example) -> list[Outcome]:
    """What becomes of the rows of a table."""
    return outcomes_of_table(validator.objects[object_of(example)], example.text, example.words)


def severities(validator: Validator, example: Example) -> set[str]:
    if example.is_table:
        return {severity for each in outcomes(validator, example) for _, severity in each.said}
    return {violation.severity for violation in check(validator, example).violations}


def is_word(word: str, *, table: bool) -> bool:
    return word.partition("=")[0] in {*SETTINGS, TYPED, "create", "asset"} if table else word in WORDS


def check(validator: Validator, example: Example) -> Report:
    text = text_of(example)
    data = text.encode()
    if "bytes" in example.words:
        data = text.encode("latin-1").decode("unicode_escape").encode("latin-1")
    if "wanted" in example.words:
        return validator.delta(json.loads(example.record), data, object=object_of(example)).report
    if example.record:
        return validator.apply(json.loads(example.record), data, object=object_of(example))[1]
    key = None if _is_request(text) and "asset" not in example.words else object_of(example)
    return validator.check_document(data, object=key, operation=operation_of(example))


def text_of(example: Example) -> str:
    return re.sub(r"\{(\w) × ([\d,]+)\}", lambda m: m[1] * int(m[2].replace(",", "")), example.text)


def object_of(example: Example) -> str:
    return "custom_objects.asset" if "asset" in example.words else "custom_objects.ticket"


def operation_of(example: Example) -> Operation:
    return "create" if "create" in example.words else "update"


def _is_request(text: str) -> bool:
    return '"method"' in text


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    run = os.path.join(os.path.dirname(sys.executable), "recordlint")
    return subprocess.run([run, *arguments], capture_output=True, encoding="utf-8", check=False)


def raised() -> set[str]:
    """Every rule id that the code can raise: the first argument of a Problem, or a `rule` given by keyword."""
    ids = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                named = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "rule")]
                if node.func.id in {"Problem", "Violation", "_violation", "Meant", "make_fault"}:
                    named = node.args[2:3] if node.func.id == "Meant" else named
                    ids |= {n.value for n in named if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return (ids | {rule for rule, *_ in FAULTS.values()}) - {""}


def test_every_rule_that_is_raised_has_a_page_and_every_page_a_rule() -> None:
    assert raised() == set(rule_ids())


def test_every_mistake_that_was_promised_a_rule_has_one() -> None:
    assert set(ASKED_FOR) <= set(rule_ids())


@pytest.mark.parametrize("id", rule_ids())
def test_a_page_has_its_parts(id: str) -> None:
    page = rule(id)
    assert page.id == id
    assert page.summary.endswith(".")
    assert len(page.summary) <= 100
    assert page.severity
    assert set(page.severity) <= set(SEVERITIES)
    assert page.source
    assert set(page.source) <= set(SOURCES)
    assert re.findall(r"^## (.*)$", page.page, re.MULTILINE) == SECTIONS
    assert all(len(line) <= 80 for line in page.page.splitlines() if not line.startswith("{"))
    listed = (*page.wrong, *page.right)
    assert all(is_word(word, table=example.is_table) for example in listed for word in example.words)
    if id not in NOT_OF_ONE_BODY:
        assert page.wrong
        assert page.right


@pytest.mark.parametrize(("id", "example"), examples(right=False, table=False))
def test_the_clean_schema_takes_no_wrong_example(validator: Validator, id: str, example: Example) -> None:
    """A warning that only `problems` knows is never reported: the clean schema ends before it is called."""
    try:
        body = json.loads(text_of(example))
    except ValueError:
        pytest.skip("not a JSON document")
    if example.record:
        pytest.skip("a body that is right by itself")
    if _is_request(example.text):
        pytest.skip("a whole request, whose body may be right")
    require_no_hidden_problem(body_checker(validator, object_of(example), operation_of(example)), body)


@pytest.mark.parametrize(("id", "example"), examples(right=False, table=False))
def test_a_wrong_example_raises_its_rule_and_no_other(validator: Validator, id: str, example: Example) -> None:
    report = check(validator, example)
    assert {violation.rule for violation in report.violations} == {id}
    assert {violation.severity for violation in report.violations} <= set(rule(id).severity)


@pytest.mark.parametrize(("id", "example"), examples(right=True, table=False))
def test_a_right_example_is_clean(validator: Validator, id: str, example: Example) -> None:
    assert check(validator, example).violations == ()


@pytest.mark.parametrize(("id", "example"), examples(right=False, table=True))
def test_each_row_of_a_wrong_table_raises_the_rule_and_no_other(
    validator: Validator, id: str, example: Example
) -> None:
    rows = outcomes(validator, example)
    assert rows
    assert {each.said for each in rows} <= {((id, severity),) for severity in rule(id).severity}


@pytest.mark.parametrize(("id", "example"), examples(right=True, table=True))
def test_each_row_of_a_right_table_is_clean(validator: Validator, id: str, example: Example) -> None:
    rows = outcomes(validator, example)
    assert rows
    assert {each.said for each in rows} == {()}


@pytest.mark.parametrize("id", [id for id in rule_ids() if id not in NOT_OF_ONE_BODY])
def test_every_severity_of_a_page_is_shown_by_a_wrong_example(validator: Validator, id: str) -> None:
    page = rule(id)
    shown = {severity for example in page.wrong for severity in severities(validator, example)}
    assert shown == set(page.severity)


def test_an_unknown_rule_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"there is no rule 'option-lable'; did you mean option-label\?"):
        rule("option-lable")


def test_the_pages_that_are_made_of_these_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/rules_page.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_explain_prints_the_page() -> None:
    done = command("explain", "option-label")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (PACKAGE / "rules" / "option-label.md").read_text("utf-8")


def test_explain_of_an_unknown_rule() -> None:
    done = command("explain", "phone_format")
    expected = "recordlint: there is no rule 'phone_format'; did you mean phone-format?\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", expected)


def test_rules_as_text() -> None:
    done = command("rules")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert tuple(line.split()[0] for line in lines) == rule_ids()
    assert lines[rule_ids().index("option-label")] == (
        "option-label           error/warning  An option's label is used instead of its key."
    )


def test_rules_as_json() -> None:
    done = command("rules", "--format", "json")
    listed = json.loads(done.stdout)
    assert listed["version"] == 1
    assert [each["id"] for each in listed["rules"]] == list(rule_ids())
    assert listed["rules"][rule_ids().index("text-too-long")] == {
        "id": "text-too-long",
        "summary": "A string is longer than 12,000 characters.",
        "severity": ["warning"],
        "source": ["observed"],
    }
