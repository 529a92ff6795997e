"""What is worked out from the metadata of phonenumbers is what phonenumbers itself says, in every region."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from recordlint import Field, ObjectDefinition, Validator
from recordlint.contract.spec_files import read_spec
from recordlint.fieldtypes import _phone_numbers, _phone_plans
from recordlint.fieldtypes._phone_numbers import has_possible_length
from recordlint.fieldtypes._phone_plans import (
    Number,
    is_valid,
    is_valid_for,
    length,
    read_international,
    read_national,
)

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
COUNTRIES = sorted(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
LENGTHS = {
    ValidationResult.IS_POSSIBLE: "possible",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "short",
    ValidationResult.TOO_SHORT: "short",
    ValidationResult.TOO_LONG: "long",
}
CLEAN = re.compile(read_spec("field-types/phone.json")["$defs"]["clean"]["pattern"])
DIGITS = st.text("0123456789", max_size=18)
STARTS = st.sampled_from(["", "0", "00", "06", "8", "1", "11", "15", "810", "90", "179", "0011", "011"])


def parsed(text: str, region: str | None = None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def require_the_same(number: Number | None, expected: PhoneNumber | None, text: str) -> None:
    if expected is None or number is None:
        assert (number, expected) == (None, None), text
        return
    assert number.text == phonenumbers.format_number(expected, PhoneNumberFormat.E164), text
    assert int(number.country) == expected.country_code, text
    assert is_valid(number) == phonenumbers.is_valid_number(expected), text
    assert length(number) == LENGTHS.get(phonenumbers.is_possible_number_with_reason(expected), "other"), text


def require_the_same_abroad(digits: str) -> None:
    require_the_same(read_international(digits), parsed(f"+{digits}"), digits)


def require_the_same_within(digits: str, region: str) -> None:
    number, expected = read_national(digits, region), parsed(digits, region)
    require_the_same(number, expected, f"{digits} in {region}")
    if number and expected:
        assert is_valid_for(number, region) == phonenumbers.is_valid_number_for_region(expected, region)


def examples(region: str) -> list[str]:
    """A number of each type, with its country code and as it is dialled within the country, and with digits changed."""
    numbers = [phonenumbers.example_number_for_type(region, type) for type in sorted(PhoneNumberType.values())]
    formats = (PhoneNumberFormat.E164, PhoneNumberFormat.NATIONAL)
    written = [phonenumbers.format_number(number, each) for number in numbers if number for each in formats]
    listed = [re.sub("[^0-9]", "", each) for each in written]
    for digits in [*listed]:
        for at in (0, 1, len(digits) // 2):
            listed += [digits[:at] + digits[at + 1 :], *[digits[:at] + each + digits[at:] for each in "0189"]]
        listed += [digits[:-2], *[each + digits for each in ("00", "011", "0011", "810")]]
    return list(dict.fromkeys(listed))


@pytest.mark.parametrize("region", REGIONS)
def test_the_numbers_of_a_region_and_those_that_are_almost_ones(region: str) -> None:
    listed = examples(region)
    assert len(listed) > 30
    code = str(phonenumbers.country_code_for_region(region))
    for digits in listed:
        require_the_same_abroad(digits)
        require_the_same_abroad(code + digits)
        require_the_same_within(digits, region)


@given(st.sampled_from(COUNTRIES), STARTS, DIGITS)
def test_any_digits_after_a_country_code(country: str, start: str, digits: str) -> None:
    require_the_same_abroad(f"{country}{start}{digits}")


@given(STARTS, DIGITS)
def test_any_digits(start: str, digits: str) -> None:
    require_the_same_abroad(f"{start}{digits}")


@given(st.sampled_from(REGIONS), st.sampled_from(["", *COUNTRIES]), STARTS, DIGITS)
def test_any_digits_within_a_region(region: str, country: str, start: str, digits: str) -> None:
    require_the_same_within(f"{start}{country}{digits}", region)
    require_the_same_within(f"{country}{start}{digits}", region)


@given(st.sampled_from(COUNTRIES), STARTS, DIGITS)
def test_a_clean_number_needs_no_plan(country: str, start: str, digits: str) -> None:
    whole = f"{country}{start}{digits}"
    number = _phone_numbers._clean_number(whole)
    assert (number is not None) == bool(CLEAN.search(f"+{whole}"))
    if number:
        assert number == read_international(whole)
        assert has_possible_length(number) == (length(number) == "possible")


TELEPHONE = ObjectDefinition("custom_objects.person", "Person", (Field("tel", "Telephone", "PHONE"),))
NEVER_PARSED = (
    *("(415) 555-1234", "+1 (415) 555-1234", "+91 70000 00000", "0044 20 7946 1234", "4155551234", "14155551234"),
    *("+1415555", "+1415555123456", "+1 415 555", "+44 (0)20 7946 0958", "+4402079460958", "020 7946 0958"),
    *("+999123456789", "011 44 20 7946 0018", "٠٤١٥٥٥٥١٢٣٤", "+1‑415‑555‑1234", "tel: +1 415 555 1234"),
    *("+1 415 555 1234 / +1 415 555 1235", "+1 415 555 1234\n+44 20 7946 0958", "415 555 1234 (12)", "+1 0415 5551234"),
)
PARSED_ONCE = (
    *("+1 415 555 1234 ext. 12", "(415) 555-1234 x123", "+1 415 555 1234, +1 415 555 1235", "020 7946 0958 #4"),
    *("415-555-CALL", "+1 415 555 1234 or +1 415 555 1235", "+49 30 5550142 ~ 12"),
)


@pytest.mark.parametrize("region", [None, "US", "GB", "AR"])
def test_phonenumbers_is_asked_once_and_only_about_what_may_have_an_extension(
    region: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    parse = phonenumbers.parse
    for name in ("is_valid_number", "is_valid_number_for_region", "is_possible_number_with_reason"):
        monkeypatch.setattr(phonenumbers, name, lambda *_: pytest.fail("the plans tell that"))
    monkeypatch.setattr(phonenumbers, "parse", lambda *arguments: [asked.append(arguments), parse(*arguments)][1])
    validator = Validator([TELEPHONE], phone_region=region)
    for texts, times in ((NEVER_PARSED, 0), (PARSED_ONCE, 1)):
        for text in texts:
            asked.clear()
            assert len(validator.check({"properties": {"tel": text}}).violations) == 1, text
            assert len(asked) == times, text


@pytest.mark.parametrize("region", [None, "GB", "US"])
def test_another_version_of_phonenumbers_may_know_more_countries_or_fewer(
    region: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clean pattern is of one version."""
    assert _phone_plans._region_plan("QQ") == _phone_plans._NO_PLAN
    regions = {**_phone_plans._regions(), "999": ("US",)}
    removed = regions.pop("44")
    plan = _phone_plans._region_plan
    monkeypatch.setattr(_phone_plans, "_regions", lambda: regions)
    monkeypatch.setattr(
        _phone_plans, "_region_plan", lambda *of: _phone_plans._NO_PLAN if of[0] in removed else plan(*of)
    )
    assert has_possible_length(Number("999", "4155551234"))
    assert not has_possible_length(Number("999", "415555123"))
    validator = Validator([TELEPHONE], phone_region=region)
    unknown = ("+999 415 555 1234", "+44 20 7946 0958", "+44 7911 12345", "442079461234", "+33 1 2345")
    for text in (*NEVER_PARSED, *unknown):
        assert len(validator.check({"properties": {"tel": text}}).violations) == 1, text
