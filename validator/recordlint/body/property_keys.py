"""What an unknown key of `properties` is meant for, and the words that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from recordlint.definitions.model import Field, ObjectDefinition, Option, option_list, title
from recordlint.violations import Problem, ValueFix
from recordlint.wording.normalize import normalize
from recordlint.wording.phrases import as_json, either


class Meant(NamedTuple):
    """The property that a key is meant for."""

    key: str
    field: Field
    rule: str
    """The rule that names the mistake; empty where the key is right."""
    certain: bool
    """False if the field is known but not which of its labels."""


def meant_property(definition: ObjectDefinition, key: str) -> Meant | None:
    """The one property that `key` can mean, if there is exactly one."""
    by_property = definition.by_property
    field = by_property.get(key)
    if field:
        return Meant(key, field, "", certain=True)
    short = _without_prefix(definition, key)
    same = (short,) if short in by_property else definition.by_case.get(short.casefold(), ())
    if len(same) == 1 and same[0] != short and by_property[same[0]].is_textbox_list:
        # Another case of one label's key may be the text of another label.
        return _meant_label(definition, short)
    if short != key and len(same) == 1:
        return Meant(same[0], by_property[same[0]], "full-field-key", certain=True)
    bare = definition.by_key.get(short) or _same_list(definition, short)
    if bare and bare.is_textbox_list:
        return Meant(bare.properties[0], bare, "textbox-list-bare", certain=True)
    named = definition.by_normalized_name.get(normalize(key), ())
    if len({*same, *(each.key for each in named)}) > 1:
        return None
    if len(same) == 1:
        return Meant(same[0], by_property[same[0]], "unknown-property", certain=True)
    if len(named) == 1:
        return Meant(named[0].properties[0], named[0], "field-label", certain=True)
    return _meant_label(definition, short)


def _without_prefix(definition: ObjectDefinition, key: str) -> str:
    """A full key, in any case, without its object's key."""
    lower = key.casefold()
    return next((key[len(prefix) :] for prefix in definition.prefixes if lower.startswith(prefix)), key)


def _same_list(definition: ObjectDefinition, short: str) -> Field | None:
    """The textbox list that has this key in another case."""
    lower = short.casefold()
    lists = [each for each in definition.fields if each.is_textbox_list and each.key.casefold() == lower]
    return lists[0] if len(lists) == 1 else None


def _meant_label(definition: ObjectDefinition, short: str) -> Meant | None:
    """`my_list.Label text`, with the label's text instead of its key."""
    for field in definition.fields:
        start = f"{field.key}."
        if field.is_textbox_list and short.casefold().startswith(start.casefold()):
            label = short[len(start) :]
            keys = {
                *field.keys_by_normalized_label.get(normalize(label), ()),
                *field.keys_by_case.get(label.casefold(), ()),
            }
            certain = len(keys) == 1
            return Meant(f"{start}{keys.pop() if certain else label}", field, "unknown-label", certain=certain)
    return None


def times_named(properties: Iterable[str], wrong: Iterable[Meant | None]) -> Mapping[str, int]:
    """How often each property is named in a payload, under whatever name. A bare textbox list names no property."""
    meant = [each.key for each in wrong if each and not _is_bare(each)]
    return Counter([*properties, *meant])


def _is_bare(meant: Meant) -> bool:
    """Whether a textbox list is named without a label."""
    return meant.rule == "textbox-list-bare" or (meant.rule == "field-label" and meant.field.is_textbox_list)


def wrong_property(
    definition: ObjectDefinition, key: str, value: object, meant: Meant | None, times: Mapping[str, int]
) -> tuple[Problem, Field | None]:
    """The problem of an unknown key, and the field whose rules its value follows nevertheless.

    Args:
        definition: the object's.
        key: as the payload writes it.
        value: the value under that key.
        meant: the property that it is meant for.
        times: how often each property is named in the payload, under whatever name.
    """
    if meant is None:
        return _unknown_property(definition, key, times), None
    field, path = meant.field, (key,)
    if _is_bare(meant):
        message = f"{title(field)} is a textbox list: each of its labels is a separate property"
        return Problem(meant.rule, message, _labels_hint(field, value), path, "key"), None
    if not meant.certain:
        return _unknown_label(field, key, meant.key.removeprefix(f"{field.key}."), times), None
    text = as_json(meant.key)
    message = {
        "full-field-key": f"{title(field)} is named by its full key instead of its short key",
        "field-label": f"{as_json(key)} is the display name of a field, not its key",
        "unknown-label": f"{title(field)} takes a label's key after the dot, exactly as it is defined",
        "unknown-property": f"{title(field)} has this key in another case",
    }[meant.rule]
    if times[meant.key] > 1:
        return Problem(meant.rule, message, f"keep only one of the keys that mean {text}", path, "key"), field
    # Ignoring the kind of quotes is good enough for a suggestion, but not for a safe fix.
    safe = meant.rule != "field-label" or normalize(key, quotes=False) == normalize(field.name, quotes=False)
    fix = ValueFix(
        safe=safe, description=f"write the {'label' if meant.rule == 'unknown-label' else 'field'}'s key", text=text
    )
    return Problem(meant.rule, message, f"write {text}", path, "key", fix=fix), field


def _labels_hint(field: Field, value: object) -> str:
    """What to write instead of a bare key: the labels that the object under it means, else all labels."""
    if isinstance(value, dict):
        labels = field.keys_by_normalized_label
        meant = [(name,) if name in field.option_keys else labels.get(normalize(name), ()) for name in value]
        keys = {keys[0] for keys in meant if len(keys) == 1}
        if value and len(keys) == len(value):
            members = [f"{as_json(f'{field.key}.{keys[0]}')}: …" for keys in meant]
            return f"write {', '.join(members)} instead"
    return f"write one property per label: {_labels(field)}"


def _labels(field: Field) -> str:
    """The property keys of a textbox list, with the labels."""
    return option_list([Option(f"{field.key}.{option.key}", option.label) for option in field.options])


def _unknown_label(field: Field, key: str, label: str, times: Mapping[str, int]) -> Problem:
    near = [f"{field.key}.{each}" for each in field.option_choices.nearest(label)]
    hint = f"did you mean {either(map(as_json, near))}?" if near else f"use one of {_labels(field)}"
    fix = None
    if len(near) == 1 and not times[near[0]]:
        fix = ValueFix(safe=False, description="write the label's key", text=as_json(near[0]))
    return Problem("unknown-label", f"{title(field)} has no label with this key", hint, (key,), "key", fix=fix)


def _unknown_property(definition: ObjectDefinition, key: str, times: Mapping[str, int]) -> Problem:
    named = definition.by_normalized_name.get(normalize(key), ())
    if len(named) > 1:
        hint = f"write {either([as_json(field.properties[0]) for field in named])}"
        return Problem("field-label", f"{as_json(key)} is the display name of several fields", hint, (key,), "key")
    near = definition.property_choices.nearest(_without_prefix(definition, key))
    message = f"{definition.name} has no property {as_json(key)}"
    if not near:
        known = [Option(each, field.name) for each, field in definition.by_property.items()]
        hint = f"use one of {option_list(known)}" if known else "check the object's definition: it has no fields"
        return Problem("unknown-property", message, hint, (key,), "key")
    fix = None
    if len(near) == 1 and not times[near[0]]:
        fix = ValueFix(safe=False, description="write the key that exists", text=as_json(near[0]))
    hint = f"did you mean {either(map(as_json, near))}?"
    return Problem("unknown-property", message, hint, (key,), "key", fix=fix)
