"""What is wrong with one option key, for all types with options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import chain
from typing import Final, NamedTuple

from recordlint.definitions.listing import NAMED_AT_MOST, did_you_mean, list_command, use_one_of
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._patterns import within
from recordlint.problems.problem import Problem, ValueFix
from recordlint.wording.normalize import canonical, fold_key, is_same_label, normalize, trim, without_emoji
from recordlint.wording.phrases import as_json, either, json_type

_YES: Final = frozenset({"yes", "y", "true", "on", "1"})
_NO: Final = frozenset({"no", "n", "false", "off", "0"})
_PAIRS: Final = (("yes", "no"), ("true", "false"), ("on", "off"), ("y", "n"), ("1", "0"))
_SEPARATORS: Final = (r"\n", ";", r"\|", ",", r"[\n;|,]")
_NAMES_OF_KEYS: Final = ("key", "value", "id", "label", "name")
"""Where a program that sends a whole option as an object has its key or label."""


class Named(NamedTuple):
    """The options that a text which is no key may name."""

    exact: tuple[str, ...]
    """Those whose label it is."""
    labelled: tuple[str, ...]
    """The same, else those whose label it is but for case and white space, else but for emoji too."""
    normalized: tuple[str, ...]
    """Those whose label it is but for case and white space."""
    cased: tuple[str, ...]
    """Those whose key it is in another case."""


_NOTHING: Final = Named((), (), (), ())
_WRONG_TYPE: Final = Problem("wrong-type", "")
_UNKNOWN: Final = Problem("unknown-option", "")


class Reading(NamedTuple):
    """The one option that a text names without being its key."""

    key: str
    rule: str
    message: str
    """What the text is, after the field's name."""
    safe: bool
    """Whether nothing else can be meant."""


def option_problem(
    field: Field, value: object, target: Target, *, label_note: str = "", brief: bool = False
) -> Problem | None:
    """The problem of a value that is not the key of one of the field's options.

    Args:
        field: the field.
        value: its value, or one of its values.
        target: what the body is checked against.
        label_note: what the service does with a label.
        brief: whether the words of what names no option are left out.
    """
    if not isinstance(value, str):
        return _WRONG_TYPE if brief else _not_a_key(field, value, target)
    if value in field.option_keys:
        return None
    named = _named_by(field, value)
    reading = _reading(field, value, named)
    if reading is None:
        return _UNKNOWN if brief and value else _unknown_key(field, value, named, target)
    text = as_json(reading.key)
    description = "write the key of the label" if reading.rule == "option-label" else "write the key as it is defined"
    return Problem(
        reading.rule,
        f"{title(field)} {reading.message}",
        f"write {text}",
        fix=ValueFix(safe=reading.safe, description=description, text=text),
        redacted_hint=hidden_options(field, target),
        note=label_note if reading.rule == "option-label" else "",
    )


def one_option_problem(field: Field, value: object, target: Target) -> Problem | None:
    """The same for a field that takes one option, in which several are one problem."""
    several = split_list(field, value) if isinstance(value, str) else _several(field, value)
    if several is None:
        return option_problem(field, value, target)
    return Problem(
        "unknown-option" if isinstance(value, str) else "wrong-type",
        f"{title(field)} takes one option, not several",
        f"write only one of them: {either(map(as_json, several))}",
        redacted_hint=hidden_options(field, target),
    )


def split_list(field: Field, text: str) -> list[str] | None:
    """The option keys that a list in one string names, each once; None for any other text.

    There must be two parts at least, each a key or the label of one option. The whole must be neither.
    """
    if not within(_SEPARATORS[-1])(text) or named_option(field, text):
        return None
    named: dict[str, str | None] = {}
    for separator in _SEPARATORS:
        parts = [stripped for part in re.split(separator, text) if (stripped := part.strip())]
        for part in parts:
            if part not in named:
                named[part] = named_option(field, part)
            if named[part] is None:
                break
        else:
            if len(parts) > 1:
                return list(dict.fromkeys(key for part in parts if (key := named[part])))
    return None


def ticked_options(field: Field, value: Mapping[str, object]) -> list[str] | None:
    """The keys of an object that says true of options, as a form does; None for any other object."""
    if not all(each is True for each in value.values()):
        return None
    keys = [named_option(field, name) for name in value]
    return None if None in keys else [key for key in keys if key is not None]


def listed_options(field: Field, keys: Sequence[str], others: Set[str], target: Target) -> Problem:
    """The problem of an item that lists several options in one text; `others` are the texts beside it."""
    message = f"{title(field)} has several options in one text"
    left = [key for key in keys if key not in others]
    text = ", ".join(map(as_json, left))
    if not left:
        hint = "leave it out: these options are in this array already"
        fix = ValueFix(safe=False, description="leave out what is there already", drops=True)
        return Problem("unknown-option", message, hint, fix=fix)
    form = "write each of them as an item of its own"
    if len(left) < len(keys):
        form = "write what is not in this array yet as an item of its own"
    return Problem(
        "unknown-option",
        message,
        f"{form}: {text}",
        fix=ValueFix(safe=False, description="write each of them as an item of its own", text=text),
        redacted_hint=hidden_options(field, target),
    )


def hidden_options(field: Field, target: Target) -> str:
    """A hint without any option, since one of them may be a value of the payload."""
    return f"run {list_command(target.object.key)} to list the keys of {title(field)}"


def _named_by(field: Field, value: str) -> Named:
    if not field.has_like(value):
        return _NOTHING
    exact = field.keys_by_label.get(canonical(value), ())
    text = normalize(value)
    normalized = field.keys_by_normalized_label.get(text, ())
    labelled = exact or normalized
    if not labelled:
        labelled = field.keys_by_bare_label.get(without_emoji(value, text), ())
    return Named(exact, labelled, normalized, field.keys_by_case.get(fold_key(trim(value)), ()))


def _reading(field: Field, value: str, named: Named) -> Reading | None:
    """The one option that a text that is not a key can mean, if there is exactly one."""
    if named is _NOTHING:
        return None
    plain = canonical(value)
    same = field.keys_by_canonical_key.get(plain, ())
    if len(same) == 1:
        return Reading(same[0], "unknown-option", "has this option's key in another Unicode form", safe=True)
    trimmed = trim(plain)
    same = field.keys_by_canonical_key.get(trimmed, ()) if trimmed != plain and not named.exact else ()
    if len(same) == 1:
        message = "has this option's key without the white space around it"
        return Reading(same[0], "unknown-option", message, safe=True)
    labelled, cased = named.labelled, named.cased
    if len(labelled) == 1:
        others = any(keys and keys != labelled for keys in (cased, named.normalized))
        if named.exact or not others:
            message = "takes an option's key, but this is an option's label"
            label = field.labels[labelled[0]]
            # Quotes and emoji that differ are not ASCII.
            is_same = labelled is named.exact or (value.isascii() and label.isascii()) or is_same_label(label, value)
            safe = is_same and not others
            return Reading(labelled[0], "option-label", message, safe)
    if len(cased) == 1 and not labelled:
        return Reading(cased[0], "unknown-option", "has this option's key in another case", safe=True)
    return None


def named_option(field: Field, text: str) -> str | None:
    """The key that a text is or can only mean."""
    if text in field.option_keys:
        return text
    reading = _reading(field, text, _named_by(field, text))
    return reading.key if reading and reading.safe else None


def _unknown_key(field: Field, value: str, named: Named, target: Target) -> Problem:
    """The problem of a text that is no option's key, and that does not name exactly one option."""
    message = f"{title(field)} has no option with this key"
    object_key, listing = target.object.key, field.listing
    if named.labelled or named.cased:
        same_label = len(named.labelled) > 1
        reason = "several options share this label" if same_label else "several keys differ from it only in case"
        return _unknown(field, target, f"{message}, and {reason}", _which_of(field, named, target))
    choices = field.option_choices
    near = choices.near(value)
    nearest = choices.few(near)
    if nearest:
        key = choices.writable(value, nearest)
        fix = ValueFix(safe=False, description="write the nearest key", text=as_json(key)) if key is not None else None
        return _unknown(field, target, message, did_you_mean(nearest, listing, object_key), fix)
    meant = yes_or_no(field, value)
    if meant:
        return _unknown(field, target, message, did_you_mean(meant, listing, object_key))
    return _unknown(field, target, message, use_one_of(listing, object_key, chain(near, choices.containing(value))))


def _which_of(field: Field, named: Named, target: Target) -> str:
    """The hint that asks which of several options is meant. Where they are very many, it lists the first of them."""
    if len(named.labelled) + len(named.cased) > NAMED_AT_MOST:
        return use_one_of(field.listing, target.object.key, chain(named.labelled, named.cased))
    return f"did you mean {either(map(as_json, dict.fromkeys((*named.labelled, *named.cased))))}?"


def _unknown(field: Field, target: Target, message: str, hint: str, fix: ValueFix | None = None) -> Problem:
    return Problem("unknown-option", message, hint, fix=fix, redacted_hint=hidden_options(field, target))


def _not_a_key(field: Field, value: object, target: Target) -> Problem:
    """The problem of a value that is not a string. A boolean may mean yes or no, and a number may be a key."""
    message = f"{title(field)} takes an option's key as a string, not {json_type(value)}"
    redacted_hint = hidden_options(field, target)
    key = option_inside(field, value)
    if key is not None:
        text = as_json(key)
        fix = ValueFix(safe=False, description="write the key", text=text)
        return Problem("wrong-type", message, f"write {text}", fix=fix, redacted_hint=redacted_hint)
    near = yes_or_no(field, as_json(value)) if isinstance(value, bool | int) else []
    hint = (
        did_you_mean(near, field.listing, target.object.key) if near else use_one_of(field.listing, target.object.key)
    )
    return Problem("wrong-type", message, hint, redacted_hint=redacted_hint)


def option_inside(field: Field, value: object) -> str | None:
    """The one key that a number is, or that an array, an `add` or a whole option as an object holds."""
    if isinstance(value, dict) and list(value) == ["add"]:
        value = value["add"]
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        texts = [value[name] for name in _NAMES_OF_KEYS if isinstance(value.get(name), str)]
        keys = {key for text in texts if (key := named_option(field, text)) is not None}
        return keys.pop() if len(keys) == 1 else None
    if isinstance(value, str):
        return named_option(field, value)
    if isinstance(value, int | float):
        return named_option(field, as_json(value))
    return None


def _several(field: Field, value: object) -> list[str] | None:
    """The keys of an array that holds nothing else, two at least."""
    if not isinstance(value, list):
        return None
    keys = [option_inside(field, item) for item in value]
    return list(dict.fromkeys(key for key in keys if key)) if len(keys) > 1 and all(keys) else None


def yes_or_no(field: Field, text: str) -> list[str]:
    """The option that says yes if the text does, or no. The field must have one of each, in words that form a pair."""
    word = normalize(text)
    if word not in _YES and word not in _NO:
        return []
    keys = field.keys_by_first_word
    for pair in _PAIRS:
        yes, no = (keys.get(each, ()) for each in pair)
        if len(yes) == len(no) == 1 and yes != no:
            return [*(yes if word in _YES else no)]
    return []
