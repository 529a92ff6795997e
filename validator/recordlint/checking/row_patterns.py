"""Patterns of clean rows: rows with the same names in the same order are clean without being parsed.

One program writes all rows of a migration, so most have the same shape. A regular expression recognizes that shape in
half the time that parsing and checking take. It is made from a clean row: each text and number in it is replaced by a
pattern of the texts or numbers that its schema accepts. Names, the types of values and the lengths of arrays stay as
they are, and texts in arrays have to differ from each other. So whatever matches is JSON, has no name twice, and is as
clean as the first row was. Rows that do not match are parsed and checked as usual.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from recordlint.checking.value_patterns import (
    ANYTHING,
    CHARACTER,
    STYLES,
    NoPattern,
    TextPattern,
    expect,
    json_string,
    literal,
    number_pattern,
    text_pattern,
)
from recordlint.contract.engines import compiled
from recordlint.contract.inline_refs import flatten
from recordlint.contract.spec_files import Schema

PATTERNS: Final = 4
"""Patterns that are learnt. A row that matches none has been tried with all of them."""
LEARNT_FROM: Final = 512
"""Clean rows without a pattern, after which nothing more is learnt."""
SIGHTS: Final = 32
"""Rows with the same names, after which a pattern is made. To make one takes as long as to check some hundred rows."""
REMEMBERED: Final = 4_096
"""Texts of one value that are remembered as clean."""
SHORT_TEXT: Final = 64
"""The most bytes of a text that is remembered."""
DIFFERENT_TEXTS: Final = 12
"""The most texts in one delta that a pattern compares with each other."""


class Around(NamedTuple):
    """A whole request that is a row. Its body is one of its members, and the others stay as they are in its pattern."""

    request: Mapping[str, Any]
    member: str
    """The one that is the body."""
    varying: Mapping[str, str]
    """The patterns of the texts of other members that differ from row to row."""
    is_clean_text: Callable[[bytes], bool] | None
    """Decides about the body where it is JSON text; None where it is an object."""


class _Check(NamedTuple):
    """A text that the pattern accepts and its schema may not."""

    group: int
    clean: set[bytes]
    """Texts that the schema accepts."""
    is_valid: Callable[[Any], bool]


class _Doubt(NamedTuple):
    """A text that the pattern accepts, and what decides about it."""

    group: int
    schema: Schema
    hides: Callable[[Any], bool] | None
    """Whether it is not clean, although the schema takes it."""


class _RowPattern(NamedTuple):
    match: Callable[[bytes], re.Match[bytes] | None]
    checks: tuple[_Check, ...]


class RowPatterns:
    """Learns the shapes of clean rows of one object. One thread at a time may use it.

    It learns the first shapes that come often, and keeps their patterns.
    """

    def __init__(self, clean: Schema, hiding: Mapping[str, Callable[[Any], bool]]) -> None:
        """Prepare to learn.

        Args:
            clean: the schema of clean bodies.
            hiding: whether a value that it takes is not clean all the same, by property, where one can be so.
        """
        self._clean: Final = flatten(clean)
        self._hiding: Final = hiding
        self._texts: Final[dict[int, TextPattern]] = {}
        self._patterns: Final[list[_RowPattern]] = []
        self._sights: Final[Counter[int]] = Counter()
        self._can_learn_from = LEARNT_FROM

    def matches(self, row: bytes) -> bool:
        """Whether a row has a shape that was learnt, which means that it is clean."""
        for match_row, checks in self._patterns:
            match = match_row(row)
            if match:
                for group, clean, is_valid in checks:
                    text = match[group]
                    if text not in clean:
                        if not is_valid(text.decode("utf-8", "replace")):
                            return False
                        if len(clean) < REMEMBERED and len(text) <= SHORT_TEXT:
                            clean.add(text)
                return row.isascii() or _is_utf8(row)
        return False

    @property
    def learns(self) -> bool:
        """Whether another row may make a difference."""
        return self._can_learn_from > 0 and len(self._patterns) < PATTERNS

    def learn(self, row: bytes, body: Mapping[str, Any], around: Around | None = None) -> None:
        """Count a clean row that no pattern matches, and make one when rows with its names have come often.

        Args:
            row: the row's bytes.
            body: the row, parsed, or the body of the request that it is; nothing where that is JSON text.
            around: the request.
        """
        if not self.learns:
            return
        self._can_learn_from -= 1
        if b"\\" in row and not (around and around.is_clean_text):
            return  # No pattern accepts an escape, but for the quotes in a body that is a text.
        # Only the names of properties count, since to write a pattern of a thousand fields takes milliseconds.
        names = hash((*(around.request if around else ()), None, *body, None, *body.get("properties", ())))
        self._sights[names] += 1
        if self._sights[names] % SIGHTS:
            return
        pattern = _pattern(row, body, around, self._clean, self._hiding, self._texts)
        if pattern is None:
            return
        match = re.compile(pattern.source.encode("utf-8", "surrogatepass")).fullmatch
        if match(row):
            checks = [_Check(doubt.group, set(), _decide(doubt)) for doubt in pattern.doubts]
            self._patterns.append(_RowPattern(match, tuple(checks)))


def _decide(doubt: _Doubt) -> Callable[[Any], bool]:
    """Whether a text is clean."""
    is_valid, hides = compiled(doubt.schema).is_valid, doubt.hides
    return is_valid if hides is None else lambda text: is_valid(text) and not hides(text)


def _is_utf8(row: bytes) -> bool:
    try:
        row.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Pattern(NamedTuple):
    source: str
    doubts: tuple[_Doubt, ...]


def _pattern(
    row: bytes,
    body: Mapping[str, Any],
    around: Around | None,
    schema: Schema,
    hiding: Mapping[str, Callable[[Any], bool]],
    texts: dict[int, TextPattern],
) -> _Pattern | None:
    """The pattern of rows with the shape of a clean one; None if no pattern can say what the schema says."""
    first = f"{{{json_string(next(iter(around.request if around else body)))}".encode()
    for comma, colon in STYLES:
        if row.startswith(first + colon.encode()):
            writer = _Writer(comma, colon, hiding, texts)
            try:
                source = writer.request(around, body, schema) if around else writer.body(body, schema)
            except NoPattern:
                return None
            return _Pattern(source + r"\r?\n?", tuple(writer.doubts))
    return None


class _Writer:
    """Writes the pattern of a body."""

    def __init__(
        self, comma: str, colon: str, hiding: Mapping[str, Callable[[Any], bool]], texts: dict[int, TextPattern]
    ) -> None:
        self.comma = comma
        self.colon = colon
        self.hiding = hiding
        self.texts = texts
        """By the id of their schema. The schemas live as long as this."""
        self.groups = 0
        self.doubts: list[_Doubt] = []

    def request(self, around: Around, body: Mapping[str, Any], schema: Schema) -> str:
        """The pattern of a whole request."""
        members = {}
        for name, value in around.request.items():
            if name == around.member:
                is_clean = around.is_clean_text
                members[name] = self.body_text(is_clean) if is_clean else self.body(body, schema)
            elif name in around.varying:
                members[name] = f'"{around.varying[name]}"'
            else:
                text = json.dumps(value, ensure_ascii=False, separators=(self.comma, self.colon))
                members[name] = re.escape(text)
        return self.written(members)

    def body_text(self, is_clean: Callable[[bytes], bool]) -> str:
        """The pattern of a body that is JSON text, in which only quotes are escaped."""

        def hides(text: str) -> bool:
            return not is_clean(text.replace('\\"', '"').encode())

        self.groups += 1
        self.doubts.append(_Doubt(self.groups, {}, hides))
        return rf'"(?P<t{self.groups}>{CHARACTER}*(?:\\"{CHARACTER}*)*)"'

    def body(self, body: Mapping[str, Any], schema: Schema) -> str:
        """The pattern of a body. Each property, and each key beside `properties`, is a value of its own."""
        members = []
        for name, value in body.items():
            part = _member(schema, name)
            if name == "properties":
                inner = {key: self.property(key, each, _member(part, key)) for key, each in value.items()}
                members.append((name, self.object(part, inner)))
            else:
                members.append((name, self.value(value, part, [])))
        return self.object(schema, dict(members))

    def property(self, key: str, value: object, schema: Schema) -> str:
        """The pattern of a property. Nothing is hidden in its arrays: texts in arrays have to differ in any pattern."""
        if isinstance(value, str):
            return self.text(value, schema, [], in_array=False, hides=self.hiding.get(key))
        return self.value(value, schema, [])

    def value(self, value: object, schema: Schema, texts: list[str], *, in_array: bool = False) -> str:
        """The pattern of a value.

        Args:
            value: the value in the clean body.
            schema: its schema.
            texts: the groups of the texts in arrays so far, from which others have to differ.
            in_array: whether an array holds it.
        """
        if value is None:
            return "null"
        if isinstance(value, str):
            return self.text(value, schema, texts, in_array=in_array)
        if isinstance(value, dict):
            members = {
                key: self.value(each, _member(schema, key), texts, in_array=in_array) for key, each in value.items()
            }
            return self.object(schema, members)
        if isinstance(value, list):
            expect(schema, "items", "uniqueItems")
            # What a field of an unknown type holds may have repeats.
            in_array = schema not in ANYTHING
            items = [self.value(each, _part(schema, "items"), texts, in_array=in_array) for each in value]
            return rf"\[{self.comma.join(items)}\]"
        return number_pattern(value, schema, in_array=in_array)

    def object(self, schema: Schema, members: Mapping[str, str]) -> str:
        # Each member has a schema among the properties, so `additionalProperties` judges none.
        expect(schema, "properties", "additionalProperties")
        return self.written(members)

    def written(self, members: Mapping[str, str]) -> str:
        written = [f"{literal(name)}{self.colon}{pattern}" for name, pattern in members.items()]
        return rf"\{{{self.comma.join(written)}\}}"

    def text(
        self,
        value: str,
        schema: Schema,
        texts: list[str],
        *,
        in_array: bool,
        hides: Callable[[Any], bool] | None = None,
    ) -> str:
        if "const" in schema:
            return literal(value)
        text = self.texts.get(id(schema))
        if text is None:
            text = self.texts[id(schema)] = text_pattern(schema)
        is_sure = text.is_exact and hides is None
        if not in_array and is_sure:
            return f'"{text.pattern}"'
        self.groups += 1
        name = f"t{self.groups}"
        if not is_sure:
            self.doubts.append(_Doubt(self.groups, schema, hides))
        others = ""
        if in_array:
            if len(texts) == DIFFERENT_TEXTS:
                raise NoPattern
            others = "".join([f'(?!(?P={other})")' for other in texts])
            texts.append(name)
        return f'"{others}(?P<{name}>{text.pattern})"'


def _member(schema: Schema, name: str) -> Schema:
    """The schema of a member."""
    return _part(_part(schema, "properties"), name)


def _part(schema: Schema, key: str) -> Schema:
    """A schema in a schema, or a schema by its name."""
    part = {} if schema in ANYTHING else schema.get(key)
    if not isinstance(part, dict):
        raise NoPattern
    return part
