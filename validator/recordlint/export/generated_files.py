"""Generated files: written, or compared with what stands there."""

from __future__ import annotations

import os
from collections.abc import Mapping

from recordlint.errors import UsageError
from recordlint.files.paths import reason


def as_document(schema: object) -> str:
    """A schema as the text of a file: two spaces, a final newline, and escapes for what cannot be seen."""
    import json

    text = json.dumps(schema, indent=2, ensure_ascii=False)
    return "".join([c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text]) + "\n"


def write(folder: str, files: Mapping[str, str]) -> None:
    """Write texts by file name into a folder, which is made where it is missing.

    Raises:
        UsageError: one cannot be written.
    """
    try:
        os.makedirs(folder, exist_ok=True)
        for name, text in files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be written: {reason(error)}") from error


def stale(folder: str, files: Mapping[str, str]) -> list[str]:
    """The names of files that are missing from a folder or differ from the texts.

    Raises:
        UsageError: one is there and cannot be read.
    """
    found = []
    for name, text in files.items():
        path = os.path.join(folder, name)
        try:
            with open(path, "rb") as file:
                if file.read() != text.encode():
                    found.append(name)
        except FileNotFoundError:
            found.append(name)
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {reason(error)}") from error
    return found
