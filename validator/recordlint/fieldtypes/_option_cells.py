"""Cells of option fields: keys, and what can only mean one, as a label does, or a spreadsheet's number or boolean."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import (
    CellReader,
    Reading,
    Remembering,
    digits_of,
    formula_error,
    json_value,
    safely_fixed,
)
from recordlint.fieldtypes._options import named_option, yes_or_no
from recordlint.fieldtypes._text_cells import text_cells
from recordlint.wording.normalize import normalize


def option_cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """One option, by its key or by what a safe fix makes its key."""
    keys = {key: key for key in field.option_keys}
    return Remembering(partial(_read, field, reading, partial(_one, field, target)), keys)


def custom_cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """One option, or any text: a label is its option's key, and a text that is none stays."""
    as_text = text_cells(field, target, reading)
    keys = {key: key for key in field.option_keys}

    def read(cell: object) -> object:
        text = _text(cell)
        key = None if text is None else _known(field, text, reading)
        if key is not None:
            return key
        return safely_fixed(field, cell, target) if isinstance(cell, str) and as_text(cell) is cell else as_text(cell)

    return Remembering(read, keys)


def option_reader(field: Field, reading: Reading) -> CellReader:
    """A reader of one of several options: its key, or the text or value as it is."""
    keys = {key: key for key in field.option_keys}
    return Remembering(partial(_read, field, reading, partial(_named, field)), keys)


def _named(field: Field, text: str) -> object:
    return named_option(field, text) or text


def _one(field: Field, target: Target, text: str) -> object:
    return safely_fixed(field, text, target)


def _read(field: Field, reading: Reading, name: Callable[[str], object], cell: object) -> object:
    text = _text(cell)
    if text is None:
        return json_value(cell)
    key = _known(field, text, reading)
    if key is not None:
        return key
    value = name(text)
    if value != text:
        return value
    # A boolean that is no option is said to be one.
    return formula_error(title(field), text, is_text=False) or (cell if isinstance(cell, bool) else value)


def _text(cell: object) -> str | None:
    """A cell as CSV would have it: `TRUE` for true, and digits for a whole number."""
    if isinstance(cell, str):
        return cell
    return ("FALSE", "TRUE")[cell] if isinstance(cell, bool) else digits_of(cell)


def _known(field: Field, text: str, reading: Reading) -> str | None:
    """The key that a text is, or the option that says yes or no where the column declares that text for it."""
    if text in field.option_keys:
        return text
    for words, word in ((reading.true_words, "true"), (reading.false_words, "false")):
        if words and normalize(text) in map(normalize, words):
            keys = yes_or_no(field, word)
            return keys[0] if len(keys) == 1 else None
    return None
