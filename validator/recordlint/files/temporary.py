"""Files that are being written, under names of their own until they are whole.

Imported before signals are handled, so that it imports next to nothing.
"""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

DAY = 24 * 60 * 60
"""In seconds."""

_unfinished: set[str] = set()
"""The temporary files of this process."""
_swept: set[str] = set()
"""The folders in which this process has looked for those of others."""


def create(folder: str, mode: int) -> tuple[str, BinaryIO]:
    """A new file in a folder, and its path. Leftovers of earlier runs there are removed.

    Its name tells the host and process that it belongs to. The process holds a lock on it until it is closed.

    Args:
        folder: where it is made.
        mode: its permissions, of which the umask takes away some.

    Raises:
        OSError: it cannot be made.
    """
    if folder not in _swept:
        _swept.add(folder)
        _sweep(folder)
    while True:
        path = os.path.join(folder, f".recordlint-{_host()}-{os.getpid()}-{os.urandom(6).hex()}.tmp")
        _unfinished.add(path)
        try:
            file = open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))  # noqa: SIM115 - returned
            if _hold(path, file):
                return path, file
        except BaseException:
            discard(path)
            raise
        file.close()
        discard(path)


def discard(path: str) -> None:
    """Remove a temporary file, unless it has taken its name by now."""
    try:
        os.unlink(path)
    except OSError:
        return
    finally:
        _unfinished.discard(path)


def discard_all() -> None:
    """Remove every temporary file of this process."""
    for path in [*_unfinished]:
        discard(path)


def _host() -> str:
    """This host's name, as it stands in the names of files."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return "".join([each if each.isascii() and each.isalnum() else "_" for each in name])[:64] or "_"


def _hold(path: str, file: BinaryIO) -> bool:
    """Lock a new file, where the system has locks; False where another process has removed it before."""
    try:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return True
    return os.path.exists(path)


def _sweep(folder: str) -> None:
    """Remove the temporary files of processes that are gone."""
    import re

    try:
        with os.scandir(folder) as entries:
            names = [each.name for each in entries if each.name.startswith(".recordlint-")]
    except OSError:
        return
    for name in names:
        parts = re.fullmatch(r"\.recordlint-([A-Za-z0-9_]{1,64})-[0-9]{1,10}-[0-9a-f]{12}\.tmp", name)
        if parts:
            try:
                _remove_abandoned(os.path.join(folder, name), is_ours=parts[1] == _host())
            except OSError:
                continue


def _remove_abandoned(path: str, *, is_ours: bool) -> None:
    """Remove a temporary file that no process writes any more.

    Where the file can be locked, its process is gone. A lock may not reach from host to host, and some systems have
    none: there only a file that was last written a day ago is taken for abandoned.
    """
    import time

    if not stat.S_ISREG(os.lstat(path).st_mode):
        return
    handle = os.open(path, os.O_RDWR)
    try:
        is_old = time.time() - os.fstat(handle).st_mtime > DAY
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        except (ImportError, OSError):
            is_ours = False
        if is_ours or is_old:
            os.unlink(path)
    finally:
        os.close(handle)
