"""Radio: the key of one option (documented), or any text if the field allows it (published)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes import Hides
from recordlint.wording.normalize import canonical
from recordlint.wording.phrases import as_json, either

if TYPE_CHECKING:
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.problems.problem import Problem


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/radio.json`, limited to the field's own keys unless it allows custom text."""
    if field.allow_custom_option:
        return field_type("radio", "custom")
    return {"allOf": [field_type("radio"), _own_keys(field)]}


def clean(field: Field, operation: Operation) -> Schema:
    """The same, without a placeholder that was never filled in, unless it is a key."""
    if field.allow_custom_option:
        return {"anyOf": [_own_keys(field), field_type("text", "clean")]}
    return schema(field, operation)


def _own_keys(field: Field) -> Schema:
    keys: list[str | None] = [option.key for option in field.options]
    return {"enum": [*keys, None]}


def hides(field: Field) -> Hides | None:
    """Whether a clean text is an option's label. Labels have many spellings that are canonically equal."""
    if not field.allow_custom_option:
        return None
    keys, labels = field.option_keys, field.keys_by_label
    return lambda value: value is not None and value not in keys and canonical(value) in labels


def example(field: Field, operation: Operation) -> str:
    """The key of the first option; a text of its own where there is none."""
    return field.options[0].key if field.options else "Another"


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Keys, and labels as keys; other texts where the field allows them."""
    from recordlint.fieldtypes._option_cells import custom_cells, option_cells

    return (custom_cells if field.allow_custom_option else option_cells)(field, target, reading)


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._texts import not_a_string

    if not field.allow_custom_option:
        from recordlint.fieldtypes._options import one_option_problem

        problem = one_option_problem(field, value, target)
        if problem:
            yield problem
    elif not isinstance(value, str):
        yield not_a_string(field, value, "an option's key or custom text")
    elif value not in field.option_keys and (keys := field.keys_by_label.get(canonical(value))):
        yield _label(field, keys, target)


def _label(field: Field, keys: tuple[str, ...], target: Target) -> Problem:
    """The problem of a custom text that is an option's label. Where options share the label, it names none."""
    from recordlint.fieldtypes._options import hidden_options
    from recordlint.problems.problem import Problem, ValueFix

    message = f"{title(field)} allows custom text, but this is an option's label"
    redacted_hint = hidden_options(field, target)
    if len(keys) > 1:
        hint = f"did you mean {either(map(as_json, keys))}?"
        return Problem("option-label", message, hint, severity="warning", redacted_hint=redacted_hint)
    text = as_json(keys[0])
    fix = ValueFix(safe=True, description="write the key of the label", text=text)
    hint = f"write {text} to choose that option"
    return Problem("option-label", message, hint, severity="warning", fix=fix, redacted_hint=redacted_hint)
