"""File Upload: files by URL, to add and to remove, or an array of them on create (documented)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, clean_part, field_type, usual_part
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes import Hides
from recordlint.fieldtypes._file_endings import KINDS_OF_FILE, accepted_endings, spellings
from recordlint.fieldtypes._halves import ADD, REMOVE, in_each_array

if TYPE_CHECKING:
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.fieldtypes._patterns import Match
    from recordlint.problems.problem import Problem

LEVEL: Final = 5
"""How deep the name of a removed file is nested in a body."""


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/file_upload.json`, and the field's own limit."""
    return {"allOf": [field_type("file_upload", operation.name), *_limit(field, operation)]}


def clean(field: Field, operation: Operation) -> Schema:
    """Plain URLs, without an extension that the field does not accept, and not a no-op."""
    return {
        "allOf": [
            field_type("file_upload", clean_part(operation)),
            *_limit(field, operation),
            *_formats(field, operation),
        ]
    }


def usual(field: Field, operation: Operation) -> Schema | None:
    """One file that is added, one that is removed, or both, with plain URLs."""
    if field.max_files == 0:
        return None
    accepted = accepted_endings(field.accepted_formats)
    endings = [each for each in spellings(accepted) if re.fullmatch("[a-z0-9]+", each)]
    if accepted and not endings:
        return None
    url = {"pattern": f"[.]({'|'.join(endings)})$"} if endings else {}
    limits = in_each_array({"items": {"properties": {"url": url}}}, operation, (ADD,))
    return {"allOf": [field_type("file_upload", usual_part(operation)), limits]}


def hides(field: Field) -> Hides:
    """Whether a clean delta or array names one URL twice, or has a placeholder deep in the name of a removed file."""
    return _hides


def _hides(value: Any) -> bool:
    # Called for each file field of rows that no pattern matches, so it is fast rather than short.
    if type(value) is not dict:
        urls = [item["url"] for item in value or ()]
        return len(urls) > 1 and len(set(urls)) < len(urls)
    added, removed = value.get(ADD, ()), value.get(REMOVE, ())
    if len(added) == len(removed) == 1:
        if added[0]["url"] == removed[0]["url"]:
            return True
    elif len(added) + len(removed) > 1:
        urls = [item["url"] for part in (added, removed) for item in part]
        if len(set(urls)) < len(urls):
            return True
    for item in removed:
        if "name" in item:
            name = item["name"]
            if name is not None and type(name) is not str and _is_odd(name):
                return True
    return False


def _is_odd(name: object) -> bool:
    """Whether there is something to say about the name of a removed file, which is no string."""
    from recordlint.contract.placeholders import has_placeholder
    from recordlint.jsontext.parse import is_beyond

    return is_beyond(name, LEVEL) or has_placeholder(name)


def example(field: Field, operation: Operation) -> Any:
    """One file to add; none where the field takes none."""
    if field.max_files == 0:
        return None
    url = example_url(accepted_endings(field.accepted_formats))
    files = [{"url": url, "name": url.rpartition("/")[2]}]
    return files if operation.multi_value == "array" else {ADD: files}


def is_item(field: Field, text: str) -> bool:
    """Whether a text is one web address, and has no separator before another."""
    return _is_one_address()(text) is not None


@cache
def _is_one_address() -> Match:
    # Where no separator stands in a text, there is nothing to look ahead for.
    return re.compile(r"(?i)https?://(?:[^\s,;|]|[,;|](?!https?://))+").fullmatch


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Files by their URLs, as many as a cell has."""
    from recordlint.fieldtypes._list_cells import list_cells

    is_value = partial(is_item, field)
    return list_cells(
        title(field), target.operation, reading, _file_cell, is_value, file_identity, splits_values_only=True
    )


def _file_cell(cell: object) -> object:
    if isinstance(cell, str):
        return {"url": cell}
    from recordlint.fieldtypes._cells import json_value

    return json_value(cell)


def file_identity(item: object) -> str | None:
    """What makes two files the same: their URL."""
    url = item.get("url") if isinstance(item, dict) else None
    return url if isinstance(url, str) else None


def _limit(field: Field, operation: Operation) -> list[Schema]:
    if field.max_files is None:
        return []
    return [in_each_array({"maxItems": field.max_files}, operation, (ADD,))]


def _formats(field: Field, operation: Operation) -> list[Schema]:
    accepted = accepted_endings(field.accepted_formats)
    if not accepted:
        return []
    # Those that no URL can have are left out. To compile a pattern of all kinds in any case takes too long.
    named = "|".join([_in_any_case(each) for each in spellings(accepted) if each.isascii() and each.isalnum()])
    kinds = "|".join([*sorted(KINDS_OF_FILE), "[^/?#.]*[A-Z][^/?#.]*"])
    url: Schema = {
        "anyOf": [
            *([{"pattern": f"^[^?#]*/[^/?#]*[.]({named})([?#]|$)"}] if named else []),
            {"not": {"pattern": f"^[^:/?#]+://[^/?#]*/([^?#]*/)?[^/?#]+[.]({kinds})([?#]|$)"}},
        ]
    }
    return [in_each_array({"items": {"properties": {"url": url}}}, operation, (ADD,))]


def _in_any_case(text: str) -> str:
    return "".join([f"[{each.upper()}{each}]" if each.isalpha() else each for each in text])


@lru_cache
def example_url(accepted: tuple[str, ...]) -> str:
    """A URL to show, with one of these endings if there are any."""
    plain = [each for each in accepted if re.fullmatch(r"[a-z0-9]+([.][a-z0-9]+)*", each)]
    # Where all endings have other characters, a URL without one is right.
    ending = "pdf" if "pdf" in plain or not accepted else plain[0] if plain else ""
    return f"https://example.com/file{'.' if ending else ''}{ending}"


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._file_problems import file_problems

    return file_problems(field, value, target.operation)
