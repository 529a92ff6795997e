"""Files that are cut short or damaged: an error, or a row that says so, and never a part of a row in silence."""

from __future__ import annotations

import gzip
import random
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recordlint.errors import InputError
from recordlint.tables.sources import open_table
from recordlint.tables.table_files import TableRow
from workbooks import save

CSV = (
    'Name,Notes,Price\r\nfirst é,"line 1\nline ""2"", or 3",12.50\r\n😀,"x",1\r\n\r\n"last","","say ""hi"""\r\n'
).encode()
WITHIN_A_CHARACTER = {at for at in range(len(CSV)) if CSV[at] & 0xC0 == 0x80}
NOT_WHOLE = "the last row has no line ending; if the file was cut short, this row is not whole"


def read(path: Path) -> tuple[list[TableRow], tuple[str, ...]]:
    with open_table(str(path)) as table:
        return list(table.rows()), table.notes()


@pytest.mark.parametrize("size", range(1, len(CSV)))
def test_a_csv_file_that_is_cut_short(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    whole, _ = read(path)
    path.write_bytes(CSV[:size])
    if size in WITHIN_A_CHARACTER:
        with pytest.raises(InputError, match="the file ends in the middle of a character, as if it were cut short"):
            read(path)
        return
    rows, notes = read(path)
    cut = [row for row in rows if row not in whole]
    for row in cut:
        same = [each for each in whole if each.number == row.number and each.cells == row.cells]
        assert row.faults or same or notes == (NOT_WHOLE,)
    assert all(row.line >= cut[0].line for row in cut)


def test_a_header_that_is_cut_short_is_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV[:12])
    assert read(path) == ([], ("the table has a header and no rows",))


def made(path: Path) -> bytes:
    """A file by its ending."""
    if path.suffix == ".xlsx":
        save(path, ["Name", "Price", "Day"], *[[f"n{number}", number, date(2024, 1, 31)] for number in range(20)])
    elif path.suffix == ".parquet":
        table = pa.table({"Name": [f"n{number}" for number in range(50)], "Tags": [["a", "b"]] * 50})
        pq.write_table(table, path, write_page_checksum=True)
    else:
        path.write_bytes(gzip.compress(b"a,b\n" + b"".join(b"x%d,y\n" % number for number in range(200))))
    return path.read_bytes()


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.csv.gz"])
def test_a_packed_file_that_is_cut_short(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = made(path)
    for size in sorted(random.Random(1).sample(range(len(data)), 150)):  # noqa: S311 - the same sizes each time
        path.write_bytes(data[:size])
        with pytest.raises(InputError):
            read(path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.csv.gz"])
def test_a_packed_file_with_wrong_bytes(tmp_path: Path, name: str) -> None:
    """Each has checksums: the rows are the same, or there is an error."""
    path = tmp_path / name
    data = made(path)
    whole, _ = read(path)
    choice = random.Random(1)  # noqa: S311 - the same bytes each time
    for _ in range(300):
        damaged = bytearray(data)
        damaged[choice.randrange(len(data))] = choice.randrange(256)
        path.write_bytes(damaged)
        try:
            assert read(path)[0] == whole
        except InputError:
            continue


def test_rows_of_a_file_that_is_damaged_further_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    data = gzip.compress(b"a,b\n" + random.Random(1).randbytes(200_000).hex(",").encode().replace(b",", b",1\n"))  # noqa: S311
    path.write_bytes(data[:-5])
    with open_table(str(path)) as table:
        rows = table.rows()
        assert next(rows).number == 2
        with pytest.raises(InputError, match="cannot be read to its end: the gzip file is cut short or damaged"):
            list(rows)
