"""What a text means that is no E.164 number: which number, if any, and how sure that is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, NamedTuple

from recordlint.fieldtypes._phone_numbers import (
    find_flaw,
    has_possible_length,
    is_clean,
    is_e164,
    is_right,
    read_international,
)
from recordlint.fieldtypes._phone_plans import Number, is_valid, is_valid_for, read_national

LONGEST: Final = 250
"""Characters of a text that is read; no number needs more."""

Meaning = Literal["number", "if-country", "national", "extension", "several", "lines", "unknown"]

_LINE_BREAK: Final = r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_MARKS: Final = r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
"""What cannot be seen: directions, joiners, and places where a line may break."""
_SPACES: Final = r" \u00a0\u2000-\u200a\u202f\u205f\u3000"
_DASHES: Final = r"\-\u2010-\u2015\u2212"
_DIGIT: Final = re.compile("[0-9]").search
_DIGITS: Final = re.compile("[0-9]+").findall
_PLAIN: Final = re.compile(rf"[+0-9{_SPACES}{_DASHES}.()\[\]]*").fullmatch
"""Digits, and what people set between them."""
_WITHOUT_EXTENSION: Final = rf"[+0-9{_SPACES}{_DASHES}.()\[\]\t/\u00b7\u2022\u2219\u30fc]*"
"""The same, and other signs that never stand before an extension: slashes, middle dots, a Japanese dash."""
_READABLE: Final = rf"{_WITHOUT_EXTENSION[:-2]}~\u2053\u223c]*"
"""The same, and waves."""
_LABEL: Final = r"(?i)\s*(?:telephone|tel|phone|mobile|cell|callto)\s*[.:]?\s*"
_QUOTES: Final = "'\"`\u2018\u2019\u201c\u201d"
"""A spreadsheet has a quote before a number that is text."""
_DECIMAL: Final = r"(\+?[0-9]{7,})\.0+"
"""How a number from a table ends if a column with empty cells made it a float."""
_END_IN_BRACKETS: Final = r"(.*[0-9].*?)[(\[]\s*[0-9]+\s*[)\]]\s*"
_SPACED_DASH: Final = re.compile(rf"[{_SPACES}][{_DASHES}][{_SPACES}]").search
_END_AFTER_DASH: Final = rf"(.*[0-9)\]])[{_SPACES}]+[{_DASHES}][{_SPACES}]+[0-9]{{1,5}}\s*"
_BETWEEN_NUMBERS: Final = r"(?i)[,;|&]|\s(?:or|and|und|oder|ou|et|o|y|e)\s|(?<=[0-9)\]\s/])\s*(?=\(?\+)"
_ABROAD: Final = (("0011", 2), ("00", 2), ("011", 9))
"""What is dialled before a country code, in Australia, in most countries and in North America, and how many digits
follow at least. 011 is an area code too, in India, Argentina and South Africa, with up to 8 digits after it."""
_NUMBER: Final = 5
"""Digits of what is a number and no extension."""
_WHOLE_NUMBER: Final = 7
"""Digits of what is a number and no area code."""
_WITH_COUNTRY: Final = 11
"""Digits of a number that may start with a country code."""


class Reading(NamedTuple):
    """What a text means."""

    meaning: Meaning
    numbers: tuple[Number, ...] = ()
    """Each is right."""
    is_safe: bool = False
    """For a number: whether the text can mean no other."""


UNKNOWN: Final = Reading("unknown")


def read_text(value: str, region: str | None) -> Reading:
    """What a text means that is not in E.164 form.

    Args:
        value: the text.
        region: where numbers without a country code belong; None for nowhere.
    """
    text = _visible(value) if len(value) <= LONGEST else ""
    if not _DIGIT(text):
        return UNKNOWN
    is_plain = _PLAIN(text) is not None
    if not is_plain:
        if re.search(_LINE_BREAK, text):
            lines = [line for line in re.split(_LINE_BREAK, text) if _DIGITS(line)]
            numbers = _valid_numbers(lines, region)
            return Reading("lines", numbers if len(numbers) == len(lines) else ())
        label = re.match(_LABEL, text)
        text = (text[label.end() :] if label else text).strip(_QUOTES)
        is_plain = _PLAIN(text) is not None
    decimal = re.fullmatch(_DECIMAL, text) if text[-1:] == "0" else None
    text = decimal[1] if decimal else text
    base = _before_extension(text, region, is_plain=is_plain)
    if base is not None:
        return Reading("extension", _valid_numbers([base], region))
    # In a plain text, only a + stands between two numbers.
    if not is_plain or "+" in text[1:]:
        first, *others = [part for part in re.split(_BETWEEN_NUMBERS, text) if len(_digits(part)) > 1] or [text]
        if others and len(_digits(first)) >= _NUMBER:
            return Reading("several", _valid_numbers([first, *others], region))
        if not re.fullmatch(_READABLE, text) or "+" in text.lstrip("+ \t([\u00a0"):
            return UNKNOWN
    for sign in () if is_plain else re.finditer(r"[/\t]", text):
        before, after = text[: sign.start()], text[sign.end() :]
        are_whole = min(len(_digits(before)), len(_digits(after))) >= _WHOLE_NUMBER
        numbers = _valid_numbers([before, after] if are_whole else [before], region)
        if numbers or are_whole:
            return Reading("several", numbers)
    reading = _read(text, region)
    return reading if is_plain and value == text else reading._replace(is_safe=False)


def _visible(value: str) -> str:
    """The text without what cannot be seen, with ASCII digits and signs instead of others."""
    if value.isascii():
        return value
    text = re.sub(r"[\uff01-\uff5e]", lambda match: chr(ord(match[0]) - 0xFEE0), re.sub(_MARKS, "", value))
    return "".join([str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text])


def _digits(text: str) -> str:
    return "".join(_DIGITS(text))


def _valid_numbers(texts: list[str], region: str | None) -> tuple[Number, ...]:
    """The valid numbers among parts of a text."""
    readings = [_read(each, region) for each in texts if re.fullmatch(_READABLE, each)]
    numbers = [each.numbers[0] for each in readings if each.meaning == "number"]
    return tuple(dict.fromkeys([each for each in numbers if is_valid(each)]))


def _before_extension(text: str, region: str | None, *, is_plain: bool) -> str | None:
    """What comes before an extension; None if there is none."""
    bracketed = re.fullmatch(_END_IN_BRACKETS, text) if text.rstrip()[-1:] in (")", "]") else None
    if bracketed:
        return bracketed[1]
    dashed = re.fullmatch(_END_AFTER_DASH, text) if _SPACED_DASH(text) else None
    if dashed and _valid_numbers([dashed[1]], region) and not _valid_numbers([text], region):
        return dashed[1]
    if is_plain or re.fullmatch(_WITHOUT_EXTENSION, text):
        return None
    # phonenumbers knows how extensions are written, in many languages. It needs some region to look for one.
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region or "US")
    except phonenumbers.NumberParseException:
        return None
    if not 0 < len(number.extension or "") <= _NUMBER:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if "+" in text or region else ""


def _read(text: str, region: str | None) -> Reading:
    """What digits mean, with the characters of `_READABLE` between them."""
    digits = _digits(text)
    if "+" in text:
        return _international(text, digits) or _abroad(digits) or UNKNOWN
    dialled = _international(text, digits[2:]) if digits.startswith("00") and not digits.startswith("0011") else None
    if dialled and is_valid(dialled.numbers[0]):
        return dialled
    abroad = _abroad(digits)
    national = read_national(digits, region) if region else None
    if region and national and is_valid(national) and is_right(national):
        is_from_abroad = abroad is not None and abroad.numbers == (national,)
        return Reading("number", (national,), is_safe=is_valid_for(national, region) and not is_from_abroad)
    return dialled or abroad or _if_country(digits)


def _international(text: str, digits: str) -> Reading | None:
    """The number in a text, by its country code and the digits after it."""
    number = read_international(digits)
    if number is None:
        return None
    if not is_clean(number):
        if not is_e164(number.text):
            return None
        flaw = find_flaw(number.text)
        if flaw:
            return Reading("number", (flaw.right,)) if flaw.right else None
    is_same = number.text[1:] == digits
    if not is_same and not is_valid(number):
        return None
    is_safe = is_same and has_possible_length(number) and text.count("+") < 2
    return Reading("number", (number,), is_safe and not _has_brackets_within(text, digits, number.country))


def _has_brackets_within(text: str, digits: str, country: str) -> bool:
    """Whether brackets open after more than the country code, since these hold what is not always part of the number.

    In `+1 (415) 555-0123`, they have an area code.
    """
    last = max(text.rfind("("), text.rfind("["))
    return last > 0 and len(_digits(text[:last])) > len(_digits(text)) - len(digits) + len(country)


def _abroad(digits: str) -> Reading | None:
    """The valid number after what is dialled before a country code."""
    if not digits.startswith("0"):
        return None
    for prefix, least in _ABROAD:
        rest = digits.removeprefix(prefix)
        if rest != digits and len(rest) >= least:
            number = read_international(rest)
            if number and is_valid(number) and is_right(number):
                return Reading("number", (number,))
    return None


def _if_country(digits: str) -> Reading:
    """The valid number that digits are if they start with a country code."""
    number = read_international(digits) if len(digits) >= _WITH_COUNTRY else None
    return Reading("if-country", (number,)) if number and is_valid(number) and is_right(number) else Reading("national")
