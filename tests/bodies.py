"""Bodies of every field type for hypothesis: right ones, and right ones with a few changes.

Each type that spec/ describes has a sample field, right values and near misses here, or this module does not load.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from recordlint import Field, ObjectDefinition, Operation, Option
from recordlint.contract.spec_files import field_types

OPTIONS = (Option("bug", "Bug report"), Option("idea", "Feature – idea"), Option("q$1.b", "Same"), Option("z", "Same"))
KEYS = [option.key for option in OPTIONS]
LABELS = (Option("a", "First"), Option("b", "Second"))

K = TypeVar("K")


def of_each_type(table: Mapping[str, K], what: str) -> dict[str, K]:
    """The table in the order of the field types that spec/ describes, of which it must leave out none."""
    for data_type in sorted(field_types()):
        if data_type not in table:
            raise LookupError(f"tests/bodies.py has no {what} for the field type {data_type}")
    return {data_type: table[data_type] for data_type in sorted(field_types())}


SAMPLES: dict[str, tuple[Field, ...]] = {
    "TEXT": (Field("name", "Name", "TEXT"),),
    "LARGE_TEXT": (Field("notes", "Notes", "LARGE_TEXT"),),
    "NUMERICAL": (Field("count", "Count", "NUMERICAL"),),
    "PHONE": (Field("tel", "Telephone", "PHONE"),),
    "MONETORY": (Field("price", "Price", "MONETORY"),),
    "SINGLE_OPTIONS": (Field("kind", "Kind", "SINGLE_OPTIONS", options=OPTIONS),),
    "MULTIPLE_OPTIONS": (Field("tags", "Tags", "MULTIPLE_OPTIONS", options=OPTIONS),),
    "CHECKBOX": (Field("boxes", "Boxes", "CHECKBOX", options=OPTIONS),),
    "RADIO": (
        Field("choice", "Choice", "RADIO", options=OPTIONS),
        Field("free", "Free choice", "RADIO", options=OPTIONS, allow_custom_option=True),
    ),
    "DATE": (Field("day", "Day", "DATE"),),
    "FILE_UPLOAD": (
        Field("files", "Files", "FILE_UPLOAD", max_files=2, accepted_formats=("pdf", "jpg")),
        Field("any_files", "Any files", "FILE_UPLOAD"),
    ),
    "TEXTBOX_LIST": (Field("lines", "Lines", "TEXTBOX_LIST", options=LABELS),),
    "EMAIL": (Field("mail", "Mail", "EMAIL"),),
}
FIELDS = tuple([field for samples in of_each_type(SAMPLES, "sample field").values() for field in samples])
REQUIRED = (*SAMPLES["TEXT"], *SAMPLES["TEXTBOX_LIST"])
REQUIRED_KEYS = [field.properties[0] for field in REQUIRED]
UNKNOWN = Field("odd", "Odd", "SIGNATURE", known=False)
NAMESAKES = (
    *[Field(key, key.title(), "TEXT") for key in ("add", "remove", "owners", "properties", "locationId")],
    Field("followers", "Followers", "MULTIPLE_OPTIONS", options=OPTIONS),
)
"""Fields that are called as other members of bodies are."""
OBJECTS = (
    ObjectDefinition("custom_objects.all", "All", FIELDS, required=REQUIRED),
    ObjectDefinition("custom_objects.odd", "Odd", (*FIELDS, UNKNOWN, *NAMESAKES)),
)

KEY_TEXTS = st.sampled_from(
    [*KEYS, *[option.label for option in OPTIONS], "BUG", "bgu", "", " ", "bug\n", "FEATURE - IDEA"]
)
PHONES = st.sampled_from(
    [
        "+917000000000",
        "+91 70000 00000",
        "00917000000000",
        "917",
        "+4407123456",
        "+390612345678",
        "+999123456",
        "+12345",
        "+1",
        "+44\n",
        "+447123456\n",
        "+0123",
        "+4400000000",
        "+49030123456",
        "+٤٤١",
        "+1415555012345678",
    ]
)
DAYS = st.sampled_from(
    [
        "2024-02-29",
        "2023-02-29",
        "0000-01-01",
        "2024/02/03",
        "20240203",
        "03/04/2024",
        "2024-7-1",
        "2024-01-01\n",
        "9999-12-31",
        "2024-13-01",
        "2024-07-11T10:00:00Z",
        "٢٠٢٤-٠١-٠١",
        "1900-02-29",
        "2000-02-29",
    ]
)
URLS = st.sampled_from(
    [
        "https://a.b/c.pdf",
        "HTTP://a.b",
        "https://a b.c/d",
        "ftp://a.b",
        "https:///x",
        "https://[::1]/x",
        "https://a.b\n",
        "https://u@h:80/?q#f",
        "https://a.b/\xa0",
        "https://a.b/ü",
        "https://a.b/%zz",
        "https://a.b/x.exe",
        "https://a.b:c/",
        "https://a.b/[x]",
        "https://a@b@c/",
        "http://?x",
        "https://a.b/v.pdf?x",
        "https://a.b/.pdf",
    ]
)
MAILS = st.sampled_from(
    ["ada@example.com", "ada@localhost", "a b@c.de", "a@b@c", "ü@é.de", "a@b..c", "@b.c", "a@b.c\n", "a.@b.co"]
)
TEXTS = st.one_of(
    st.text(max_size=12), KEY_TEXTS, PHONES, DAYS, URLS, MAILS, st.sampled_from(["\n", "x" * 12_001, "1", "1e400"])
)
NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False), st.just(1.7976931348623157e308)
)
AMOUNTS = st.sampled_from(["12.50", "-0", "1e5", "1,234", "1.234,50", "007", "$5", " 1", "1e400", "0x1", "1" * 400])
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
PARTS = st.sampled_from(["add", "remove", "Add", "url", "name", "currency", "value", "x"])
FILES = st.fixed_dictionaries({"url": TEXTS}, optional={"name": SCALARS, "x": SCALARS})
ITEMS = st.lists(st.one_of(st.sampled_from(KEYS), FILES, SCALARS), max_size=4)
ANYTHING = st.one_of(
    SCALARS,
    ITEMS,
    st.fixed_dictionaries({}, optional={"add": ITEMS, "remove": ITEMS}),
    st.fixed_dictionaries({}, optional={"currency": st.sampled_from(["default", "USD", None]), "value": SCALARS}),
    st.dictionaries(PARTS, st.one_of(SCALARS, ITEMS), max_size=3),
)
KEY_LISTS = st.one_of(
    st.lists(st.sampled_from(KEYS), max_size=3), st.lists(st.one_of(KEY_TEXTS, KEY_TEXTS, SCALARS), max_size=5)
)
FILE_LISTS = st.lists(
    st.one_of(st.fixed_dictionaries({"url": URLS}, optional={"name": st.just("n")}), FILES, SCALARS), max_size=4
)


def deltas(items: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Any]:
    return st.one_of(items, st.fixed_dictionaries({}, optional={"add": items, "remove": items}))


TEXT_MISSES = st.one_of(TEXTS, SCALARS)
_NEAR_MISSES: dict[str, st.SearchStrategy[Any]] = {
    "TEXT": TEXT_MISSES,
    "LARGE_TEXT": st.one_of(st.sampled_from([11_999, 12_000, 12_001]).map(lambda length: "x" * length), TEXT_MISSES),
    "TEXTBOX_LIST": TEXT_MISSES,
    "NUMERICAL": st.one_of(SCALARS, AMOUNTS, st.text("0123456789-+., '’eE$€٤⁹_", max_size=12)),
    "PHONE": st.one_of(PHONES, st.text("+0123456789 ()-/.\u00a0⁹٤x", max_size=20)),
    "MONETORY": st.one_of(
        st.fixed_dictionaries(
            {},
            optional={"currency": st.sampled_from(["default", "USD", None]), "value": SCALARS, "x": SCALARS},
        ),
        st.fixed_dictionaries({"currency": st.just("default"), "value": AMOUNTS}),
        NUMBERS,
        AMOUNTS,
    ),
    "SINGLE_OPTIONS": KEY_TEXTS,
    "RADIO": KEY_TEXTS,
    "MULTIPLE_OPTIONS": deltas(KEY_LISTS),
    "CHECKBOX": deltas(KEY_LISTS),
    "DATE": st.one_of(DAYS, st.text("0123456789-/. T:٤⁹", max_size=12)),
    "FILE_UPLOAD": deltas(FILE_LISTS),
    "EMAIL": MAILS,
}
NEAR_MISSES = of_each_type(_NEAR_MISSES, "near misses")
"""Values that are nearly right for a type, so that its own rules are reached often."""
USER_LISTS = st.lists(st.one_of(st.sampled_from(["u1", "u2", "u3", ""]), SCALARS), max_size=12)
PROPERTY_KEYS = st.one_of(
    st.sampled_from([*OBJECTS[1].by_property, "lines", "lines.First", "lines.c", "Name", "Telephone", "NAME", "nmae"]),
    st.sampled_from(["custom_objects.all.name", "custom_object.odd.day", "custom_objects.all.lines", "x", ""]),
)
TOP_KEYS = st.sampled_from(["owner", "owners", "followers", "properties", "locationId", "name", "record", "Owner", "x"])
USERS = ["u1", "u2"]


ARRAYS_OF_KEYS = st.lists(st.sampled_from(KEYS), min_size=1, unique=True)
ARRAYS_OF_FILES = st.lists(
    st.sampled_from([{"url": "https://a.b/c.pdf"}, {"url": "https://a.b/d.JPG", "name": "d"}]),
    min_size=1,
    max_size=2,
    unique_by=lambda file: str(file["url"]),
)
_RIGHT_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "TEXT": st.text(max_size=20),
    "LARGE_TEXT": st.text(max_size=20),
    "TEXTBOX_LIST": st.text(max_size=20),
    "NUMERICAL": NUMBERS,
    "PHONE": st.sampled_from(["+917000000000", "+14155550123", "+390612345678"]),
    "MONETORY": NUMBERS.map(lambda amount: {"currency": "default", "value": amount}),
    "SINGLE_OPTIONS": st.sampled_from(KEYS),
    "RADIO": st.sampled_from(KEYS),
    "MULTIPLE_OPTIONS": ARRAYS_OF_KEYS,
    "CHECKBOX": ARRAYS_OF_KEYS,
    "DATE": st.dates().map(str),
    "FILE_UPLOAD": ARRAYS_OF_FILES,
    "EMAIL": st.sampled_from(["ada@example.com", "a.b+c@d-e.co.uk"]),
}
RIGHT_VALUES = of_each_type(_RIGHT_VALUES, "right values")
"""Values with nothing to report; the arrays of a new record for types with several values."""


def right(field: Field, operation: Operation) -> st.SearchStrategy[Any]:
    """Values of a field with nothing to report."""
    value = RIGHT_VALUES[field.data_type]
    if operation == "create":
        return value
    if field.has_several_values:
        value = st.one_of(value.map(lambda items: {"add": items}), value.map(lambda items: {"remove": items}))
    return st.one_of(st.none(), value)


@st.composite
def right_bodies(draw: st.DrawFn, operation: Operation) -> dict[str, Any]:
    properties = {
        key: draw(right(field, operation).filter(lambda value: value != "" or operation == "update"))
        for key, field in OBJECTS[0].by_property.items()
        if draw(st.booleans()) or (operation == "create" and key in REQUIRED_KEYS)
    }
    body: dict[str, Any] = {"properties": properties or {"name": "x"}}
    if draw(st.booleans()):
        body["followers"] = USERS if operation == "create" else {"add": USERS, "remove": ["u3"]}
    if operation == "create":
        body["locationId"] = "l"
    return body


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, Operation, Any]:
    """An object, an operation, and a body that was right until a few things were changed."""
    operation: Operation = draw(st.sampled_from(("update", "create")))
    key = draw(st.sampled_from([each.key for each in OBJECTS]))
    if draw(st.integers(0, 40)) == 0:
        return key, operation, draw(ANYTHING)
    body = draw(right_bodies(operation))
    for _ in range(draw(st.integers(0, 5))):
        change = draw(st.integers(0, 7))
        if change == 0:
            body[draw(TOP_KEYS)] = draw(ANYTHING | right_bodies(operation))
        elif change == 1:
            body[draw(st.sampled_from(["owner", "owners", "followers"]))] = draw(deltas(USER_LISTS))
        elif not isinstance(body.get("properties"), dict):
            continue
        elif change == 2:
            body["properties"][draw(PROPERTY_KEYS)] = draw(ANYTHING)
        else:
            field = draw(st.sampled_from(FIELDS))
            body["properties"][draw(st.sampled_from(field.properties))] = draw(NEAR_MISSES[field.data_type])
    if draw(st.integers(0, 9)) == 0:
        body.pop(draw(TOP_KEYS), None)
    return key, operation, body


def thorough(factor: float = 3) -> settings:
    """So many times the examples of hypothesis's profile, which is `quick` for the fast check."""
    examples = max(1, round(factor * settings().max_examples))
    return settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))


THOROUGH = thorough()
