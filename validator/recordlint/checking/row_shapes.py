"""Shapes of wrong rows: rows with the same names in the same order, of which only the values have to be looked at.

One program writes all rows of a migration, so most wrong rows have the names of rows before, and many have the same
wrong values. A regular expression finds the values without parsing the row. What the close look has said of a value, it
says again of the same value under the same names; a value that it has not seen is looked at in a body of its own. So
nothing here decides anything: it remembers, and puts the violations of each value where the value stands.

That holds for updates with nothing beside `properties` but users, where each value has its problems by itself. Other
rows, and rows in which it cannot be seen at a glance, get the close look as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

from orjson import JSONDecodeError, loads

from recordlint.body.top_level import has_no_other_keys
from recordlint.checking.body_checker import BodyChecker
from recordlint.checking.findings import Findings
from recordlint.checking.report import Report
from recordlint.checking.value_patterns import CHARACTER, STYLES, json_string
from recordlint.contract.operations import PROPERTIES
from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.jsontext.round_trip import is_written_as
from recordlint.problems.named_tuples import new
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem
from recordlint.violations import LISTED_AT_MOST, Edit, Fix, Place, Violation

SHAPES: Final = 8
"""Shapes that are learnt. A row of none has been tried with all of them."""
SIGHTS: Final = 8
"""Wrong rows with the same names, after which their shape is learnt."""
LEARNT_FROM: Final = 4_096
"""Wrong rows of no known shape, after which nothing more is learnt."""
NAMES: Final = 256
"""The most names of a shape."""
OF_A_NAME: Final = 512
"""Values of one name in one shape that are remembered."""
REMEMBERED: Final = 16_384
"""Values that are remembered in all."""
SHORT: Final = 512
"""The most bytes of a value that is remembered."""

_STRING: Final = rf'"(?:{CHARACTER}++|\\[^\x00-\x1f])*+"'
_OBJECT: Final = rf'\{{(?:[^{{}}"\\]++|{_STRING}|\{{(?:[^{{}}"\\]++|{_STRING})*+\}})*+\}}'
_ARRAY: Final = rf'\[(?:[^\[\]"\\]++|{_STRING})*+\]'
_VALUE: Final = rf"({_STRING}|[-+.0-9a-zA-Z]++|{_OBJECT}|{_ARRAY})"
"""A string, a number or word, an object with objects in it, or an array; it need not be JSON."""


Seeds = tuple[Violation, ...]
"""All violations of a value and its name, in their order; none for a clean one. Places count from the value's start."""


class _Name(NamedTuple):
    """A name in a shape, and what is known of values under it."""

    name: str
    is_property: bool
    known: dict[bytes, Seeds]


class _Shape(NamedTuple):
    mark: bytes
    """A name, in quotes, that as few other shapes have as may be."""
    match: Callable[[bytes], re.Match[bytes] | None]
    colon: str
    """What separates a name from its value."""
    names: tuple[_Name, ...]
    """One for each group of the pattern."""
    known: tuple[dict[bytes, Seeds], ...]
    """What is known under each of them."""


class Sight(NamedTuple):
    """What there is to say of a row: the violations of each value that has any, by the byte at which it starts."""

    seeds: Sequence[tuple[int, Seeds]]

    def violations(self, row: bytes, line: int) -> list[Violation]:
        """The violations of the row, which is line `line` of its file."""
        if row.isascii():
            return [_shifted(each, at, at + 1, line) for at, seeds in self.seeds for each in seeds]
        columns = [len(row[:at].decode()) + 1 for at, _ in self.seeds]
        pairs = zip(self.seeds, columns, strict=True)
        return [_shifted(each, at, column, line) for (at, seeds), column in pairs for each in seeds]


class RowShapes:
    """Learns the shapes of wrong rows of one object. One thread at a time may use it."""

    def __init__(
        self,
        checker: BodyChecker,
        look: Callable[[bytes, Any], Report],
        with_severities: Callable[[Sequence[Problem]], Sequence[Problem]],
    ) -> None:
        """Prepare to learn.

        Args:
            checker: what rows are judged by.
            look: the close look: the report of a text, given what it holds too.
            with_severities: problems with the severities that the user gives to rules.
        """
        self._checker: Final = checker
        self._look: Final = look
        self._with_severities: Final = with_severities
        self._properties: Final = checker.target.object.by_property
        self._shapes: Final[list[_Shape]] = []
        self._sights: Final[Counter[tuple[str, ...]]] = Counter()
        self._can_learn_from = 0 if checker.target.operation.requires_keys else LEARNT_FROM
        self._room = REMEMBERED

    def find(self, row: bytes) -> Sight | None:
        """What there is to say of a row; None where it has to be looked at as a whole."""
        for shape in self._shapes:
            if shape.mark in row:
                match = shape.match(row)
                if match:
                    return self._sight(shape, match)
        return None

    def _sight(self, shape: _Shape, match: re.Match[bytes]) -> Sight | None:
        listed: list[tuple[int, Seeds]] = []
        number = arrays = 0
        values = match.groups()
        for group, known in enumerate(map(dict.get, shape.known, values)):
            # Most values are known to be clean.
            if known is not None and not known:
                continue
            seeds = known
            if seeds is None:
                name = shape.names[group]
                seeds = self._seeds(shape, name, values[group])
                if seeds is None:
                    return None
                if len(name.known) < OF_A_NAME:
                    self._remember(name, values[group], seeds)
            if seeds:
                number += len(seeds)
                arrays += values[group][:1] == b"["
                listed.append((match.start(group + 1), seeds))
        # Several arrays may show that the body is meant for another operation.
        return Sight(listed) if number <= LISTED_AT_MOST and arrays < 2 else None

    def _remember(self, name: _Name, value: bytes, seeds: Seeds) -> None:
        if len(value) <= SHORT and self._room:
            self._room -= 1
            name.known[value] = seeds

    def _seeds(self, shape: _Shape, name: _Name, data: bytes) -> Seeds | None:
        """What there is to say of a value that is not known; None where it may depend on the values of other names."""
        try:
            value = loads(data)
            is_plain = type(value) is str or (type(value) is int and data.isdigit())
            if not is_plain and not is_written_as(value, data):
                value = read_json(data)
        except (JSONDecodeError, Unreadable):
            return None
        if not name.is_property:
            if self._checker.is_clean({name.name: value}):
                return ()
            return self._seeds_among([name], name, data, value, shape.colon)
        field = self._properties.get(name.name)
        if field and self._checker.takes(name.name, value):
            return ()
        if field and field.known and value is not None:
            problems = self._with_severities(self._checker.value_problems(field, name.name, value))
            seeds = _plain_seeds(problems, (PROPERTIES, name.name), data)
            if seeds is not None:
                return seeds
            # An array may show that the body is meant for another operation.
            if type(value) is not list and len(problems) <= LISTED_AT_MOST:
                return self._seeds_among([name], name, data, value, shape.colon, problems)
        # What to write for an unknown name depends on the names that are there too. Null sets no property to anything.
        others = [name] if field else [each for each in shape.names if each.is_property]
        return self._seeds_among(others, name, data, value, shape.colon)

    def _seeds_among(
        self,
        names: Sequence[_Name],
        name: _Name,
        data: bytes,
        value: object,
        colon: str,
        problems: Sequence[Problem] | None = None,
    ) -> Seeds | None:
        """What there is to say of a value among names without values: what the close look says, or these problems."""
        members = [f"{json_string(each.name)}{colon}".encode() + (data if each is name else b"null") for each in names]
        body: dict[str, Any] = {each.name: value if each is name else None for each in names}
        before, after = b"{", b"}"
        if name.is_property:
            body = {PROPERTIES: body}
            before, after = f'{{"{PROPERTIES}":{{'.encode(), b"}}"
        text = b"%b%b%b" % (before, b",".join(members), after)
        if problems is None:
            report = self._look(text, body)
            if report.omitted:
                return None
            listed: Sequence[Violation] = report.violations
        else:
            from recordlint.checking.locate import violations

            listed = violations(Findings(self._checker.claim, body, problems), text)
        ends = list(accumulate([len(member) + 1 for member in members], initial=len(before)))
        index = names.index(name)
        first, last = ends[index], ends[index + 1] - 1
        start = last - len(data)
        column = len(text[:start].decode())
        seeds = []
        for violation in listed:
            if not _is_within(violation, first, last):
                # Other unknown names have violations of their own.
                if any(_is_within(violation, low, high - 1) for low, high in pairwise(ends)):
                    continue
                return None
            seeds.append(_shifted(violation, -start, -column - 1, 1))
        return tuple(seeds)

    def learn(self, row: bytes, body: Any = None) -> None:
        """Learn from a wrong row that was looked at as a whole.

        Args:
            row: its text, without a line ending.
            body: what it holds; None where that is not known.
        """
        if self._can_learn_from <= 0 or len(self._shapes) == SHAPES:
            return
        self._can_learn_from -= 1
        if body is None:
            try:
                body = read_json(row)
            except Unreadable:
                return
        if not has_no_other_keys(self._checker.target, body) or len(body[PROPERTIES]) > NAMES:
            return
        if "owner" in body and "owners" in body:
            return  # Whether one of them is right depends on the other.
        names = (*body, "", *body[PROPERTIES])
        self._sights[names] += 1
        if self._sights[names] == SIGHTS:
            shape = _shape(row, body)
            if shape:
                self._add(shape)

    def _add(self, shape: _Shape) -> None:
        """Add a shape, and choose what tells all of them apart. Those with more names come first."""
        shapes = sorted([*self._shapes, shape], key=lambda each: -len(each.names))
        times = Counter([name.name for each in shapes for name in each.names])
        self._shapes[:] = [
            each._replace(mark=json_string(min(each.names, key=lambda name: times[name.name]).name).encode())
            for each in shapes
        ]


def _plain_seeds(problems: Sequence[Problem], path: Path, data: bytes) -> Seeds | None:
    """What there is to say of the value of a field; None where it is not about the value as a whole."""
    if any(each.path != path or each.part != "value" for each in problems):
        return None
    from recordlint.checking.locate import plain_violation

    text = data.decode()
    place = Place(1, 0, 1, len(text), 0, len(data))
    seeds = [plain_violation(each, place, text) for each in problems]
    return None if None in seeds else tuple([each for each in seeds if each])


def _shape(row: bytes, body: dict[str, Any]) -> _Shape | None:
    """The shape of a row; None if it is written in another way."""
    for comma, colon in STYLES:
        names: list[_Name] = []
        members = []
        for key, value in body.items():
            if key != PROPERTIES:
                names.append(_Name(key, is_property=False, known={}))
                members.append(f"{re.escape(json_string(key) + colon)}{_VALUE}")
                continue
            names += [_Name(each, is_property=True, known={}) for each in value]
            inner = [f"{re.escape(json_string(each) + colon)}{_VALUE}" for each in value]
            members.append(rf"{re.escape(json_string(key) + colon)}\{{{re.escape(comma).join(inner)}\}}")
        pattern = rf"\{{{re.escape(comma).join(members)}\}}\r?\n?"
        match = re.compile(pattern.encode()).fullmatch
        if match(row):
            return _Shape(b"", match, colon, tuple(names), tuple([each.known for each in names]))
    return None


def _is_within(violation: Violation, first: int, last: int) -> bool:
    """Whether all places of a violation are between two bytes of a row."""
    places = [violation.place, *[each.place for each in violation.related]]
    edits = violation.fix.edits if violation.fix else ()
    return all(place and first <= place.start and place.end <= last for place in places) and all(
        first <= edit.start and edit.end <= last for edit in edits
    )


def _shifted(violation: Violation, by: int, columns: int, line: int) -> Violation:
    """A violation that stands in one line, moved by so many bytes and columns."""
    rule, severity, pointer, message, hint, place, related, fix, redacted_hint, note, cell = violation
    if related:
        related = tuple([each._replace(place=_place(each.place, by, columns, line)) for each in related])
    if fix is not None:
        edits = tuple([new(Edit, (start + by, end + by, text)) for start, end, text in fix.edits])
        fix = new(Fix, (fix.safe, fix.description, edits))
    where = _place(place, by, columns, line)
    return new(Violation, (rule, severity, pointer, message, hint, where, related, fix, redacted_hint, note, cell))


def _place(place: Place | None, by: int, columns: int, line: int) -> Place | None:
    if place is None:
        return None
    _, column, _, end_column, start, end = place
    return new(Place, (line, column + columns, line, end_column + columns, start + by, end + by))
