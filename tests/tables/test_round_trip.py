"""Bodies that are written as a table are read back as the same bodies, for all field types and both operations."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, REQUIRED_KEYS, THOROUGH, right
from recordlint import Field, Operation, Validator
from recordlint.contract.operations import OPERATIONS
from recordlint.contract.spec_files import field_types
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import Reading
from recordlint.tables.bodies import row_reader
from recordlint.tables.headers import match_headers
from recordlint.tables.placing import place, places
from table_writer import Style, write_table

ALL = OBJECTS[0]
VALIDATOR = Validator(OBJECTS)
LOCALES = (
    Reading(separator=";"),
    Reading(separator="\n", decimal_mark=".", thousands_mark=",", date_order="mdy"),
    Reading(separator="|", decimal_mark=",", thousands_mark=".", date_order="dmy"),
    Reading(separator=",", decimal_mark=",", thousands_mark=" ", date_order="dmy"),
)
STYLES = st.builds(
    Style, st.sampled_from(LOCALES), st.booleans(), st.sampled_from(["key", "full", "display"]), st.booleans()
)


def values(field: Field, operation: Operation) -> st.SearchStrategy[Any]:
    """Values that a cell can hold: files without a name, and texts that are not empty, nor look so in an empty row."""
    return right(field, operation).map(without_names).filter(lambda value: not isinstance(value, str) or value.strip())


def without_names(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_names(each) for key, each in value.items() if key != "name"}
    return [without_names(each) for each in value] if isinstance(value, list) else value


@st.composite
def bodies(draw: st.DrawFn, operation: Operation, keys: list[str] | None) -> dict[str, Any]:
    properties = {}
    for key, field in ALL.by_property.items():
        if key in (keys if keys is not None else REQUIRED_KEYS if operation == "create" else ()) or (
            keys is None and draw(st.booleans())
        ):
            value = draw(values(field, operation))
            if value is not None or keys is not None:
                properties[key] = value
    body: dict[str, Any] = {"properties": properties} if properties else {}
    if draw(st.booleans()) or not body:
        users = ["u1", "u2"]
        body["followers"] = users if operation == "create" else {"add": users, "remove": ["u3"]}
    return body | ({"locationId": "l"} if operation == "create" else {})


def read_back(written: list[dict[str, Any]], operation: Operation, style: Style) -> None:
    headers, rows, mapping = write_table(ALL, written, style)
    table, faults = match_headers(headers, Target(ALL, OPERATIONS[operation]), mapping)
    assert faults == []
    read = row_reader(table)
    for row, body in zip(rows, written, strict=True):
        result = read(row)
        assert result.value == body
        assert all(each.rule in ("formula-error", "digits-lost") for each in result.problems)
        report = VALIDATOR.check(result.value, object=ALL.key, operation=operation)
        assert all(each.violation.severity == "warning" for each in place(places(table), (), report.violations))


@THOROUGH
@given(st.data(), st.sampled_from([*OPERATIONS]), STYLES)
def test_what_is_not_there_is_an_empty_cell(data: st.DataObject, operation: Operation, style: Style) -> None:
    read_back(data.draw(st.lists(bodies(operation, None), min_size=1, max_size=3)), operation, style)


@THOROUGH
@given(st.data(), st.lists(st.sampled_from([*ALL.by_property]), min_size=1, unique=True), STYLES)
def test_null_is_an_empty_cell(data: st.DataObject, keys: list[str], style: Style) -> None:
    style = style._replace(reading=style.reading._replace(empty="null"))
    single = [key for key in keys if not ALL.by_property[key].has_several_values]
    body = bodies("update", single).filter(lambda body: "properties" in body and not _has_no_value(body))
    read_back(data.draw(st.lists(body, min_size=1, max_size=3)), "update", style)


def _has_no_value(body: dict[str, Any]) -> bool:
    """Whether a row would have no cell with data, which is no row."""
    return "followers" not in body and all(value is None for value in body["properties"].values())


def test_every_type_is_written() -> None:
    assert {field.data_type for field in ALL.fields} == field_types()
