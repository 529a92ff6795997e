"""Numbering plans, by the metadata of phonenumbers: which number some digits are, and whether it is valid.

For digits alone, the functions here say what `parse`, `is_valid_number` and `is_possible_number_with_reason` of
phonenumbers say, in a tenth of the time. The tests compare them for every region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from recordlint.fieldtypes._patterns import compiled, whole

Length = Literal["possible", "short", "long", "other"]
"""Whether a country has numbers with this many digits. A number without its area code is short."""
NO_REGION: Final = "001"
"""How phonenumbers spells the region of a country code that belongs to none."""
SHORTEST: Final = 2
LONGEST: Final = 17
"""Digits of a number without its country code."""
_TYPES: Final = (
    *("premium_rate", "toll_free", "shared_cost", "voip", "personal_number"),
    *("pager", "uan", "voicemail", "fixed_line"),
)
_NEVER: Final = "(?!)"


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
    abroad: str
    """What is dialled before a country code."""
    prefix: str
    """What is dialled before a number within the country, and is no part of it."""
    transform: str
    """What is written instead of that; empty for nothing."""
    pattern: str
    """What all numbers look like."""
    lengths: tuple[int, ...]
    local_lengths: tuple[int, ...]
    """Of numbers without their area code."""
    types: tuple[tuple[tuple[int, ...], str], ...]
    """The lengths and the pattern of each type of numbers."""


_NO_PLAN: Final = Plan("", _NEVER, _NEVER, "", _NEVER, (), (), ())
"""Of a region that phonenumbers does not know."""


def read_international(digits: str) -> Number | None:
    """The number in digits that start with a country code; None if they are none."""
    parts = _without_country(digits) if len(digits) > SHORTEST else None
    return _checked(_main_plan(parts.country), parts.national) if parts else None


def read_national(digits: str, region: str) -> Number | None:
    """The number that is dialled so in a region; None if it is none."""
    own = _region_plan(region)
    if len(digits) < SHORTEST:
        return None
    abroad = compiled(own.abroad).match(digits)
    if abroad and digits[abroad.end() : abroad.end() + 1] != "0":
        return read_international(digits[abroad.end() :])
    national = digits.removeprefix(own.country)
    if national != digits:
        national = _without_prefix(own, national)
        is_meant = _is_viable(own, national) and not _is_viable(own, digits)
        if is_meant or _length(own, digits) == "long":
            return _checked(_main_plan(own.country), national)
    return _checked(own, digits)


def has_country(code: str) -> bool:
    """Whether a country code exists."""
    return code in _regions()


def is_valid(number: Number) -> bool:
    """Whether the plan of one of the country code's regions has a number."""
    country, national = number
    if not has_country(country):
        return False
    if _has(_main_plan(country), national):
        return True
    # To read the plans of 25 regions takes a while. Most numbers with +1 are in the first.
    return len(national) in _other_lengths(country) and any(_has(each, national) for each in _other_plans(country))


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
    match = compiled(plan.prefix).match(national)
    if not match:
        return national
    kept = plan.transform if plan.transform and match[match.re.groups] is not None else ""
    stripped = match.expand(kept) + national[match.end() :]
    return national if _is_viable(plan, national) and not _is_viable(plan, stripped) else stripped


def _length(plan: Plan, national: str) -> Length:
    digits = len(national)
    if digits in plan.lengths:
        return "possible"
    if digits in plan.local_lengths or digits < plan.lengths[0]:
        return "short"
    return "long" if digits > plan.lengths[-1] else "other"


def _has(plan: Plan, national: str) -> bool:
    if len(national) not in plan.lengths or not _is_viable(plan, national):
        return False
    return any(len(national) in lengths and whole(pattern)(national) for lengths, pattern in plan.types)


def _is_viable(plan: Plan, national: str) -> bool:
    return whole(plan.pattern)(national) is not None


def _main_plan(country: str) -> Plan:
    """The plan that decides about the prefixes and the lengths of a country code's numbers."""
    region = _regions()[country][0]
    return _region_plan(region, country) if region == NO_REGION else _region_plan(region)


@cache
def _other_plans(country: str) -> tuple[Plan, ...]:
    return tuple([_region_plan(region) for region in _regions()[country][1:]])


@cache
def _other_lengths(country: str) -> frozenset[int]:
    """The possible numbers of digits after a country code, in all regions but the main one."""
    return frozenset([each for plan in _other_plans(country) for each in plan.lengths])


@cache
def _regions() -> Mapping[str, tuple[str, ...]]:
    """The regions of each country code, the main one first."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return {str(code): regions for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()}


@cache
def _region_plan(region: str, country: str = "0") -> Plan:
    """The plan of a region, or of a country code without one."""
    from phonenumbers import PhoneMetadata

    data: Any = PhoneMetadata.metadata_for_region_or_calling_code(int(country), region)
    if data is None:
        return _NO_PLAN
    general = data.general_desc
    names = _TYPES if data.same_mobile_and_fixed_line_pattern else (*_TYPES, "mobile")
    return Plan(
        str(data.country_code),
        data.international_prefix or _NEVER,
        data.national_prefix_for_parsing or _NEVER,
        data.national_prefix_transform_rule or "",
        general.national_number_pattern or _NEVER,
        general.possible_length,
        general.possible_length_local_only,
        tuple([each for name in names for each in _type(getattr(data, name))]),
    )


def _type(described: Any) -> Iterator[tuple[tuple[int, ...], str]]:
    if described is not None and described.national_number_pattern:
        yield described.possible_length, described.national_number_pattern
