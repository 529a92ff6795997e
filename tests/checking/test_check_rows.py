"""Validator.check_rows: the rows of a file or of any lines, each with its report."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from command_folder import OBJECTS
from recordlint import Report, Validator
from recordlint.checking import row_patterns
from recordlint.errors import InputError, UnknownObject, UsageError, WrongType

VALIDATOR = Validator.from_path(OBJECTS[1])
KEY = "custom_objects.ticket"
GOOD = b'{"properties": {"priority": "high"}}'
BAD = b'{"properties": {"priority": "HIGH"}}'
WARNED = b'{"properties": {}}'
REQUEST = (
    b'{"method": "PUT", "url": "/objects/custom_objects.asset/records/668d681f77af4e5229abd6c0?locationId=l",'
    b' "body": {"properties": {"units": 1}}}'
)
# Wrong rows, a clean one in CRLF, blank lines, other spaces, no JSON, no UTF-8, and a last row without a newline.
LINES = [
    GOOD + b"\n",
    BAD + b"\r\n",
    b"\n",
    b" \t\r\n",
    b"\x0b\x0c\n",
    GOOD + b"\r\n",
    b'{"properties": \n',
    b"\xff\n",
    WARNED + b"\n",
    BAD,
]
EXPECTED = [
    (1, []),
    (2, [("unknown-option", 2, 29)]),
    (5, [("invalid-json", 5, 1)]),
    (6, []),
    (7, [("invalid-json", 7, 16)]),
    (8, [("encoding", 8, 1)]),
    (9, [("no-op", 9, 16)]),
    (10, [("unknown-option", 10, 29)]),
]


def listed(rows: Iterable[tuple[int, Report]]) -> list[tuple[int, list[tuple[str, int, int]]]]:
    """The lines, each with its violations: rule, line and column."""
    found = []
    for line, report in rows:
        places = [each.place for each in report.violations]
        assert all(places)
        found.append(
            (
                line,
                [(each.rule, each.place.line, each.place.column) for each in report.violations if each.place],
            )
        )
    return found


def file_of(path: Path, name: str, data: bytes) -> Path:
    (path / name).write_bytes(data)
    return path / name


SOURCES: dict[str, Callable[[Path], Any]] = {
    "path": lambda folder: file_of(folder, "rows.ndjson", b"".join(LINES)),
    "str": lambda folder: str(file_of(folder, "rows.ndjson", b"".join(LINES))),
    "gzip": lambda folder: file_of(folder, "rows.GZ", gzip.compress(b"".join(LINES))),
    "gzip in parts": lambda folder: file_of(
        folder, "rows.gz", gzip.compress(b"".join(LINES)[:70]) + gzip.compress(b"".join(LINES)[70:])
    ),
    "open file": lambda folder: io.BytesIO(b"".join(LINES)),
    "bytes": lambda folder: list(LINES),
    "bytearrays": lambda folder: list(map(bytearray, LINES)),
    "without newlines": lambda folder: [line.removesuffix(b"\n") for line in LINES],
    "generator": lambda folder: (line for line in LINES),
}


@pytest.mark.parametrize("source", SOURCES)
def test_rows_from_anywhere(tmp_path: Path, source: str) -> None:
    rows = SOURCES[source](tmp_path)
    assert listed(VALIDATOR.check_rows(rows, object=KEY)) == EXPECTED


def test_lines_of_text(tmp_path: Path) -> None:
    lines = [line.decode() for line in LINES if line != b"\xff\n"]
    expected = [(line - (line > 8), [(rule, at - (at > 8), column) for rule, at, column in violations])
                for line, violations in EXPECTED if line != 8]  # fmt: skip
    assert listed(VALIDATOR.check_rows(lines, object=KEY)) == expected
    path = file_of(tmp_path, "rows.ndjson", "".join(lines).encode())
    with path.open(encoding="utf-8", newline="") as file:
        assert listed(VALIDATOR.check_rows(file, object=KEY)) == expected


def test_half_of_a_surrogate_pair_is_a_violation_and_no_error() -> None:
    ((line, report),) = VALIDATOR.check_rows(['{"properties": {"ticket_name": "\ud800"}}'], object=KEY)
    assert (line, [each.rule for each in report.violations]) == (1, ["encoding"])


def test_reports_are_those_of_documents() -> None:
    """Clean rows have the same report too, whether or not they match a pattern; the text has no newline."""
    lines = [*LINES, *[GOOD + b"\n"] * (2 * row_patterns.SIGHTS), WARNED]
    for line, report in VALIDATOR.check_rows(lines, object=KEY):
        text = lines[line - 1].removesuffix(b"\n")
        single = VALIDATOR.check_document(text, object=KEY)
        assert (report.object, report.operation, report.valid) == (single.object, single.operation, single.valid)
        assert (report.text, report.fixed()) == (text, single.fixed())
        assert [each._replace(place=None, related=()) for each in report.violations] == [
            each._replace(place=None, related=()) for each in single.violations
        ]


def test_a_request_says_what_it_is_for() -> None:
    ((_, report),) = VALIDATOR.check_rows([REQUEST], object=KEY)
    assert report.violations[0].rule == "object-mismatch"
    ((_, report),) = VALIDATOR.check_rows([REQUEST])
    assert report.object == "custom_objects.asset"


def test_the_operation() -> None:
    only = b'{"owners": {"add": ["v5cEPM428h8vShlRW1KT"]}, "properties": {"priority": "high"}}'
    ((_, update),) = VALIDATOR.check_rows([only], object=KEY)
    ((_, create),) = VALIDATOR.check_rows([only], object=KEY, operation="create")
    assert (update.valid, update.operation) == (True, "update")
    assert (create.valid, create.operation) == (False, "create")


def test_no_rows() -> None:
    assert list(VALIDATOR.check_rows([], object=KEY)) == []
    assert list(VALIDATOR.check_rows(io.BytesIO(b"\n\n"), object=KEY)) == []


# What is wrong with the call is raised at the call, before any row is asked for.


def test_an_object_that_is_not_defined() -> None:
    with pytest.raises(UnknownObject, match=r"^there is no definition of custom_objects\.tiket; did you mean"):
        VALIDATOR.check_rows([], object="custom_objects.tiket")


def test_an_operation_that_is_none() -> None:
    with pytest.raises(UsageError, match="delete"):
        VALIDATOR.check_rows([], object=KEY, operation="delete")  # type: ignore[arg-type]


@pytest.mark.parametrize("rows", [b"{}", bytearray(b"{}"), 5, None])
def test_a_wrong_argument(rows: Any) -> None:
    with pytest.raises(
        WrongType, match=rf"^check_rows takes a path, an open file or lines, not {type(rows).__name__}$"
    ):
        VALIDATOR.check_rows(rows, object=KEY)


def test_a_line_that_is_no_text() -> None:
    rows: Any = [GOOD, {"properties": {}}]
    checked = VALIDATOR.check_rows(rows, object=KEY)
    assert next(checked)[0] == 1
    with pytest.raises(WrongType, match=r"^check_rows takes JSON text, which is bytes or str, not dict; "):
        next(checked)


@pytest.mark.parametrize("name", ["missing.ndjson", "missing.gz"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for rows in (path, str(path)):
        with pytest.raises(InputError) as raised:
            VALIDATOR.check_rows(rows, object=KEY)
        assert str(raised.value) == f"{path}: cannot be read: no such file or directory"


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r": cannot be read: is a directory$"):
        VALIDATOR.check_rows(tmp_path, object=KEY)


# What is wrong with the rows is raised when they are reached.


def test_a_body_that_no_object_is_named_for() -> None:
    checked = VALIDATOR.check_rows([REQUEST, GOOD])
    assert next(checked)[0] == 1
    with pytest.raises(UsageError, match=r"^say which object the bodies are for: "):
        next(checked)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(b"".join(LINES))[:-9], "the gzip file is cut short or damaged"),
        (gzip.compress(GOOD)[:-8] + b"12345678", "it is not a gzip file, or it is damaged"),
        (GOOD, "it is not a gzip file, or it is damaged"),
    ],
    ids=["cut", "checksum", "plain"],
)
def test_a_damaged_gzip_file(tmp_path: Path, data: bytes, what: str) -> None:
    path = file_of(tmp_path, "rows.gz", data)
    checked = VALIDATOR.check_rows(path, object=KEY)
    with pytest.raises(InputError) as raised:
        list(checked)
    assert str(raised.value) == f"{path}: cannot be read to its end: {what}"
