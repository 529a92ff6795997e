"""Rewriting a file in one step or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from recordlint.errors import InputError
from recordlint.files.atomic_write import Replacement, settle
from recordlint.files.paths import reason


class Rewriting:
    """A file's new content, written piece by piece, which takes the file's name or is gone when the `with` block ends.

    The file keeps its mode, owner and extended attributes. A symbolic link stays one.

    Attributes:
        file: takes the content.
    """

    def __init__(self, path: str) -> None:
        """Begin.

        Raises:
            InputError: the file should not be replaced, or cannot be.
        """
        self.path: Final = path
        self.target: Final = os.path.realpath(path)
        with self.leaving_the_file():
            self.before: Final = self._status()
            self._replacement = Replacement(self.target, 0o600)
        self.file: Final = self._replacement.file

    def __enter__(self) -> Rewriting:
        return self

    def __exit__(self, *exception: object) -> None:
        self._replacement.__exit__(*exception)

    def take_name(self, is_unchanged: Callable[[], bool]) -> None:
        """Replace the file, if it is still what the new content was made of. Else it stays as it is.

        Raises:
            InputError: it is not, or it cannot be replaced.
        """
        with self.leaving_the_file():
            settle(self.file)
            made, status = os.stat(self._replacement.path), self._status()
            if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
                os.chown(self._replacement.path, status.st_uid, status.st_gid)
            os.chmod(self._replacement.path, stat.S_IMODE(status.st_mode))
            if hasattr(os, "listxattr"):
                for attribute in os.listxattr(self.target):
                    os.setxattr(self._replacement.path, attribute, os.getxattr(self.target, attribute))
            if not is_unchanged():
                raise InputError(f"{self.path}: left as it is: it has changed since it was checked")
            self._replacement.take_name()

    def is_same_file(self) -> bool:
        """Whether the file is still the one it was at the beginning, unwritten since, as far as the system tells."""
        now = os.stat(self.target)
        parts = ("st_dev", "st_ino", "st_size", "st_mtime_ns")
        return all(getattr(now, part) == getattr(self.before, part) for part in parts)

    def _status(self) -> os.stat_result:
        """The file's status.

        Raises:
            InputError: there is a reason not to replace it.
        """
        status = os.stat(self.target)
        doubt = _doubt(self.target, status)
        if doubt:
            raise InputError(f"{self.path}: left as it is: {doubt}")
        return status

    @contextmanager
    def leaving_the_file(self) -> Iterator[None]:
        """Within it, an OSError is an InputError that says that the file is as it was."""
        try:
            yield
        except OSError as error:
            raise InputError(f"{self.path}: left as it is: {reason(error)}") from error


def rewrite(path: str, before: bytes, after: bytes) -> None:
    """Replace a file that still holds `before`, as `Rewriting` does.

    Raises:
        InputError: it should not be replaced, or cannot be; the file is as it was.
    """

    def is_unchanged() -> bool:
        with open(new.target, "rb") as file:
            return file.read() == before

    with Rewriting(path) as new:
        with new.leaving_the_file():
            new.file.write(after)
        new.take_name(is_unchanged)


def is_rewritable(path: str) -> bool:
    """Whether `rewrite` has no reason to leave a file alone that can be seen before it tries."""
    target = os.path.realpath(path)
    try:
        return not _doubt(target, os.stat(target))
    except OSError:
        return False


def _doubt(target: str, status: os.stat_result) -> str:
    """Why a file should not be replaced; empty where nothing speaks against it."""
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file"
    if status.st_nlink > 1:
        return "it has several names (hard links), and only one of them would get the change"
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        return "it is read-only"
    return ""
