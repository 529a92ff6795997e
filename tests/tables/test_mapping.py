"""The mapping of a table: read from TOML, written, and what is said of a wrong one."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import THOROUGH
from fixture_files import ROOT
from recordlint import ConfigError
from recordlint.config.loading import find_config
from recordlint.fieldtypes._cells import Reading
from recordlint.tables.mapping import READINGS, ColumnMapping, TableMapping, parse_mapping, to_mapping, write_mapping

SCHEMA = json.loads((ROOT / "spec/table.json").read_text("utf-8"))
CASES: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/data/table-faults.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["text"].split())[:60])
def test_a_wrong_mapping(case: dict[str, Any]) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_mapping("map.toml", case["text"])
    assert [each.removeprefix("map.toml:") for each in caught.value.faults] == case["faults"]


def test_what_is_no_toml() -> None:
    with pytest.raises(ConfigError, match=r"^map\.toml: not TOML: "):
        parse_mapping("map.toml", "a = ")


def test_the_schema_has_the_settings_of_a_reading() -> None:
    assert set(SCHEMA["$defs"]["reading"]["properties"]) == set(READINGS)
    assert {*Reading._fields} - {*READINGS.values()} == {"digits_kept"}  # which the kind of file decides


WORDS = st.text(min_size=1, max_size=6)
SETTINGS: dict[str, st.SearchStrategy[Any]] = {
    "separator": WORDS,
    "decimal_mark": st.just(","),
    "thousands_mark": st.sampled_from([".", " ", "'", "_"]),
    "date_order": st.sampled_from(["ymd", "dmy", "mdy"]),
    "phone_region": st.sampled_from(["US", "DE"]),
    "currency": WORDS,
    "true_words": st.lists(WORDS.map("y{}".format), min_size=1, max_size=3).map(tuple),
    "false_words": st.lists(WORDS.map("n{}".format), min_size=1, max_size=3).map(tuple),
    "part": st.just("remove"),
    "empty": st.just("null"),
}
READING_VALUES = st.fixed_dictionaries({}, optional=SETTINGS)
COLUMNS = st.builds(
    ColumnMapping,
    st.none() | WORDS,
    st.none(),
    READING_VALUES,
) | st.builds(ColumnMapping, st.none(), st.sampled_from(["owners", "followers", "record-id"]), READING_VALUES)
MAPPINGS = st.builds(
    TableMapping,
    st.just(""),
    st.none() | WORDS,
    st.none() | st.sampled_from(["update", "create"]),
    st.none() | WORDS,
    READING_VALUES.map(lambda settings: Reading(**settings)),
    st.dictionaries(st.text(max_size=8), COLUMNS, max_size=3),
    st.lists(WORDS, max_size=3).map(tuple),
    st.dictionaries(WORDS, st.one_of(st.text(), st.integers(-99, 99), st.lists(st.text(), max_size=2)), max_size=3),
)


@THOROUGH
@given(MAPPINGS)
def test_what_is_written_is_read_back(mapping: TableMapping) -> None:
    text = write_mapping(mapping)
    assert parse_mapping("map.toml", text) == mapping
    data = json.loads(json.dumps(tomllib.loads(text)))
    assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)) == []


def test_an_entry_of_the_configuration(tmp_path: Any) -> None:
    (tmp_path / "recordlint.toml").write_text(
        '[[tables]]\nmatch = "lists/*.csv"\nobject = "custom_objects.pet"\nphone-region = "de"\n'
    )
    config = find_config(str(tmp_path))
    entry = config.table_for(str(tmp_path / "lists" / "a.csv"))
    assert entry is not None
    assert to_mapping(entry) == TableMapping("lists/*.csv", "custom_objects.pet", reading=Reading(phone_region="DE"))
    assert config.table_for(str(tmp_path / "a.csv")) is None


def test_columns_are_found_by_their_headers() -> None:
    mapping = to_mapping({"date-order": "dmy", "columns": {"Day": {"date-order": "mdy"}, "day": {"field": "x"}}})
    assert mapping.reading_for("Day").date_order == "mdy"
    assert mapping.reading_for("day").date_order == "dmy"
    assert mapping.reading_for("DAY").date_order == "mdy"
    assert mapping.column("other") is None


def test_the_order_of_a_column_goes_before_the_format_of_the_table() -> None:
    mapping = to_mapping({"date-format": "%d/%m/%Y", "columns": {"Day": {"date-order": "mdy"}}})
    assert mapping.reading_for("Day") == Reading(date_order="mdy")
    assert mapping.reading_for("Other") == Reading(date_format="%d/%m/%Y")
