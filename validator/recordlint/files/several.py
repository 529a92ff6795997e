"""Several files that change together: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Mapping

from recordlint.files.atomic_write import Replacement, naming, settle


def write_together(files: Mapping[str, bytes]) -> None:
    """Write files so that each is there whole, or, after an error or Ctrl-C, each is as it was.

    Everything is written under other names first, also what a file held before, and only then do the files take their
    names. A file that is replaced keeps its mode, and a symbolic link stays one. What no program can prevent is the
    end of the process, by `kill -9` or a power cut, between two of the renames at the end.

    Args:
        files: the contents by path. Their folders exist.

    Raises:
        OutputError: a file cannot be written; its text names the first.

    Example:
        >>> write_together({"objects/ticket.json": b"{}", "objects/asset.json": b"{}"})  # doctest: +SKIP
    """
    with contextlib.ExitStack() as stack:
        new: dict[str, Replacement] = {}
        old: dict[str, Replacement | None] = {}
        for path, data in files.items():
            with naming(path):
                target = os.path.realpath(path)
                before = _content(target)
                mode = stat.S_IMODE(os.stat(target).st_mode) if before is not None else None
                new[path] = _written(stack, target, data, mode)
                old[path] = None if before is None else _written(stack, target, before, mode)
        tried: list[str] = []
        try:
            for path, replacement in new.items():
                tried.append(path)
                with naming(path):
                    replacement.take_name()
        except BaseException:
            for path in tried:
                _restore(new[path], old[path])
            raise


def _written(stack: contextlib.ExitStack, target: str, data: bytes, mode: int | None) -> Replacement:
    """A settled file that can take the name of `target`; what is left of it goes with the stack.

    Args:
        stack: ends it.
        target: a path without symbolic links.
        data: what it holds.
        mode: its permissions; None for those of a new file.
    """
    # Nobody reads what a private file will hold before it has its mode.
    replacement = stack.enter_context(Replacement(target, 0o666 if mode is None else 0o600))
    replacement.file.write(data)
    settle(replacement.file)
    if mode is not None:
        os.chmod(replacement.path, mode)
    return replacement


def _content(target: str) -> bytes | None:
    """What a file holds; None if there is no such file."""
    try:
        with open(target, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _restore(new: Replacement, old: Replacement | None) -> None:
    """Undo a rename that may have been made: a file that still has its temporary name was not renamed."""
    if os.path.lexists(new.path):
        return
    with contextlib.suppress(OSError):
        if old is None:
            os.unlink(new.target)
        else:
            old.take_name()
