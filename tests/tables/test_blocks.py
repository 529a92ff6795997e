"""Blocks of a CSV file: read alone, in any order, they have the rows of the whole file, however small they are."""

from __future__ import annotations

import gzip
import os
import pickle
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint.errors import InputError
from recordlint.rows.streams import Pace, Stored
from recordlint.rows.workers import workers
from recordlint.tables import csv_files
from recordlint.tables import records as records_module
from recordlint.tables.block_rows import block_rows, cells_of, text_lines
from recordlint.tables.records import split_records
from recordlint.tables.sources import open_table
from recordlint.tables.table_files import LINES, Layout, TableBlock, TableRow, TextBlock

TEXTS = st.text(st.sampled_from('ab"",,\n\n\r é😀'), max_size=60)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


class Sized(Pace):
    def __init__(self, size: int) -> None:
        self.size = size


def rows_of_blocks(path: Path, size: int) -> Iterator[tuple[TableBlock, list[TableRow]]]:
    with open_table(str(path), pace=Sized(size)) as table:
        for block in pickle.loads(pickle.dumps(list(table.blocks()))):  # noqa: S301 - as they go to a process
            yield block, list(block_rows(pickle.loads(pickle.dumps(table.layout)), block))  # noqa: S301 - the same


@pytest.mark.parametrize("most_lines", [3, LINES])
@given(text=TEXTS, encoding=ENCODINGS, size=st.integers(1, 30), packed=st.booleans())
def test_blocks_alone_have_the_rows_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, most_lines: int, text: str, encoding: str, size: int, packed: bool
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(records_module, "LINES", most_lines)
        patched.setattr(csv_files, "HEAD", 4)  # so that more than the first piece is left for the blocks
        require_the_same_rows(tmp_path_factory, text, encoding, size, packed=packed)


def require_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str, size: int, *, packed: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / ("blocks.csv.gz" if packed else "blocks.csv")
    data = f"H,I\n{text}".encode(encoding)
    path.write_bytes(gzip.compress(data) if packed else data)
    with open_table(str(path)) as table:
        whole = list(table.rows())
    parts = list(rows_of_blocks(path, size))
    assert [row for _, rows in reversed(parts) for row in reversed(rows)] == whole[::-1]
    assert all(isinstance(block, TextBlock) for block, _ in parts)
    if encoding == "utf-8" and not packed:
        assert all(isinstance(block.block, Stored) for block, _ in parts if isinstance(block, TextBlock))
    records = split_records(text_lines(text), ",", 1_000, is_end=True)
    texts = dict(enumerate(records.texts, start=2))
    assert all(texts[row.number] == row.text for row in whole)
    assert all(row.line == 2 + sum(len(text_lines(texts[number])) for number in range(2, row.number)) for row in whole)
    broken = {index + 2 for index in records.broken}
    assert {row.number for row in whole if row.faults and row.faults[0].rule == "broken-quoting"} == broken
    cells = dict(enumerate(cells_of(records, ","), start=2))
    assert all(row.cells == cells[row.number] for row in whole if not row.faults and len(cells[row.number]) == 2)


def test_a_block_is_about_as_large_as_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + '"c\n",d\n' * 1_000)
    sizes = [block.block.length for block, _ in rows_of_blocks(path, 100) if isinstance(block.block, Stored)]
    assert len(sizes) > 50
    assert max(sizes[1:]) < 110


def count(layout: Layout, block: TableBlock) -> list[tuple[int, int]]:
    return [(row.number, len(row.cells)) for row in block_rows(layout, block)]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_several_processes_read_the_same(tmp_path: Path, processes: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "".join(f'{number},"x\ny"\n' for number in range(20_000)))
    with open_table(str(path)) as table, workers(partial(count, table.layout), processes) as pool:
        rows = [row for _, row in pool.map(table.blocks())]
    assert rows == [(number, 2) for number in range(2, 20_002)]


def test_a_block_of_a_file_that_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "c,d\n" * 20)
    with open_table(str(path)) as table:
        (block,) = table.blocks()
        path.write_text("a,b\n")
        with pytest.raises(InputError, match=r"a\.csv: was changed while it was read; check it again"):
            list(block_rows(table.layout, block))
        with pytest.raises(InputError, match=r"a\.csv: was changed while it was read; check it again"):
            table.verify()


def test_a_table_from_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(b"a,b\n" + b"c,d\n" * 50_000))
    writer.start()
    with open_table(str(path)) as table:
        assert sum(1 for _ in table.rows()) == 50_000
        assert table.size is None
        table.verify()
    writer.join()
