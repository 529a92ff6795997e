"""What a first pass over a table shows: separators that all cells of a column bear out, and what it has to declare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from recordlint.definitions.target import Target
from recordlint.fieldtypes import field_type
from recordlint.fieldtypes._cells import Noted, digits_of, is_blank
from recordlint.fieldtypes._date_cells import orders_of
from recordlint.fieldtypes._list_cells import SEPARATORS, separator_hint, split
from recordlint.fieldtypes._number_cells import marks_hint
from recordlint.tables.cells import column_reader, item_of
from recordlint.tables.columns import Column, HeaderFault, Table
from recordlint.wording.phrases import as_json, count_of

AT_LEAST: Final = 2
"""In how many cells a separator must stand."""
ASKED: Final = ("ambiguous-date", "ambiguous-number", "unsplit-list")
"""The rules whose violations a setting of the column answers."""
_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+").fullmatch
DECIMALS: Final = 16
"""How many clear decimals of a column are remembered, to which marks for the others have to suit."""
KNOWN_AT_MOST: Final = 4_096


class Question(NamedTuple):
    """What a column has to declare, and how many of its cells need it."""

    column: Column
    rule: str
    message: str
    hint: str
    cells: int
    row: int
    """Of the first such cell."""

    @property
    def reason(self) -> str:
        """One sentence, as the faults of headers are said."""
        what = f"column {self.column.position + 1} ({as_json(self.column.header)})"
        cells = f"in {count_of(self.cells, 'cell')}, the first in row {self.row}"
        return f"{what}: {self.message}, {cells}; {self.hint}"


class Survey:
    """What the cells of a table show. Feed it all rows, then ask it.

    Match the headers once more with `filled`, so that columns with data but no header are among the faults.

    Args:
        table: the columns, as the headers say.
    """

    def __init__(self, table: Table) -> None:
        self._table: Final = table
        self.filled: Final[set[int]] = set()
        """The columns with data, from 0, among those without a header."""
        self._separators: Final = [_Separators(column) for column in table.columns if _may_split(column)]
        self._questions: Final = [_Questions(column, table.target) for column in table.columns if _may_ask(column)]

    @property
    def is_needed(self) -> bool:
        """Whether there is anything that only a pass over all rows tells."""
        return bool(self._table.unnamed or self._separators or self._questions)

    def feed(self, cells: Sequence[object], row: int) -> bool:
        """Take in a row, given its number from 1. Whether it is the first that asks for something."""
        count = len(cells)
        for position in self._table.unnamed:
            if position < count and not is_blank(cells[position]):
                self.filled.add(position)
        for splitting in self._separators:
            position = splitting.column.position
            if position < count and not is_blank(cells[position]):
                splitting.feed(cells[position])
        is_first = False
        for asking in self._questions:
            position = asking.column.position
            if position < count and not is_blank(cells[position]):
                is_first |= asking.feed(cells[position], row)
        return is_first

    def separators(self) -> Mapping[Column, str]:
        """The one separator of each column that every cell bears out. Where two would do, there is none."""
        listed = [(each.column, each.separator()) for each in self._separators]
        return {column: separator for column, separator in listed if separator is not None}

    def table(self) -> Table:
        """The table with these separators."""
        separators = self.separators()
        columns = [
            column._replace(reading=column.reading._replace(separator=separators[column]))
            if column in separators
            else column
            for column in self._table.columns
        ]
        return self._table._replace(columns=columns)

    def questions(self) -> Sequence[Question]:
        """What the columns have to declare, once for each column and setting, in the order of the columns."""
        split = self.separators()
        return [
            question
            for each in self._questions
            for question in each.asked()
            if not (question.rule == "unsplit-list" and each.column in split)
        ]

    def faults(self) -> Sequence[HeaderFault]:
        """The same as reasons why the table cannot be read as a whole."""
        return [HeaderFault(each.column.position, each.reason) for each in self.questions()]


def _may_split(column: Column) -> bool:
    return column.reading.separator is None and item_of(column) is not None


def _may_ask(column: Column) -> bool:
    """Whether a cell of a column can be one of the questions."""
    if item_of(column) is not None:
        return column.reading.separator is None
    return column.field is not None and column.field.known and field_type(column.field.data_type).asks


def asks_nothing(text: str) -> bool:
    """Whether a text is certainly none of the questions: a word, a whole number, a day as ISO 8601 has it.

    It is told without reading the text, as most cells are one of these.

    Example:
        >>> [asks_nothing(each) for each in ("12", "2024-07-11", "11-07-2024", "1,250", "a;b")]
        [True, True, False, False, False]
    """
    if len(text) == 10 and text[4] == text[7] == "-":
        text = text.replace("-", "")
    return text.isascii() and text.isalnum()


class _Separators:
    """The separators that all cells of a column bear out so far."""

    def __init__(self, column: Column) -> None:
        self.column: Final = column
        self._is_item: Final = item_of(column) or (lambda text: False)
        self._counts: Final = dict.fromkeys(SEPARATORS, 0)
        self._known: Final[dict[str, bool]] = {}
        self._times: Final[dict[str, int]] = {}
        """How often a text was fed: after `AT_LEAST` times, it changes nothing more."""

    def feed(self, cell: object) -> None:
        if not self._counts or isinstance(cell, list | tuple):
            return
        if type(cell) is str:
            times = self._times.get(cell, 0)
            if times >= AT_LEAST:
                return
            if times or len(self._times) < KNOWN_AT_MOST:
                self._times[cell] = times + 1
        text = digits_of(cell) or str(cell)
        is_whole = self._knows(text.strip())
        for separator in [*self._counts]:
            parts = split(text, separator) if separator in text else ()
            if not parts:
                if not is_whole:
                    del self._counts[separator]
            elif all(map(self._knows, parts)):
                self._counts[separator] += not is_whole and len(parts) > 1
            elif not is_whole:
                del self._counts[separator]

    def separator(self) -> str | None:
        enough = [separator for separator, count in self._counts.items() if count >= AT_LEAST]
        return enough[0] if len(enough) == 1 else None

    def _knows(self, text: str) -> bool:
        known = self._known.get(text)
        if known is None:
            known = self._is_item(text)
            if len(self._known) < KNOWN_AT_MOST:
                self._known[text] = known
        return known


class _Questions:
    """What the cells of a column ask to be declared so far."""

    def __init__(self, column: Column, target: Target) -> None:
        self.column: Final = column
        self._read: Final = column_reader(column, target)
        self._asked: Final[dict[tuple[str, str], Question]] = {}
        self._texts: Final[dict[tuple[str, str], dict[str, str]]] = {}
        """For each question, a cell for each hint."""
        self._shown: Final[dict[str, int]] = {}
        self._has_numbers: Final = column.field is not None and column.field.data_type in ("NUMERICAL", "MONETORY")
        self._decimals: Final[list[str]] = []
        """Cells that are clear, and have a decimal mark."""

    def feed(self, cell: object, row: int) -> bool:
        # What a file stores as a number or a day is clear.
        if type(cell) is not str or asks_nothing(cell):
            return False
        value = self._read(cell)
        if type(value) is not Noted:
            if self._has_numbers and len(self._decimals) < DECIMALS and _DECIMAL(cell):
                self._decimals.append(cell)
            return False
        is_first = False
        for problem in value.problems:
            if problem.rule in ASKED:
                if problem.rule == "ambiguous-date":
                    orders = orders_of(cell)
                    if len(orders) == 1:
                        self._shown.setdefault(orders[0], row)
                key = problem.rule, "" if problem.rule == "ambiguous-date" else problem.message
                self._texts.setdefault(key, {}).setdefault(problem.hint, cell)
                first = self._asked.get(key)
                if first is None:
                    self._asked[key] = Question(self.column, problem.rule, problem.message, problem.hint, 1, row)
                    is_first = True
                else:
                    self._asked[key] = first._replace(cells=first.cells + 1)
        return is_first

    def asked(self) -> Iterable[Question]:
        for key, question in self._asked.items():
            yield question._replace(hint=self._hint(question, [*self._texts.get(key, {}).values()]))

    def _hint(self, question: Question, texts: Sequence[str]) -> str:
        """The hint that answers for all cells of the column."""
        if question.rule == "ambiguous-date":
            return self._order_hint() if self._shown else question.hint
        if question.rule != "unsplit-list":
            texts = [*texts, *self._decimals]
        if len(texts) < 2:
            return question.hint
        if question.rule == "unsplit-list":
            return separator_hint(texts, item_of(self.column) or (lambda text: False))
        return marks_hint(texts, self.column.reading)

    def _order_hint(self) -> str:
        """The hint with the rows that show an order of day and month. It is a hint: no order is taken from it."""
        shown = " and ".join([f"row {row} can only be {as_json(order)}" for order, row in self._shown.items()])
        if len(self._shown) > 1:
            return f"correct the column, which has two orders of day and month: {shown}"
        (order,) = self._shown
        return f"set date-order = {as_json(order)} for this column, if the whole column has that order: {shown}"
