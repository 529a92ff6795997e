"""A file's bytes replaced by others, in one step or not at all; and what would change, as a diff."""

from __future__ import annotations

import contextlib
import os
import stat

from recordlint.errors import InputError
from recordlint.files.paths import reason


def rewrite(path: str, before: bytes, after: bytes) -> None:
    """Replace a file that still holds `before`. Its mode and owner stay, and a symbolic link stays one.

    Raises:
        InputError: there is doubt, or it fails; the file is as it was.
    """
    target = os.path.realpath(path)
    try:
        status = os.stat(target)
        doubt = _doubt(target, status)
        if doubt:
            raise InputError(f"{path}: left as it is: {doubt}")
        _replace(path, target, status, before, after)
    except OSError as error:
        raise InputError(f"{path}: left as it is: {reason(error)}") from error


def is_rewritable(path: str) -> bool:
    """Whether `rewrite` has no reason to leave a file alone that can be seen before it tries."""
    target = os.path.realpath(path)
    try:
        return not _doubt(target, os.stat(target))
    except OSError:
        return False


def _doubt(target: str, status: os.stat_result) -> str:
    """Why a file had better not be replaced."""
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file"
    if status.st_nlink > 1:
        return "it has more than one name (hard links), and replacing it would part them"
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        return "it is read-only"
    return ""


def _replace(path: str, target: str, status: os.stat_result, before: bytes, after: bytes) -> None:
    from tempfile import mkstemp

    folder = os.path.dirname(target)
    handle, temporary = mkstemp(dir=folder, prefix=".recordlint-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        made = os.stat(temporary)
        if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
            os.chown(temporary, status.st_uid, status.st_gid)
        os.chmod(temporary, stat.S_IMODE(status.st_mode))
        if hasattr(os, "listxattr"):
            for attribute in os.listxattr(target):
                os.setxattr(temporary, attribute, os.getxattr(target, attribute))
        with open(target, "rb") as file:
            if file.read() != before:
                raise InputError(f"{path}: left as it is: it was changed while it was checked")
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def difference(name: str, before: bytes, after: bytes) -> str:
    """A unified diff of two texts in UTF-8, safe to show: its names and lines are escaped, tabs aside."""
    from difflib import unified_diff

    lines = unified_diff(_lines(before), _lines(after), _shown(name), _shown(name), lineterm="")
    return "".join([f"{line}\n" for line in lines])


def _lines(data: bytes) -> list[str]:
    *lines, last = data.decode().split("\n")
    shown = [_shown(line.removesuffix("\r")) for line in lines]
    return [*shown, f"{_shown(last)}\n\\ No newline at end of file"] if last else shown


def _shown(text: str) -> str:
    from recordlint.wording.escape import escape

    return "\t".join(map(escape, text.split("\t")))
