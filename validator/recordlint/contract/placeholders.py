"""Texts that a template or a program leaves where a value was meant."""

from __future__ import annotations

import re
from typing import Final

from recordlint.contract.spec_files import read_spec

NO_VALUE: Final = frozenset({"undefined", "NaN", "None"})
"""What programs write for a value that they do not have. It is a placeholder only where the text is refused."""


def is_placeholder(text: str) -> bool:
    """Whether a text is nothing but a placeholder: `{{contact.name}}`, `${name}`, `<name>` or `[object Object]`."""
    pattern: str = read_spec("field-types/text.json")["$defs"]["placeholder"]["pattern"]
    return re.search(pattern, text) is not None
