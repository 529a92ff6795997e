"""Generated files: written, or compared with what is there."""

from __future__ import annotations

import os
from collections.abc import Mapping

from recordlint.errors import InputError, OutputError
from recordlint.files.atomic_write import atomic_write
from recordlint.files.paths import reason
from recordlint.wording.escape import escape


def as_document(schema: object) -> str:
    """A schema as the text of a file: two spaces, a final newline, and escapes for what cannot be seen."""
    return escape(_json_text(schema), keep="\n") + "\n"


def as_yaml(document: object) -> str:
    """A document as YAML. Texts of several lines are written as such, and what is not ASCII as escapes."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes no anchors: what stands twice is written twice."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)

    Dumper.add_representer(str, text)
    return str(yaml.dump(document, Dumper=Dumper, sort_keys=False, width=120))


def _json_text(schema: object) -> str:
    """As json.dumps writes it, in a tenth of the time."""
    import json
    import re

    import orjson

    try:
        text = orjson.dumps(schema, option=orjson.OPT_INDENT_2).decode()
    except orjson.JSONEncodeError:
        # A number of more than 64 bits.
        return json.dumps(schema, indent=2, ensure_ascii=False)
    # Python writes fractions and exponents differently. A line that ends with a digit ends with a number.
    parts: list[str] = []
    at = 0
    for match in re.finditer(r"[.e]-?\d+(?:e-?\d+)?(?=,?\n)", text):
        start = text.rindex(" ", 0, match.start()) + 1
        parts += text[at:start], repr(float(text[start : match.end()]))
        at = match.end()
    return "".join([*parts, text[at:]])


def write(folder: str, files: Mapping[str, str]) -> None:
    """Write texts into files of a folder, which is made if it is missing.

    Args:
        folder: its path.
        files: the texts by their files' names.

    Raises:
        OutputError: one cannot be written. Those before it are written; it and the rest are as they were.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError as error:
        raise OutputError(f"{folder}: is a file, and a folder is needed there") from error
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {reason(error)}") from error
    for name, text in files.items():
        with atomic_write(os.path.join(folder, name)) as output:
            output.write(text.encode())


def stale(folder: str, files: Mapping[str, str]) -> list[str]:
    """The names of files that are missing from a folder or differ from the texts.

    Args:
        folder: its path.
        files: the texts by their files' names.

    Raises:
        InputError: one is there and cannot be read.
    """
    return [name for name, text in files.items() if _content(os.path.join(folder, name)) != text.encode()]


def names(folder: str) -> list[str]:
    """The names of all that is in a folder, sorted; none where there is no folder.

    Raises:
        InputError: it cannot be listed.
    """
    try:
        return sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"{folder}: cannot be read: {reason(error)}") from error


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
