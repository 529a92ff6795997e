"""Radio: the key of one option (documented), or any text if the field allows it (published)."""

from __future__ import annotations

from collections.abc import Iterator

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._options import hidden_options, option_problem
from recordlint.fieldtypes._texts import not_a_string
from recordlint.violations import Problem
from recordlint.wording.phrases import as_json, either


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/radio.json`, limited to the field's own keys unless it allows custom text."""
    if field.allow_custom_option:
        return field_type("radio")
    return clean(field, operation)


def clean(field: Field, operation: Operation) -> Schema:
    """Only the field's own keys, since any other text may be a label, which is a warning."""
    keys: list[str | None] = [option.key for option in field.options]
    return {"allOf": [field_type("radio"), {"enum": [*keys, None]}]}


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if not field.allow_custom_option:
        problem = option_problem(field, value)
        if problem:
            yield problem
    elif not isinstance(value, str):
        yield not_a_string(field, value, "an option's key or custom text")
    elif value in field.keys_by_label and value not in field.option_keys:
        yield Problem(
            "option-label",
            f"{title(field)} allows custom text, but this is an option's label",
            f"write {either(map(as_json, field.keys_by_label[value]))} to choose that option",
            severity="warning",
            redacted_hint=hidden_options(field),
        )
