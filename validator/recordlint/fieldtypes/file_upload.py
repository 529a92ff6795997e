"""File Upload: files by URL, to add and to remove, or an array of them on create (documented)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, clean_part, field_type, usual_part
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes import Hides
from recordlint.fieldtypes._file_endings import KINDS_OF_FILE, accepted_endings, is_accepted, spellings
from recordlint.fieldtypes._halves import ADD, REMOVE, in_each_array
from recordlint.problems import KEPT, Problem, ValueFix
from recordlint.wording.phrases import as_json, either, json_type

if TYPE_CHECKING:
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.fieldtypes._patterns import Match
    from recordlint.fieldtypes._urls import Fault

_KEYS: Final = ("url", "name")
LEVEL: Final = 5
"""How deep the name of a removed file is nested in a body."""
_SHAPE: Final = Problem("file-shape", "")
_NO_URL: Final = Problem("file-shape", "", part="open")
_URL: Final = Problem("file-url", "", path=("url",))
_DOUBTED_URL: Final = _URL._replace(severity="warning")
_ENDING: Final = Problem("file-extension", "", path=("url",), severity="warning")
_NAME: Final = Problem("wrong-type", "", path=("name",))
_NULL_NAME: Final = _NAME._replace(severity="warning")


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
    url = _example_url(accepted_endings(field.accepted_formats))
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


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._deltas import delta_problems

    yield from delta_problems(
        title(field),
        value,
        target.operation,
        partial(_file, field),
        file_identity,
        None if field.max_files is None else partial(_too_many, field),
        unwrap=_unwrap,
        example=f'{{"url": {_example(field)}}}',
    )


def _unwrap(value: Mapping[str, object]) -> list[object] | None:
    """The files of an object as the service answers it: one with `meta`, or several by their ids."""
    if value.keys() <= {*_KEYS}:
        return None
    files = [value] if "url" in value else list(value.values())
    urls = [each.get("url") for each in files if isinstance(each, dict)]
    if len(urls) < len(files) or not all(isinstance(url, str) for url in urls):
        return None
    return [{"url": url} for url in urls]


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


def _too_many(field: Field, part: str, count: int) -> Problem | None:
    if field.max_files is None or part == REMOVE or count <= field.max_files:
        return None
    from recordlint.rules.notes import TOO_MANY_FILES

    return Problem(
        "too-many",
        f"{title(field)} takes at most {field.max_files} {'file' if field.max_files == 1 else 'files'}, not {count}",
        f"keep {field.max_files} of them",
        note=TOO_MANY_FILES,
    )


def _file(field: Field, item: object, half: str, *, brief: bool = False) -> Iterable[Problem]:
    is_added = half != REMOVE  # Of a file that is removed, only the form of the URL matters.
    if brief and item and not (isinstance(item, dict) and item.get("url") == ""):
        return _in_brief(field, item, is_added=is_added)
    return _in_words(field, item, half, is_added=is_added)


def _in_brief(field: Field, item: object, *, is_added: bool) -> list[Problem]:
    """The problems of a file that is not empty, without their words."""
    from recordlint.fieldtypes._urls import faults

    if not isinstance(item, dict):
        return [_SHAPE]
    problems = [] if "url" in item or "url" in _keys_meant(item).values() else [_NO_URL]
    for key, part in item.items():
        if key == "url":
            if not isinstance(part, str):
                problems.append(_URL)
                continue
            listed = list(faults(part, is_added=is_added))
            problems += [_URL if each.is_error else _DOUBTED_URL for each in listed]
            if is_added and not _is_accepted(field, part, listed):
                problems.append(_ENDING)
        elif key != "name":
            problems.append(Problem("file-shape", "", "", (key,), "key"))
        elif is_added and not isinstance(part, str):
            problems.append(_NULL_NAME if part is None else _NAME)
    return problems


def _in_words(field: Field, item: object, half: str, *, is_added: bool) -> Iterator[Problem]:
    from recordlint.rules.notes import FILE_REFUSED

    if not isinstance(item, dict):
        problem = _not_a_file(field, item, is_added=is_added)
        yield problem._replace(note=FILE_REFUSED) if half == ADD and isinstance(item, str) else problem
        return
    near = _keys_meant(item)
    if "url" not in item and "url" not in near.values():
        hint = f'add "url": {_example(field)}, with your URL'
        yield _NO_URL._replace(message=f"a file in {title(field)} has no url", hint=hint)
    for key, part in item.items():
        if key == "url":
            for problem in _url(field, part, is_added=is_added):
                yield problem.below(key)
        elif key != "name":
            problem = _other_key(field, key, near.get(key))
            yield problem._replace(note=FILE_REFUSED) if half == ADD and key == "meta" else problem
        elif is_added and not isinstance(part, str):
            yield _not_a_name(field, part)


def _keys_meant(item: Mapping[str, object]) -> dict[str, str]:
    """The key that each other key of a file may be meant for."""
    odd = [key for key in item if key not in _KEYS]
    return {key: each for key in odd for each in _near(key, item[key]) if each not in item}


def _not_a_file(field: Field, item: object, *, is_added: bool) -> Problem:
    problem = Problem(
        "file-shape",
        f"a file in {title(field)} must be an object with a url, not {json_type(item)}",
        f'write an object such as {{"url": {_example(field)}}}',
    )
    if not isinstance(item, str) or not _is_right(field, item, is_added=is_added):
        return problem
    text = f'{{"url": {KEPT}}}'
    fix = ValueFix(safe=False, description="write the URL as a file", text=text)
    return problem.with_hint(f"write {text}", problem.hint, fix)


def _other_key(field: Field, key: str, near: str | None) -> Problem:
    return Problem(
        "file-shape",
        f"a file in {title(field)} takes only url and name, not {as_json(key)}",
        f"did you mean {as_json(near)}?" if near else "leave it out",
        (key,),
        "key",
        fix=ValueFix(safe=False, description="write the key that exists", text=as_json(near)) if near else None,
    )


def _not_a_name(field: Field, name: object) -> Problem:
    return Problem(
        "wrong-type",
        f"the name of a file in {title(field)} must be a string, not {json_type(name)}",
        'leave it out, or write a name such as "invoice.pdf"',
        ("name",),
        severity="warning" if name is None else "error",
    )


def _near(key: str, value: object) -> list[str]:
    """The keys that a wrong one may be meant for: a web address can only be the url."""
    from recordlint.wording.suggestions import nearest

    return ["url"] if isinstance(value, str) and "://" in value else nearest(key, _KEYS)


def _url(field: Field, url: object, *, is_added: bool) -> Iterator[Problem]:
    from recordlint.fieldtypes._urls import faults

    what = f"the url of a file in {title(field)}"
    if not isinstance(url, str):
        hint = f"write a URL such as {_example(field)}"
        yield Problem("file-url", f"{what} must be a string, not {json_type(url)}", hint)
        return
    listed = list(faults(url, is_added=is_added))
    if listed:
        from recordlint.fieldtypes._url_problems import url_problems

        is_right = partial(_is_right, field, is_added=is_added)
        yield from url_problems(what, url, listed, _example(field), is_right=is_right)
    if is_added and not _is_accepted(field, url, listed):
        accepted = accepted_endings(field.accepted_formats)
        yield Problem(
            "file-extension",
            f"{title(field)} accepts {_listed(accepted)}, but this file has another extension",
            "convert the file, or add its extension to the formats that the field accepts",
            severity="warning",
        )


def _is_accepted(field: Field, url: str, listed: Iterable[Fault]) -> bool:
    """Whether the field accepts the extension of a URL with these faults, or none of it can be told."""
    accepted = accepted_endings(field.accepted_formats)
    return is_accepted(url, accepted) or not all(each.is_one_url for each in listed)


@lru_cache
def _listed(endings: tuple[str, ...]) -> str:
    return either(f".{each}" for each in endings)


def _is_right(field: Field, url: str, *, is_added: bool) -> bool:
    """Whether there is nothing to say about a URL."""
    from recordlint.fieldtypes._urls import faults

    if any(True for _ in faults(url, is_added=is_added)):
        return False
    return not is_added or is_accepted(url, accepted_endings(field.accepted_formats))


def _example(field: Field) -> str:
    """A URL for hints to show, as JSON text, with an ending that the field accepts."""
    return as_json(_example_url(accepted_endings(field.accepted_formats)))


@lru_cache
def _example_url(accepted: tuple[str, ...]) -> str:
    plain = [each for each in accepted if re.fullmatch(r"[a-z0-9]+([.][a-z0-9]+)*", each)]
    # Where all endings have other characters, a URL without one is right.
    ending = "pdf" if "pdf" in plain or not accepted else plain[0] if plain else ""
    return f"https://example.com/file{'.' if ending else ''}{ending}"
