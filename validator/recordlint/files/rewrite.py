"""Rewriting a file in one step or not at all, and showing the change as a diff."""

from __future__ import annotations

import os
import stat

from recordlint.errors import InputError
from recordlint.files.atomic_write import Replacement, settle
from recordlint.files.paths import reason


def rewrite(path: str, before: bytes, after: bytes) -> None:
    """Replace a file that still holds `before`. It keeps its mode, owner and extended attributes.

    A symbolic link stays one.

    Raises:
        InputError: it should not be replaced, or cannot be; the file is as it was.
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
    """Why a file should not be replaced; empty where nothing speaks against it."""
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file"
    if status.st_nlink > 1:
        return "it has several names (hard links), and only one of them would get the change"
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        return "it is read-only"
    return ""


def _replace(path: str, target: str, status: os.stat_result, before: bytes, after: bytes) -> None:
    with Replacement(target, 0o600) as replacement:
        replacement.file.write(after)
        settle(replacement.file)
        made = os.stat(replacement.path)
        if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
            os.chown(replacement.path, status.st_uid, status.st_gid)
        os.chmod(replacement.path, stat.S_IMODE(status.st_mode))
        if hasattr(os, "listxattr"):
            for attribute in os.listxattr(target):
                os.setxattr(replacement.path, attribute, os.getxattr(target, attribute))
        with open(target, "rb") as file:
            if file.read() != before:
                raise InputError(f"{path}: left as it is: it has changed since it was checked")
        replacement.take_name()


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
