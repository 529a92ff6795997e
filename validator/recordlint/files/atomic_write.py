"""A file that takes its name once it is whole: a crash or a full disk leaves what was there before."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from recordlint.errors import OutputError
from recordlint.files.paths import reason


class Output:
    """Takes bytes for a file; what goes wrong is told with the file's name."""

    def __init__(self, path: str, file: BinaryIO) -> None:
        self.path = path
        self.file = file

    def write(self, data: bytes) -> None:
        """Write all of `data`.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self.file.write(data)
        except OSError as error:
            raise _refused(self.path, error) from error

    def flush(self) -> None:
        """Leave nothing behind in memory.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self.file.flush()
        except OSError as error:
            raise _refused(self.path, error) from error

    def settle(self) -> None:
        """Leave nothing behind in the system's memory.

        Raises:
            OutputError: it cannot be written.
        """
        self.flush()
        try:
            if stat.S_ISREG(os.fstat(self.file.fileno()).st_mode):
                os.fsync(self.file.fileno())
        except OSError as error:
            raise _refused(self.path, error) from error


@contextlib.contextmanager
def atomic_write(path: str) -> Iterator[Output]:
    """A file that stands at `path` when the block has ended well, and not at all otherwise.

    What stands there is replaced, and keeps its mode; a symbolic link stays one, and a device is written to.

    Raises:
        OutputError: it cannot be written.
    """
    target = os.path.realpath(path)
    mode = None
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _refused(path, error) from error
    if mode is not None and not stat.S_ISREG(mode):
        with _opened(path, target, "wb") as file:
            output = Output(path, file)
            yield output
            output.flush()
        return
    temporary = os.path.join(os.path.dirname(target), f".recordlint-{os.urandom(6).hex()}")
    file = _opened(path, temporary, "xb")
    try:
        output = Output(path, file)
        yield output
        output.settle()
        try:
            file.close()
            if mode is not None:
                os.chmod(temporary, stat.S_IMODE(mode))
            os.replace(temporary, target)
        except OSError as error:
            raise _refused(path, error) from error
    except BaseException:
        with contextlib.suppress(OSError):
            file.close()
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _opened(path: str, target: str, mode: str) -> BinaryIO:
    try:
        file: BinaryIO = open(target, mode)  # type: ignore[assignment] # noqa: SIM115 - the caller closes it
    except OSError as error:
        raise _refused(path, error) from error
    return file


def _refused(path: str, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written: {reason(error)}")
