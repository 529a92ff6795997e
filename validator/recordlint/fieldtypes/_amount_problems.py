"""What is wrong with an amount of money, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from recordlint.contract.spec_files import read_spec
from recordlint.definitions.model import Field, title
from recordlint.problems.pointers import Path
from recordlint.problems.problem import KEPT, Problem, ValueFix
from recordlint.violations import LISTED_AT_MOST
from recordlint.wording.phrases import as_json, either, json_type

_KEYS: Final = ("currency", "value")
EXAMPLE_AMOUNT: Final = "100"
OWN_CURRENCY: Final = "The amount must be in the location's own currency"
_CODE: Final = r"^\s*[A-Z]{3}(?![A-Za-z])|(?<![A-Za-z])[A-Z]{3}\s*$"
"""The code of a currency, such as USD, before or after an amount."""


def amount_problems(field: Field, value: object) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if not isinstance(value, dict):
        yield _bare(field, value)
        return
    absent = [key for key in _KEYS if key not in value]
    near = {key: each for key in value if absent and key not in _KEYS for each in _near(key) if each in absent}
    missing = [key for key in absent if key not in near.values()]
    if missing:
        hint = f'add "currency": {as_json(own_currency())}' if missing == ["currency"] else _example_hint()
        yield Problem("monetary-shape", f"{title(field)} lacks {' and '.join(missing)}", hint, part="open")
    words = partial(_other_key, field, value, near)
    for number, (key, part) in enumerate(value.items()):
        problem: Problem | None
        if key == "currency":
            problem = _currency_problem(field, part)
        elif key == "value":
            problem = _value_problem(field, part)
        else:
            is_first = number < LISTED_AT_MOST
            yield words((key,)) if is_first else Problem("monetary-shape", "", "", (key,), "key", words=words)
            continue
        if problem:
            yield problem.below(key)


def _currency_problem(field: Field, currency: object) -> Problem | None:
    right = own_currency()
    if currency == right:
        return None
    same = currency is None or (isinstance(currency, str) and currency.strip().casefold() == right)
    text = as_json(right)
    return Problem(
        "monetary-currency",
        f"{title(field)} takes only the currency {text}, which is the location's own",
        f"write {text}" + ("" if same else ", and convert the amount if it is in another currency"),
        fix=ValueFix(safe=False, description="write the currency as it is defined", text=text) if same else None,
    )


def _other_key(field: Field, value: Mapping[str, object], meant: Mapping[str, str], path: Path) -> Problem:
    key = str(path[-1])
    part, near = value[key], meant.get(key)
    problem = Problem(
        "monetary-shape",
        f"{title(field)} takes only currency and value, not {as_json(key)}",
        f"did you mean {as_json(near)}?" if near else "leave it out",
        path=(key,),
        part="key",
        fix=ValueFix(safe=False, description="write the key that exists", text=as_json(near)) if near else None,
    )
    error = _value_problem(field, part) if near == "value" else None
    if not error or not error.fix:
        return problem
    text = f"{as_json(near)}: {error.fix.text}"
    fix = ValueFix(
        safe=False, description="write the key that exists, and a number", text=text, at=(key,), is_member=True
    )
    return problem._replace(hint=f"did you mean {text}?", redacted_hint=problem.hint, fix=fix)


def _near(key: str) -> list[str]:
    from recordlint.wording.suggestions import nearest

    return ["value"] if key.casefold() == "amount" else nearest(key, _KEYS)


def _bare(field: Field, value: object) -> Problem:
    """The problem of a value that is not an object, often the amount alone."""
    from recordlint.fieldtypes._numbers import readings_of

    message = f"{title(field)} takes an object with currency and value, not {json_type(value)}"
    if isinstance(value, str):
        amounts, is_safe = _amounts_of(value), readings_of(value) == [value]
    else:
        amounts, is_safe = [KEPT] if _is_number(value) else [], True
    readings = [_with_amount(each) for each in amounts]
    if not readings:
        return Problem("monetary-shape", message, _example_hint())
    if len(readings) > 1 or _names_currency(value):
        hint = f"did you mean {either(readings)}?" + (f" {OWN_CURRENCY}" if _names_currency(value) else "")
        return Problem("monetary-shape", message, hint, redacted_hint=_example_hint())
    return Problem(
        "monetary-shape",
        message,
        f"write {readings[0]}",
        fix=ValueFix(safe=is_safe, description="write the amount as an object", text=readings[0]),
        redacted_hint=_example_hint(),
    )


def _value_problem(field: Field, value: object) -> Problem | None:
    from recordlint.fieldtypes._numbers import not_a_number

    problem = not_a_number(f"the value of {title(field)}", value)
    if problem is None or not _names_currency(value):
        return problem
    # The same digits in another currency are another amount.
    amounts = _amounts_of(str(value))
    hint = f"did you mean {either(amounts)}? {OWN_CURRENCY}" if amounts else ""
    return problem._replace(hint=hint or problem.hint, fix=None)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _names_currency(value: object) -> bool:
    from recordlint.fieldtypes._numbers import CURRENCY_SIGN
    from recordlint.fieldtypes._patterns import within

    return isinstance(value, str) and bool(within(CURRENCY_SIGN)(value) or within(_CODE)(value))


def _amounts_of(value: str) -> list[str]:
    """The JSON numbers that a text may mean, with the code of a currency or without."""
    from recordlint.fieldtypes._numbers import LONGEST, readings_of

    return readings_of(re.sub(_CODE, "", value) if len(value) <= 2 * LONGEST else value)


def own_currency() -> str:
    """The only currency that the contract takes."""
    currency: str = read_spec("field-types/monetory.json")["properties"]["currency"]["const"]
    return currency


def _with_amount(amount: str) -> str:
    """The object, as JSON text, with this text as its amount."""
    return f'{{"currency": {as_json(own_currency())}, "value": {amount}}}'


def _example_hint() -> str:
    return f"write {_with_amount(EXAMPLE_AMOUNT)} with your amount"
