"""What is wrong with an update for the record that it goes to, in words: limits, and values that change nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from recordlint.body.users import user_limit
from recordlint.contract.operations import OWNERS, PROPERTIES
from recordlint.definitions.model import RADIO, Field, ObjectDefinition, title
from recordlint.fieldtypes._halves import ADD, REMOVE
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem
from recordlint.records.record import FOLLOWERS, Record
from recordlint.records.values import apply_delta, identity, stored_values
from recordlint.rules.notes import NOT_STORED, TOO_MANY_FILES
from recordlint.wording.phrases import as_json, count_of

LEAVE_OUT: Final = "leave it out"


def record_problems(
    record: Record, body: object, definition: ObjectDefinition, wrong: Collection[Path] = ()
) -> Iterator[Problem]:
    """The problems of an update that only its record shows, by paths from the body.

    Args:
        record: as it is stored.
        body: of the update; what is wrong with it by itself is said elsewhere.
        definition: the object's.
        wrong: paths of what has an error by itself. Nothing more is said of the property or the users there.
    """
    if not isinstance(body, dict):
        return
    for stale, problem in stale_values(record, definition):
        if not _replaces(body, stale):
            yield problem
    broken = {path[: 2 if path[:1] == (PROPERTIES,) else 1] for path in wrong}
    for keys, stored in ((OWNERS, record.owners), (FOLLOWERS, record.followers)):
        for key in keys:
            if isinstance(body.get(key), dict) and (key,) not in broken:
                for problem in _delta(key, stored, body[key], user_limit(key), _users(key)):
                    yield problem.below(key)
    properties = body.get(PROPERTIES)
    if not isinstance(properties, dict) or (PROPERTIES,) in broken:
        return
    for key, value in properties.items():
        field = definition.by_property.get(key)
        if field is not None and (PROPERTIES, key) not in broken:
            for problem in _property(record, field, key, value):
                yield problem.below(PROPERTIES, key)


def stale_values(record: Record, definition: ObjectDefinition) -> Iterator[tuple[Field, Problem]]:
    """What a record holds that its definition does not fit any more, by field."""
    for field in definition.fields:
        value = record.properties.get(field.key)
        if value is None:
            continue
        if field.has_several_values and not isinstance(value, list | tuple):
            message = f"the record holds one value in {title(field)}, which takes several now"
            hint = f"clear it first, by an update of its own: {as_json(field.key)}: null"
            yield field, Problem("stale-value", message, hint, part="open", severity="warning")
        elif options := stale_options(field, value):
            what = "a key that is" if len(options) == 1 else f"{count_of(len(options), 'key')} that are"
            message = f"the record holds {what} no option of {title(field)}"
            hint = f"clear it with {as_json(field.key)}: null, or restore the option in the account"
            yield field, Problem("stale-value", message, hint, part="open", severity="warning")


def _replaces(body: Mapping[str, Any], field: Field) -> bool:
    """Whether a body leaves nothing of what is stored in a field."""
    properties = body.get(PROPERTIES)
    if not isinstance(properties, dict) or field.key not in properties:
        return False
    return properties[field.key] is None or not field.has_several_values


def stale_options(field: Field, value: object) -> list[Any]:
    """The stored option keys that the field does not have."""
    if not field.options or field.is_textbox_list or (field.data_type == RADIO and field.allow_custom_option):
        return []
    values = value if isinstance(value, list | tuple) else [value]
    return [each for each in values if not isinstance(each, str) or each not in field.option_keys]


def _property(record: Record, field: Field, key: str, value: object) -> Iterator[Problem]:
    is_set = key in record.properties
    if value is None:
        if not is_set:
            yield _no_op(f"{title(field)} has no value to remove")
    elif not field.has_several_values:
        if is_set and is_same(record.properties[key], value):
            yield _no_op(f"{title(field)} has this value already")
    elif isinstance(value, dict):
        stored = stored_values(record.properties, field)
        yield from _delta(title(field), stored, value, field.max_files, _files(field))


def _delta(
    what: str, stored: Sequence[Any], delta: Mapping[str, Any], limit: int | None, too_many: Callable[[int], Problem]
) -> Iterator[Problem]:
    """The problems of a delta, for the values that are stored."""
    halves = {half: delta.get(half) for half in (ADD, REMOVE)}
    parts = {half: part if isinstance(part, list) else [] for half, part in halves.items()}
    names = {identity(each) for each in stored}
    after = apply_delta(stored, parts)
    is_new = any(identity(each) not in names for each in parts[ADD])
    if limit is not None and is_new and len(after) > limit >= len({identity(each) for each in parts[ADD]}):
        yield too_many(len(after)).below(ADD)
    for index, value in enumerate(parts[ADD]):
        if identity(value) in names:
            yield _no_op(f"{what} has this value already").below(ADD, index)
    for index, value in enumerate(parts[REMOVE]):
        if identity(value) not in names:
            message = f"{what} does not hold this value, so it cannot be removed"
            problem = Problem("not-stored", message, LEAVE_OUT, severity="warning", note=NOT_STORED)
            yield problem.below(REMOVE, index)


def _users(key: str) -> Callable[[int], Problem]:
    limit = user_limit(key)
    what = "an owner" if key in OWNERS else "followers"
    users = "user" if limit == 1 else "users"
    message = f"{key} takes at most {limit} {users}: with these, the record would have {{}}"
    hint = f"remove {what} in the same body" if limit == 1 else f"add fewer, or remove {what} in the same body"
    return lambda number: Problem("too-many", message.format(number), hint)


def _files(field: Field) -> Callable[[int], Problem]:
    message = (
        f"{title(field)} takes at most {count_of(field.max_files or 0, 'file')}: with these, the record would have"
    )
    hint = "add fewer, or remove files in the same body"
    return lambda number: Problem("too-many", f"{message} {number}", hint, note=TOO_MANY_FILES)


def _no_op(message: str) -> Problem:
    return Problem("no-op", message, LEAVE_OUT, severity="warning")


def is_same(stored: object, value: object) -> bool:
    """Whether two JSON values are the same; 1 is 1.0, and true is not 1."""
    if isinstance(stored, dict) and isinstance(value, dict):
        return stored.keys() == value.keys() and all(is_same(stored[key], value[key]) for key in stored)
    if isinstance(stored, list) and isinstance(value, list):
        return len(stored) == len(value) and all(map(is_same, stored, value))
    return stored == value and isinstance(stored, bool) == isinstance(value, bool)
