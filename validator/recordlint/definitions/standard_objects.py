"""The standard objects whose records this API does not write, by the keys that people try."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import BUSINESS, PREFIX

COMPANY: Final = "company"
"""Another word for `business`, and no key."""

NO_KEY: Final = f"not an object's key: {PREFIX} and then only a-z, 0-9 and _, or {BUSINESS}"
"""What the error says of a definition with another key."""
NOT_WRITTEN: Final = f"a standard object, and the Records API writes only custom objects and {BUSINESS}"

NOT_SERVED: Final = frozenset({"contact", "opportunity"})
"""Standard objects with APIs of their own."""

_BY_KEY: Final = {
    "contact": "contact",
    "contacts": "contact",
    "opportunity": "opportunity",
    "opportunities": "opportunity",
    "company": COMPANY,
    "companies": COMPANY,
    "businesses": COMPANY,
}


def standard_object(key: str) -> str | None:
    """The standard object that a key names, in any case, singular or plural; None for another key.

    `business` is a key whose records can be written, so it is none of them.
    """
    return _BY_KEY.get(key.strip().casefold())
