"""Numbering plans, by the metadata of phonenumbers: which number some digits are, and whether it is valid.

For digits alone, the functions here say what `parse`, `is_valid_number` and `is_possible_number_with_reason` of
phonenumbers say, in a tenth of the time. The tests compare them for every region.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final, Literal, NamedTuple

Length = Literal["possible", "short", "long", "other"]
"""Whether a country has numbers with this many digits. A number without its area code is short."""
Match = Callable[[str], re.Match[str] | None]

SHORTEST: Final = 2
LONGEST: Final = 17
"""Number of a number without its country code."""
_TYPES: Final = (
    *("premium_rate", "toll_free", "shared_cost", "voip", "personal_number"),
    *("pager", "uan", "voicemail", "fixed_line"),
)
_NEVER: Final = re.compile("(?!)")


class Number(NamedTuple):
    """A number, as phonenumbers writes it."""

    country: str
    """The country code."""
    national: str
    """The digits after that."""

    @property
    def text(self) -> str:
        """The number with a + before it. It is E.164 unless it is too long."""
        return f"+{self.country}{self.national}"


class Plan(NamedTuple):
    """The numbering plan of a region, or of a country code that belongs to none."""

    country: str
    abroad: Match
    """What is dialled before a country code."""
    prefix: re.Pattern[str]
    """What is dialled before a number within the country, and is no part of it."""
    transform: str
    """What is written instead of that; empty for nothing."""
    is_viable: Match
    """Whether digits may be a number of the plan."""
    lengths: tuple[int, ...]
    local_lengths: tuple[int, ...]
    """Of numbers without their area code."""
    types: tuple[tuple[tuple[int, ...], Match], ...]
    """The lengths and the pattern of each type of numbers."""
    leading: Match | None
    """The digits that numbers of the region start with, where these alone tell it from others with its country code."""


def read_international(digits: str) -> Number | None:
    """The number in digits that start with a country code; None if they are none."""
    parts = _without_country(digits) if len(digits) > SHORTEST else None
    return _checked(_main_plan(parts.country), parts.national) if parts else None


def read_national(digits: str, region: str) -> Number | None:
    """The number that is dialled so in a region; None if it is none."""
    own = _region_plan(region)
    if len(digits) < SHORTEST:
        return None
    abroad = own.abroad(digits)
    if abroad and digits[abroad.end() : abroad.end() + 1] != "0":
        return read_international(digits[abroad.end() :])
    national = digits.removeprefix(own.country)
    if national != digits:
        national = _without_prefix(own, national)
        is_meant = own.is_viable(national) and not own.is_viable(digits)
        if is_meant or _length(own, digits) == "long":
            return _checked(_main_plan(own.country), national)
    return _checked(own, digits)


def has_country(code: str) -> bool:
    """Whether a country code exists."""
    return code in _regions()


def is_valid(number: Number) -> bool:
    """Whether the plan of one of the country code's regions has a number."""
    regions = _regions()[number.country]
    if len(regions) == 1:
        return _has(_main_plan(number.country), number.national)
    if len(number.national) not in _all_lengths(number.country):
        return False
    for region in regions:
        own = _region_plan(region)
        if own.leading is not None:
            if own.leading(number.national):
                return _has(own, number.national)
        elif _has(own, number.national):
            return True
    return False


def is_valid_for(number: Number, region: str) -> bool:
    """Whether the plan of a region has a number."""
    own = _region_plan(region)
    return own.country == number.country and _has(own, number.national)


def length(number: Number) -> Length:
    """What can be said of the number of digits after the country code."""
    return _length(_main_plan(number.country), number.national)


def _without_country(digits: str) -> Number | None:
    codes = _regions()
    for end in (1, 2, 3):
        if digits[:end] in codes:
            return Number(digits[:end], digits[end:])
    return None


def _checked(plan: Plan, national: str) -> Number | None:
    """The number, without what is dialled before it; None if it is too short or too long."""
    if len(national) < SHORTEST:
        return None
    stripped = _without_prefix(plan, national)
    if stripped != national and _length(plan, stripped) in ("possible", "long"):
        national = stripped
    return Number(plan.country, national) if SHORTEST <= len(national) <= LONGEST else None


def _without_prefix(plan: Plan, national: str) -> str:
    match = plan.prefix.match(national)
    if not match:
        return national
    kept = plan.transform if plan.transform and match[plan.prefix.groups] is not None else ""
    stripped = match.expand(kept) + national[match.end() :]
    return national if plan.is_viable(national) and not plan.is_viable(stripped) else stripped


def _length(plan: Plan, national: str) -> Length:
    digits = len(national)
    if digits in plan.lengths:
        return "possible"
    if digits in plan.local_lengths or digits < plan.lengths[0]:
        return "short"
    return "long" if digits > plan.lengths[-1] else "other"


def _has(plan: Plan, national: str) -> bool:
    if len(national) not in plan.lengths or not plan.is_viable(national):
        return False
    return any(len(national) in lengths and is_one(national) for lengths, is_one in plan.types)


@cache
def _all_lengths(country: str) -> frozenset[int]:
    """The possible numbers of digits after a country code, in any of its regions."""
    return frozenset([each for region in _regions()[country] for each in _region_plan(region).lengths])


def _main_plan(country: str) -> Plan:
    """The plan that decides about the prefixes and the lengths of a country code's numbers."""
    return _region_plan(_regions()[country][0], country)


@cache
def _regions() -> Mapping[str, tuple[str, ...]]:
    """The regions of each country code, the main one first."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return {str(code): regions for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()}


@cache
def _region_plan(region: str, country: str = "0") -> Plan:
    """The plan of a region, or of a country code that belongs to none."""
    from phonenumbers import PhoneMetadata

    data: Any = PhoneMetadata.metadata_for_region_or_calling_code(int(country), region)
    general = data.general_desc
    names = _TYPES if data.same_mobile_and_fixed_line_pattern else (*_TYPES, "mobile")
    return Plan(
        str(data.country_code),
        _pattern(data.international_prefix).match,
        _pattern(data.national_prefix_for_parsing),
        data.national_prefix_transform_rule or "",
        _pattern(general.national_number_pattern).fullmatch,
        general.possible_length,
        general.possible_length_local_only,
        tuple([each for name in names for each in _type(getattr(data, name))]),
        re.compile(data.leading_digits).match if data.leading_digits is not None else None,
    )


def _type(described: Any) -> Iterator[tuple[tuple[int, ...], Match]]:
    if described is not None and described.national_number_pattern:
        yield described.possible_length, re.compile(described.national_number_pattern).fullmatch


def _pattern(text: str | None) -> re.Pattern[str]:
    return re.compile(text) if text else _NEVER
