"""Phone numbers of every region, as libphonenumber gives them for an example, in the spellings that people use."""

from __future__ import annotations

import re
from typing import NamedTuple

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from recordlint import Field, ObjectDefinition, Validator, Violation
from recordlint.contract.spec_files import read_spec
from recordlint.fieldtypes import _phone_numbers
from recordlint.fieldtypes._phone_numbers import find_flaw

DEFINITION = ObjectDefinition("custom_objects.person", "Person", (Field("tel", "Telephone", "PHONE"),))
CLEAN = re.compile(read_spec("field-types/phone.json")["$defs"]["clean"]["pattern"])
BARE = Validator([DEFINITION])
UNLIKE_THE_MAIN_REGION = "+13101234"
"""A Canadian number of seven digits, which is valid, and too short for the country code."""
LOOKED_AT_CLOSELY = {"BY"}
"""Regions with valid numbers that look like others that would lose digits."""


class Example(NamedTuple):
    region: str | None
    number: phonenumbers.PhoneNumber

    def written(self, format: int) -> str:
        return phonenumbers.format_number(self.number, format)

    @property
    def e164(self) -> str:
        return self.written(PhoneNumberFormat.E164)


def examples(region: str) -> list[Example]:
    numbers = [phonenumbers.example_number_for_type(region, type) for type in sorted(PhoneNumberType.values())]
    return [Example(region, number) for number in numbers if number]


REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
ELSEWHERE = [
    Example(None, number)
    for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS
    if (number := phonenumbers.example_number_for_non_geo_entity(code))
]


def violation(validator: Validator, text: str) -> Violation:
    (violation,) = validator.check_json(b'{"properties": {"tel": "%s"}}' % text.encode()).violations
    return violation


def require_fix(validator: Validator, text: str, e164: str, *, safe: bool = True) -> None:
    reported = violation(validator, text)
    assert (reported.rule, reported.severity, reported.hint) == ("phone-format", "error", f'write "{e164}"'), text
    assert reported.fix
    assert (reported.fix.edits[0].text, reported.fix.safe) == (f'"{e164}"', safe), text


def require_international(example: Example, *validators: Validator) -> None:
    """A number is right in E.164, and with a fix for any other way to write it with its country code."""
    e164 = example.e164
    is_possible = e164 != UNLIKE_THE_MAIN_REGION
    international = example.written(PhoneNumberFormat.INTERNATIONAL)
    for validator in validators:
        assert validator.check({"properties": {"tel": e164}}).violations == ()
        for text in {international, international.replace(" ", "-"), f"00{e164[1:]}", f" {e164}"} - {e164}:
            require_fix(validator, text, e164, safe=is_possible)
        # The URI has no spaces, but dashes.
        require_fix(validator, example.written(PhoneNumberFormat.RFC3966), e164, safe=False)
        require_fix(validator, f"\u202d{e164}\u202c", e164, safe=False)


@pytest.mark.parametrize("region", REGIONS)
def test_the_numbers_of_a_region(region: str) -> None:
    listed = examples(region)
    assert listed
    own = Validator([DEFINITION], phone_region=region.lower())
    for example in listed:
        require_international(example, BARE, own)
        national = example.written(PhoneNumberFormat.NATIONAL)
        for text in (national, re.sub("[^0-9]", "", national)):
            require_fix(own, text, example.e164)
            bare = violation(BARE, text)
            assert (bare.rule, bare.fix) == ("phone-format", None), text
            named = re.findall(r'"(\+[0-9]+)"', bare.hint)
            assert "phone-region" in bare.hint or bare.hint.startswith(f"if {named[0][1]}"), text
            assert not named or find_flaw(named[0]) is None, text


def test_numbers_of_no_region() -> None:
    assert len(ELSEWHERE) == 9
    for example in ELSEWHERE:
        require_international(example, BARE)


@pytest.mark.parametrize("region", REGIONS)
def test_valid_numbers_are_clean(region: str) -> None:
    """Not by a closer look: what is right is decided in microseconds."""
    unclean = [each.e164 for each in examples(region) if not CLEAN.search(each.e164)]
    assert not unclean or region in LOOKED_AT_CLOSELY, unclean


@given(
    st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)),
    st.sampled_from(["", "0", "00", "06", "8", "80", "1", "11", "15", "1831", "90", "179"]),
    st.text("0123456789", max_size=14),
)
def test_a_number_with_a_flaw_is_never_clean(code: int, start: str, rest: str) -> None:
    text = f"+{code}{start}{rest}"[:16]
    if CLEAN.search(text):
        number = phonenumbers.parse(text)
        assert phonenumbers.format_number(number, PhoneNumberFormat.E164) == text
        is_possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
        assert is_possible or phonenumbers.is_valid_number(number)
        assert not text.startswith(f"+{code}0") or phonenumbers.is_valid_number(number)


def test_the_closer_look_does_not_rest_on_the_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_phone_numbers, "_clean_number", lambda digits: None)
    for region in REGIONS:
        for each in examples(region):
            assert find_flaw(each.e164) is None, each.e164
