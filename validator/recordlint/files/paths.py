"""Which files a path means, and what they hold by their names."""

from __future__ import annotations

import os
from typing import Final

from recordlint.errors import InputError

ROWS: Final = (".ndjson", ".jsonl", ".gz")


def holds_rows(path: str) -> bool:
    """Whether a file holds a body a line, by its name."""
    return path.lower().endswith(ROWS)


def json_files(path: str) -> list[str]:
    """The JSON files that `path` means, sorted; a file is taken whatever its name.

    Raises:
        InputError: nothing stands at `path`, a folder cannot be listed, or a folder holds no `*.json` file.
    """
    if not os.path.isdir(path):
        if not os.path.exists(path):
            raise InputError(f"{path}: no such file or folder")
        return [path]

    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: {reason(error)}") from error

    found = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(path, onerror=refuse)
        for name in names
        if name.lower().endswith(".json")
    ]
    if not found:
        raise InputError(f"{path}: no *.json file in this folder")
    return sorted(found)


def reason(error: OSError) -> str:
    """What the operating system says of a failure, in lower case: `permission denied`."""
    return (error.strerror or str(error)).lower()


def readable(path: str) -> str:
    """The path with each byte that is no UTF-8 replaced, so that every report can hold it."""
    return os.fsencode(path).decode("utf-8", "replace")
