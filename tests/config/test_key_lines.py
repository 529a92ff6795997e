"""The lines of a TOML document's keys: whatever tomllib reads of it stands at the line that is said."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint.config.key_lines import key_lines
from recordlint.problems.pointers import Path

# Documents that are written by chance, and the lines at which their keys were written.

LOOKALIKES = ("k1 = 1", "[k1]", "[[k2]]", "{k1 = [", "]", "}", "#", "'", ".", "= 1, k3", "\\\\", "é\u2028")


def _indexes(path: Path) -> dict[int, int]:
    """The index behind so many names of a path."""
    indexes: dict[int, int] = {}
    count = 0
    for step in path:
        if isinstance(step, int):
            indexes[count] = step
        else:
            count += 1
    return indexes


class Writer:
    """Writes a document, and keeps where each path was first written."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.text = ""
        self.lines: dict[Path, int] = {}
        self.names = 0

    def pick(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def mark(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def name(self) -> str:
        """A name that no table has yet."""
        self.names += 1
        return f"{self.pick('k', 'k-', '', 'k.', 'k ', '[k', 'k=', '#', 'é', chr(34), chr(39), chr(92))}{self.names}"

    def spell(self, name: str) -> None:
        spellings = [json.dumps(name), json.dumps(name, ensure_ascii=False)]
        if name.isascii() and name.replace("-", "").isalnum():
            spellings += [name, name]
        if "'" not in name:
            spellings.append(f"'{name}'")
        self.text += self.pick(*spellings)

    def space(self) -> None:
        self.text += self.pick("", "", " ", "\t ")

    def end(self) -> None:
        """A line's end, perhaps with a comment, and lines without anything."""
        self.space()
        if self.pick(False, True):
            self.text += f"# {self.pick(*LOOKALIKES)}"
        self.text += self.pick("\n", "\n", "\r\n", "\n\n", "\n  # k1 = 1\n")

    def header(self, prefix: Path, names: list[str], *, is_array: bool) -> Path:
        """A table of its own; the path of what stands in it."""
        self.text += "[[" if is_array else "["
        path: Path = ()
        steps = [each for each in prefix if isinstance(each, str)] + names
        indexes = _indexes(prefix)
        for number, step in enumerate(steps):
            self.text += "." if number else ""
            self.space()
            path = (*path, step)
            self.mark(path)
            self.spell(step)
            self.space()
            if number + 1 in indexes:
                path = (*path, indexes[number + 1])
        self.text += "]]" if is_array else "]"
        return path

    def pair(self, table: Path, depth: int) -> None:
        path = table
        for number in range(self.pick(1, 1, 2, 3)):
            if number:
                self.space()
                self.text += "."
                self.space()
            path = (*path, self.name())
            self.mark(path)
            self.spell(str(path[-1]))
        self.space()
        self.text += "="
        self.space()
        self.value(path, depth)

    def value(self, path: Path, depth: int) -> None:
        kind = self.pick("atom", "string", *(("array", "inline") if depth else ()))
        if kind == "atom":
            self.text += self.pick("1", "-1.5e3", "true", "1979-05-27 07:32:00.99", "07:32:00.5", "inf", "0x1F")
        elif kind == "string":
            self.string()
        elif kind == "array":
            self.array(path, depth)
        else:
            self.inline(path, depth)

    def string(self) -> None:
        inner = self.draw(st.lists(st.sampled_from(LOOKALIKES), max_size=3))
        mark = self.pick("one", "literal", '"""', "'''")
        if mark == "one":
            self.text += f'"{" ".join(inner)}\\""'
        elif mark == "literal":
            self.text += f"'{' '.join(inner).replace(chr(39), '')}'"
        else:
            text = "\n".join(inner)
            if mark == "'''":
                # Two of them may stand before the end.
                self.text += f"'''{text.replace(chr(39), '')}{self.pick('', chr(39), chr(39) * 2)}'''"
            else:
                self.text += (
                    f'"""{text}{self.pick("", chr(34) * 2 + "x", chr(92) * 2, chr(92) + chr(34), chr(34) * 2)}"""'
                )

    def array(self, path: Path, depth: int) -> None:
        self.text += "["
        count = self.pick(0, 1, 2, 3)
        for index in range(count):
            self.between()
            self.mark((*path, index))
            self.value((*path, index), depth - 1)
            self.between()
            if index + 1 < count or self.pick(False, True):
                self.text += ","
        self.between()
        self.text += "]"

    def between(self) -> None:
        for _ in range(self.pick(0, 0, 1, 2)):
            self.end()
        self.space()

    def inline(self, path: Path, depth: int) -> None:
        self.text += "{"
        for number in range(self.pick(0, 1, 2)):
            self.text += "," if number else ""
            self.space()
            self.pair(path, depth - 1)
            self.space()
        self.text += "}"

    def body(self, table: Path) -> None:
        for _ in range(self.pick(0, 1, 2)):
            self.space()
            self.pair(table, 2)
            self.end()


@st.composite
def documents(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[str, dict[Path, int]]:
    writer = Writer(draw)
    writer.body(())
    opened: list[Path] = [()]
    arrays: dict[Path, int] = {}
    for _ in range(writer.pick(0, 1, 2, 4)):
        writer.space()
        again = [path for path in arrays if all(path[: len(other)] != other for other in arrays if other != path)]
        if again and writer.pick(False, True):
            # Another table of an array that is there; what stood in the one before is closed.
            array = writer.pick(*again)
            arrays[array] += 1
            opened = [path for path in opened if path[: len(array)] != array]
            path = writer.header(array[:-1], [str(array[-1])], is_array=True)
        else:
            names = [writer.name() for _ in range(writer.pick(1, 2))]
            is_array = writer.pick(False, True)
            path = writer.header(writer.pick(*opened), names, is_array=is_array)
            if is_array:
                arrays[path] = 0
        if path in arrays:
            path = (*path, arrays[path])
            writer.mark(path)
        opened.append(path)
        writer.end()
        writer.body(path)
    return writer.text, writer.lines


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all that tomllib read."""
    if path:
        yield path
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(each, (*path, key))


@given(documents())
def test_each_key_is_found_where_it_stands(document: tuple[str, dict[Path, int]]) -> None:
    text, expected = document
    assert set(paths(tomllib.loads(text))) == set(expected)
    assert key_lines(text) == expected


# By hand.

PYPROJECT = '''\
[tool.other]
objects = ["[tool.recordlint]"]
text = """
[tool.recordlint]
objects = 1
"""
[tool.recordlint]
"objects" = []  # files = 1
exclude = [
  "objects = 1", # ]
  "b",
]
severity = { no-op = "off", 'record-id' = "off" }
[[tool.recordlint.files]]
match = "a"

[[ tool . "recordlint" . files ]]
object = "x"
match = "b"
[tool.recordlint.more]
severity.no-op = 1
[tool]
last = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("tool",), 1),
        (("tool", "other", "text"), 3),
        (("tool", "recordlint"), 7),
        (("tool", "recordlint", "objects"), 8),
        (("tool", "recordlint", "exclude"), 9),
        (("tool", "recordlint", "exclude", 0), 10),
        (("tool", "recordlint", "exclude", 1), 11),
        (("tool", "recordlint", "severity", "record-id"), 13),
        (("tool", "recordlint", "files"), 14),
        (("tool", "recordlint", "files", 0, "match"), 15),
        (("tool", "recordlint", "files", 1), 17),
        (("tool", "recordlint", "files", 1, "match"), 19),
        (("tool", "recordlint", "more", "severity", "no-op"), 21),
        (("tool", "last"), 23),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_pyproject(path: Path, line: int, newline: str) -> None:
    assert key_lines(PYPROJECT.replace("\n", newline))[path] == line


def test_a_key_that_is_written_as_another_looks() -> None:
    lines = key_lines("1.5 = 1\n'1.5' = 2\n\"\\u0061\" = 3\n\"\" = 4\n'=' = ']'\n\"]\" = 5\n")
    assert lines == {("1",): 1, ("1", "5"): 1, ("1.5",): 2, ("a",): 3, ("",): 4, ("=",): 5, ("]",): 6}


def test_quotes_before_the_end_of_a_string() -> None:
    text = """a = ['''y'''', ']'\n]\nb = [\"\"\"x\"\"\"\", "]"\n]\nc = [\"\"\"\\\"\"\"]\"\"\"\n]\nd = 1\n"""
    assert set(paths(tomllib.loads(text))) == set(key_lines(text))
    assert {key[0]: line for key, line in key_lines(text).items() if len(key) == 1} == {"a": 1, "b": 3, "c": 5, "d": 7}


def test_a_table_in_several_places_has_the_line_of_the_first() -> None:
    lines = key_lines("a.b = 1\na.c = 2\n[d.e]\n[d]\nf = 1\n")
    assert lines == {("a",): 1, ("a", "b"): 1, ("a", "c"): 2, ("d",): 3, ("d", "e"): 3, ("d", "f"): 5}
