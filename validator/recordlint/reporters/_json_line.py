"""Values as JSON on one line, safe to show."""

from __future__ import annotations

from typing import Any

import orjson

from recordlint.wording.escape import escape


def json_line(value: Any) -> str:
    """The value in JSON; what cannot be printed is escaped, and reads back the same."""
    data = orjson.dumps(value, default=str)
    # JSON escapes all of ASCII that cannot be printed, but for DEL.
    if data.isascii() and b"\x7f" not in data:
        return data.decode()
    return escape(data.decode())
