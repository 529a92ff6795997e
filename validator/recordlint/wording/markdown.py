"""Plain text in Markdown, as CommonMark has it: it reads there as it is."""

from __future__ import annotations

import re
from typing import Final

_ANYWHERE: Final = r"[\\`*_{}\[\]<>&|~]"
_AT_THE_START: Final = r"^[#+=-]|^(?P<digits>\d{1,9})(?=[.)])"


def as_markdown(text: str) -> str:
    r"""Text whose Markdown shows it as it is; each of its lines is a line there too.

    Example:
        >>> as_markdown("*VIP* <unknown>")
        '\\*VIP\\* &lt;unknown\\>'
    """
    return "  \n".join([_line(" ".join(line.split())) for line in text.splitlines()]).strip()


def _line(text: str) -> str:
    return re.sub(f"{_ANYWHERE}|{_AT_THE_START}", _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    # Linters look for the tag of a script, even behind a backslash.
    if match[0] == "<":
        return "&lt;"
    # The dot behind a number at the start of a line would make a list of it.
    return f"{match['digits']}\\" if match["digits"] else f"\\{match[0]}"


def code_span(text: str) -> str:
    """Text in a code span, whatever backquotes it has.

    Example:
        >>> code_span("low")
        '`low`'
    """
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if text.strip(" ") and (text[0] in "` " or text[-1] in "` ") else ""
    return f"{fence}{space}{text}{space}{fence}"
