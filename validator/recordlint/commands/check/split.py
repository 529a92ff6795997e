"""--split-to: rows without errors go to one file and rows with errors to another, after their fixes if any."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from recordlint.errors import OutputError
from recordlint.files.atomic_write import Output, atomic_write
from recordlint.files.paths import reason
from recordlint.rows.outcomes import Outcome

VALID, INVALID = "valid.ndjson", "invalid.ndjson"


class Split:
    """Writes rows in the order of the files, and leaves out blank lines."""

    def __init__(self, valid: Output, invalid: Output) -> None:
        self.valid = _Side(valid)
        self.invalid = _Side(invalid)

    def add(self, outcome: Outcome, read: Callable[[], bytes]) -> None:
        """Write the rows of an outcome, which `read` returns as they were."""
        for side, data in outcome.rows(read()):
            if side != "blank":
                (self.valid if side == "valid" else self.invalid).add(data)

    def add_invalid(self, data: bytes) -> None:
        """Write a piece of a row with errors."""
        self.invalid.add(data)

    def end_file(self) -> None:
        """Expect rows of another file from now on."""
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
        """Put a newline before the next file's first row if the last row of this one has none."""
        self.between = b"" if self.last == b"\n" else b"\n"


class Incomplete(Exception):
    """Not every row was checked, so neither file may appear under its name."""


@contextmanager
def splitting(folder: str) -> Iterator[Split]:
    """The two files in a folder, which is made if it is missing. They appear there when the block ends well.

    Raises:
        OutputError: a file or the folder cannot be written.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {reason(error)}") from error
    with suppress(Incomplete), ExitStack() as stack:
        valid, invalid = [stack.enter_context(atomic_write(os.path.join(folder, name))) for name in (VALID, INVALID)]
        yield Split(valid, invalid)
        # Both are whole before either appears under its name.
        valid.settle()
        invalid.settle()
