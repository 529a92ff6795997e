"""Blocks of whole lines, out of files of any size."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_folder import Folder
from recordlint.errors import InputError
from recordlint.rows import streams
from recordlint.rows.blocks import ENOUGH
from recordlint.rows.streams import (
    BLOCK,
    LEAST,
    Oversized,
    Pace,
    Stored,
    blocks,
    count_lines,
    lines,
    open_rows,
    read_block,
)
from row_files import BAD, GOOD


def test_rows_behind_a_long_line_do_not_wait(folder: Folder) -> None:
    parts = [b"x" * 9, b"\n" + GOOD + b"\n", None]
    found = blocks(lambda size: parts.pop(0), 5, Pace())
    long = next(found)
    assert isinstance(long, Oversized)
    assert b"".join(long.pieces) == b"x" * 9 + b"\n"
    assert next(found) == GOOD + b"\n"
    assert len(parts) == 1, "no more was read for it"


TEXTS = st.binary(max_size=60).map(lambda data: data.replace(b"a", b"\n"))


@given(TEXTS, st.integers(1, 9), st.integers(1, 12))
def test_blocks_are_what_can_be_read(data: bytes, step: int, longest: int) -> None:
    """However it is read: every byte once, whole lines, nothing long in memory."""
    at = 0

    def read(size: int) -> bytes:
        nonlocal at
        at += step
        return data[at - step : at]

    found = b""
    for block in blocks(read, longest, Pace()):
        if isinstance(block, Oversized):
            line = b"".join(block.pieces)
            assert len(line.rstrip(b"\n")) > longest
            found += line
        else:
            found += block
            assert found.endswith(b"\n") or found == data
    assert found == data


@given(TEXTS, st.integers(1, 9), st.integers(1, 5), st.integers(1, 12))
def test_stored_blocks_are_the_file(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int, tail: int, longest: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "stored.ndjson"
    path.write_bytes(data)
    found = b""
    pace = Pace()
    with pytest.MonkeyPatch.context() as patched, open_rows(str(path), longest, pace) as rows:
        pace.size = size
        patched.setattr(streams, "TAIL", tail)
        for block in rows.blocks:
            if isinstance(block, Oversized):
                line = b"".join(block.pieces)
                assert line.count(b"\n") <= 1
                assert len(line.rstrip(b"\r\n")) > longest
                found += line
                continue
            assert isinstance(block, Stored)
            assert block.start == len(found)
            part = read_block(block)
            assert read_block(block, 1, len(part) - 1) == part[1:]
            assert len(part) <= size or (part.count(b"\n") <= 1 and len(part) <= longest + 2)
            found += part
            assert found.endswith(b"\n") or found == data
    assert found == data


@given(TEXTS.filter(bool))
def test_lines_are_counted_as_they_are_split(data: bytes) -> None:
    assert count_lines(data) == len(lines(data))
    assert b"".join(lines(data)) == data


def stored(path: Path, start: int = 0, length: int | None = None) -> Stored:
    status = path.stat()
    return Stored(str(path), status.st_dev, status.st_ino, start, status.st_size if length is None else length)


CHANGED = r"rows\.ndjson: was changed while it was read; check it again$"


def test_a_stored_block_is_of_the_file_that_was_opened(tmp_path: Path) -> None:
    """Another file of this name, as long as the first, is not it: as an editor saves, and a log is rotated."""
    path = tmp_path / "rows.ndjson"
    path.write_bytes(GOOD + b"\n")
    block = stored(path)
    assert read_block(block) == GOOD + b"\n"
    assert count_lines(block) == 1
    (tmp_path / "new").write_bytes(BAD + b"\n")
    (tmp_path / "new").replace(path)
    assert path.stat().st_ino != block.inode
    for read in (read_block, count_lines):
        with pytest.raises(InputError, match=CHANGED):
            read(block)
    with pytest.raises(InputError, match=CHANGED):
        read_block(stored(path)._replace(device=block.device + 1))


def test_a_stored_block_is_whole_or_an_error(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_bytes(b"ab\ncd\n")
    block = stored(path, 3)._replace(length=3)
    assert read_block(block) == b"cd\n"
    assert read_block(block, 1) == b"d\n"
    assert read_block(block, 1, 1) == b"d"
    path.write_bytes(b"ab\ncd")
    with pytest.raises(InputError, match=CHANGED):
        read_block(block)
    path.unlink()
    with pytest.raises(InputError, match=r"rows\.ndjson: cannot be read: no such file or directory$"):
        read_block(block)


@pytest.mark.parametrize(
    ("length", "reported", "size"),
    [
        (1000, 0, BLOCK),
        (1000, 1000, BLOCK),
        (1000, 3000, 1000 * ENOUGH // 3000),
        (1000, 10**9, LEAST),
        (0, 0, LEAST),
    ],
)
def test_the_pace_bounds_what_is_said_of_a_block(length: int, reported: int, size: int) -> None:
    pace = Pace()
    assert pace.size == LEAST
    pace.adapt(length, reported, ENOUGH)
    assert pace.size == size
