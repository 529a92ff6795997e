"""Which files a path means, and what their names say about their content."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Final

from recordlint.errors import InputError

ROWS: Final = (".ndjson", ".jsonl", ".gz")
TEXT_TABLES: Final = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
WORKBOOKS: Final = (".xlsx", ".xlsm")
PARQUET: Final = (".parquet",)


def holds_rows(path: str) -> bool:
    """Whether the name of a file says that it holds one body per line."""
    return path.lower().endswith(ROWS)


def holds_table(path: str) -> bool:
    """Whether the name of a file says that it holds a table.

    Example:
        >>> holds_table("tickets.CSV.gz"), holds_table("tickets.ndjson.gz")
        (True, False)
    """
    return path.lower().endswith((*TEXT_TABLES, *WORKBOOKS, *PARQUET))


def json_files(path: str) -> list[str]:
    """The JSON files in a folder, sorted, or a single file, whatever its name is.

    Raises:
        InputError: `path` does not exist, a folder cannot be listed, or it holds no `*.json` file.
    """
    if not os.path.isdir(path):
        if not os.path.exists(path):
            raise InputError(f"{path}: no such file or folder")
        return [path]
    paths = json_files_in(path)
    if not paths:
        raise InputError(f"{path}: no *.json file in this folder")
    return paths


def json_files_in(folder: str) -> list[str]:
    """The `*.json` files in a folder and below, sorted; there may be none.

    Raises:
        InputError: a folder cannot be listed.
    """

    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: {reason(error)}") from error

    return sorted(
        [
            os.path.join(parent, name)
            for parent, _, names in os.walk(folder, onerror=refuse)
            for name in names
            if name.lower().endswith(".json")
        ]
    )


def reason(error: OSError) -> str:
    """What the operating system says about a failure, in lower case: `permission denied`."""
    return (error.strerror or str(error)).lower()


@lru_cache(maxsize=16)
def readable(path: str) -> str:
    """The path with every byte that is not UTF-8 replaced, so that any report can hold it."""
    return os.fsencode(path).decode("utf-8", "replace")
