"""Phone numbers in E.164: which number some digits are, and what is wrong with one.

The clean pattern tells most of them. Only for the others is phonenumbers imported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

from recordlint.contract.spec_files import read_spec
from recordlint.fieldtypes import _phone_plans
from recordlint.fieldtypes._patterns import Match
from recordlint.fieldtypes._phone_lengths import LENGTHS
from recordlint.fieldtypes._phone_plans import Length, Number, is_valid

FILE: Final = "field-types/phone.json"

FlawRule = Literal["phone-trunk-zero", "phone-country", "phone-length"]


class Flaw(NamedTuple):
    """What is wrong with a number that has the form of E.164."""

    rule: FlawRule
    right: Number | None = None
    """The number that is meant; None if that is not certain."""
    has_zero: bool = False
    """For `phone-trunk-zero`: whether a 0 comes after the country code."""
    length: Length = "short"
    """For `phone-length`: what is wrong with it."""


def is_e164(text: str) -> bool:
    """Whether a text has the form of E.164."""
    return _form()(text) is not None and "\n" not in text


def read_international(digits: str) -> Number | None:
    """The number in digits that start with a country code; None if they are none."""
    return _clean_number(digits) or _phone_plans.read_international(digits)


def is_clean(number: Number) -> bool:
    """Whether the clean pattern accepts a number, so that nothing is wrong with it by any version of phonenumbers."""
    return _clean_form(number.country)(number.national) is not None


def is_right(number: Number) -> bool:
    """Whether there is nothing to report about a number."""
    return is_clean(number) or (is_e164(number.text) and find_flaw(number.text) is None)


def has_possible_length(number: Number) -> bool:
    """Whether numbers with its country code may have as many digits."""
    if is_clean(number):
        return len(number.national) in LENGTHS[number.country]
    return _phone_plans.length(number) == "possible"


def find_flaw(text: str) -> Flaw | None:
    """What is wrong with a text of + and digits; None if nothing is."""
    if _clean_number(text[1:]):
        return None
    number = _phone_plans.read_international(text[1:])
    if number is None:
        return Flaw("phone-length" if _has_country(text) else "phone-country")
    has_zero = text.startswith(f"+{number.country}0")
    if number.text != text:
        return Flaw("phone-trunk-zero", _if_valid(number), has_zero)
    if has_zero and not is_valid(number):
        without = read_international(number.country + number.national.lstrip("0"))
        return Flaw("phone-trunk-zero", _if_valid(without), has_zero)
    length = _phone_plans.length(number)
    return Flaw("phone-length", length=length) if length != "possible" and not is_valid(number) else None


def _if_valid(number: Number | None) -> Number | None:
    return number if number and is_valid(number) and is_right(number) else None


def _has_country(text: str) -> bool:
    """Whether a text of + and digits begins with a country code, perhaps behind zeros."""
    return any(_phone_plans.has_country(text[1:end].lstrip("0")) for end in (2, 3, 4) if end <= len(text))


def _clean_number(digits: str) -> Number | None:
    """The number that the clean pattern accepts with + before it, which phonenumbers writes as it is."""
    for end in (1, 2, 3):
        country = digits[:end]
        if country in LENGTHS:
            number = Number(country, digits[end:])
            return number if is_clean(number) else None
    return None


@cache
def _form() -> Match:
    return re.compile(read_spec(FILE)["pattern"]).search


@cache
def _clean_form(country: str) -> Match:
    """Accepts what the clean pattern accepts after a country code."""
    return re.compile("|".join(_clean_ways().get(country, ["(?!)"]))).fullmatch


@cache
def _clean_ways() -> Mapping[str, list[str]]:
    r"""The alternatives of the clean pattern by country code: of `^\+((1|44)[0-9]{9}|39[0-9]{7})$`, two and one."""
    depth, ways = 0, [""]
    for character in read_spec(FILE)["$defs"]["clean"]["pattern"].removeprefix("^\\+(").removesuffix(")$"):
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            ways.append("")
        else:
            ways[-1] += character
    by_country: dict[str, list[str]] = {}
    for way in ways:
        several = re.match(r"\(([0-9|]+)\)", way)
        codes = several[1].split("|") if several else [way[:end] for end in (1, 2, 3) if way[:end] in LENGTHS]
        for code in codes:
            by_country.setdefault(code, []).append(way[several.end() if several else len(code) :])
    return by_country
