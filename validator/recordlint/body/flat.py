"""Bodies with the right parts in the wrong place: fields beside `properties`, and a body within another object."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from recordlint.body.property_keys import Meant
from recordlint.body.read_back import ANSWERED
from recordlint.contract.operations import LOCATION, PROPERTIES
from recordlint.definitions.model import title
from recordlint.problems.problem import KEPT, Problem, ValueFix
from recordlint.wording.phrases import as_json


def wraps(key: str, value: object, top_level: Collection[str]) -> bool:
    """Whether a key that does not belong at the top level holds the real body, or several in an array."""
    if key in top_level or key == LOCATION or not value:
        return False
    if isinstance(value, str):
        inner = _as_object(value)
        return isinstance(inner, dict) and isinstance(inner.get(PROPERTIES), dict)
    if isinstance(value, list):
        return all(isinstance(item, dict) and isinstance(item.get(PROPERTIES), dict) for item in value)
    if not isinstance(value, dict):
        return False
    return isinstance(value.get(PROPERTIES), dict) or all(inner in top_level or inner == LOCATION for inner in value)


def _as_object(text: str) -> Any:
    """What a text holds as JSON, if it may be an object."""
    if not text.lstrip().startswith("{"):
        return None
    from recordlint.jsontext.parse import Unreadable, read_json

    try:
        return read_json(text.encode())
    except (Unreadable, UnicodeEncodeError):
        return None


def wrapped_body(body: Mapping[str, Any], key: str) -> Problem:
    """The problem of a key that holds the real body."""
    message = f"the body is wrapped in an extra object, {as_json(key)}"
    if isinstance(body[key], str):
        hint, description = "send only what its text holds, as JSON without quotes around it", "send what it holds"
        whole = ValueFix(safe=False, description=description, text=body[key], at=()) if len(body) == 1 else None
        return Problem("wrapped-body", message, hint, (key,), "key", fix=whole)
    if isinstance(body[key], dict) and not ANSWERED.isdisjoint(body[key]):
        hint = "send a body of its own, with only the properties that you change: this is what the service answered"
        return Problem("wrapped-body", message, hint, (key,), "key")
    hint, description = "send only what is inside it", "send what is inside it alone"
    fix: ValueFix | None = ValueFix(safe=False, description=description, text=KEPT, at=(), keep=(key,))
    if isinstance(body[key], list):
        hint, fix = "send each item in a request of its own", None
    elif len(body) > 1:
        hint, fix = "move what is inside it to the top level of the body", _moved_up(body, key)
    return Problem("wrapped-body", message, hint, (key,), "key", fix=fix)


def _moved_up(body: Mapping[str, Any], key: str) -> ValueFix | None:
    """The fix of a body within another object that is not alone; None where it has several members, or one twice."""
    inner = list(body[key])
    if len(inner) > 1 or inner[0] in body:
        return None
    text = f"{as_json(inner[0])}: {KEPT}"
    description = "move what is inside it to the top level"
    return ValueFix(safe=False, description=description, text=text, at=(key,), is_member=True, keep=(key, inner[0]))


def flat_field(meant: Meant, body: Mapping[str, Any], key: str, error: Problem | None, *, again: bool) -> Problem:
    """The problem of a field that stands beside `properties`.

    Args:
        meant: the property.
        body: the whole body.
        key: the field's key in it.
        error: the error of its value, whose hint is given too.
        again: whether the body names the property a second time.
    """
    message = f"{title(meant.field)} is at the top level of the body, outside properties"
    where = f'{{"properties": {{{as_json(meant.key)}: …}}}}'
    if again:
        hint = f"keep only one of the keys that mean {as_json(meant.key)}, under properties: {where}"
        return Problem("flat-body", message, hint, (key,), "key")
    properties = body.get(PROPERTIES)
    fix = None
    if PROPERTIES not in body:
        text = f"{as_json(PROPERTIES)}: {{{KEPT}}}"
        fix = ValueFix(safe=False, description="put it under properties", text=text, at=(key,), is_member=True)
    elif isinstance(properties, dict):
        description = "move it under properties"
        fix = ValueFix(safe=False, description=description, at=(key,), drops=True, into=(PROPERTIES,))
    move = f"move it under properties: {where}"
    redacted = None if error is None or error.redacted_hint is None else _joined(move, error.redacted_hint)
    # The problem is about the key, so that KEPT would stand for it.
    hint = move if error is None else _joined(move, error.hint.replace(KEPT, as_json(body[key])))
    return Problem("flat-body", message, hint, (key,), "key", fix=fix, redacted_hint=redacted)


def _joined(move: str, hint: str) -> str:
    """What to do with a field, and with its value."""
    if hint.startswith("leave it out"):
        return "leave it out"
    if hint.startswith(("did you mean", "if ")):
        return f"{move}. {hint[0].upper()}{hint[1:]}"
    return f"{move}, and {hint}" if hint else move
