"""Monetary: an amount in the location's own currency, the only one that is supported (documented)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type, read_spec
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._numbers import USUAL, not_a_number, number_text, readings_of
from recordlint.violations import KEPT, Problem, ValueFix
from recordlint.wording.phrases import as_json, either, json_type
from recordlint.wording.suggestions import nearest

_KEYS: Final = ("currency", "value")
EXAMPLE_AMOUNT: Final = "100"


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/monetory.json`."""
    return field_type("monetory")


def clean(field: Field, operation: Operation) -> Schema:
    """Only amounts of a usual size; the others are left to `problems`."""
    return {"allOf": [field_type("monetory"), {"properties": {"value": USUAL}}]}


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if not isinstance(value, dict):
        yield _bare(field, value)
        return
    near = {key: each for key in value if key not in _KEYS for each in _near(key) if each not in value}
    missing = [key for key in _KEYS if key not in value and key not in near.values()]
    if missing:
        hint = f'add "currency": {as_json(_currency())}' if missing == ["currency"] else _example_hint()
        yield Problem("monetary-shape", f"{title(field)} lacks {' and '.join(missing)}", hint, part="open")
    for key, part in value.items():
        problem: Problem | None
        if key == "currency":
            problem = _currency_problem(field, part)
        elif key == "value":
            problem = not_a_number(f"the value of {title(field)}", part)
        else:
            yield _other_key(field, key, near.get(key))
            continue
        if problem:
            yield problem.below(key)


def _currency_problem(field: Field, currency: object) -> Problem | None:
    right = _currency()
    if currency == right:
        return None
    same = isinstance(currency, str) and currency.casefold() == right
    text = as_json(right)
    return Problem(
        "monetary-currency",
        f"{title(field)} takes only the currency {text}, which is the location's own",
        f"write {text}" + ("" if same else ", and convert the amount if it is in another currency"),
        fix=ValueFix(safe=False, description="write the currency as it is defined", text=text) if same else None,
    )


def _other_key(field: Field, key: str, near: str | None) -> Problem:
    return Problem(
        "monetary-shape",
        f"{title(field)} takes only currency and value, not {as_json(key)}",
        f"did you mean {as_json(near)}?" if near else "leave it out",
        path=(key,),
        part="key",
        fix=ValueFix(safe=False, description="write the key that exists", text=as_json(near)) if near else None,
    )


def _near(key: str) -> list[str]:
    return ["value"] if key.casefold() == "amount" else nearest(key, _KEYS)


def _bare(field: Field, value: object) -> Problem:
    """The problem of a value that is not an object, often the amount alone."""
    message = f"{title(field)} takes an object with currency and value, not {json_type(value)}"
    amount = None
    if isinstance(value, str):
        amount = number_text(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        amount = as_json(value)
    if amount is None:
        readings = [_with_amount(each) for each in readings_of(value)] if isinstance(value, str) else []
        if not readings:
            return Problem("monetary-shape", message, _example_hint())
        return Problem("monetary-shape", message, f"did you mean {either(readings)}?", redacted_hint=_example_hint())
    fix = _with_amount(amount if isinstance(value, str) else KEPT)
    return Problem(
        "monetary-shape",
        message,
        f"write {_with_amount(amount)}",
        fix=ValueFix(safe=True, description="write the amount as an object", text=fix),
        redacted_hint=_example_hint(),
    )


def _currency() -> str:
    """The only currency that the contract takes."""
    currency: str = read_spec("field-types/monetory.json")["properties"]["currency"]["const"]
    return currency


def _with_amount(amount: str) -> str:
    """The object, as JSON text, with this text as its amount."""
    return f'{{"currency": {as_json(_currency())}, "value": {amount}}}'


def _example_hint() -> str:
    return f"write {_with_amount(EXAMPLE_AMOUNT)} with your amount"
