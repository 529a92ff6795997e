"""What is wrong with a phone number, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from recordlint.definitions.model import Field, title
from recordlint.problems.problem import Problem, ValueFix
from recordlint.wording.phrases import as_json

if TYPE_CHECKING:
    from recordlint.fieldtypes._phone_numbers import Flaw

DIGITS: Final = "0123456789"
LONGEST: Final = 15
"""The most digits of a phone number."""
LENGTHS: Final[Mapping[str, tuple[str, str]]] = {
    "short": ("has too few digits for its country code", "write the whole number, with country code and area code"),
    "long": ("has too many digits for its country code", "check the number, and write it without an extension"),
    "other": ("has a number of digits that its country code never has", "check the number, and write all its digits"),
}
"""What is wrong with a number's length, and what to do about it."""


def phone_problems(field: Field, value: object, region: str | None) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._phone_advice import EXAMPLE_HINT, advice_on
    from recordlint.fieldtypes._phone_numbers import find_flaw, is_e164
    from recordlint.fieldtypes._phone_texts import read_text

    if not isinstance(value, str):
        yield _not_text(field, value, region)
    elif not is_e164(value):
        message, hint, redacted_hint, fix = advice_on(read_text(value, region), region)
        if hint == EXAMPLE_HINT and value.lstrip().startswith("+") and not any(map(str.isalpha, value)):
            # That it is short or long is why nothing else can be written for it.
            flaw = find_flaw(f"+{''.join([each for each in value if each in DIGITS])}")
            what, hint = LENGTHS[flaw.length] if flaw and flaw.rule == "phone-length" else ("", hint)
            hint += f": it {what}" if what else ""
        yield Problem("phone-format", f"{title(field)} {message}", hint, fix=fix, redacted_hint=redacted_hint)
    else:
        flaw = find_flaw(value)
        if flaw:
            yield _flaw_problem(field, flaw)


def _not_text(field: Field, value: object, region: str | None) -> Problem:
    from recordlint.fieldtypes._phone_advice import COUNTRY_HINT, EXAMPLE, SAY_ONCE, advice_on
    from recordlint.fieldtypes._texts import not_a_string

    problem = not_a_string(field, value, "a phone number as a string", f"write a number such as {EXAMPLE}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10**LONGEST or value % 1:
        return problem
    from recordlint.fieldtypes._phone_texts import read_text

    advice = advice_on(read_text(str(int(value)), region), region)
    if advice.hint.startswith(COUNTRY_HINT):
        return problem.with_hint(f"put it in double quotes, with + and the country code first{SAY_ONCE}")
    return problem.with_hint(advice.hint, advice.redacted_hint, advice.fix and advice.fix._replace(safe=False))


def _flaw_problem(field: Field, flaw: Flaw) -> Problem:
    """The problem of a text in E.164 form."""
    if flaw.rule == "phone-country":
        message = f"{title(field)} starts with a country code that does not exist"
        hint = "start with + and the country code, such as +1 or +44"
        return Problem("phone-country", message, hint, severity="warning")
    if flaw.rule == "phone-length":
        what, hint = LENGTHS[flaw.length]
        return Problem("phone-length", f"{title(field)} {what}", hint, severity="warning")
    what = "national trunk 0" if flaw.has_zero else "number as it is dialled within its country"
    message = f"{title(field)} has a {what} after the country code"
    hint = "write the number as it is dialled from abroad"
    if flaw.right is None:
        return Problem("phone-trunk-zero", message, f"check the number, and {hint}", severity="warning")
    text = as_json(flaw.right.text)
    fix = ValueFix(safe=False, description=hint, text=text)
    return Problem("phone-trunk-zero", message, f"write {text}", fix=fix, redacted_hint=hint)
