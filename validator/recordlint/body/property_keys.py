"""What an unknown key of `properties` is meant for, and the words that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from recordlint.definitions.listing import NAMED_AT_MOST, use_one_of
from recordlint.definitions.model import Field, ObjectDefinition, title
from recordlint.problems.problem import KEPT, Problem, ValueFix
from recordlint.wording.normalize import canonical, fold_key, is_same_label, normalize, without_emoji
from recordlint.wording.phrases import as_json, either
from recordlint.wording.suggestions import LONGEST


class Meant(NamedTuple):
    """The property that a key is meant for."""

    key: str
    field: Field
    rule: str
    """The rule that names the mistake; empty where the key is right."""
    certain: bool
    """False if the field is known but not which of its labels."""
    is_bare: bool = False
    """Whether a textbox list is named without a label; `key` is then its first."""


def meant_property(definition: ObjectDefinition, key: str) -> Meant | None:
    """The one property that `key` can mean, if there is exactly one."""
    by_property = definition.by_property
    field = by_property.get(key)
    if field:
        return Meant(key, field, "", certain=True)
    if "." not in key and key not in definition.by_id and not definition.has_like(key):
        return None
    short = _without_prefix(definition, key)
    if not definition.has_like(key) and (short == key or not definition.has_like(short)):
        return _identified(definition, key) or _meant_label(definition, short)
    same = (short,) if short in by_property else _same_key(definition, short)
    if len(same) == 1 and same[0] != short and by_property[same[0]].is_textbox_list:
        # Another case of one label's key may be the text of another label.
        return _meant_label(definition, short)
    if short != key and len(same) == 1:
        return Meant(same[0], by_property[same[0]], "full-field-key", certain=True)
    bare = definition.by_key.get(short) or _same_list(definition, short)
    if bare and bare.is_textbox_list:
        return Meant(bare.properties[0], bare, "textbox-list-bare", certain=True, is_bare=True)
    named = fields_named(definition, key)
    if len({*same[:2], *[each.key for each in named[:2]]}) > 1:
        return None
    if len(same) == 1:
        return Meant(same[0], by_property[same[0]], "unknown-property", certain=True)
    if len(named) == 1:
        return _meant_field(named[0], "field-label")
    return _identified(definition, key) or _meant_label(definition, short)


def _identified(definition: ObjectDefinition, id: str) -> Meant | None:
    """The field with this id."""
    fields = definition.by_id.get(id, ())
    return _meant_field(fields[0], "unknown-property") if len(fields) == 1 else None


def _meant_field(field: Field, rule: str) -> Meant:
    return Meant(field.properties[0], field, rule, certain=True, is_bare=field.is_textbox_list)


def _without_prefix(definition: ObjectDefinition, key: str) -> str:
    """A full key, in any case, without its object's key."""
    lower = key.casefold()
    for prefix in definition.prefixes:
        if lower.startswith(prefix):
            return key[len(prefix) :]
    return key


def _same_key(definition: ObjectDefinition, short: str) -> tuple[str, ...]:
    """The property keys that are this one in its canonical form, or else in another case."""
    return definition.by_canonical_key.get(canonical(short)) or definition.by_case.get(fold_key(short), ())


def _same_list(definition: ObjectDefinition, short: str) -> Field | None:
    """The textbox list that has this key in another case."""
    lists = definition.textbox_lists.get(fold_key(short), ())
    return lists[0] if len(lists) == 1 else None


def fields_named(definition: ObjectDefinition, name: str) -> tuple[Field, ...]:
    """The fields with this display name."""
    if not definition.has_like(name):
        return ()
    text = normalize(name)
    return definition.by_normalized_name.get(text) or definition.by_bare_name.get(without_emoji(name, text), ())


def _meant_label(definition: ObjectDefinition, short: str) -> Meant | None:
    """`my_list.Label text`, with the label's text instead of its key. The longest key of a list counts."""
    if not definition.textbox_lists:
        return None
    longest = definition.longest_list + LONGEST
    end = short.rfind(".", 0, longest)
    while end >= 0:
        field, label = _list_named(definition, short[:end]), short[end + 1 :]
        if field:
            keys = labels_named(field, label)
            if len(keys) == 1:
                return Meant(f"{field.key}.{keys[0]}", field, "unknown-label", certain=True)
            return Meant(f"{field.key}.{label}", field, "unknown-label", certain=False)
        end = short.rfind(".", 0, end)
    return None


def _list_named(definition: ObjectDefinition, name: str) -> Field | None:
    """The textbox list with this key, perhaps in another case, or with this display name."""
    field = definition.by_key.get(name) or _same_list(definition, name)
    if field is None:
        named = fields_named(definition, name)
        field = named[0] if len(named) == 1 else None
    return field if field and field.is_textbox_list else None


def labels_named(field: Field, label: str) -> list[str]:
    """The keys of a textbox list's labels that this text names: exactly, or in another case."""
    if not field.has_like(label):
        return []
    same = field.keys_by_canonical_key.get(canonical(label), ())
    if len(same) == 1:
        return [*same]
    text = normalize(label)
    named = field.keys_by_normalized_label.get(text) or field.keys_by_bare_label.get(without_emoji(label, text), ())
    return list(dict.fromkeys((*named, *field.keys_by_case.get(fold_key(label), ()))))


def is_sure(key: str, meant: Meant) -> bool:
    """Whether a wrong key can only mean this property, so that `--fix` writes its key."""
    if not meant.certain or meant.is_bare or _is_id(key, meant):
        return False
    return meant.rule != "field-label" or is_same_label(meant.field.name, key)


def times_named(properties: Iterable[str], wrong: Iterable[Meant | None]) -> Mapping[str, int]:
    """How often each property is named in a payload, under whatever name. A bare textbox list names no property."""
    meant = [each.key for each in wrong if each and not each.is_bare]
    return Counter([*properties, *meant])


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
        if holds_fields(definition, value):
            return _nested(definition, key, alone=len(times) == 1 and sum(times.values()) == 1), None
        return _unknown_property(definition, key, times), None
    field, path = meant.field, (key,)
    if meant.is_bare:
        message = f"{title(field)} is a textbox list: each of its labels is a separate property"
        hint = _labels_hint(definition, field, value)
        hidden = _labels_hint(definition, field, dict.fromkeys(value, ())) if isinstance(value, dict) else None
        return Problem(meant.rule, message, hint, path, "key", redacted_hint=hidden), None
    if not meant.certain:
        return _unknown_label(definition, field, key, meant.key.removeprefix(f"{field.key}."), times), None
    text, message = as_json(meant.key), _message(key, meant)
    if times[meant.key] > 1:
        return Problem(meant.rule, message, f"keep only one of the keys that mean {text}", path, "key"), field
    fix = ValueFix(
        safe=is_sure(key, meant),
        description=f"write the {'label' if meant.rule == 'unknown-label' else 'field'}'s key",
        text=text,
    )
    return Problem(meant.rule, message, f"write {text}", path, "key", fix=fix), field


def _message(key: str, meant: Meant) -> str:
    name = title(meant.field)
    if meant.rule == "full-field-key":
        return f"{name} is named by its full key instead of its short key"
    if meant.rule == "field-label":
        return f"{as_json(key)} is the display name of a field, not its key"
    if meant.rule == "unknown-label":
        return f"{name} takes a label's key after the dot, exactly as it is defined"
    if _is_id(key, meant):
        return f"{as_json(key)} is the id of a field, not its key"
    form = "Unicode form" if canonical(key) == canonical(meant.key) else "case"
    return f"{name} has this key in another {form}"


def _is_id(key: str, meant: Meant) -> bool:
    """Whether the field is named by its id."""
    return key == meant.field.id and meant.rule == "unknown-property"


def _labels_hint(definition: ObjectDefinition, field: Field, value: object) -> str:
    """What to write instead of a bare key: the labels that the object under it means, else all labels."""
    if isinstance(value, dict):
        meant = [(name,) if name in field.option_keys else labels_named(field, name) for name in value]
        keys = {keys[0] for keys in meant if len(keys) == 1}
        if value and len(keys) == len(value):
            pairs = zip(meant, value.values(), strict=True)
            members = [f"{as_json(f'{field.key}.{keys[0]}')}: {_as_text(each)}" for keys, each in pairs]
            return f"write {', '.join(members)} instead"
    listed = use_one_of(field.listing, definition.key).removeprefix("use one of ")
    return f"write one property per label: {listed}"


def _as_text(value: object) -> str:
    """A value as the JSON of a label's text; dots where it is no single value."""
    if value is None or isinstance(value, str):
        return as_json(value)
    return as_json(as_json(value)) if isinstance(value, int | float) else "…"


def _unknown_label(
    definition: ObjectDefinition, field: Field, key: str, label: str, times: Mapping[str, int]
) -> Problem:
    message = f"{title(field)} has no label with this key"
    choices = field.option_choices
    near = choices.near(label)
    nearest = choices.few(near)
    free = [name for each in nearest if not times[name := f"{field.key}.{each}"]]
    if not free:
        first = (name for each in near if not times[name := f"{field.key}.{each}"])
        return Problem("unknown-label", message, use_one_of(field.listing, definition.key, first), (key,), "key")
    fix = None
    if choices.writable(label, nearest) is not None:
        fix = ValueFix(safe=False, description="write the label's key", text=as_json(free[0]))
    return Problem("unknown-label", message, f"did you mean {either(map(as_json, free))}?", (key,), "key", fix=fix)


def holds_fields(definition: ObjectDefinition, value: object) -> bool:
    """Whether a value is an object of fields, which is one level too deep."""
    return isinstance(value, dict) and bool(value) and all(key in definition.by_property for key in value)


def _nested(definition: ObjectDefinition, key: str, *, alone: bool) -> Problem:
    """The problem of a key that is no field and holds fields."""
    fix = ValueFix(safe=False, description="put its fields in its place", text=KEPT, at=(), keep=(key,))
    return Problem(
        "unknown-property",
        f"{definition.name} has no property {as_json(key)}, and the fields inside it are one level too deep",
        "put the fields inside it directly under properties",
        (key,),
        "key",
        fix=fix if alone else None,
    )


def _unknown_property(definition: ObjectDefinition, key: str, times: Mapping[str, int]) -> Problem:
    named = fields_named(definition, key)
    if len(named) > 1:
        properties = [field.properties[0] for field in named[: NAMED_AT_MOST + 1]]
        hint = f"did you mean {either(map(as_json, properties))}?"
        if len(named) > NAMED_AT_MOST:
            hint = use_one_of(definition.listing, definition.key, properties)
        return Problem("field-label", f"{as_json(key)} is the display name of several fields", hint, (key,), "key")
    message = f"{definition.name} has no property {as_json(key)}"
    short = _without_prefix(definition, key)
    choices = definition.property_choices
    near = choices.near(short)
    nearest = choices.few(near)
    free = [each for each in nearest if not times[each]]
    if not free:
        return Problem("unknown-property", message, _known_properties(definition, near, times), (key,), "key")
    if free[0] not in definition.by_property:
        field = definition.by_key[free[0]]
        hint = f"did you mean {title(field)}? W{_labels_hint(definition, field, None)[1:]}"
        return Problem("unknown-property", message, hint, (key,), "key")
    fix = None
    if choices.writable(short, nearest) is not None:
        fix = ValueFix(safe=False, description="write the key that exists", text=as_json(free[0]))
    hint = f"did you mean {either(map(as_json, free))}?"
    return Problem("unknown-property", message, hint, (key,), "key", fix=fix)


def _known_properties(definition: ObjectDefinition, near: Sequence[str], times: Mapping[str, int]) -> str:
    """The hint that lists the properties, the near ones first."""
    by_property = definition.by_property
    if not by_property:
        return "check the object's definition: it has no fields"
    first = (each for each in near if each in by_property and not times[each])
    return use_one_of(definition.listing, definition.key, first)
