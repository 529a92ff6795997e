"""Rows that are like a clean one before: the same names in the same order, with other values.

One program writes all rows of a migration, so most are alike, and a regular expression tells that in half the time
that it takes to parse and judge them. It is made of a clean body, in which each text and number makes room for a
pattern of those that its schema takes. Names, the kinds of the values and the lengths of arrays stay, and the texts of
a delta or an array have to differ, so what is matched is JSON, has no name twice, and is as clean as that body was.
What is not matched is judged as ever.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from recordlint.contract.engines import compiled
from recordlint.contract.inline_refs import flatten
from recordlint.contract.spec_files import Schema

LEARNT: Final = 4
"""So many kinds of rows are known at a time: each may be tried in vain."""
SIGHTS: Final = 32
"""After so many rows with the same names a kind is learnt, which takes as long as to judge some hundred rows."""
LOOKED_AT: Final = 256
"""Of so many rows that are like none before, the kind is looked at."""
PATIENCE: Final = 1_000
"""After so many rows that are like none before, others are learnt; twice as many the next time."""
REMEMBERED: Final = 4_096
"""Texts of a field that are known to be clean."""
SHORT: Final = 64
"""Bytes of a text that is remembered."""
MANY: Final = 12
"""Texts in one delta, past which they are not compared in a pattern."""
CHOICES: Final = 32
"""Options of a field, past which a pattern would take its time to go through them."""

_CHARACTER: Final = r'[^"\\\x00-\x1f]'
"""What stands for itself in a JSON string. That it is UTF-8 is looked at apart."""
_NUMBER: Final = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,20})?"
_BELOW: Final = 10**15
"""The number's amount."""
_STYLES: Final = ((", ", ": "), (",", ":"))
"""How items, and names and values, are set apart: as Python's json does, and as JavaScript's."""
_NOT_NULL: Final = {"type": "null"}


class _Check(NamedTuple):
    """A text that the pattern takes and its schema may not."""

    group: int
    known: set[bytes]
    holds: Callable[[Any], bool]


class _RowPattern(NamedTuple):
    """Rows that are alike."""

    match: Callable[[bytes], re.Match[bytes] | None]
    checks: tuple[_Check, ...]


class RowPatterns:
    """Learns what clean rows of one object look like. It may be asked and taught by one thread at a time."""

    def __init__(self, clean: Schema) -> None:
        self._clean: Final = flatten(clean)
        self._texts: Final[dict[int, _Text]] = {}
        self._kinds: Final[list[_RowPattern]] = []
        self._seen: Final[Counter[int]] = Counter()
        self._missed = 0
        self._patience = PATIENCE

    def matches(self, row: bytes) -> bool:
        """Whether a row is like one before, and so is clean."""
        for match, checks in self._kinds:
            found = match(row)
            if found:
                for group, known, holds in checks:
                    text = found[group]
                    if text not in known:
                        if not holds(text.decode("utf-8", "replace")):
                            return False
                        if len(known) < REMEMBERED and len(text) <= SHORT:
                            known.add(text)
                return row.isascii() or _is_utf8(row)
        return False

    def learn(self, row: bytes, body: Mapping[str, Any]) -> None:
        """Take a clean row that was like none before."""
        self._missed += 1
        if self._missed > self._patience:
            self._missed, self._patience = 0, 2 * self._patience
            self._kinds.clear()
            self._seen.clear()
        if self._missed > LOOKED_AT or len(self._kinds) == LEARNT:
            return
        if b"\\" in row:
            return  # No pattern takes an escape.
        # The names alone, since to write a pattern of a thousand fields takes milliseconds.
        names = hash((*body, None, *body.get("properties", ())))
        self._seen[names] += 1
        if self._seen[names] % SIGHTS:
            return
        pattern = _pattern(row, body, self._clean, self._texts)
        if pattern is None:
            return
        match = re.compile(pattern.source.encode("utf-8", "surrogatepass")).fullmatch
        if match(row):
            checks = [_Check(group, set(), compiled(schema).is_valid) for group, schema in pattern.checks]
            self._kinds.append(_RowPattern(match, tuple(checks)))


def _is_utf8(row: bytes) -> bool:
    try:
        row.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Pattern(NamedTuple):
    source: str
    checks: tuple[tuple[int, Schema], ...]


def _pattern(row: bytes, body: Mapping[str, Any], schema: Schema, texts: dict[int, _Text]) -> _Pattern | None:
    """The pattern of rows like this one; None where there is none that would tell."""
    first = f"{{{_string(next(iter(body)))}".encode()
    for comma, colon in _STYLES:
        if row.startswith(first + colon.encode()):
            writer = _Writer(comma, colon, texts)
            try:
                source = writer.body(body, schema)
            except _NoPattern:
                return None
            return _Pattern(source + r"\r?\n?", tuple(writer.checks))
    return None


class _NoPattern(Exception):
    """A schema says what no pattern here can say."""


class _Writer:
    """Writes the pattern of a body by its schema."""

    def __init__(self, comma: str, colon: str, texts: dict[int, _Text]) -> None:
        self.comma = comma
        self.colon = colon
        self.texts = texts
        """By the ids of their schemas, which are asked for often and stay."""
        self.groups = 0
        self.checks: list[tuple[int, Schema]] = []

    def body(self, body: Mapping[str, Any], schema: Schema) -> str:
        """Properties, and the keys beside them, are each judged by themselves."""
        members = []
        for name, value in body.items():
            part = _member(schema, name)
            if name == "properties":
                inner = {key: self.value(each, _member(part, key), []) for key, each in value.items()}
                members.append((name, self.object(part, inner)))
            else:
                members.append((name, self.value(value, part, [])))
        return self.object(schema, dict(members))

    def value(self, value: object, schema: Schema, taken: list[str], *, listed: bool = False) -> str:
        """The pattern of a value.

        Args:
            value: that of the clean body.
            schema: its own.
            taken: groups of the texts that a listed one has to differ from.
            listed: whether it stands in an array.
        """
        if value is None:
            return "null"
        if isinstance(value, str):
            return self.text(value, schema, taken, listed=listed)
        if isinstance(value, dict):
            members = {key: self.value(each, _member(schema, key), taken, listed=listed) for key, each in value.items()}
            return self.object(schema, members)
        if isinstance(value, list):
            _expect(schema, "type", "items", "minItems", "maxItems", "uniqueItems")
            items = [self.value(each, schema["items"], taken, listed=True) for each in value]
            return rf"\[{self.comma.join(items)}\]"
        _expect(schema, "type", "minimum", "maximum")
        if isinstance(value, bool) or schema["minimum"] > -_BELOW or schema["maximum"] < _BELOW:
            raise _NoPattern
        return _NUMBER

    def object(self, schema: Schema, members: Mapping[str, str]) -> str:
        # All these look at nothing but the names, which are those of the clean body.
        _expect(schema, "type", "properties", "additionalProperties", "required", "minProperties")
        found = [f"{_literal(name)}{self.colon}{pattern}" for name, pattern in members.items()]
        return rf"\{{{self.comma.join(found)}\}}"

    def text(self, value: str, schema: Schema, taken: list[str], *, listed: bool) -> str:
        if "const" in schema:
            return _literal(value)
        told = self.texts.get(id(schema))
        if told is None:
            told = self.texts[id(schema)] = _text(schema)
        pattern, is_exact = told
        if not listed and is_exact:
            return f'"{pattern}"'
        self.groups += 1
        name = f"t{self.groups}"
        if not is_exact:
            self.checks.append((self.groups, schema))
        others = ""
        if listed:
            if len(taken) == MANY:
                raise _NoPattern
            others = "".join([f'(?!(?P={other})")' for other in taken])
            taken.append(name)
        return f'"{others}(?P<{name}>{pattern})"'


class _Text(NamedTuple):
    """Texts that stand for themselves."""

    pattern: str
    is_exact: bool
    """Whether it takes none that the schema does not."""


def _text(schema: Schema) -> _Text:
    """The texts that a schema takes."""
    rest = {key: value for key, value in schema.items() if (key, value) != ("not", _NOT_NULL)}
    if rest.keys() == {"type", "enum"} and len(rest["enum"]) <= CHOICES:
        texts = [_string(each)[1:-1] for each in rest["enum"] if isinstance(each, str)]
        plain = [re.escape(each) for each in texts if re.fullmatch(f"{_CHARACTER}*", each)]
        return _Text(f"(?:{'|'.join(plain)})", True)
    least, most = rest.get("minLength", 0), rest.get("maxLength")
    if rest.keys() <= {"type", "minLength", "maxLength"} and least < 2:
        # A limit counts characters, and the pattern bytes, of which there are as many or more: it may take less.
        return _Text(f"{_CHARACTER}{{{least},{'' if most is None else most}}}", True)
    return _Text(f"{_CHARACTER}*", False)


def _member(schema: Schema, name: str) -> Schema:
    """The schema of a member, which a clean body has for each."""
    member: Schema = schema["properties"][name]
    return member


def _expect(schema: Schema, *keywords: str) -> None:
    """Refuse a schema that says more than these keywords do, and what only looks at names, or at null."""
    for keyword, value in schema.items():
        if keyword not in keywords and not (keyword == "not" and (value == _NOT_NULL or value.keys() == {"required"})):
            raise _NoPattern


@lru_cache(maxsize=1_024)
def _literal(text: str) -> str:
    return re.escape(_string(text))


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
