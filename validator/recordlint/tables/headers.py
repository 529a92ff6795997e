"""The columns of a table by its headers, with all that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from recordlint.body.property_keys import fields_named, is_sure, labels_named, meant_property
from recordlint.definitions.model import Field, ObjectDefinition, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import digits_of, json_value
from recordlint.tables.columns import ERRORS, Column, HeaderFault, Holds, Table
from recordlint.tables.mapping import ColumnMapping, TableMapping
from recordlint.wording.normalize import normalize, trim
from recordlint.wording.phrases import all_of, as_json, count_of, either

IGNORE: Final = "--ignore-column"
_OTHERS: Final[Mapping[str, Holds]] = {
    "owner": "owners",
    "owners": "owners",
    "followers": "followers",
    "recordid": "record-id",
}
"""Headers of what is no property, without white space, `_` and `-`."""
_NAMES: Final[Mapping[Holds, str]] = {"owners": "owners", "followers": "followers", "record-id": "record id"}
LISTED: Final = 3


class Meaning(NamedTuple):
    """What a header may stand for."""

    holds: Holds
    key: str
    field: Field | None = None


def match_headers(
    headers: Sequence[object],
    target: Target,
    mapping: TableMapping,
    *,
    location: str | None = None,
    filled: Collection[int] | None = None,
    as_requests: bool = False,
) -> tuple[Table, Sequence[HeaderFault]]:
    """The table that headers make, and all reasons why it cannot be read, in the order of the columns.

    A header names a field by its key, full key or display name, and a label of a textbox list as `Field: Label` or
    alone, as `--fix` would understand it; or it is `owners`, `followers` or `record id`. The mapping goes first.

    Args:
        headers: the cells of the first row.
        target: the object and the operation.
        mapping: what the user says of the table.
        location: the location's id, instead of the mapping's.
        as_requests: whether whole requests are asked for.
        filled: the indexes of columns with data, from 0; None where that is not known, so that each row is asked.

    Example:
        >>> from recordlint.contract.operations import UPDATE
        >>> day = Field("birthday", "Birthday", "DATE")
        >>> pet = Target(ObjectDefinition("custom_objects.pet", "Pet", (day,)), UPDATE)
        >>> table, faults = match_headers([" birthday ", "Brithday"], pet, TableMapping())
        >>> [column.key for column in table.columns], faults[0].reason
        (['birthday'], 'the column "Brithday" matches no field of Pet; did you mean "birthday"?')
    """
    texts = [header_text(each) for each in headers]
    faults: list[HeaderFault] = []
    columns: list[Column] = []
    unnamed: list[int] = []
    ignored = {normalize(trim(each)) for each in (ERRORS, *mapping.ignore)}
    for index, text in enumerate(texts):
        if normalize(text or column_number(index, texts)) in ignored:
            continue
        if not text:
            if filled is None:
                unnamed.append(index)
            elif index in filled:
                faults.append(HeaderFault(index, unnamed_reason(index, column_number(index, texts))))
            continue
        column = _column(index, text, target.object, mapping)
        if isinstance(column, Column):
            columns.append(column)
        else:
            faults.append(HeaderFault(index, column))
    constants = _constants(target.object, mapping, faults)
    location = location if location is not None else mapping.location
    table = Table(target, columns, unnamed, len(texts), constants, location, as_requests)
    faults += [*_repeated(table), *_unfit(table), *_missing(table), *_not_there(texts, mapping)]
    # A header that is wrong hides what it is for. What is missing may be behind it.
    return table, sorted(faults, key=lambda fault: len(texts) if fault.column is None else fault.column)


def header_text(header: object) -> str:
    """The text of a header's cell, without white space and byte order marks around it."""
    if header is None:
        return ""
    return trim(header if isinstance(header, str) else digits_of(header) or str(json_value(header)))


def column_number(index: int, texts: Sequence[str]) -> str:
    """The number of a column without a header, by which it is left out.

    That of the errors is not counted, so that rejected rows are read as the table that they come from.
    """
    return str(index if texts and normalize(texts[0]) == normalize(ERRORS) else index + 1)


def unnamed_reason(index: int, number: str) -> str:
    """Why a column without a header cannot be read, and the number to leave it out by."""
    return f"column {index + 1} has data but no header; write a header, or leave it out with {IGNORE} {number}"


def _column(index: int, text: str, definition: ObjectDefinition, mapping: TableMapping) -> Column | str:
    """The column of a header, or why there is none."""
    said = mapping.column(text)
    meanings = meanings_of(definition, text) if said is None or said.names_nothing else _mapped(definition, said)
    if len(meanings) == 1:
        return Column(index, text, *meanings[0], mapping.reading_for(text))
    what = f"the column {as_json(text)}"
    if said is not None and said.field is not None:
        no_field = f"{as_json(said.field)}, which is no field of {definition.name}"
        return f"{what} is mapped to {no_field}{_near(definition, said.field)}"
    if meanings:
        listed = all_of([_name(each) for each in meanings[:LISTED]])
        others = f" and {count_of(len(meanings) - LISTED, 'other')}" if len(meanings) > LISTED else ""
        return f"{what} matches {listed}{others}; map it to one of them, or leave it out with {IGNORE}"
    otherwise = f"; map it to a field, or leave it out with {IGNORE}"
    return f"{what} matches no field of {definition.name}{_near(definition, text) or otherwise}"


def _mapped(definition: ObjectDefinition, said: ColumnMapping) -> list[Meaning]:
    """What the mapping says that a column is for."""
    if said.holds is not None:
        return [_other(said.holds)]
    field = definition.by_property.get(said.field or "")
    return [Meaning("property", said.field or "", field)] if field else []


def meanings_of(definition: ObjectDefinition, text: str) -> list[Meaning]:
    """All that a header can mean. Where it is one thing, it is certain."""
    other = _OTHERS.get("".join([each for each in normalize(text) if each not in " _-"]))
    fields = {meaning.key: meaning for meaning in _properties(definition, text)}
    return [*([_other(other)] if other else []), *fields.values()]


def _other(holds: Holds) -> Meaning:
    return Meaning(holds, "" if holds == "record-id" else holds)


def _properties(definition: ObjectDefinition, text: str) -> Iterator[Meaning]:
    meant = meant_property(definition, text)
    if meant is not None:
        if is_sure(text, meant):
            yield Meaning("property", meant.key, meant.field)
    else:
        for field in fields_named(definition, text):
            yield Meaning("property", field.properties[0], field)
        for key in definition.by_case.get(normalize(text), ()):
            yield Meaning("property", key, definition.by_property[key])
    for before, after in _split(text):
        of_list = meant_property(definition, f"{before}.{after}")
        if of_list and of_list.field.is_textbox_list and is_sure(f"{before}.{after}", of_list):
            yield Meaning("property", of_list.key, of_list.field)
    for field in chain.from_iterable(definition.textbox_lists.values()):
        for label in labels_named(field, text):
            yield Meaning("property", f"{field.key}.{label}", field)


def _split(text: str) -> Iterator[tuple[str, str]]:
    """A header as field and label, at each colon."""
    for index, character in enumerate(text):
        if character == ":":
            before, after = text[:index].strip(), text[index + 1 :].strip()
            if before and after:
                yield before, after


def _near(definition: ObjectDefinition, text: str) -> str:
    """The question for what a header may be meant for; empty where nothing is near."""
    meant = meant_property(definition, text)
    if meant is not None and meant.field.is_textbox_list:
        names = [f"{meant.field.name}: {option.label}" for option in meant.field.options[:LISTED]]
        return f"; it is a textbox list, so name one of its labels, such as {either(map(as_json, names))}"
    near = [meant.key] if meant else definition.property_choices.nearest(text)
    names = [definition.by_key[key].properties[0] if key in definition.by_key else key for key in near]
    from recordlint.wording.suggestions import nearest

    names += nearest(text, _NAMES.values())
    return f"; did you mean {either(map(as_json, names))}?" if names else ""


def _name(meaning: Meaning) -> str:
    return as_json(meaning.key) if meaning.holds == "property" else f"the {_NAMES[meaning.holds]} of a record"


def _constants(
    definition: ObjectDefinition, mapping: TableMapping, faults: list[HeaderFault]
) -> Mapping[Column, object]:
    constants: dict[Column, object] = {}
    for name, value in mapping.constants.items():
        meanings = meanings_of(definition, name)
        if len(meanings) == 1 and meanings[0].holds != "record-id":
            constants[Column(-1, name, *meanings[0], mapping.reading)] = value
        else:
            reason = f"the constant {as_json(name)} is for no field of {definition.name}{_near(definition, name)}"
            faults.append(HeaderFault(None, reason))
    return constants


def _repeated(table: Table) -> Iterator[HeaderFault]:
    """Two columns for one field."""
    first: dict[tuple[str, str], Column] = {}
    for column in [*table.columns, *table.constants]:
        earlier = first.setdefault(column.place, column)
        if earlier is not column:
            at = column.position if column.position >= 0 else earlier.position
            both = " and ".join([_title(each) for each in (earlier, column)])
            yield HeaderFault(at if at >= 0 else None, f"{both} are both for {_purpose(column)}; leave one of them out")


def _title(column: Column) -> str:
    if column.position < 0:
        return f"the constant {as_json(column.header)}"
    return f"column {column.position + 1} ({as_json(column.header)})"


def _purpose(column: Column) -> str:
    return as_json(column.key) if column.key else _NAMES[column.holds]


def _unfit(table: Table) -> Iterator[HeaderFault]:
    """Columns that the operation or the object does not take."""
    operation, definition = table.target.operation, table.target.object
    for column in [*table.columns, *table.constants]:
        at, what = (column.position if column.position >= 0 else None), _title(column)
        if column.holds == "record-id" and not operation.names_record:
            yield HeaderFault(at, f"{what} holds ids, and a new record has none yet; leave it out with {IGNORE}")
        elif column.holds in ("owners", "followers") and not definition.has_users:
            reason = f"{what} holds users, and records of {definition.name} have none; leave it out with {IGNORE}"
            yield HeaderFault(at, reason)
        elif column.several and column.reading.part == "remove" and operation.multi_value == "array":
            yield HeaderFault(at, f"{what} removes values, and a new record has none yet; set part to add")
        elif column.holds == "property" and column.reading.empty == "null" and not operation.null_clears:
            yield HeaderFault(at, f'{what} writes null, which sets nothing in a new record; set empty to "skip"')
    if table.as_requests and operation.names_record and not any(each.holds == "record-id" for each in table.columns):
        yield HeaderFault(None, "no column holds record ids, and the URL of an update has one; add a column record id")
    if table.location is None and (operation.location == "body" or table.makes_requests):
        yield HeaderFault(None, "the location is missing; name it with --location")


def _missing(table: Table) -> Iterator[HeaderFault]:
    """Required fields of a new record that no column is for."""
    if not table.target.operation.requires_properties:
        return
    fields = {column.field for column in [*table.columns, *table.constants]}
    for field in table.target.object.required:
        if field not in fields:
            reason = (
                f"a new record requires {title(field)}; add a column or a constant for {as_json(field.properties[0])}"
            )
            yield HeaderFault(None, reason)


def _not_there(texts: Sequence[str], mapping: TableMapping) -> Iterator[HeaderFault]:
    """What the mapping says of columns that the table does not have."""
    names = {normalize(text) for text in texts}
    numbers = {column_number(index, texts) for index, text in enumerate(texts) if not text}
    for header in mapping.columns:
        if normalize(trim(header)) not in names:
            reason = f"the mapping names the column {as_json(header)}, which is not there{_like(texts, header)}"
            yield HeaderFault(None, reason)
    for header in mapping.ignore:
        if normalize(trim(header)) not in names and trim(header) not in numbers:
            yield HeaderFault(None, f"there is no column {as_json(header)} to leave out{_like(texts, header)}")


def _like(texts: Iterable[str], header: str) -> str:
    from recordlint.wording.suggestions import nearest

    near = nearest(header, filter(None, texts))
    return f"; did you mean {either(map(as_json, near))}?" if near else ""
