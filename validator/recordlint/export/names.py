"""Names for what code is generated from: objects and options. They are identifiers in every language."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from recordlint.definitions.model import ObjectDefinition, Option


def class_names(definitions: Iterable[ObjectDefinition]) -> Mapping[str, str]:
    """The name of each object's types, by its key: `VehicleIntake` for `custom_objects.vehicle_intake`.

    Different keys have different names: where words cannot be told apart by a capital, the underscore stays.
    """
    names: dict[str, str] = {}
    for definition in definitions:
        name = "".join([_capitalized(word) for word in definition.short_key.split("_")])
        while name in names.values():
            name += "Object"  # a custom object that is called business
        names[definition.key] = name
    return names


def member_names(keys: Iterable[str]) -> list[str]:
    """A name for each field, made from its key: `TypeOfTicket` for `type_of_ticket`."""
    names: dict[str, None] = {}
    for key in keys:
        name = "".join([_capitalized(word) for word in re.findall("[A-Za-z0-9]+", key)]) or "Field"
        name += "_" if keyword.iskeyword(name) else ""  # None, True and False
        unique, number = name, 1
        while unique in names:
            number += 1
            unique = f"{name}_{number}"
        names[unique] = None
    return [*names]


def _capitalized(word: str) -> str:
    return word.capitalize() if word[:1].isalpha() else f"_{word}"


def constant_names(options: Sequence[Option]) -> list[str]:
    """A name for each option, made from its label: `BUG_REPORT` for "Bug report".

    Where labels make one name, or none, the key makes it; where keys do not tell them apart either, a number does.
    """
    by_label = [_constant(option.label) for option in options]
    times = Counter(by_label)
    names: dict[str, None] = {}
    for option, label in zip(options, by_label, strict=True):
        name = label if label and times[label] == 1 else _constant(option.key) or "OPTION"
        unique, number = name, 1
        while unique in names:
            number += 1
            unique = f"{name}_{number}"
        names[unique] = None
    return [*names]


def _constant(text: str) -> str:
    """Text in capitals, digits and underscores; empty where it has no letter or digit that ASCII has too."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = "_".join(re.findall("[A-Za-z0-9]+", ascii_text)).upper()
    return f"_{name}" if name[:1].isdigit() else name
