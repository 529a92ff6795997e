"""What is said of texts in a phone field: of each in `tests/data/phones.json`, and of any text."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from command_folder import ROOT
from recordlint import Field, ObjectDefinition, Validator
from recordlint.fieldtypes._phone_advice import EXAMPLE

DEFINITION = ObjectDefinition("custom_objects.person", "Person", (Field("tel", "Telephone", "PHONE"),))
REGIONS = (None, "US", "GB", "DE", "IT", "RU", "HU", "AU", "AR", "CI")
VALIDATORS = {region: Validator([DEFINITION], phone_region=region) for region in (*REGIONS, "BJ", "CA", "SM")}
CASES: dict[str, list[dict[str, str]]] = json.loads((ROOT / "tests/data/phones.json").read_text("utf-8"))

SIGNS = st.sampled_from([*" -.()/\n\t,+~\u00a0\u2011\u200e", " - ", " x"])
PREFIXES = st.sampled_from(["+", "00", "011", "0011", "0", "8", "06", "1", "+0", "(0)", "tel:", "", "+ "])
CODES = st.sampled_from(["1", "7", "39", "44", "49", "36", "54", "61", "225", "229", "378", "241", "375", "999", ""])
DIGITS = st.text("0123456789", min_size=1, max_size=12)
TEXTS = st.builds(
    lambda prefix, code, parts: prefix + code + "".join([sign + digits for sign, digits in parts]),
    PREFIXES,
    CODES,
    st.lists(st.tuples(st.one_of(st.just(""), SIGNS), DIGITS), min_size=1, max_size=4),
)


class Outcome(NamedTuple):
    rule: str = ""
    hint: str = ""
    safe: str = ""
    unsafe: str = ""


def document(value: Any) -> bytes:
    return json.dumps({"properties": {"tel": value}}).encode()


def outcome(value: Any, region: str | None) -> Outcome:
    """What is said of a value, and the value after its fix."""
    report = VALIDATORS[region].check_json(document(value))
    if not report.violations:
        return Outcome()
    (violation,) = report.violations
    assert violation.pointer == "/properties/tel"
    rule = violation.rule if violation.severity == "error" else f"{violation.rule} (warning)"
    safe, unsafe = (report.apply_fixes(unsafe=each) for each in (False, True))
    assert (safe.applied, unsafe.applied) == (bool(violation.fix and violation.fix.safe), violation.fix is not None)
    number = json.loads(unsafe.text)["properties"]["tel"]
    assert json.loads(safe.text)["properties"]["tel"] == (number if safe.applied else value)
    if not violation.fix:
        return Outcome(rule, violation.hint)
    return Outcome(rule, violation.hint, *((number, "") if safe.applied else ("", number)))


@pytest.mark.parametrize(
    "case", [case for cases in CASES.values() for case in cases], ids=lambda case: ascii(case["text"])[:40]
)
def test_a_text(case: dict[str, str]) -> None:
    expected = {key: value for key, value in case.items() if key not in ("text", "region")}
    assert outcome(case["text"], case.get("region")) == Outcome(**expected)


def test_a_text_of_each_kind_is_named_in_its_message() -> None:
    for kind, words in (
        ("more than one number", "takes one phone number, and this looks like more than one"),
        ("an extension", "takes a phone number without an extension"),
        ("a line break", "has a phone number with a line break"),
        ("no country code", "takes a phone number with + and its country code first"),
        ("not a number", "takes a phone number in E.164 form: +, the country code, then only digits"),
    ):
        for case in CASES[kind]:
            (violation,) = VALIDATORS[case.get("region")].check_json(document(case["text"])).violations
            assert violation.message == f'"Telephone" {words}', case


@pytest.mark.parametrize(
    ("value", "region", "expected"),
    [
        (2125550142, "US", Outcome("wrong-type", 'write "+12125550142"', "", "+12125550142")),
        (2125550142.0, "US", Outcome("wrong-type", 'write "+12125550142"', "", "+12125550142")),
        (12125550142, "US", Outcome("wrong-type", 'write "+12125550142"', "", "+12125550142")),
        (
            12125550142,
            None,
            Outcome(
                "wrong-type",
                'if 1 is the country code, write "+12125550142"; otherwise write + and the country code first, '
                "or name the country of all such numbers with phone-region",
            ),
        ),
        (
            2125550142,
            None,
            Outcome(
                "wrong-type",
                "put it in double quotes, with + and the country code first, or name the country of all such numbers "
                'with phone-region, such as phone-region = "US"',
            ),
        ),
        *[
            (value, region, Outcome("wrong-type", f"write a number such as {EXAMPLE}"))
            for value in (True, 2125550142.5, 10**15, 1e300, 0, -2125550142, [], {})
            for region in (None, "US")
        ],
    ],
    ids=str,
)
def test_what_is_no_text(value: Any, region: str | None, expected: Outcome) -> None:
    assert outcome(value, region) == expected


@pytest.mark.parametrize(
    "case", [case for cases in CASES.values() for case in cases if "hint" in case], ids=lambda case: ascii(case["text"])
)
def test_no_redacted_hint_has_a_number(case: dict[str, str]) -> None:
    report = VALIDATORS[case.get("region")].check_json(document(case["text"])).redacted()
    (violation,) = report.violations
    assert set(re.findall(r'"(\+[0-9]+)"', violation.hint)) <= {EXAMPLE.strip('"')}
    assert not re.search("[0-9]", violation.message.replace("E.164", "").replace("trunk 0", ""))


@given(st.one_of(TEXTS, st.text(max_size=30)), st.sampled_from(REGIONS))
@example("+1 310 1234", None)
@example("+0 0", "US")
@example("0011", "AU")
def test_what_a_hint_names_raises_nothing_and_no_fix_adds_up_digits(text: str, region: str | None) -> None:
    after = outcome(text, region)
    for number in re.findall(r'"(\+[0-9]+)"', after.hint):
        assert outcome(number, region) == Outcome()
    fixed = after.safe or after.unsafe
    if fixed:
        assert after.hint == f'write "{fixed}"'
        assert outcome(fixed, region) == Outcome()
    digits = re.sub("[^0-9]", "", text)
    if after.safe:
        assert re.fullmatch(r"[+0-9 \u00a0\u2011.()-]*", text)
        if region is None:
            assert text.lstrip(" (").startswith(("+", "00"))
            assert f"+{digits.removeprefix('00') if '+' not in text else digits}" == fixed
    if fixed and region is None:
        # What phonenumbers takes away stands before the number, and what it adds is an area code or a 9.
        assert digits.endswith(fixed[-4:])
    if re.search(r"[\n,]| x|[0-9] *\+", text):
        assert not fixed


@given(DIGITS, st.sampled_from(REGIONS[1:]))
def test_the_digits_of_a_number_read_as_its_text_does(digits: str, region: str) -> None:
    if digits.startswith("0"):
        return
    text, value = outcome(digits, region), outcome(int(digits), region)
    assert value.rule == "wrong-type"
    assert value.unsafe == text.safe + text.unsafe
    assert not value.safe
