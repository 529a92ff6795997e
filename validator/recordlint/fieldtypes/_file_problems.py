"""What is wrong with files, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.definitions.model import Field, title
from recordlint.fieldtypes._file_endings import accepted_endings, is_accepted
from recordlint.fieldtypes._halves import ADD, REMOVE
from recordlint.fieldtypes._items import text_identity
from recordlint.fieldtypes._urls import Fault, faults
from recordlint.fieldtypes.file_upload import example_url, file_identity
from recordlint.problems.named_tuples import new
from recordlint.problems.problem import KEPT, Problem, ValueFix
from recordlint.wording.phrases import as_json, either, json_type

_KEYS: Final = ("url", "name")
_SHAPE: Final = Problem("file-shape", "")
_NO_URL: Final = Problem("file-shape", "", part="open")
_URL: Final = Problem("file-url", "", path=("url",))
_DOUBTED_URL: Final = _URL._replace(severity="warning")
_ENDING: Final = Problem("file-extension", "", path=("url",), severity="warning")
_NAME: Final = Problem("wrong-type", "", path=("name",))
_NULL_NAME: Final = _NAME._replace(severity="warning")


def file_problems(field: Field, value: object, operation: Operation) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._deltas import delta_problems

    yield from delta_problems(
        title(field),
        value,
        operation,
        partial(_file, field),
        file_identity,
        None if field.max_files is None else partial(_too_many, field),
        unwrap=_unwrap,
        meant=text_identity,
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
    if not isinstance(item, dict):
        return [_SHAPE]
    problems = [] if "url" in item or "url" in _keys_meant(item).values() else [_NO_URL]
    for key, part in item.items():
        if key == "url":
            if not isinstance(part, str):
                problems.append(_URL)
                continue
            listed = faults(part, is_added=is_added)
            for fault in listed:
                problems.append(_URL if fault.is_error else _DOUBTED_URL)
            if is_added and not _is_accepted(field, part, listed):
                problems.append(_ENDING)
        elif key != "name":
            problems.append(new(Problem, ("file-shape", "", "", (key,), "key", "error", (), None, None, "", None)))
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
    what = f"the url of a file in {title(field)}"
    if not isinstance(url, str):
        hint = f"write a URL such as {_example(field)}"
        yield Problem("file-url", f"{what} must be a string, not {json_type(url)}", hint)
        return
    listed = faults(url, is_added=is_added)
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
    for fault in listed:
        if not fault.is_one_url:
            return True
    return is_accepted(url, accepted_endings(field.accepted_formats))


@lru_cache
def _listed(endings: tuple[str, ...]) -> str:
    return either(f".{each}" for each in endings)


def _is_right(field: Field, url: str, *, is_added: bool) -> bool:
    """Whether there is nothing to say about a URL."""
    if faults(url, is_added=is_added):
        return False
    return not is_added or is_accepted(url, accepted_endings(field.accepted_formats))


def _example(field: Field) -> str:
    """A URL for hints to show, as JSON text, with an ending that the field accepts."""
    return as_json(example_url(accepted_endings(field.accepted_formats)))
