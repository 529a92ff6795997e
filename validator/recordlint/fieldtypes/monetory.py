"""Monetary: an amount in the location's own currency, the only one there is (documented)."""

from __future__ import annotations

from collections.abc import Iterator

from recordlint.fieldtypes._numbers import not_a_number, number_text, readings_of
from recordlint.objects import Field
from recordlint.specfiles import Schema, field_type
from recordlint.violations import KEPT, Mend, Operation, Problem
from recordlint.words import as_json, either, kind, title

EXAMPLE = '{"currency": "default", "value": 100}'


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/monetory.json`."""
    return field_type("monetory")


def problems(field: Field, value: object, operation: Operation) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if not isinstance(value, dict):
        yield _bare(field, value)
        return
    missing = [key for key in ("currency", "value") if key not in value]
    if missing:
        hint = f"write {EXAMPLE} with your amount"
        if missing == ["currency"]:
            hint = 'write "currency": "default" beside the value'
        yield Problem("monetary-shape", f"{title(field)} lacks {' and '.join(missing)}", hint, target="open")
    for key, part in value.items():
        if key == "currency":
            if part != "default":
                yield Problem(
                    "monetary-currency",
                    f'{title(field)} takes the currency "default" alone, the location\'s own',
                    'write "default", and convert the amount where it is in another currency',
                    path=(key,),
                )
        elif key == "value":
            problem = not_a_number(f"the value of {title(field)}", part)
            if problem:
                yield problem.below(key)
        else:
            yield Problem(
                "monetary-shape",
                f"{title(field)} takes currency and value, not {as_json(key)}",
                f"write {EXAMPLE} with your amount",
                path=(key,),
                target="key",
            )


def _bare(field: Field, value: object) -> Problem:
    message = f"{title(field)} takes an object with currency and value, not {kind(value)}"
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
        return Problem("monetary-shape", message, f"is it {either(shown)}?", blind_hint=hint)
    kept = amount if isinstance(value, str) else KEPT
    return Problem(
        "monetary-shape",
        message,
        f'write {{"currency": "default", "value": {amount}}}',
        mend=Mend(True, "write the amount as an object", f'{{"currency": "default", "value": {kept}}}'),
        blind_hint=f"write {EXAMPLE} with your amount",
    )
