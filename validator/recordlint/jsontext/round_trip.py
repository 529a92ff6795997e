"""Whether orjson has read all of a text: it writes the same again.

orjson takes half of jiter's time, but of two equal names it keeps the last, and then writes less than it has read.
Where it writes the same again, `read_json` reads this value.
"""

from __future__ import annotations

from typing import Any

from orjson import JSONDecodeError, dumps, loads

from recordlint.jsontext.parse import DEEPEST


def is_written_as(value: Any, data: bytes) -> bool:
    """Whether orjson, which read a value from a text, writes that text again but for its spaces."""
    if data.count(b"[") + data.count(b"{") > DEEPEST:
        return False
    return dumps(value).replace(b" ", b"") == data.replace(b" ", b"").rstrip()


def read_back(data: bytes) -> tuple[Any, bool]:
    """The value of a text, and whether nothing of the text is lost in it."""
    try:
        value = loads(data)
    except JSONDecodeError:
        return None, False
    return value, is_written_as(value, data)
