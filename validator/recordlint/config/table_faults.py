"""What is wrong with the mapping of a table: `spec/table.json` decides, with more than a schema can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from recordlint.config.fault_words import Fault, name_of, schema_faults
from recordlint.contract.phone_regions import to_region
from recordlint.errors import UsageError
from recordlint.problems.pointers import Path
from recordlint.wording.normalize import normalize
from recordlint.wording.phrases import as_json

FILE: Final = "table.json"
_YEARS: Final = "YyGxc"
"""The directives that have a year."""
_DAY: Final = date(2024, 2, 29)


def find_table_faults(data: Any, above: Path = ()) -> list[Fault]:
    """All that is wrong with the mapping of a table.

    Args:
        data: the mapping, as tomllib reads it, without the `match` of an entry.
        above: where it stands in the configuration; empty for a file of its own.
    """
    faults = schema_faults(data, FILE, above)
    if isinstance(data, dict):
        faults += _of_reading(data, above)
        columns = data.get("columns")
        for header, column in columns.items() if isinstance(columns, dict) else ():
            if isinstance(column, dict):
                faults += _of_column(column, data, (*above, "columns", header))
    return list(dict.fromkeys(faults))


def _of_column(column: Mapping[str, Any], table: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    if "field" in column and "holds" in column:
        yield Fault((*path, "holds"), f"{name_of(path)} has both field and holds; leave one of them out")
    yield from _of_reading(column, path, table)


def _of_reading(data: Mapping[str, Any], path: Path, table: Mapping[str, Any] = {}) -> Iterator[Fault]:
    """What is wrong with the settings of a table, or with those of a column of a table."""
    both = {**table, **data}
    if "decimal-mark" in both and both["decimal-mark"] == both.get("thousands-mark"):
        key, other = ("thousands-mark", "decimal-mark")[:: 1 if "thousands-mark" in data else -1]
        if key in data:
            yield Fault((*path, key), f"{name_of((*path, key))} is the same as {other}; write another mark")
    if ("true-words" in data or "false-words" in data) and (word := _shared(both)) is not None:
        key, other = ("false-words", "true-words")[:: 1 if "false-words" in data else -1]
        reason = f"{name_of((*path, key))} has {as_json(word)}, as {other} has; leave it out of one of them"
        yield Fault((*path, key), reason)
    region = data.get("phone-region")
    if isinstance(region, str) and region:
        try:
            to_region(region)
        except UsageError as error:
            yield Fault((*path, "phone-region"), f"{name_of((*path, 'phone-region'))}: {error}")
    form = data.get("date-format")
    if "date-order" in data and "date-format" in data:
        name = name_of((*path, "date-format"))
        yield Fault((*path, "date-format"), f"{name} says the order, too; leave out date-order")
    if isinstance(form, str) and form and not _is_date_format(form):
        hint = 'write the directives of day, month and year, such as "%d.%m.%Y"'
        yield Fault((*path, "date-format"), f"{name_of((*path, 'date-format'))} is not a format of dates; {hint}")


def _shared(data: Mapping[str, Any]) -> str | None:
    """A word that means both yes and no; None if there is none."""
    yes, no = [each if isinstance(each, list) else [] for each in map(data.get, ("true-words", "false-words"))]
    words = {normalize(each) for each in yes if isinstance(each, str)}
    return next((each for each in no if isinstance(each, str) and normalize(each) in words), None)


def _is_date_format(form: str) -> bool:
    """Whether a day that is written in a format can be read back."""
    if not any(f"%{directive}" in form for directive in _YEARS):
        return False  # Python warns of a day without its year.
    try:
        return datetime.strptime(_DAY.strftime(form), form).date() == _DAY
    except ValueError:
        return False
