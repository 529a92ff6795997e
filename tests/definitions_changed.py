"""Definitions as the API answers them, changed in every way that the format allows, and bodies for both."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from recordlint import ObjectDefinition, Operation
from recordlint.contract.spec_files import field_types
from recordlint.definitions.reading import parse_objects
from recordlint.errors import DefinitionError

KEY = "custom_objects.pet"
OPTION_TYPES = ("SINGLE_OPTIONS", "MULTIPLE_OPTIONS", "RADIO", "CHECKBOX", "TEXTBOX_LIST")
FIELD_KEYS = [f"f{number}" for number in range(16)]
OPTION_KEYS = ["a", "b", "c", "d"]
LABELS = ["One", "Two", "two", "{{three}}", "a", "Two \U0001f600"]
NAMES = ["Name", "Age", "age", "Colour"]
FORMATS = [".pdf", "jpg", ".JPEG", "all", "png", ".php"]
Document = dict[str, Any]


def definition(document: Document, name: str = "pet.json") -> ObjectDefinition | None:
    """The definition of a document; None where it defines nothing."""
    try:
        return parse_objects([(name, json.dumps(document).encode())])[0]
    except DefinitionError:
        return None


def options(draw: st.DrawFn) -> list[dict[str, str]]:
    keys = draw(st.lists(st.sampled_from(OPTION_KEYS), min_size=1, max_size=4, unique=True))
    return [{"key": key, "label": draw(st.sampled_from(LABELS))} for key in keys]


def a_field(draw: st.DrawFn, key: str, data_type: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": f"id-{key}", "fieldKey": f"{KEY}.{key}", "dataType": data_type}
    entry["name"] = draw(st.sampled_from(NAMES))
    if data_type in OPTION_TYPES:
        entry[draw(st.sampled_from(["options", "picklistOptions"]))] = options(draw)
    if data_type == "RADIO":
        entry["allowCustomOption"] = draw(st.booleans())
    if data_type == "FILE_UPLOAD":
        file_limits(draw, entry)
    return entry


def file_limits(draw: st.DrawFn, entry: dict[str, Any]) -> None:
    entry["maxFileLimit"] = draw(st.sampled_from([None, 0, 1, 2, 2.5, 3]))
    formats = draw(st.lists(st.sampled_from(FORMATS), max_size=3))
    entry["acceptedFormats"] = draw(st.sampled_from([formats, ",".join(formats), None]))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A definition with a field of each type, some of which are required."""
    types = [*sorted(field_types()), "SIGNATURE"]
    fields = [a_field(draw, key, data_type) for key, data_type in zip(FIELD_KEYS, types, strict=False)]
    about = {"key": KEY, "labels": {"singular": "Pet"}}
    about["primaryDisplayProperty"] = f"{KEY}.{draw(st.sampled_from(FIELD_KEYS[: len(fields)]))}"
    if draw(st.booleans()):
        required = draw(st.lists(st.sampled_from(FIELD_KEYS[: len(fields)]), max_size=2, unique=True))
        about["requiredProperties"] = [f"{KEY}.{key}" for key in required]
    return {"object": about, "fields": fields}


def _drop(draw: st.DrawFn, document: Document) -> None:
    del document["fields"][draw(st.integers(0, len(document["fields"]) - 1))]


def _add(draw: st.DrawFn, document: Document) -> None:
    entry = a_field(draw, draw(st.sampled_from(FIELD_KEYS)), draw(st.sampled_from([*sorted(field_types()), "ODD"])))
    document["fields"].insert(draw(st.integers(0, len(document["fields"]))), entry)


def _retype(draw: st.DrawFn, document: Document) -> None:
    entry = draw(st.sampled_from(document["fields"]))
    fresh = a_field(draw, "x", draw(st.sampled_from([*sorted(field_types()), "ODD"])))
    fresh |= {"id": entry["id"], "fieldKey": entry["fieldKey"]}
    entry.clear()
    entry.update(fresh)


def _rekey(draw: st.DrawFn, document: Document) -> None:
    draw(st.sampled_from(document["fields"]))["fieldKey"] = f"{KEY}.{draw(st.sampled_from(FIELD_KEYS))}"


def _swap_keys(draw: st.DrawFn, document: Document) -> None:
    one, other = draw(st.sampled_from(document["fields"])), draw(st.sampled_from(document["fields"]))
    one["fieldKey"], other["fieldKey"] = other["fieldKey"], one["fieldKey"]


def _reid(draw: st.DrawFn, document: Document) -> None:
    draw(st.sampled_from(document["fields"]))["id"] = draw(st.sampled_from(["", "id-f1", "id-new"]))


def _rename(draw: st.DrawFn, document: Document) -> None:
    draw(st.sampled_from(document["fields"]))["name"] = draw(st.sampled_from(["", *NAMES]))


def _reoption(draw: st.DrawFn, document: Document) -> None:
    with_options = [each for each in document["fields"] if each["dataType"] in OPTION_TYPES]
    if with_options:
        entry = draw(st.sampled_from(with_options))
        entry.pop("picklistOptions", None)
        entry["options"] = options(draw)


def _relabel(draw: st.DrawFn, document: Document) -> None:
    with_options = [each for each in document["fields"] if each["dataType"] in OPTION_TYPES]
    if with_options:
        entry = draw(st.sampled_from(with_options))
        listed = entry.get("options") or entry.get("picklistOptions")
        draw(st.sampled_from(listed))["label"] = draw(st.sampled_from(LABELS))


def _custom(draw: st.DrawFn, document: Document) -> None:
    for entry in document["fields"]:
        if entry["dataType"] == "RADIO":
            entry["allowCustomOption"] = draw(st.booleans())


def _limits(draw: st.DrawFn, document: Document) -> None:
    for entry in document["fields"]:
        if entry["dataType"] == "FILE_UPLOAD":
            file_limits(draw, entry)


def _require(draw: st.DrawFn, document: Document) -> None:
    keys = [each["fieldKey"] for each in document["fields"]]
    document["object"]["requiredProperties"] = draw(st.lists(st.sampled_from([*keys, f"{KEY}.none"]), max_size=3))


def _primary(draw: st.DrawFn, document: Document) -> None:
    document["object"]["primaryDisplayProperty"] = draw(st.sampled_from(document["fields"]))["fieldKey"]


def _describe(draw: st.DrawFn, document: Document) -> None:
    draw(st.sampled_from([document["object"], *document["fields"]]))["description"] = draw(st.sampled_from(["", "So"]))
    draw(st.sampled_from(document["fields"]))["placeholder"] = "Here"
    document["object"]["labels"] = {"singular": draw(st.sampled_from(["", "Pet", "Dog"]))}


def _reorder(draw: st.DrawFn, document: Document) -> None:
    document["fields"] = draw(st.permutations(document["fields"]))
    for entry in document["fields"]:
        if "options" in entry:
            entry["options"] = draw(st.permutations(entry["options"]))


MUTATIONS: list[Callable[[st.DrawFn, Document], None]] = [
    *(_drop, _add, _retype, _rekey, _swap_keys, _reid, _rename, _reoption, _reoption, _relabel, _relabel),
    *(_custom, _limits, _require, _primary, _describe, _reorder),
]


@st.composite
def two_definitions(draw: st.DrawFn) -> tuple[ObjectDefinition, ObjectDefinition]:
    """A definition, and the same after some changes."""
    document = draw(documents())
    old = definition(document)
    changed = deepcopy(document)
    for mutate in draw(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=4)):
        mutate(draw, changed)
        if not changed["fields"]:
            break
    new = definition(changed)
    # A change may give one key to two fields, which defines nothing.
    return (old, new) if old and new else (draw(two_definitions()))


TEXTS = [*OPTION_KEYS, *LABELS, "Zebra", "x" * 12_001, "2024-01-31", "+14155550123", "a@b.co"]
URLS = [f"https://files.example.com/x{end}" for end in ("", ".pdf", ".jpg", ".jpeg", ".png", ".php")]
VALUES = st.one_of(
    st.sampled_from(TEXTS), st.integers(0, 5), st.just({"currency": "default", "value": 5}), st.just(None)
)
LISTS = st.one_of(
    st.lists(st.sampled_from(OPTION_KEYS), max_size=3, unique=True),
    st.lists(st.sampled_from(URLS).map(lambda url: {"url": url}), max_size=4, unique_by=lambda each: each["url"]),
)


@st.composite
def bodies(draw: st.DrawFn, old: ObjectDefinition, new: ObjectDefinition) -> tuple[Operation, dict[str, Any]]:
    """A body with properties of both, and the operation that it is for."""
    operation: Operation = draw(st.sampled_from(("update", "create")))
    of_old, either = st.sampled_from([*old.by_property]), st.sampled_from([*{**old.by_property, **new.by_property}])
    keys = draw(st.lists(st.one_of(of_old, of_old, either), min_size=1, max_size=3, unique=True))
    if operation == "create":
        keys += [key for field in old.required for key in field.properties[:1] if key not in keys]
    return operation, {
        "properties": {key: _value(draw, old, key, operation) for key in keys},
        **({"locationId": "somewhere"} if operation == "create" else {}),
    }


def _value(draw: st.DrawFn, old: ObjectDefinition, key: str, operation: Operation) -> Any:
    field = old.by_property.get(key)
    is_list = field.has_several_values if field else draw(st.booleans())
    if not is_list:
        return draw(_right_values(field.data_type if field else ""))
    items = draw(LISTS)
    return items if operation == "create" else {draw(st.sampled_from(["add", "remove"])): items}


def _right_values(data_type: str) -> st.SearchStrategy[Any]:
    right = {
        "NUMERICAL": st.integers(0, 5),
        "MONETORY": st.just({"currency": "default", "value": 5}),
        "DATE": st.just("2024-01-31"),
        "PHONE": st.just("+14155550123"),
        "EMAIL": st.just("a@b.co"),
    }
    return st.one_of(right.get(data_type, st.sampled_from(TEXTS)), VALUES)
