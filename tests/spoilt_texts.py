"""JSON texts with something else somewhere, for hypothesis."""

from __future__ import annotations

import re

from hypothesis import strategies as st

SPOILT = st.sampled_from(
    [
        *'"\\\n\t {}[]:,0-.é',
        "\\u0022",
        "\\u003a",
        "e5",
        "null",
        '", "',
        '": "',
        '"name": "b", ',
        '""',
        "add",
        "bug",
        "1.5",
    ]
)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """A text with something else somewhere, or one of its strings in place of another."""
    strings = [match.span() for match in re.finditer(r'"[^"]*"', text)]
    if strings and draw(st.booleans()):
        start, end = draw(st.sampled_from(strings))
        other, behind = draw(st.sampled_from(strings))
        text = text[:start] + text[other:behind] + text[end:]
    else:
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(SPOILT) + text[at + draw(st.integers(0, 6)) :]
    return text.encode("utf-8", "surrogatepass")
