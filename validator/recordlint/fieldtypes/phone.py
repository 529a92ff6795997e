"""Phone: an E.164 number without a national trunk 0 (documented)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type, read_spec
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._texts import not_a_string
from recordlint.violations import Problem, ValueFix
from recordlint.wording.phrases import as_json

FILE: Final = "field-types/phone.json"
EXAMPLE: Final = '"+14155550123"'
_BRACKETED_ZERO: Final = r"[(\[]\s*0\s*[)\]]"
_DRESSING: Final = r"[\s.()\[\]/\u2010-\u2015\u2212-]+"


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/phone.json`."""
    return field_type("phone")


def clean(field: Field, operation: Operation) -> Schema:
    """Only numbers with an existing country code, no 0 after it, and enough digits."""
    return field_type("phone", "clean")


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if not isinstance(value, str):
        yield _not_text(field, value)
    elif not _is_e164(value):
        yield _format_problem(field, value)
    elif not _is_plain(value):
        yield from _closer(field, value)


def _not_text(field: Field, value: object) -> Problem:
    problem = not_a_string(field, value, "a phone number as a string", f"write a number such as {EXAMPLE}")
    if isinstance(value, bool) or not isinstance(value, int):
        return problem
    text = f"+{value}"
    hint = "put it in double quotes, with + and the country code first"
    return problem._replace(
        hint=f"did you mean {as_json(text)}? Write + and the country code first" if _is_valid(text) else hint,
        redacted_hint=hint,
        fix=None,
    )


def _is_e164(value: str) -> bool:
    return re.search(read_spec(FILE)["pattern"], value) is not None and "\n" not in value


def _is_plain(value: str) -> bool:
    """Whether an E.164 number is right beyond doubt, without asking phonenumbers."""
    return re.search(read_spec(FILE)["$defs"]["clean"]["pattern"], value) is not None and not _is_short(value)


def _is_short(value: str) -> bool:
    shortest: int = read_spec(FILE)["$defs"]["clean"]["minLength"]
    return len(value) < shortest


def _closer(field: Field, value: str) -> Iterator[Problem]:
    """The problems that only phonenumbers can see: no such country code, or a 0 that is not part of the number."""
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
                f"{title(field)} has a national trunk 0 after the country code",
                f"write {text}",
                fix=ValueFix(safe=False, description="drop the trunk 0", text=text),
                redacted_hint="leave out the 0 after the country code",
            )
            return
    if _is_short(value):
        yield Problem(
            "phone-short",
            f"{title(field)} has only {len(value) - 1} digits, too few for a phone number",
            "write the whole number, with country code and area code",
            severity="warning",
        )


def country_code(value: str) -> str | None:
    """The country code that an E.164 number starts with, or None. Codes are prefix-free."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    starts = (value[1:end] for end in (2, 3, 4))
    return next(
        (code for code in starts if code.isascii() and code.isdigit() and int(code) in COUNTRY_CODE_TO_REGION_CODE),
        None,
    )


def _format_problem(field: Field, value: str) -> Problem:
    message = f"{title(field)} takes a phone number in E.164 form: +, the country code, then only digits"
    redacted_hint = "keep only + and digits, and write + for 00"
    text = _international(re.sub(_DRESSING, "", value))
    trunk = re.search(_BRACKETED_ZERO, value) is not None
    if _is_right(field, text) and not trunk:
        # Australians dial 0011 to call abroad, and the digits after it begin with another country's code.
        safe = "/" not in value and not value.lstrip().startswith("0011")
        return _rewritten(message, text, redacted_hint, safe=safe)
    # +44 (0)20 and +44 020: the 0 is for calls within the country.
    bare = _without_trunk(_international(re.sub(_DRESSING, "", re.sub(_BRACKETED_ZERO, "", value))))
    if _is_right(field, bare):
        return _rewritten(message, bare, f"{redacted_hint}; leave out a 0 after the country code", safe=False)
    if re.fullmatch(r"[1-9][0-9]*", text) and _is_valid(f"+{text}"):
        return Problem(
            "phone-format",
            message,
            f"did you mean {as_json(f'+{text}')}? Write + and the country code first",
            redacted_hint="write + and the country code first",
        )
    return Problem("phone-format", message, f"write +, the country code and the number, such as {EXAMPLE}")


def _rewritten(message: str, text: str, redacted_hint: str, *, safe: bool) -> Problem:
    fix = ValueFix(safe=safe, description="write the number in E.164", text=as_json(text))
    return Problem("phone-format", message, f"write {fix.text}", fix=fix, redacted_hint=redacted_hint)


def _international(bare: str) -> str:
    return f"+{bare[2:]}" if bare.startswith("00") else bare


def _without_trunk(value: str) -> str:
    code = country_code(value) if value.startswith("+") else None
    return value if code is None else f"+{code}{value[1 + len(code) :].lstrip('0')}"


def _is_right(field: Field, value: str) -> bool:
    """Whether there is nothing to report about a number."""
    return _is_e164(value) and (_is_plain(value) or not any(_closer(field, value)))


def _is_valid(value: str) -> bool:
    """Whether the country's numbering plan has this number. Otherwise digits without + may belong to any country."""
    import phonenumbers

    try:
        return _is_e164(value) and phonenumbers.is_valid_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return False
