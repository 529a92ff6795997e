"""The rules' pages: every rule has one, and their examples do what the pages say."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys

import pytest

from fixture_files import ROOT
from recordlint import Report, UsageError, Validator
from recordlint.rules.catalogue import SEVERITIES, SOURCES, Example, rule, rule_ids, rules

PACKAGE = ROOT / "validator" / "recordlint"
SECTIONS = ["Why", "Wrong", "Right", "How to fix it"]
WORDS = {"create", "asset", "bytes"}
NOT_OF_ONE_BODY = {"contract", "too-large"}
"""A refusal that no rule names: no body is known to raise it, and the tests show that none of ours does."""

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


def judge(validator: Validator, example: Example) -> Report:
    text = re.sub(r"\{(\w) × ([\d,]+)\}", lambda m: m[1] * int(m[2].replace(",", "")), example.text)
    data = text.encode()
    if "bytes" in example.words:
        data = text.encode("latin-1").decode("unicode_escape").encode("latin-1")
    return validator.check_document(
        data,
        object="custom_objects.asset"
        if "asset" in example.words
        else None
        if _is_request(text)
        else "custom_objects.ticket",
        operation="create" if "create" in example.words else "update",
    )


def _is_request(text: str) -> bool:
    return '"method"' in text


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    run = os.path.join(os.path.dirname(sys.executable), "recordlint")
    return subprocess.run([run, *arguments], capture_output=True, encoding="utf-8", check=False)


def raised() -> set[str]:
    """Every rule id that the code can raise: the first argument of each Problem, or a word passed on as a rule."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                named = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "rule")]
                if node.func.id in {"Problem", "Violation", "_violation", "Meant"}:
                    named = node.args[2:3] if node.func.id == "Meant" else named
                    found |= {n.value for n in named if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found - {""}


def test_every_rule_that_is_raised_has_a_page_and_every_page_a_rule() -> None:
    assert raised() == set(rule_ids())


def test_every_mistake_that_was_promised_a_rule_has_one() -> None:
    assert set(ASKED_FOR) <= set(rule_ids())


@pytest.mark.parametrize("id", rule_ids())
def test_a_page_has_its_parts(id: str) -> None:
    found = rule(id)
    assert found.id == id
    assert found.summary.endswith(".")
    assert len(found.summary) <= 100
    assert found.severity
    assert set(found.severity) <= set(SEVERITIES)
    assert found.source
    assert set(found.source) <= set(SOURCES)
    assert re.findall(r"^## (.*)$", found.page, re.MULTILINE) == SECTIONS
    assert all(len(line) <= 80 for line in found.page.splitlines() if not line.startswith("{"))
    assert all(set(example.words) <= WORDS for example in (*found.wrong, *found.right))
    if id not in NOT_OF_ONE_BODY:
        assert found.wrong
        assert found.right


@pytest.mark.parametrize(("id", "example"), [(each.id, example) for each in rules() for example in each.wrong])
def test_a_wrong_example_raises_its_rule_and_no_other(validator: Validator, id: str, example: Example) -> None:
    report = judge(validator, example)
    assert {violation.rule for violation in report.violations} == {id}
    assert {violation.severity for violation in report.violations} <= set(rule(id).severity)


@pytest.mark.parametrize(("id", "example"), [(each.id, example) for each in rules() for example in each.right])
def test_a_right_example_is_clean(validator: Validator, id: str, example: Example) -> None:
    assert judge(validator, example).violations == ()


@pytest.mark.parametrize("id", [id for id in rule_ids() if id not in NOT_OF_ONE_BODY])
def test_every_severity_of_a_page_is_shown_by_a_wrong_example(validator: Validator, id: str) -> None:
    found = rule(id)
    shown = {violation.severity for example in found.wrong for violation in judge(validator, example).violations}
    assert shown == set(found.severity)


def test_an_unknown_rule_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"there is no rule 'option-lable'; did you mean option-label\?"):
        rule("option-lable")


def test_the_page_of_all_rules_is_up_to_date() -> None:
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
        "option-label       error/warning  An option's label is used instead of its key."
    )


def test_rules_as_json() -> None:
    done = command("rules", "--format", "json")
    found = json.loads(done.stdout)
    assert found["version"] == 1
    assert [each["id"] for each in found["rules"]] == list(rule_ids())
    assert found["rules"][rule_ids().index("text-too-long")] == {
        "id": "text-too-long",
        "summary": "A text is longer than 12,000 characters.",
        "severity": ["warning"],
        "source": ["observed"],
    }
