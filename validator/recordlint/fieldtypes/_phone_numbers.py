"""Phone numbers by the numbering plans of their countries, which phonenumbers knows. For doubtful numbers only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from recordlint.contract.spec_files import read_spec

FILE: Final = "field-types/phone.json"

FlawRule = Literal["phone-trunk-zero", "phone-country", "phone-length"]
Length = Literal["possible", "short", "long", "other"]
"""Whether a country has numbers with this many digits. A number without its area code is short."""


class Number(NamedTuple):
    """What phonenumbers reads in a text."""

    text: str
    """E.164, as phonenumbers writes it."""
    country: int
    """The country code."""
    extension: str
    is_valid: bool
    """Whether the country's numbering plan has it."""
    is_valid_for_region: bool
    """Whether it is a number of the region by which the text was read."""
    length: Length


class Flaw(NamedTuple):
    """What is wrong with a number that has the form of E.164."""

    rule: FlawRule
    right: str | None = None
    """The number that is meant; None if that is not certain."""
    has_zero: bool = False
    """For `phone-trunk-zero`: whether a 0 comes after the country code."""
    length: Length = "short"
    """For `phone-length`: what is wrong with it."""


def is_e164(text: str) -> bool:
    """Whether a text has the form of E.164."""
    return re.search(read_spec(FILE)["pattern"], text) is not None and "\n" not in text


def is_right(text: str) -> bool:
    """Whether there is nothing to report about a text."""
    return is_e164(text) and find_flaw(text) is None


def read_number(text: str, region: str | None = None) -> Number | None:
    """The number in a text; None if there is none.

    Args:
        text: with + and the country code first, unless there is a region.
        region: as phonenumbers spells it.
    """
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    return Number(
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        number.country_code or 0,
        number.extension or "",
        phonenumbers.is_valid_number(number),
        region is not None and phonenumbers.is_valid_number_for_region(number, region),
        _LENGTHS.get(phonenumbers.is_possible_number_with_reason(number), "other"),
    )


_LENGTHS: Final[Mapping[int, Length]] = {
    ValidationResult.IS_POSSIBLE: "possible",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "short",
    ValidationResult.TOO_SHORT: "short",
    ValidationResult.TOO_LONG: "long",
}


def find_flaw(text: str) -> Flaw | None:
    """What is wrong with a text that has the form of E.164; None if nothing is.

    What the clean pattern accepts is right by any version of phonenumbers.
    """
    if _clean_pattern().search(text):
        return None
    number = read_number(text)
    if number is None:
        return Flaw("phone-length" if _has_country(text) else "phone-country")
    code = f"+{number.country}"
    has_zero = text.startswith(f"{code}0")
    if number.text != text:
        return Flaw("phone-trunk-zero", _if_valid(number), has_zero)
    if has_zero and not number.is_valid:
        return Flaw("phone-trunk-zero", _if_valid(read_number(code + text.removeprefix(code).lstrip("0"))), has_zero)
    if not number.is_valid and number.length != "possible":
        return Flaw("phone-length", length=number.length)
    return None


@lru_cache(maxsize=1)
def _clean_pattern() -> re.Pattern[str]:
    return re.compile(read_spec(FILE)["$defs"]["clean"]["pattern"])


def _if_valid(number: Number | None) -> str | None:
    return number.text if number and number.is_valid and is_right(number.text) else None


def _has_country(text: str) -> bool:
    """Whether a text in E.164 form starts with a country code."""
    return any(int(text[1:end]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE for end in (2, 3, 4) if end <= len(text))
