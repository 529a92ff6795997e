"""What is saved of an answer: the same text for the same definition, under a name that every file system takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fixture_files import OBJECTS
from recordlint.definitions.digest import digest
from recordlint.definitions.fetching.saved import as_file, file_name
from recordlint.definitions.reading import load_objects

ANSWERS = [json.loads(path.read_bytes()) for path in sorted(OBJECTS.iterdir())]
NAMES = {
    "business": "business.json",
    "custom_objects.business": "custom_objects.business.json",
    "custom_objects.ticket": "ticket.json",
    "custom_objects.con": "custom_objects.con.json",
    "custom_objects.lpt1": "custom_objects.lpt1.json",
    "custom_objects.com0": "custom_objects.com0.json",
    "custom_objects.console": "console.json",
    "custom_objects._": "_.json",
    f"custom_objects.{'a' * 100}": f"{'a' * 100}.json",
    f"custom_objects.{'a' * 101}": f"{'a' * 100}-7261233e6261dd6a.json",
}
KEYS = st.one_of(
    st.just("business"),
    st.from_regex(r"custom_objects\.[a-z0-9_]{1,130}", fullmatch=True),
    st.sampled_from(sorted(NAMES)),
)
VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)


def test_names() -> None:
    assert {key: file_name(key) for key in NAMES} == NAMES


@given(st.sets(KEYS, max_size=8))
def test_names_are_safe_and_differ(keys: set[str]) -> None:
    names = {file_name(key) for key in keys}
    assert len(names) == len(keys)
    for name in names:
        assert len(name) <= 130
        assert not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789_-.")
        assert name.endswith(".json")
        assert name[0] != "."


def test_what_changes_without_a_reason_is_left_out() -> None:
    times = {"dateUpdated": "2026-01-01", "traceId": "x", "cache": True}
    option = {"key": "dateUpdated", "label": "x", "dateUpdated": "kept"}
    answer = {"object": {"key": "a", **times}, "fields": [{"options": [option], **times}, 5], **times}
    kept = {"fields": [{"options": [option]}, 5], "object": {"key": "a"}}
    assert json.loads(as_file(answer)) == kept


def test_the_text() -> None:
    answer = {"object": {"key": "business", "description": "Blüte\u202e\u2028"}, "fields": [{"b": 1.5, "a": 10**30}]}
    assert as_file(answer).decode() == (
        '{\n  "fields": [\n    {\n      "a": 1000000000000000000000000000000,\n      "b": 1.5\n    }\n  ],\n'
        '  "object": {\n    "description": "Blüte\\u202e\\u2028",\n    "key": "business"\n  }\n}\n'
    )


@given(st.dictionaries(st.sampled_from(["object", "fields", "cache", "x"]), VALUES))
def test_a_text_that_is_read_is_written_again(answer: dict[str, Any]) -> None:
    assert as_file(json.loads(as_file(answer))) == as_file(answer)


def test_nothing_of_a_definition_is_lost(tmp_path: Path) -> None:
    for number, answer in enumerate(ANSWERS):
        (tmp_path / f"{number}.json").write_bytes(as_file(answer))
    assert digest(load_objects([str(tmp_path)])) == digest(load_objects([str(OBJECTS)]))
