"""What is wrong with one option key, for all types with options."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import Field, option_list, title
from recordlint.violations import Problem, ValueFix
from recordlint.wording.normalize import normalize
from recordlint.wording.phrases import as_json, either, json_type

_YES: Final = frozenset({"yes", "y", "true", "on", "1"})
_NO: Final = frozenset({"no", "n", "false", "off", "0"})
_PAIRS: Final = (("yes", "no"), ("true", "false"), ("on", "off"), ("y", "n"), ("1", "0"))


def option_problem(field: Field, value: object) -> Problem | None:
    """The problem of a value that is not the key of one of the field's options."""
    if not isinstance(value, str):
        return _not_a_key(field, value)
    if value in field.option_keys:
        return None
    return _label_problem(field, value) or _key_problem(field, value)


def _label_problem(field: Field, value: str) -> Problem | None:
    """The problem of a text that is one option's label and, unless it is so exactly, nothing else."""
    exact = field.keys_by_label.get(value, ())
    normalized = field.keys_by_normalized_label.get(normalize(value), ())
    labelled = exact or normalized
    if len(labelled) != 1:
        return None
    other = [key for key in (*field.keys_by_case.get(value.casefold(), ()), *normalized) if key not in labelled]
    if other and not exact:
        return None
    text = as_json(labelled[0])
    return Problem(
        "option-label",
        f"{title(field)} takes an option's key, but this is an option's label",
        f"write {text}",
        fix=ValueFix(
            safe=not other and _names(field, value, labelled[0]), description="write the key of the label", text=text
        ),
        redacted_hint=hidden_options(field),
    )


def _key_problem(field: Field, value: str) -> Problem:
    """The problem of a text that is no option's key, and not the label of exactly one option."""
    labelled = field.keys_by_label.get(value) or field.keys_by_normalized_label.get(normalize(value), ())
    readings = list(dict.fromkeys((*labelled, *field.keys_by_case.get(value.casefold(), ()))))
    message = f"{title(field)} has no option with this key"
    if len(readings) == 1:
        text = as_json(readings[0])
        return _unknown(
            field,
            f"{title(field)} has this option's key in another case",
            f"write {text}",
            ValueFix(safe=True, description="write the key as it is defined", text=text),
        )
    if readings:
        reason = "several options share this label" if len(labelled) > 1 else "several keys differ from it only in case"
        return _unknown(field, f"{message}, and {reason}", f"write {either(map(as_json, readings))}")
    near = field.option_choices.nearest(value) or _yes_or_no(field, value)
    keys = option_list(field.options)
    if not near:
        return _unknown(field, message, f"use one of {keys}")
    fix = ValueFix(safe=False, description="write the nearest key", text=as_json(near[0])) if len(near) == 1 else None
    return _unknown(field, message, f"did you mean {either(map(as_json, near))}? The keys are {keys}", fix)


def _names(field: Field, label: str, key: str) -> bool:
    """Whether it is the option's label except for case, white space and dashes. Other quotes are not certain enough."""
    plain = normalize(label, quotes=False)
    return any(option.key == key and normalize(option.label, quotes=False) == plain for option in field.options)


def _unknown(field: Field, message: str, hint: str, fix: ValueFix | None = None) -> Problem:
    return Problem("unknown-option", message, hint, fix=fix, redacted_hint=hidden_options(field))


def hidden_options(field: Field) -> str:
    """A hint without any option, since one of them may be a value of the payload."""
    return f"run recordlint objects to list the keys of {title(field)}"


def _not_a_key(field: Field, value: object) -> Problem:
    """The problem of a value that is not a string. A boolean may mean yes or no, and a number may be a key."""
    keys = option_list(field.options)
    message = f"{title(field)} takes an option's key as a string, not {json_type(value)}"
    near: list[str] = []
    only = _only_item(value)
    if isinstance(only, str):
        near = [only] if only in field.option_keys else list(field.keys_by_label.get(only, ()))
    elif isinstance(value, bool | int | float):
        text = as_json(value)
        near = [text] if text in field.option_keys else list(field.keys_by_label.get(text, ()))
        near = near or _yes_or_no(field, text)
    if len(near) != 1:
        return Problem("wrong-type", message, f"use one of {keys}", redacted_hint=hidden_options(field))
    text = as_json(near[0])
    return Problem(
        "wrong-type",
        message,
        f"write {text}",
        fix=ValueFix(safe=False, description="write the key", text=text),
        redacted_hint=hidden_options(field),
    )


def _only_item(value: object) -> object:
    """The only value of an array or of an `add`, given instead of a single key; else None."""
    if isinstance(value, dict) and list(value) == ["add"]:
        value = value["add"]
    return value[0] if isinstance(value, list) and len(value) == 1 else None


def _yes_or_no(field: Field, text: str) -> list[str]:
    """The option that says yes if the text does, or no. The field must have one of each, in words that form a pair."""
    for pair in _PAIRS:
        yes, no = ([option.key for option in field.options if word in map(_first_word, option)] for word in pair)
        if len(yes) == len(no) == 1 and yes != no:
            return yes if normalize(text) in _YES else no if normalize(text) in _NO else []
    return []


def _first_word(text: str) -> str:
    """`no` of "No, not yet"."""
    return normalize(text).partition(" ")[0].rstrip(",.;:!")
