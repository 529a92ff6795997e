"""--split-to: rows without errors into one file, those with errors into another, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from recordlint.errors import OutputError
from recordlint.files.atomic_write import Output, atomic_write
from recordlint.files.paths import reason
from recordlint.rows.blocks import Outcome

VALID, INVALID = "valid.ndjson", "invalid.ndjson"


class Split:
    """Takes rows in the order of the files; blank ones are left out."""

    def __init__(self, valid: Output, invalid: Output) -> None:
        self.valid = _Side(valid)
        self.invalid = _Side(invalid)

    def add(self, data: bytes, outcome: Outcome) -> None:
        """Take an outcome's rows, of which `data` holds the bytes."""
        at = 0
        for start, end, invalid in outcome.aside:
            self.valid.add(data[at : start - outcome.start])
            at = end - outcome.start
            if invalid:
                self.invalid.add(data[start - outcome.start : at])
        self.valid.add(data[at:] if at else data)

    def add_invalid(self, data: bytes) -> None:
        """Take a piece of a row with errors."""
        self.invalid.add(data)

    def end_file(self) -> None:
        """Take rows of another file from now on."""
        self.valid.end_file()
        self.invalid.end_file()


class _Side:
    """One of the two files."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.last = b"\n"
        self.between = b""

    def add(self, data: bytes) -> None:
        if data:
            self.output.write(self.between + data if self.between else data)
            self.between = b""
            self.last = data[-1:]

    def end_file(self) -> None:
        """The last row of a file may have no newline, and the next file's first is another row."""
        self.between = b"" if self.last == b"\n" else b"\n"


class Incomplete(Exception):
    """Not every row was judged, so neither file may take its name."""


@contextmanager
def splitting(folder: str) -> Iterator[Split]:
    """The two files in a folder, which is made where it is missing. Both take their names when the block ends well.

    Raises:
        OutputError: one cannot be written.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {reason(error)}") from error
    with suppress(Incomplete), ExitStack() as stack:
        valid, invalid = [stack.enter_context(atomic_write(os.path.join(folder, name))) for name in (VALID, INVALID)]
        yield Split(valid, invalid)
        # Both are whole before one takes its name.
        valid.settle()
        invalid.settle()
