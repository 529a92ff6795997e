"""--fix on rows: the file is written anew while its rows are checked, and takes its name when all of them are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from recordlint.files.gzip_files import is_packed
from recordlint.files.lines import first_bytes
from recordlint.files.rewrite import Rewriting
from recordlint.rows.outcomes import Outcome

if TYPE_CHECKING:
    from gzip import GzipFile


class RewrittenRows:
    """Writes all rows of a file after their fixes, blank lines included. Nothing is written if none is fixed."""

    def __init__(self, path: str, new: Rewriting) -> None:
        self.path = path
        self.new = new
        self.output: BinaryIO | GzipFile | None = None
        self.unwritten = 0
        """Bytes of the rows before the first that is fixed, as long as none is."""

    def add(self, outcome: Outcome, read: Callable[[], bytes]) -> None:
        """Write the rows of an outcome, which `read` returns as they were."""
        if self.output is None and not any(aside.fixed is not None for aside in outcome.aside):
            self.unwritten += outcome.length
            return
        data, output = read(), self._begun()
        with self.new.leaving_the_file():
            for _, piece in outcome.rows(data):
                output.write(piece)

    def add_invalid(self, data: bytes) -> None:
        """Write a piece of a row that is too long to be fixed."""
        if self.output is None:
            self.unwritten += len(data)
            return
        with self.new.leaving_the_file():
            self.output.write(data)

    def end_file(self) -> None:
        """Replace the file, if a row was fixed.

        Raises:
            InputError: it was changed meanwhile, or cannot be replaced.
        """
        if self.output is None:
            return
        with self.new.leaving_the_file():
            if self.output is not self.new.file:
                self.output.close()  # Only this writes the end of a gzip file.
        self.new.take_name(self.new.is_same_file)

    def _begun(self) -> BinaryIO | GzipFile:
        """Where rows are written, once those before the first fixed one are."""
        if self.output is None:
            self.output = self.new.file
            if is_packed(self.path):
                from gzip import GzipFile

                # Without a name or a time in it, the same rows are the same bytes.
                self.output = GzipFile("", "wb", compresslevel=6, fileobj=self.new.file, mtime=0)
            for piece in first_bytes(self.path, self.unwritten):
                with self.new.leaving_the_file():
                    self.output.write(piece)
        return self.output


@contextmanager
def rewriting(path: str) -> Iterator[RewrittenRows]:
    """A file of rows that is rewritten, unless the block ends before `end_file`.

    Raises:
        InputError: the file should not be replaced, or cannot be.
    """
    with Rewriting(path) as new:
        yield RewrittenRows(path, new)
