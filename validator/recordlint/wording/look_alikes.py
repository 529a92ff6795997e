"""Words that look like typos of each other and are not: a suggestion of one for the other would be wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_GROUPS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth "
    "sixtieth seventieth eightieth ninetieth",
    "angel angle",
    "board broad",
    "boarder border",
    "brand bread beard",
    "bride bridge",
    "call cell",
    "casual causal",
    "change charge",
    "coach couch",
    "complaint compliant",
    "complement compliment",
    "consent content context contest",
    "contact contract contrast",
    "cost coast coats cast",
    "council counsel",
    "country county",
    "custom customer",
    "debit debt",
    "desert dessert",
    "diary dairy",
    "diner dinner",
    "factor factory",
    "farm firm",
    "feed fees feet",
    "file film",
    "filed filled",
    "floor flood",
    "formal format formula former",
    "fuel full",
    "heart heat health",
    "hostel hotel motel",
    "house hours horse",
    "inferior interior",
    "interest internet",
    "last list",
    "later latter",
    "lead load lean loan",
    "lender leader",
    "lose loose",
    "male mail main mall",
    "marital martial",
    "market marker",
    "massage message",
    "material maternal",
    "metal medal mental",
    "month mouth",
    "mortgage mortgagee",
    "office officer",
    "parent patent patient",
    "part port post past party",
    "personal personnel",
    "phase phrase",
    "place plate plane plan plant",
    "policy police",
    "poll pool",
    "portion position",
    "present prevent",
    "price prize",
    "principal principle",
    "product produce",
    "profile profit",
    "provider provided",
    "quality quantity",
    "rate race rare",
    "receipt recipe",
    "reference referee referral",
    "refund refuse",
    "region religion",
    "remote remove",
    "rent rest",
    "reserve reverse",
    "role rule",
    "room roof",
    "route routine",
    "sacred scared",
    "score store shore",
    "seat send sent",
    "section selection",
    "shift shirt",
    "ship shop",
    "shipped shopped",
    "shipping shopping",
    "site size side",
    "spring string",
    "staff stuff",
    "stage state",
    "step stop",
    "stock stick",
    "story store",
    "super supper",
    "tank task",
    "team term",
    "test text",
    "tired tried",
    "track truck",
    "trail trial",
    "user used",
    "value valve",
    "water waiter",
    "weather whether",
    "word work world",
)
_OPPOSITES: Final = (
    ("east", "west"),
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("macro", "micro"),
    ("major", "minor"),
    ("max", "min"),
    ("off", "on"),
)
"""Parts of words that turn a meaning: `northeast` and `northwest`."""
_ROLES: Final = ({"er", "ee"}, {"or", "ee"}, {"er", "ed"}, {"or", "ed"}, {"ee", "ed"})
"""Endings that turn who does it: `employer` and `employee`, `insurer` and `insured`."""
_TURNING: Final = frozenset({"in", "un", "non", "not", "no", "dis", "de", "im", "il", "ir", "anti", "ex"})
_ROMAN: Final = r"[ivx]+"


@cache
def _apart() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for group in _GROUPS:
        words = frozenset(group.split())
        for word in words:
            groups[word] = groups.get(word, frozenset()) | words
    return groups


def are_different(one: str, other: str) -> bool:
    """Whether two near words, each in lower case, are known to mean different things."""
    if other in _apart().get(one, ()):
        return True
    if one[:1] in _ROMAN and re.fullmatch(_ROMAN, one) and re.fullmatch(_ROMAN, other):
        return True
    if one in _TURNING or other in _TURNING:
        return True
    if one[:-2] == other[:-2] and {one[-2:], other[-2:]} in _ROLES:
        return True
    for parts in _OPPOSITES:
        for first, second in (parts, parts[::-1]):
            if first in one and one.replace(first, second, 1) == other:
                return True
    start, end = differing(one, other)
    differ = {one[start : len(one) - end], other[start : len(other) - end]}
    # Two letters more at the end make another word: `national` is not `nation`.
    return "" in differ and (not differ.isdisjoint(_TURNING) or (end == 0 and len(one) - len(other) in (2, -2)))


def differing(one: str, other: str) -> tuple[int, int]:
    """How many letters two texts share at the start, and then at the end."""
    start = _same(one, other)
    return start, _same(one[start:][::-1], other[start:][::-1])


def _same(one: str, other: str) -> int:
    """How many letters two texts share at the start."""
    count = 0
    for letter, against in zip(one, other, strict=False):
        if letter != against:
            break
        count += 1
    return count
