"""Texts that a template or a program leaves where a value was meant."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recordlint.contract.spec_files import read_spec

if TYPE_CHECKING:
    from collections.abc import Callable

NO_VALUE: Final = frozenset({"undefined", "NaN", "None"})
"""What programs write for a value that they do not have. It is a placeholder only where the text is refused."""


ENDS: Final = "}>] \t\n\r"
"""The last characters of placeholders, and the white space that may come after one."""


def is_placeholder(text: str) -> bool:
    """Whether a text is nothing but a placeholder: `{{contact.name}}`, `${name}`, `<name>` or `[object Object]`."""
    return text[-1:] in ENDS and _pattern()(text) is not None


@cache
def _pattern() -> Callable[[str], re.Match[str] | None]:
    return re.compile(read_spec("field-types/text.json")["$defs"]["placeholder"]["pattern"]).search


def has_placeholder(value: object) -> bool:
    """Whether a parsed JSON value has a text in it that is a placeholder."""
    if isinstance(value, str):
        return is_placeholder(value)
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(has_placeholder, items))
