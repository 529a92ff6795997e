"""Cells of tables that are read alone, and then checked as the value of a body."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, NamedTuple, cast

from recordlint import Field, ObjectDefinition, Operation, Validator
from recordlint.contract.operations import OPERATIONS
from recordlint.definitions.target import Target
from recordlint.fieldtypes import field_type
from recordlint.fieldtypes._cells import SPREADSHEET_DIGITS, Noted, Reading
from recordlint.tables.bodies import row_reader
from recordlint.tables.headers import match_headers
from recordlint.tables.mapping import TableMapping
from recordlint.tables.placing import place, places

SETTINGS = {name.replace("_", "-"): name for name in Reading._fields}
PLAIN = Reading()
TYPED = "typed"
"""The word for cells that a spreadsheet stores: they are written as JSON."""


class Outcome(NamedTuple):
    """What a cell is read as, and what is said of it: by the reading, and of the value."""

    value: Any
    said: tuple[tuple[str, str], ...]
    """Rules with their severities."""
    hints: tuple[str, ...] = ()


def read(field: Field, cell: object, target: Target, reading: Reading) -> Noted:
    """The value of a cell, with what there is to say."""
    value = field_type(field.data_type).cells(field, target, reading)(cell)
    return value if isinstance(value, Noted) else Noted(value, ())


def outcome_of(
    definition: ObjectDefinition, field: Field, cell: object, operation: Operation, reading: Reading = PLAIN
) -> Outcome:
    """What becomes of a cell. What an error of the reading is about is not said again."""
    target = Target(definition, OPERATIONS[operation], reading.phone_region)
    noted = read(field, cell, target, reading)
    key = field.properties[0]
    body = {"properties": {key: noted.value}}
    validator = Validator([definition], phone_region=reading.phone_region)
    said = [(each.rule, each.severity, each.hint) for each in noted.problems]
    if not any(severity == "error" for _, severity, _ in said):
        report = validator.check(body, object=definition.key, operation=operation)
        at = f"/properties/{key}"
        said += [(v.rule, v.severity, v.hint) for v in report.violations if v.pointer.startswith(at)]
    return Outcome(
        noted.value, tuple((rule, level) for rule, level, _ in said), tuple(hint for _, _, hint in said if hint)
    )


def reading_of(words: tuple[str, ...]) -> Reading:
    """The reading that words such as `date-order=dmy` declare."""
    settings = dict(word.split("=", 1) for word in words if "=" in word)
    kept = SPREADSHEET_DIGITS if TYPED in words else None
    return Reading(digits_kept=kept, **cast(Any, {SETTINGS[name]: value for name, value in settings.items()}))


def outcomes_of_table(definition: ObjectDefinition, text: str, words: tuple[str, ...]) -> list[Outcome]:
    """What becomes of the rows of a table. Where it is `typed`, each row is the cells of a JSON array."""
    operation = cast(Operation, "create" if "create" in words else "update")
    reading = reading_of(words)
    lines = text.splitlines()
    headers, *rows = csv.reader(io.StringIO(text), strict=True)
    cells: list[list[object]] = (
        [json.loads(f"[{line}]") for line in lines[1:]] if TYPED in words else [*map(list, rows)]
    )
    target = Target(definition, OPERATIONS[operation], reading.phone_region)
    table, faults = match_headers(headers, target, TableMapping(reading=reading))
    assert faults == []
    read, columns = row_reader(table), places(table)
    validator = Validator([definition], phone_region=reading.phone_region)
    outcomes = []
    for row in map(read, cells):
        report = validator.check(row.value, object=definition.key, operation=operation)
        violations = [each.violation for each in place(columns, row.problems, report.violations)]
        said = tuple([(each.rule, each.severity) for each in violations])
        outcomes.append(Outcome(row.value, said, tuple([each.hint for each in violations if each.hint])))
    return outcomes
