"""Monetary: an amount in the location's own currency, the only one there is (documented)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field, title
from recordlint.fieldtypes._numbers import USUAL, not_a_number, number_text, readings_of
from recordlint.violations import KEPT, Problem, ValueFix
from recordlint.wording.phrases import as_json, either, json_type
from recordlint.wording.suggestions import nearest

_KEYS: Final = ("currency", "value")
EXAMPLE: Final = '{"currency": "default", "value": 100}'


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/monetory.json`."""
    return field_type("monetory")


def clean(field: Field, operation: Operation) -> Schema:
    """Amounts of a usual size; the others take the longer way."""
    return {"allOf": [field_type("monetory"), {"properties": {"value": USUAL}}]}


def problems(field: Field, value: object, operation: Operation) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if not isinstance(value, dict):
        yield _bare(field, value)
        return
    near = {key: each for key in value if key not in _KEYS for each in _near(key) if each not in value}
    missing = [key for key in _KEYS if key not in value and key not in near.values()]
    if missing:
        hint = f"write {EXAMPLE} with your amount"
        if missing == ["currency"]:
            hint = 'write "currency": "default" beside the value'
        yield Problem("monetary-shape", f"{title(field)} lacks {' and '.join(missing)}", hint, part="open")
    for key, part in value.items():
        if key == "currency":
            if part != "default":
                same = isinstance(part, str) and part.casefold() == "default"
                yield Problem(
                    "monetary-currency",
                    f'{title(field)} takes the currency "default" alone, the location\'s own',
                    'write "default"' + ("" if same else ", and convert the amount where it is in another currency"),
                    path=(key,),
                    fix=ValueFix(False, "write the currency as it is defined", '"default"') if same else None,
                )
        elif key == "value":
            problem = not_a_number(f"the value of {title(field)}", part)
            if problem:
                yield problem.below(key)
        else:
            yield Problem(
                "monetary-shape",
                f"{title(field)} takes currency and value, not {as_json(key)}",
                f"did you mean {as_json(near[key])}?" if key in near else "leave it out",
                path=(key,),
                part="key",
                fix=ValueFix(False, "write the key that exists", as_json(near[key])) if key in near else None,
            )


def _near(key: str) -> list[str]:
    return ["value"] if key.casefold() == "amount" else nearest(key, _KEYS)


def _bare(field: Field, value: object) -> Problem:
    message = f"{title(field)} takes an object with currency and value, not {json_type(value)}"
    amount = None
    if isinstance(value, str):
        amount = number_text(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        amount = as_json(value)
    if amount is None:
        shown = [EXAMPLE.replace("100", each) for each in readings_of(value)] if isinstance(value, str) else []
        hint = f"write {EXAMPLE} with your amount"
        if not shown:
            return Problem("monetary-shape", message, hint)
        return Problem("monetary-shape", message, f"is it {either(shown)}?", redacted_hint=hint)
    kept = amount if isinstance(value, str) else KEPT
    return Problem(
        "monetary-shape",
        message,
        f'write {{"currency": "default", "value": {amount}}}',
        fix=ValueFix(True, "write the amount as an object", f'{{"currency": "default", "value": {kept}}}'),
        redacted_hint=f"write {EXAMPLE} with your amount",
    )
