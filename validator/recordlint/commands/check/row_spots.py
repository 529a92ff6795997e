"""A first look at a file of rows: how many violations are at each spot, so that a baseline can hold back some."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, Final

from recordlint.baseline.holding import count_spots
from recordlint.commands.check.plan import STDIN, Plan
from recordlint.commands.check.rows import Results, pieces
from recordlint.commands.check.tally import Tally
from recordlint.errors import InputError, InternalError
from recordlint.files import temporary
from recordlint.files.gzip_files import is_packed, unpack, with_named_errors
from recordlint.files.paths import reason
from recordlint.reporters import Format, Result, Summary
from recordlint.rows.blocks import BlockChecker
from recordlint.rows.outcomes import Job
from recordlint.rules.kinds import Spot

PIECE: Final = 1 << 20


def row_spots(path: str, job: Job, plan: Plan) -> tuple[Counter[Spot], bool]:
    """The number of violations at each spot, and whether all rows could be checked. Nothing is said or written.

    Where the file cannot be read to its end, there are no numbers: nothing of it is held back.

    Args:
        path: the file, which is read again later.
        job: how its rows are checked.
        plan: how the run checks.
    """
    numbers: Counter[Spot] = Counter()
    tally = Tally(says=False)
    job = job._replace(formats=(_FORMAT,), redact=False, splits=False)
    results = Results(BlockChecker(job), plan, tally, None)
    try:
        for (lines,) in pieces(path, results):
            for line in lines.splitlines():
                rule, pointer, number = json.loads(line)
                numbers[Spot(rule, pointer)] += number
    except (InputError, InternalError):
        return Counter(), False
    return numbers, not results.is_incomplete


@contextmanager
def readable_twice(path: str) -> Iterator[str]:
    """A path from which the same rows can be read again: that of a copy where the rows come from a pipe.

    Raises:
        InputError: they cannot be read, or not be copied.
    """
    if path != STDIN and (os.path.isfile(path) or not os.path.exists(path)):
        yield path
        return
    copy, file = _copy(path)
    try:
        # It stays open, and so locked: no other process may take it for abandoned.
        with file:
            yield copy
    finally:
        temporary.discard(copy)


def _copy(path: str) -> tuple[str, BinaryIO]:
    try:
        copy, file = temporary.create(tempfile.gettempdir(), 0o600)
        try:
            for piece in _pieces(path):
                file.write(piece)
            file.flush()
        except BaseException:
            file.close()
            temporary.discard(copy)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be copied, and its rows are read twice: {reason(error)}") from error
    return copy, file


def _pieces(path: str) -> Iterator[bytes]:
    """The bytes of a pipe, unpacked."""
    if path == STDIN and sys.stdin is None:
        raise InputError("-: cannot be read: standard input is closed")
    try:
        source = sys.stdin.buffer if path == STDIN else open(path, "rb")  # noqa: SIM115 - closed with the process
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    read = (unpack(source) if is_packed(path) else source).read
    yield from with_named_errors(path, iter(partial(read, PIECE), b""))


def _entry(result: Result) -> str:
    return "".join([f"{json.dumps([*spot, number])}\n" for spot, number in count_spots([result.report]).items()])


def _tail(summary: Summary) -> str:
    return ""


_FORMAT: Final = Format("", _entry, "", _tail)
