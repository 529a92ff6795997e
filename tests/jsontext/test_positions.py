"""Places of values in texts where a name is written in several ways."""

from __future__ import annotations

import pytest

from recordlint.jsontext.positions import spans
from recordlint.problems.pointers import Path


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        (r'{"n\u0061me": 1, "x": {"name": 2}}', ("name",), "1"),
        (r'{"a": {"\u0061dd": 1}, "b": {"add": 2}}', ("a", "add"), "1"),
        (r'{"a": {"\u0061dd": [7]}, "b": {"add": [8]}}', ("a", "add", 0), "7"),
        (r'{"q\"": 1, "x": "\"q\""}', ('q"',), "1"),
        (r'{"b\\": 1, "x": {"b": 2}}', ("b\\",), "1"),
        (r'{"x": "a \" \u00e9", "name": 1}', ("name",), "1"),
        (r'{": ": 1, "x": "y"}', (": ",), "1"),
        (r'{"add": 1, "x": "add"}', ("add",), "1"),
    ],
)
def test_a_name_with_escapes_is_not_taken_for_another(text: str, path: Path, expected: str) -> None:
    ((start, end),) = spans(text, [(path, "value")])
    assert text[start:end] == expected
