"""Parquet files: values keep their types, and what no cell can have is refused by its column."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recordlint.errors import InputError
from recordlint.tables.arrow import advice_for
from recordlint.tables.sources import open_table

HOUR = timezone(timedelta(hours=1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.parquet"


def read(path: Path, column: Any, **options: Any) -> list[tuple[int, Any]]:
    """What a file with one column is read as."""
    pq.write_table(pa.table({"x": column}), path, **options)
    with open_table(str(path)) as table:
        assert table.header == ("x",)
        rows = list(table.rows())
        table.verify()
        assert not any(row.faults for row in rows)
        return [(row.number, *row.cells) for row in rows]


COLUMNS: list[tuple[Any, list[Any]]] = [
    (pa.array(["a", "é", None, ""]), ["a", "é"]),
    (pa.array(["a"], pa.large_string()), ["a"]),
    (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
    (pa.array([1, 2**62, -1], pa.int64()), [1, 2**62, -1]),
    (pa.array([200], pa.uint8()), [200]),
    (pa.array([1.5, float("nan"), 2.0]), [1.5, None, 2.0]),
    (pa.array([0.1], pa.float32()), [0.10000000149011612]),
    (pa.array([1.5]).cast(pa.float16()), [1.5]),
    (pa.array([float("inf")]), [float("inf")]),
    (pa.array([True, False]), [True, False]),
    (pa.array([Decimal("1.10")]), [Decimal("1.10")]),
    (pa.array([date(2024, 1, 31)]), [date(2024, 1, 31)]),
    (pa.array([datetime(2024, 1, 31, 13)], pa.timestamp("us")), [datetime(2024, 1, 31, 13)]),
    (pa.array([1706706000123456789], pa.timestamp("ns")), [datetime(2024, 1, 31, 13, 0, 0, 123456)]),
    (
        pa.array([datetime(2024, 1, 31, 13)], pa.timestamp("s", "Europe/Berlin")),
        [datetime(2024, 1, 31, 14, tzinfo=HOUR)],
    ),
    (pa.array([datetime(2024, 1, 31, 13)], pa.timestamp("ms", "+01:00")), [datetime(2024, 1, 31, 14, tzinfo=HOUR)]),
    (pa.array([time(13, 45)], pa.time64("ns")), [time(13, 45)]),
    (pa.array([time(13, 45)], pa.time32("s")), [time(13, 45)]),
    (pa.array([["a", "b"], [], None]), [["a", "b"], []]),
    (pa.array([[1]], pa.large_list(pa.int8())), [[1]]),
]


@pytest.mark.parametrize(("column", "values"), COLUMNS, ids=lambda each: str(getattr(each, "type", "")))
def test_values(path: Path, column: Any, values: list[Any]) -> None:
    cells = [cell for _, cell in read(path, column)]
    assert cells == [value for value in values if value is not None]
    assert [type(cell) for cell in cells] == [type(value) for value in values if value is not None]


def test_a_zone_stays(path: Path) -> None:
    ((_, cell),) = read(path, pa.array([datetime(2024, 7, 31, 13)], pa.timestamp("us", "Europe/Berlin")))
    assert cell.utcoffset() == timedelta(hours=2)
    assert cell == datetime(2024, 7, 31, 15, tzinfo=ZoneInfo("Europe/Berlin"))


def test_rows_are_counted_as_below_a_header(path: Path) -> None:
    numbers = [number for number, _ in read(path, [None, 1, None, *range(3_000)], row_group_size=700)]
    assert numbers == [3, *range(5, 3_005)]


def test_empty_cells_of_several_columns(path: Path) -> None:
    pq.write_table(pa.table({"a": [None, "x", ""], "b": [1.5, float("nan"), None]}), path)
    with open_table(str(path)) as table:
        assert [(row.number, list(row.cells)) for row in table.rows()] == [(2, [None, 1.5]), (3, ["x", None])]
        assert table.notes() == ()


def test_no_rows(path: Path) -> None:
    pq.write_table(pa.table({"a": pa.array([], pa.string())}), path)
    with open_table(str(path)) as table:
        assert list(table.rows()) == []
        assert table.notes() == ("the table has a header and no rows",)


UNKNOWN = "a type that only some programs know; write them as text, numbers or dates"


class Months(pa.ExtensionType):
    """As pandas has months: numbers, counted from January 1970."""

    def __init__(self) -> None:
        super().__init__(pa.int64(), "test.months")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, storage_type: Any, serialized: bytes) -> Months:
        return cls()


pa.register_extension_type(Months())
REFUSED = [
    (pa.array([{"a": 1}]), "structs; write a column for each member"),
    (pa.array([[{"a": 1}]]), "structs; write a column for each member"),
    (pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int8())), "maps; write a column for each key"),
    (pa.array([[[1]]]), "lists of lists; write them as text"),
    (pa.array([b"a"]), "bytes; write them as strings"),
    (pa.array([b"a"], pa.binary(1)), "bytes; write them as strings"),
    (pa.ExtensionArray.from_storage(Months(), pa.array([648])), f"values of {UNKNOWN}"),
    *([(pa.array([1], pa.int8()).cast(pa.bool8()), f"values of {UNKNOWN}")] if hasattr(pa, "bool8") else []),
    (pa.array([timedelta(1)]), "durations; write them as numbers or text"),
]


@pytest.mark.parametrize(("column", "advice"), REFUSED, ids=lambda each: str(getattr(each, "type", "")))
def test_what_no_cell_can_have(path: Path, column: Any, advice: str) -> None:
    with pytest.raises(InputError) as raised:
        read(path, column)
    assert str(raised.value) == f"{path}: column 'x' has {advice}"


def test_a_column_of_nothing(path: Path) -> None:
    assert read(path, pa.nulls(3)) == []


def test_a_date_past_the_last_year(path: Path) -> None:
    with pytest.raises(
        InputError, match=r"a\.parquet: has bytes that are no text, or a date past the year 9999, from row 2 on$"
    ):
        read(path, pa.array([10**7], pa.date32()))


def test_bytes_that_are_no_text(path: Path) -> None:
    column = pa.array([b"\xff"]).view(pa.string())
    with pytest.raises(
        InputError, match=r"a\.parquet: has bytes that are no text, or a date past the year 9999, from row 2 on$"
    ):
        read(path, column)


OTHERS = {
    b"": "is empty, and no Parquet file",
    b"PARE" + b"\0" * 20: "is encrypted; save it without encryption",
    b"a,b\n": "is a text file; name it .csv or .tsv",
    b"PAR1": "cannot be read to its end: the Parquet file is cut short or damaged",
    b"PAR1PAR1": "cannot be read to its end: the Parquet file is cut short or damaged",
    b"PAR1" + b"\0" * 20 + b"PAR1": "cannot be read to its end: the Parquet file is cut short or damaged",
}


@pytest.mark.parametrize("data", OTHERS, ids=lambda data: data[:8].hex())
def test_something_else(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(InputError) as raised, open_table(str(path)):
        pass
    assert str(raised.value) == f"{path}: {OTHERS[data]}"


@pytest.mark.parametrize("type_", [pa.binary_view(), pa.list_(pa.binary_view())], ids=str)
def test_views_of_bytes_are_bytes(type_: Any) -> None:
    """Asked of the type alone, since not every pyarrow can write it."""
    assert advice_for(type_) == "bytes; write them as strings"
