"""Names for what code is generated from: objects and options. They are identifiers in every language."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from recordlint.definitions.model import Field, ObjectDefinition, Option

_OTHERS: Final = (
    *("Amount", "Delta", "File", "FileReference", "Final", "Generic", "Item"),
    *("Literal", "NotRequired", "TypedDict", "TypeVar"),
)
"""What generated modules have beside the types of objects."""
_SUFFIXES: Final = ("", "Update", "Create", "Record")
_PARTS: Final = ("", "Properties", "Members")


OF_EVERY_OBJECT: Final = frozenset(
    ["constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf"]
)
"""The members that every object has in JavaScript, as TypeScript knows them."""


class TypeNames(NamedTuple):
    """The names in a module of types. No two are the same."""

    classes: Mapping[str, str]
    """Of each object's types, by its key."""
    members: Mapping[tuple[str, str], str]
    """Of the options of a field, within those of its object: by the object's key and the field's."""
    choices: Mapping[tuple[str, str], str]
    """Of the type of such an option, by the same."""


def type_names(definitions: Sequence[ObjectDefinition]) -> TypeNames:
    """The names for some objects and their fields with options."""
    classes = class_names(definitions)
    used = {*_OTHERS, *[each for name in classes.values() for each in _names_of(name)]}
    members: dict[tuple[str, str], str] = {}
    choices: dict[tuple[str, str], str] = {}
    for definition in definitions:
        fields = fields_with_options(definition)
        for field, member in zip(fields, _member_names(fields), strict=True):
            name = f"{classes[definition.key]}{member}Option"
            while name in used:
                name += "_"
            used.add(name)
            members[definition.key, field.key], choices[definition.key, field.key] = member, name
    return TypeNames(classes, members, choices)


def fields_with_options(definition: ObjectDefinition) -> list[Field]:
    """The fields whose values are keys of options."""
    return [each for each in definition.fields if each.options and not each.is_textbox_list]


def class_names(definitions: Iterable[ObjectDefinition]) -> Mapping[str, str]:
    """The name of each object's types, by its key: `VehicleIntake` for `custom_objects.vehicle_intake`.

    Different keys have different names: where words cannot be told apart by a capital, the underscore stays.
    """
    names: dict[str, str] = {}
    used = {*_OTHERS}
    for definition in definitions:
        name = "".join([_capitalized(word) for word in definition.short_key.split("_")])
        name = name if name[:1].isalpha() else f"Object{name}"  # Python makes other names of some that begin with _
        while keyword.iskeyword(name) or not used.isdisjoint(_names_of(name)):
            name += "Object"  # such as a custom object that is called business, or one that is called ticket_update
        used.update(_names_of(name))
        names[definition.key] = name
    return names


def _names_of(name: str) -> list[str]:
    """All that is named after an object."""
    return [f"{before}{name}{suffix}{part}" for before in ("", "_") for suffix in _SUFFIXES for part in _PARTS]


def _member_names(fields: Iterable[Field]) -> list[str]:
    """A name for each field, made from its key: `TypeOfTicket` for `type_of_ticket`."""
    words = ["".join(map(_capitalized, re.findall("[A-Za-z0-9]+", each.key))) or "Field" for each in fields]
    # None, True and False are no names in Python.
    return list(_distinct(f"{each}_" if keyword.iskeyword(each) else each for each in words))


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, with a number behind each that was there before."""
    used: set[str] = set()
    for name in names:
        unique, number = name, 1
        while unique in used:
            number += 1
            unique = f"{name}_{number}"
        used.add(unique)
        yield unique


def _capitalized(word: str) -> str:
    return word.capitalize() if word[:1].isalpha() else f"_{word}"


def constant_names(options: Sequence[Option]) -> list[str]:
    """A name for each option, made from its label: `BUG_REPORT` for "Bug report".

    Where labels make one name, or none, the key makes it; where keys do not tell them apart either, a number does.
    """
    by_label = [_constant(option.label) for option in options]
    times = Counter(by_label)
    names = [
        label if label and times[label] == 1 else _constant(option.key) or "OPTION"
        for option, label in zip(options, by_label, strict=True)
    ]
    return list(_distinct(names))


def distinct_titles(titles: Mapping[str, str]) -> dict[str, str]:
    """The titles, by key; those that differ in no letter and no digit, or have none, have their key behind them.

    Some tools make names of titles, and drop what has the name of something else.
    """
    times = Counter(map(_letters, titles.values()))
    used: set[str] = set()
    distinct: dict[str, str] = {}
    for key, title in titles.items():
        with_key = f"{title} ({key})"
        unique = title if times[_letters(title)] == 1 else with_key
        number = 1
        while not _letters(unique) or _letters(unique) in used:
            number += unique != title
            unique = with_key if number == 1 else f"{with_key} {number}"
        used.add(_letters(unique))
        distinct[key] = unique
    return distinct


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _constant(text: str) -> str:
    """Text in capitals, digits and underscores; empty where it has no letter or digit that ASCII has too."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = "_".join(re.findall("[A-Za-z0-9]+", ascii_text)).upper()
    # Some tools drop an underscore that comes first.
    return f"N_{name}" if name[:1].isdigit() else name
