"""The regions that phone numbers can belong to: those of `spec/field-types/phone.json`."""

from __future__ import annotations

from recordlint.contract.spec_files import read_spec
from recordlint.errors import UsageError, WrongType
from recordlint.wording.phrases import quoted


def to_region(region: str) -> str:
    """A region as phonenumbers spells it, from two letters in any case.

    Raises:
        UsageError: there is no such region.
        WrongType: it is not a string.
    """
    if not isinstance(region, str):
        raise WrongType(f"phone_region takes two letters, such as 'US', not {type(region).__name__}")
    # They stand in the spec, since only wrong numbers are worth importing phonenumbers for.
    if region.upper() not in read_spec("field-types/phone.json")["$defs"]["region"]["enum"]:
        raise UsageError(
            f"there is no phone region {quoted(region)}; write the two letters of ISO 3166-1, such as US or GB"
        )
    return region.upper()
