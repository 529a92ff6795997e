"""The delimiters of CSV files: which one a file has."""

from __future__ import annotations

import re
from typing import Final

from recordlint.errors import InputError, UsageError
from recordlint.tables.block_rows import delimiter_name, text_lines
from recordlint.wording.phrases import all_of, quoted

CANDIDATES: Final = (",", ";", "\t", "|")
"""What a header is looked through for."""
_NAMES: Final = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_OPENS: Final = r'(?<![^,;\t|\r\n])"'
_OPEN: Final = re.compile(_OPENS)
_QUOTED: Final = re.compile(rf'{_OPENS}[^"]*+(?:""[^"]*+)*+"')
_SEPARATOR: Final = re.compile(r'"?sep=(?P<delimiter>[^\r\n])"?(?:\r\n|\r|\n)', re.IGNORECASE)


def to_delimiter(text: str) -> str:
    r"""A delimiter as the user writes it: one character, or `tab`.

    Raises:
        UsageError: it cannot be a delimiter.

    Example:
        >>> to_delimiter("tab")
        '\t'
    """
    delimiter = _NAMES.get(text.lower(), text)
    if len(delimiter) != 1 or delimiter in '"\r\n\0 ' or delimiter.isalnum():
        raise UsageError(f"{quoted(text)} cannot be a delimiter; use one character such as ; or |, or the word tab")
    return delimiter


def separator_line(text: str) -> tuple[str, int]:
    r"""The delimiter in a first line such as `sep=;`, which Excel writes and reads, and the length of that line.

    Example:
        >>> separator_line("sep=;\na;b\n")
        (';', 6)
    """
    match = _SEPARATOR.match(text)
    return (match["delimiter"], match.end()) if match else ("", 0)


def header_line(text: str) -> str | None:
    r"""The first line with more than delimiters, and a letter for what is in quotes.

    None if its end is not in the text.

    Example:
        >>> header_line('\n"a;b",c\nd')
        'q,c\n'
    """
    for line in text_lines(_QUOTED.sub("q", text)):
        if line.strip("".join(CANDIDATES) + "\r\n"):
            return line if line.endswith(("\n", "\r")) and not _OPEN.search(line) else None
    return None


def find_delimiter(path: str, header: str, usual: str) -> tuple[str, str]:
    """The delimiter of a file, and a sentence about it if it is not the usual one.

    It is the only candidate that the header has outside of quotes. In a `.tsv` file it is the tab, if there is one.

    Args:
        path: the file.
        header: the line of the header, without what is in quotes.
        usual: what the name of the file says.

    Raises:
        InputError: the header has several of them.
    """
    present = [each for each in CANDIDATES if each in header]
    if not present or present == [usual] or (usual == "\t" and "\t" in present):
        return usual, ""
    if len(present) > 1:
        names = all_of([delimiter_name(each) for each in present])
        raise InputError(f"{path}: the header has {names}; say what separates its cells with --delimiter")
    (delimiter,) = present
    return delimiter, f"cells are separated by {delimiter_name(delimiter)}, as in the header"
