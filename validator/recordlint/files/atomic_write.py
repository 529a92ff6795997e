"""A file that takes its name once it is whole: a crash or a full disk leaves what was there before."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from recordlint.errors import OutputError
from recordlint.files import temporary
from recordlint.files.paths import reason


class Output:
    """Takes bytes for a file; an error names the file."""

    def __init__(self, path: str, file: BinaryIO) -> None:
        self.path = path
        self.file = file

    def write(self, data: bytes) -> None:
        """Write all of `data`.

        Raises:
            OutputError: it cannot be written.
        """
        with naming(self.path):
            self.file.write(data)

    def flush(self) -> None:
        """Leave nothing behind in memory.

        Raises:
            OutputError: it cannot be written.
        """
        with naming(self.path):
            self.file.flush()

    def settle(self) -> None:
        """Leave nothing behind in the system's memory.

        Raises:
            OutputError: it cannot be written.
        """
        with naming(self.path):
            settle(self.file)


@contextlib.contextmanager
def atomic_write(path: str) -> Iterator[Output]:
    """A file that stands at `path` when the block has ended well, and not at all otherwise.

    What stands there is replaced, and keeps its mode. A symbolic link stays one. Devices, pipes and this process's
    standard streams are written to as they are.

    Raises:
        OutputError: it cannot be written.
    """
    with naming(path):
        status = _status(path)
        stream = _open_as_it_is(path, status) if status else None
    if stream:
        try:
            output = Output(path, stream)
            yield output
            output.flush()
        finally:
            with contextlib.suppress(OSError):
                stream.close()
        return
    with naming(path):
        # Nobody reads what a private file will hold before it has its mode.
        replacement = Replacement(os.path.realpath(path), 0o600 if status else 0o666)
    with replacement:
        output = Output(path, replacement.file)
        yield output
        output.settle()
        with naming(path):
            if status:
                os.chmod(replacement.path, stat.S_IMODE(status.st_mode))
            replacement.take_name()


class Replacement:
    """A new file beside `target`, which takes its name or is gone when the block ends. All errors are OSErrors.

    Args:
        target: a path without symbolic links.
        mode: the new file's permissions, of which the umask takes away some.
    """

    def __init__(self, target: str, mode: int) -> None:
        self.target = target
        self.path, self.file = temporary.create(os.path.dirname(target), mode)

    def __enter__(self) -> Replacement:
        return self

    def take_name(self) -> None:
        """Replace what stands at `target`. The file has to be settled."""
        if os.name == "nt":
            self.file.close()  # A file that is open cannot be renamed there.
        # Elsewhere it stays open, and so locked: no other process may take it for abandoned.
        os.replace(self.path, self.target)

    def __exit__(self, *exception: object) -> None:
        with contextlib.suppress(OSError):
            self.file.close()
        temporary.discard(self.path)


def settle(file: BinaryIO) -> None:
    """Leave nothing of a file behind in memory, the system's included.

    Raises:
        OSError: it cannot be written.
    """
    file.flush()
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        os.fsync(file.fileno())


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _open_as_it_is(path: str, status: os.stat_result) -> BinaryIO | None:
    """What cannot be replaced, such as a device, open to write to; None for a file."""
    for handle in (1, 2):
        # /dev/stdout, by this or another name.
        with contextlib.suppress(OSError):
            if os.path.samestat(status, os.fstat(handle)):
                return os.fdopen(os.dup(handle), "wb")
    return None if stat.S_ISREG(status.st_mode) else open(path, "wb")


@contextlib.contextmanager
def naming(path: str) -> Iterator[None]:
    """Within it, an OSError is an OutputError that names the file."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {reason(error)}") from error
