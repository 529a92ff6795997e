"""Phone: an E.164 number without a national trunk 0 (documented)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recordlint.fieldtypes._texts import not_a_string
from recordlint.objects import Field
from recordlint.specfiles import Schema, field_type, read_spec
from recordlint.violations import Mend, Operation, Problem
from recordlint.words import as_json, title

FILE: Final = "field-types/phone.json"
FEWEST_DIGITS: Final = 6
_DRESSING: Final = r"[\s.()\[\]/\u2010-\u2015-]+"


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/phone.json`."""
    return field_type("phone")


def clean(field: Field, operation: Operation) -> Schema:
    """A country code that exists, no 0 after it, and enough digits."""
    return field_type("phone", "clean")


def problems(field: Field, value: object, operation: Operation) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if not isinstance(value, str):
        yield not_a_string(field, value, "a phone number in a string")
    elif not _is_e164(value):
        yield _format_problem(field, value)
    elif not re.search(read_spec(FILE)["$defs"]["clean"]["pattern"], value) or len(value) <= FEWEST_DIGITS:
        yield from _closer(field, value)


def _is_e164(value: str) -> bool:
    return re.search(read_spec(FILE)["pattern"], value) is not None and "\n" not in value


def _closer(field: Field, value: str) -> Iterator[Problem]:
    """What only phonenumbers knows: whether a country code exists and whether a 0 belongs to the number."""
    import phonenumbers

    code = country_code(value)
    if code is None:
        yield Problem(
            "phone-country",
            f"{title(field)} starts with a country code that does not exist",
            "start with + and the country code, such as +1 or +44",
            severity="warning",
        )
        return
    national = value[1 + len(code) :]
    if national.startswith("0"):
        try:
            parsed = phonenumbers.parse(value)
        except phonenumbers.NumberParseException:
            parsed = None
        if parsed and not parsed.italian_leading_zero:
            text = as_json(f"+{code}{national.lstrip('0')}")
            yield Problem(
                "phone-trunk-zero",
                f"{title(field)} has the national trunk 0 after the country code +{code}",
                f"write {text}",
                mend=Mend(safe=False, description="drop the trunk 0", text=text),
                blind_hint="leave the 0 out: only the digits after it follow the country code",
            )
            return
    if len(value) <= FEWEST_DIGITS:
        yield Problem(
            "phone-short",
            f"{title(field)} has only {len(value) - 1} digits, too few for a phone number",
            severity="warning",
        )


def country_code(value: str) -> str | None:
    """The country code that an E.164 number starts with, or None. Codes are prefix-free."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    starts = (value[1:end] for end in (2, 3, 4))
    return next((code for code in starts if code.isdigit() and int(code) in COUNTRY_CODE_TO_REGION_CODE), None)


def _format_problem(field: Field, value: str) -> Problem:
    message = f"{title(field)} takes a phone number in E.164: +, country code, then digits alone"
    bare = re.sub(_DRESSING, "", value)
    international = f"+{bare[2:]}" if bare.startswith("00") else bare
    if _is_sound(international):
        text = as_json(international)
        return Problem(
            "phone-format",
            message,
            f"write {text}",
            mend=Mend(safe=True, description="write the number in E.164", text=text),
            blind_hint="drop spaces, dots, dashes and brackets, and write + for 00",
        )
    if bare.isascii() and bare.isdigit() and _is_sound(f"+{bare}"):
        return Problem(
            "phone-format",
            message,
            f"is it {as_json(f'+{bare}')}? Write + and the country code first",
            blind_hint="write + and the country code first",
        )
    return Problem("phone-format", message, 'such as "+14155550123"')


def _is_sound(value: str) -> bool:
    """E.164 with a country code that exists and no 0 after it (a 0 may be a trunk 0 and is left to the user)."""
    if not _is_e164(value) or len(value) <= FEWEST_DIGITS:
        return False
    code = country_code(value)
    return code is not None and value[1 + len(code)] != "0"
