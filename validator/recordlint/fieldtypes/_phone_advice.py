"""What to do about a text in a phone field that is not in E.164 form, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from recordlint.problems.problem import ValueFix
from recordlint.wording.phrases import as_json, either

if TYPE_CHECKING:
    from recordlint.fieldtypes._phone_texts import Reading

EXAMPLE: Final = '"+14155550123"'
EXAMPLE_HINT: Final = f"write +, the country code and the number, such as {EXAMPLE}"
COUNTRY_HINT: Final = "write + and the country code first"
BY_REGION: Final = ", or name the country of all such numbers with phone-region"
SAY_ONCE: Final = f'{BY_REGION}, such as phone-region = "US"'
FORM: Final = "takes a phone number in E.164 form: +, the country code, then only digits"
NO_COUNTRY: Final = "takes a phone number with + and its country code first"


class Advice(NamedTuple):
    """What to do about a text that is not in E.164 form."""

    message: str
    """What follows the field's name."""
    hint: str
    redacted_hint: str | None = None
    fix: ValueFix | None = None


def advice_on(reading: Reading, region: str | None) -> Advice:
    """What to do about a text, by what it means."""
    listed = either([as_json(each.text) for each in reading.numbers]) if reading.numbers else ""
    if reading.meaning == "number":
        fix = ValueFix(reading.is_safe, "write the number in E.164", listed)
        return Advice(FORM, f"write {listed}", "write +, the country code and the number, in digits alone", fix)
    if reading.meaning == "if-country":
        hint = f"if {reading.numbers[0].country} is the country code, write {listed}; otherwise {COUNTRY_HINT}"
        hint += BY_REGION if region is None else ""
        return Advice(NO_COUNTRY, hint, f"{COUNTRY_HINT}{SAY_ONCE}")
    if reading.meaning == "national":
        if region is None:
            return Advice(NO_COUNTRY, f"{COUNTRY_HINT}{SAY_ONCE}")
        return Advice(NO_COUNTRY, f"check the number, because {region} has no such number, or {COUNTRY_HINT}")
    if reading.meaning == "lines":
        message, alone = "has a phone number with a line break", "write one number, without a line break"
        hint = f"did you mean {listed}, without a line break?" if listed else f"one number or two? W{alone[1:]}"
        return Advice(message, hint, alone)
    if reading.meaning == "several":
        message, alone = "takes one phone number, and this looks like more than one", "write one number alone"
    elif reading.meaning == "extension":
        message, alone = "takes a phone number without an extension", "write the number alone, without an extension"
    else:
        return Advice(FORM, EXAMPLE_HINT)
    hint = f"did you mean {listed}? The field takes {'one number' if reading.meaning == 'several' else 'no extension'}"
    return Advice(message, hint, alone) if listed else Advice(message, f"{alone}, such as {EXAMPLE}")
