"""Which requests write a record, on any spelling of a path."""

from __future__ import annotations

import re
from typing import Final

WRITES: Final = {
    "PUT": re.compile(r"(?:/.*)?/objects/[^/]+/records(?:/(?!search/?$)[^/]*)?/?"),
    "POST": re.compile(r"(?:/.*)?/objects/[^/]+/records(?:/[0-9a-fA-F]{24})?/?"),
}
"""Paths of requests that write records, encoded as they are sent; a proxy may have put its own path before them."""


def writes_record(method: str, url: str) -> bool:
    """Whether a request is a `PUT` or `POST` to a records path; `…/records/search` is none."""
    from urllib.parse import urlsplit

    pattern = WRITES.get(method.upper())
    try:
        return bool(pattern and pattern.fullmatch(urlsplit(url).path))
    except ValueError:
        return False
