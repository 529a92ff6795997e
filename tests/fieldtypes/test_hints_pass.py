"""What a hint tells to write passes where it is written, and a fix of a value leads to a right one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import AMOUNTS, ANYTHING, DAYS, MAILS, THOROUGH, URLS
from field_values import CASES, FIELDS, VALIDATOR
from recordlint import Violation

KEYS = {"url", "name", "currency", "value", "add", "remove"}
OTHERS = {"delta-expected", "array-expected", "delta-key", "delta-duplicate", "delta-overlap"}
"""Rules about the arrays around the values."""
DECODER = json.JSONDecoder()
BEFORE_A_VALUE = re.compile(r'(?:^write |did you mean |such as |each URL: | or |"\}, )(?=["{[0-9-])')
SPACES = st.sampled_from(["", " ", "\n", "\xa0", "\u3000", "\t"])


def values_in(hint: str) -> Iterator[Any]:
    """The values that a hint tells to write, asks about or shows."""
    at = 0
    while match := BEFORE_A_VALUE.search(hint, at):
        value, at = DECODER.raw_decode(hint, match.end())
        yield value


def replaced(body: Any, steps: list[str], value: Any) -> Any:
    """The body with another value where the steps lead."""
    if not steps:
        return value
    if isinstance(body, list):
        return [replaced(each, steps[1:], value) if str(n) == steps[0] else each for n, each in enumerate(body)]
    return {key: replaced(each, steps[1:], value) if key == steps[0] else each for key, each in body.items()}


def said(body: Any, pointer: str) -> list[Violation]:
    """The violations of a value and of what is in it."""
    return [v for v in VALIDATOR.check(body).violations if f"{v.pointer}/".startswith(f"{pointer}/")]


def require_that_hints_pass(body: Any) -> int:
    """Check all hints of a body, and return how many values they had."""
    values = 0
    for violation in VALIDATOR.check(body).violations:
        if violation.rule in OTHERS or violation.hint.startswith("add "):
            continue
        for value in values_in(violation.hint):
            if isinstance(value, str) and value in KEYS:
                continue
            is_item = violation.rule == "file-url" and isinstance(value, dict)
            pointer = violation.pointer.removesuffix("/url") if is_item else violation.pointer
            steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
            values += 1
            assert [(v.rule, v.hint) for v in said(replaced(body, steps, value), pointer)] == [], violation.hint
    return values


def body_of(field: str, value: Any) -> Any:
    return {"properties": {field: value}}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['field']} {case['value'][:60]}")
def test_hints_of_the_cases_pass(case: dict[str, Any]) -> None:
    require_that_hints_pass(body_of(case["field"], json.loads(case["value"])))


def test_there_are_hints_with_values() -> None:
    assert sum(require_that_hints_pass(body_of(case["field"], json.loads(case["value"]))) for case in CASES) > 150


def dressed(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts with something around them, or twice."""
    return st.one_of(
        texts,
        st.tuples(SPACES, texts, SPACES).map("".join),
        st.tuples(texts, st.sampled_from([",", ";", " ", ", ", "|", "\n", " or "]), texts).map("".join),
    )


PIECES = (
    *("https://", "http:/", "//", "www.", "example.com", "bücher", "ß", ".example", ":80", ":99999", "/", "a b", "%"),
    *("%20", "?", "#", "[", "]", "[::1]", "@", "\\", "\xa0", "\u200b", "c.pdf", ".exe", "localhost", "10.0.0.1", "|"),
    *("\n", "ü", ","),
)
MADE_URLS = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
MAIL_PIECES = ("ada", "@", "example", ".com", " ", "<", ">", "mailto:", '"', ",", ";", "é", ".", "(", ")")
MADE_MAILS = st.lists(st.sampled_from(MAIL_PIECES), max_size=8).map("".join)
FORMS = ("%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y", "%B %d, %Y", "%a, %d %b %Y 10:00:00 GMT", "%Y%m%d", "%Y-%m-%dT10:00Z")
MADE_DAYS = st.one_of(
    st.text("0123456789-/. T:Z", max_size=20),
    st.tuples(st.dates(), st.sampled_from(FORMS)).map(lambda pair: pair[0].strftime(pair[1])),
)
MADE_NUMBERS = st.text("0123456789.,' -+eE$€%", max_size=12)


@pytest.mark.parametrize("field", [field.key for field in FIELDS])
@THOROUGH
@given(st.data())
def test_hints_pass(field: str, data: st.DataObject) -> None:
    texts = {
        "number": st.one_of(MADE_NUMBERS, AMOUNTS),
        "money": st.one_of(MADE_NUMBERS, AMOUNTS),
        "date": st.one_of(MADE_DAYS, DAYS),
        "mail": st.one_of(MADE_MAILS, MAILS),
        "files": st.one_of(MADE_URLS, URLS),
        "any": st.one_of(MADE_URLS, URLS),
    }.get(field, st.text(max_size=5))
    value: Any = data.draw(
        st.one_of(dressed(texts), dressed(texts), st.lists(texts, max_size=3), st.integers(), ANYTHING)
    )
    if field in ("files", "any"):
        half = data.draw(st.sampled_from(["add", "remove"]))
        value = {half: [{"url": value} if data.draw(st.integers(0, 4)) else value]}
    elif field == "money" and data.draw(st.booleans()):
        value = {"currency": data.draw(st.sampled_from(["default", "Default", "USD"])), "value": value}
    require_that_hints_pass(body_of(field, value))


@pytest.mark.parametrize("field", ["number", "money", "date", "mail"])
@THOROUGH
@given(st.data())
def test_one_value_is_right_once_it_is_fixed(field: str, data: st.DataObject) -> None:
    texts = {"number": MADE_NUMBERS, "money": MADE_NUMBERS, "date": MADE_DAYS, "mail": MADE_MAILS}[field]
    text = json.dumps(body_of(field, data.draw(dressed(texts))))
    report = VALIDATOR.check_json(text)
    for violation in report.violations:
        if violation.fix:
            assert VALIDATOR.check_json(report.fixed(unsafe=True)).violations == ()
        if violation.fix and violation.fix.safe:
            assert VALIDATOR.check_json(report.fixed()).violations == ()
