"""What is wrong with `properties`, in words: each key, and each value by its field's type."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, partial
from typing import Any, Final

from recordlint.body.property_keys import Meant, fields_named, meant_property, times_named, wrong_property
from recordlint.body.unfilled import with_unfilled
from recordlint.contract.operations import LOCATION, PROPERTIES
from recordlint.contract.placeholders import is_placeholder
from recordlint.definitions.model import Field, ObjectDefinition, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes import field_type
from recordlint.problems.named_tuples import new
from recordlint.problems.pointers import Path, Step
from recordlint.problems.problem import KEPT, Problem
from recordlint.rules.notes import FULL_KEY, REQUIRED, UNKNOWN_PROPERTY
from recordlint.violations import LISTED_AT_MOST
from recordlint.wording.phrases import as_json, json_type
from recordlint.wording.run_memory import remember

BESIDE_PROPERTIES: Final = ("owner", "owners", "followers", LOCATION)
"""The keys of a body beside its properties."""
FILL_IN: Final = "fill it in before you send the body"
_KEYS_OF_PAIRS: Final = ("key", "fieldKey", "field_key", "field", "name", "id", "label")
_VALUES_OF_PAIRS: Final = ("value", "fieldValue", "field_value")
SHORT_TEXT: Final = 64
"""Characters of a value whose problems are remembered: rows from one source have the same wrong labels and dates."""
SHORT_ARRAY: Final = 8
"""Items or members of such a value."""
FEW_NAMES: Final = 64
"""Properties of a body whose unknown keys are remembered."""


def properties_problems(
    target: Target, properties: object, doubtful: Set[Step] | None, missing: Set[Field] = frozenset(), *, alone: bool
) -> Iterator[Problem]:
    """All problems of `properties`, by paths from the body.

    Args:
        target: what the body is checked against.
        properties: a value that JSON can hold.
        doubtful: the unknown keys, and the properties whose values are not clean; None for all.
        missing: the fields whose absence is a problem of its own.
        alone: whether the body has nothing beside `properties`.
    """
    path = (PROPERTIES,)
    if not isinstance(properties, dict):
        yield _no_properties(target, properties).below(PROPERTIES)
        return
    if not properties and alone:
        message = "properties is empty, and the body has nothing else"
        yield Problem("no-op", message, "add the properties that you want to set", path, severity="warning")
    definition = target.object
    by_property = definition.by_property
    suspects = [*properties] if doubtful is None else [key for key in properties if key in doubtful]
    names: _Names | None = None
    for number, key in enumerate(suspects):
        value = properties[key]
        field = by_property.get(key)
        if field is None:
            if names is None:
                names = _Names(definition, properties, suspects)
                words = partial(_whole, target, names, missing)
            rule = "" if number < LISTED_AT_MOST else _only_rule(definition, key, names)
            if rule:
                # Faster than its constructor, and there may be very many.
                yield new(Problem, (rule, "", "", (PROPERTIES, key), "key", "error", (), None, None, "", words))
                continue
            yield from _unknown_key_problems(target, key, value, names, missing)
        # That null sets nothing is why a property is missing.
        elif value is not None or field not in missing:
            yield from _value_problems(field, key, value, target)


class _Names:
    """What the keys of some properties mean, worked out when it is first asked for."""

    def __init__(self, definition: ObjectDefinition, properties: Mapping[str, Any], suspects: Collection[str]) -> None:
        self._definition: Final = definition
        self._suspects: Final = suspects
        self.properties: Final = properties

    @cached_property
    def meanings(self) -> Mapping[str, Meant | None]:
        """What the unknown keys are meant for."""
        known = self._definition.by_property
        return {key: meant_property(self._definition, key) for key in self._suspects if key not in known}

    @cached_property
    def times(self) -> Mapping[str, int]:
        """How often each property is named, under whatever name."""
        return times_named(self.properties, self.meanings.values())


def _unknown_key_problems(
    target: Target, key: str, value: object, names: _Names, missing: Set[Field]
) -> Iterable[Problem]:
    """The problems of an unknown key and of its value, by paths from the body."""
    shown = None if value is None or len(names.properties) > FEW_NAMES else _shown(value)
    if shown is None:
        return _of_unknown_key(target, key, value, names, missing)
    # What to write for a key depends on the keys that are there too.
    kind = (_of_unknown_key, type(value), key, target.object, target.operation.name, target.phone_region)
    return remember(kind, (shown, *names.properties), _of_unknown_key, target, key, value, names, missing)


def _only_rule(definition: ObjectDefinition, key: str, names: _Names) -> str:
    """The rule, where all that is wrong is that there is no such property or label; else nothing."""
    meant = names.meanings[key]
    if meant is None:
        return "unknown-property" if len(fields_named(definition, key)) < 2 else ""
    return "" if meant.certain else "unknown-label"


def _whole(target: Target, names: _Names, missing: Set[Field], path: Path) -> Problem:
    key = str(path[-1])
    problem, *_ = _of_unknown_key(target, key, names.properties[key], names, missing)
    return problem


def _of_unknown_key(target: Target, key: str, value: object, names: _Names, missing: Set[Field]) -> Sequence[Problem]:
    definition, meant = target.object, names.meanings[key]
    if meant is None and key in BESIDE_PROPERTIES:
        return [_top_level_key(target, key, value)]
    problem, field = wrong_property(definition, key, value, meant, names.times)
    if field is None and problem.fix and problem.fix.at is None:
        problem = _with_value_hint(problem, definition.by_property[json.loads(problem.fix.text)], value, target)
    note = FULL_KEY if problem.rule == "full-field-key" else UNKNOWN_PROPERTY
    problems = [problem.below(PROPERTIES)._replace(note=note)]
    if field is not None and not (value is None and field in missing):
        problems += _value_problems(field, key, value, target)
    return problems


def _no_properties(target: Target, value: object) -> Problem:
    """The problem of `properties` that is no object, by its path."""
    write = "write an object: {…}"
    if value in (None, "") and not (target.operation.requires_properties and target.object.required):
        write = f"leave it out, or {write}"
    if value is None:
        return Problem("null-not-allowed", "properties cannot be null", write)
    if isinstance(value, str) and is_placeholder(value):
        return Problem("placeholder", "properties holds a placeholder that was not filled in", FILL_IN)
    if isinstance(value, str) and value.lstrip().startswith("{"):
        write = "write the object itself, not a string that holds its JSON text"
    message = f"properties must be an object, not {json_type(value)}"
    pairs = _pairs(target.object, value) if isinstance(value, list) else {}
    if pairs:
        form = "write an object that has each key with its value"
        return Problem("wrong-type", message, f"did you mean {as_json(pairs)}?", redacted_hint=form)
    return Problem("wrong-type", message, write)


def _pairs(definition: ObjectDefinition, items: list[Any]) -> dict[str, Any]:
    """The properties that an array of keys and values stands for, as other APIs take them; empty for another array."""
    pairs: dict[str, Any] = {}
    for item in items:
        names = [item[each] for each in _KEYS_OF_PAIRS if isinstance(item, dict) and isinstance(item.get(each), str)]
        values = [item[each] for each in _VALUES_OF_PAIRS if isinstance(item, dict) and each in item]
        if not names or len(values) != 1:
            return {}
        meant = meant_property(definition, names[0])
        pairs[meant.key if meant and meant.certain else names[0]] = values[0]
    return pairs


def _top_level_key(target: Target, key: str, value: object) -> Problem:
    """The problem of a key that is right, and stands one level too deep."""
    hint = f"move it out of properties, to the top level of the body, as {as_json('owners' if key == 'owner' else key)}"
    if key == LOCATION and target.operation.location == "query":
        hint = "move it to the URL: ?locationId=…"
    message = f"{key} is a key of the body, not a property"
    form = ""
    if key != LOCATION and isinstance(value, str):
        form = f": {as_json({'add': [value]} if target.operation.multi_value == 'delta' else [value])}"
    problem = Problem("unknown-property", message, f"{hint}{form}", (PROPERTIES, key), "key", note=UNKNOWN_PROPERTY)
    return problem._replace(redacted_hint=hint) if form else problem


def _value_problems(field: Field, key: str, value: object, target: Target) -> Iterable[Problem]:
    """The problems of a value, by paths from the body."""
    if value is None:
        return () if target.operation.null_clears else (_null_sets_nothing(field, key, target),)
    if not field.known:
        return ()
    shown = _shown(value)
    if shown is None:
        return problems_of(field, key, value, target)
    kind = (problems_of, type(value), key, field, target.object, target.operation.name, target.phone_region)
    return remember(kind, shown, problems_of, field, key, value, target)


def _shown(value: object) -> str | None:
    """What tells a short value from all others of its type; None for a longer one."""
    if type(value) is str:
        return value if len(value) <= SHORT_TEXT else None
    if isinstance(value, (list, dict)) and len(value) > SHORT_ARRAY:
        return None
    shown = repr(value)
    return shown if len(shown) <= SHORT_TEXT else None


def problems_of(field: Field, key: str, value: object, target: Target) -> tuple[Problem, ...]:
    """The problems of a value other than null, by paths from the body."""
    return tuple([each.below(PROPERTIES, key) for each in _typed_problems(field, value, target)])


def _typed_problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """The problems of a value by its field's type, by paths from the value."""
    return with_unfilled(field, value, target, field_type(field.data_type).problems(field, value, target))


def error_of(field: Field, value: object, target: Target) -> Problem | None:
    """The error of a whole value by its field's type, if it has one."""
    if value is None or not field.known:
        return None
    problems = _typed_problems(field, value, target)
    return next((each for each in problems if not each.path and each.severity == "error"), None)


def _with_value_hint(problem: Problem, near: Field, value: object, target: Target) -> Problem:
    """The problem of a key that may be meant for `near`; its hint says too what the value would be there."""
    error = error_of(near, value, target)
    if error is None or error.fix is None:
        return problem
    # The problem is about the key, so that KEPT would stand for it.
    hint = f"{problem.hint} Then {error.hint.replace(KEPT, as_json(value))}"
    redacted = f"{problem.hint} Then {error.hint if error.redacted_hint is None else error.redacted_hint}"
    return problem._replace(hint=hint, redacted_hint=redacted)


def _null_sets_nothing(field: Field, key: str, target: Target) -> Problem:
    path = (PROPERTIES, key)
    if target.operation.requires_properties and field in target.object.required_fields and not field.is_textbox_list:
        message = f"{title(field)} is required in a new record, but is null"
        return Problem("missing-property", message, "write a value: null sets nothing", path, note=REQUIRED)
    message = f"{title(field)} is null, which sets nothing in a new record"
    return Problem("no-op", message, "leave it out", path, severity="warning")
