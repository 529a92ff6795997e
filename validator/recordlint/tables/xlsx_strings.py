"""The strings that the cells of an XLSX file share, in a fraction of the memory of a list of them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element, iterparse

from openpyxl.xml.constants import SHEET_MAIN_NS

_STRING: Final = f"{{{SHEET_MAIN_NS}}}si"
_TEXT: Final = f"{{{SHEET_MAIN_NS}}}t"
_RUN: Final = f"{{{SHEET_MAIN_NS}}}r"
_ESCAPE: Final = re.compile("_x(?!D[89A-F])([0-9A-F]{4})_", re.IGNORECASE)


class Strings:
    """Strings by their number, as UTF-8 until one is asked for."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("Q", [0])

    def append(self, text: str) -> None:
        """Add a string as the last one."""
        self._data += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._data))

    def __getitem__(self, index: int) -> str:
        """The string with this number, from 0.

        Raises:
            IndexError: there is none.
        """
        if index < 0:
            raise IndexError(index)
        return self._data[self._ends[index] : self._ends[index + 1]].decode("utf-8", "surrogatepass")


def read_strings(source: IO[bytes]) -> Strings:
    """Read the part of a file that has the strings. Of rich text, only the text is read.

    Raises:
        ParseError: it is no XML.
    """
    strings = Strings()
    root: Element | None = None
    for event, element in iterparse(source, ("start", "end")):  # noqa: S314 - expat bounds the growth of entities
        if event == "start":
            root = element if root is None else root
        elif element.tag == _STRING:
            strings.append("".join(_texts(element)))
            if root is not None:
                root.clear()
    return strings


def _texts(element: Element) -> Iterator[str]:
    """The text of a string and of its runs. How it is pronounced is left out."""
    for part in element:
        if part.tag == _TEXT:
            yield part.text or ""
        elif part.tag == _RUN:
            yield part.findtext(_TEXT, "")


def unescape(text: str) -> str:
    r"""Text without Excel's escapes of characters, such as `_x000D_` for a carriage return.

    Example:
        >>> unescape("a_x000D_b"), unescape("_x005F_x000D_")
        ('a\rb', '_x000D_')
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
