"""Each change of a field names the line where the new definition has the field."""

from __future__ import annotations

import json
import os
from pathlib import Path
from threading import Thread

import pytest

from recordlint.definitions.reading import load_objects, parse_objects
from recordlint.drift.compare import compare
from recordlint.drift.lines import with_lines

KEY = "custom_objects.pet"


def definition(*fields: tuple[str, str, str]) -> str:
    """A definition with each field on a line of its own, given by id, key and type."""
    listed = [{"id": id, "fieldKey": f"{KEY}.{key}", "dataType": data_type} for id, key, data_type in fields]
    rows = ",\n".join([json.dumps(each) for each in listed])
    return f'{{"object": {{"key": "{KEY}"}}, "fields": [\n{rows}\n]}}\n'


def seen(old: str, path: Path) -> list[tuple[str, str, int | None]]:
    was, now = parse_objects([("old.json", old.encode())]), load_objects([str(path)])
    return [(each.kind, each.field, each.line) for each in with_lines(compare(was, now), was, now)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "pet.json"
    new = definition(("1", "name", "TEXT"), ("2", "age", "DATE"), ("3", "born", "DATE"))
    path.write_bytes(new.encode(encoding))
    assert seen(definition(("1", "name", "TEXT"), ("2", "age", "TEXT"), ("4", "kind", "TEXT")), path) == [
        ("type-changed", "age", 3),
        ("field-gone", "kind", None),
        ("field-added", "born", 4),
    ]


def test_a_renamed_field_has_the_line_of_its_new_key(tmp_path: Path) -> None:
    path = tmp_path / "pet.json"
    path.write_text(definition(("2", "age", "DATE"), ("1", "full_name", "EMAIL")))
    assert seen(definition(("2", "age", "DATE"), ("1", "name", "TEXT")), path) == [
        ("field-key-changed", "name", 3),
        ("type-changed", "name", 3),
    ]


def test_fields_that_swap_keys(tmp_path: Path) -> None:
    """A body's key means the field that has it now; the field that had it has another line."""
    path = tmp_path / "pet.json"
    path.write_text(definition(("2", "a", "DATE"), ("1", "b", "TEXT")))
    old = definition(("1", "a", "TEXT"), ("2", "b", "DATE"))
    lines = {(kind, field): line for kind, field, line in seen(old, path)}
    assert lines["field-key-changed", "a"] == lines["type-changed", "b"] == 3
    assert lines["field-key-changed", "b"] == lines["type-changed", "a"] == 2


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = Thread(target=path.write_text, args=[definition(("1", "name", "DATE"))], daemon=True)
    writer.start()
    assert seen(definition(("1", "name", "TEXT")), path) == [("type-changed", "name", None)]
    writer.join()


def test_a_file_that_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "pet.json"
    for others in ((), (("2", "age", "DATE"),)):
        path.write_text(definition(*others, ("1", "name", "DATE")))
        line = len(others) + 2
        assert seen(definition(*others, ("1", "name", "TEXT")), path) == [("type-changed", "name", line)]
