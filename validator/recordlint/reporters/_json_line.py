"""Values as JSON on one line, safe to show."""

from __future__ import annotations

from typing import Any

import orjson

from recordlint.wording.escape import escape


def json_line(value: Any) -> str:
    """The value in JSON; what cannot be printed is escaped, and reads back the same."""
    return escape(orjson.dumps(value, default=str).decode())
