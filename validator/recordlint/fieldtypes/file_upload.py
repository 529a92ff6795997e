"""File Upload: files by URL, to add and to remove, or an array of them on create (documented)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, clean_part, field_type, read_spec
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._deltas import ADD, REMOVE, delta_problems, in_each_array
from recordlint.violations import KEPT, Problem, ValueFix
from recordlint.wording.phrases import as_json, either, json_type
from recordlint.wording.suggestions import nearest

FILE: Final = "field-types/file_upload.json"
EXAMPLE_HINT: Final = 'write a URL such as "https://example.com/file.pdf"'
PLACEHOLDER: Final = '"url": "https://…"'
_HOST_FIRST: Final = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/"
_KEYS: Final = ("url", "name")
_PATH: Final = r"[^:/?#]+://[^/?#]*([^?#]*)"


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/file_upload.json`, and the field's own limit."""
    return {"allOf": [field_type("file_upload", operation.name), *_limit(field, operation)]}


def clean(field: Field, operation: Operation) -> Schema:
    """Plain URLs, with an accepted extension where the field names some, and not a no-op."""
    return {
        "allOf": [
            field_type("file_upload", clean_part(operation)),
            *_limit(field, operation),
            *_formats(field, operation),
        ]
    }


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    yield from delta_problems(
        title(field),
        value,
        target.operation,
        partial(_file, field),
        file_identity,
        partial(_too_many, field),
        unwrap=_unwrap,
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


def extension(url: str) -> str:
    """The lower-case extension of the last part of the URL's path, without the dot; empty if there is none."""
    path = re.match(_PATH, url)
    name = path.group(1).rpartition("/")[2] if path else ""
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem else ""


def _limit(field: Field, operation: Operation) -> list[Schema]:
    if field.max_files is None:
        return []
    return [in_each_array({"maxItems": field.max_files}, operation, (ADD,))]


def _formats(field: Field, operation: Operation) -> list[Schema]:
    if not field.accepted_formats:
        return []
    endings = "|".join(
        "".join(f"[{c.upper()}{c}]" if c.isascii() and c.isalpha() else re.escape(c) for c in ending)
        for ending in field.accepted_formats
        if ending.isascii() and ending.isalnum()
    )
    # A URL with a query is not clean: `problems` sees whether its dots belong to an extension.
    url = {"pattern": f"^[^?#]+[.]({endings})$"} if endings else {"maxLength": 0}
    files = {"items": {"properties": {"url": url}}}
    return [in_each_array(files, operation)]


def _too_many(field: Field, part: str, count: int) -> Problem | None:
    if field.max_files is None or part == REMOVE or count <= field.max_files:
        return None
    return Problem(
        "too-many",
        f"{title(field)} takes at most {field.max_files} {'file' if field.max_files == 1 else 'files'}, not {count}",
        f"keep {field.max_files} of them",
    )


def _file(field: Field, item: object) -> Iterator[Problem]:
    if not isinstance(item, dict):
        yield _not_a_file(field, item)
        return
    near = {key: each for key in item if key not in _KEYS for each in _near(key, item[key]) if each not in item}
    if "url" not in item and "url" not in near.values():
        yield Problem("file-shape", f"a file in {title(field)} has no url", f"add {PLACEHOLDER}", part="open")
    for key, part in item.items():
        if key == "url":
            for problem in _url(field, part):
                yield problem.below(key)
        elif key == "name":
            if not isinstance(part, str):
                yield Problem(
                    "wrong-type",
                    f"the name of a file in {title(field)} must be a string, not {json_type(part)}",
                    'write a name such as "invoice.pdf", or leave it out',
                    path=(key,),
                )
        else:
            yield _other_key(field, key, near.get(key))


def _not_a_file(field: Field, item: object) -> Problem:
    redacted_hint = f"write {{{PLACEHOLDER}}}"
    is_text = isinstance(item, str)
    return Problem(
        "file-shape",
        f"a file in {title(field)} must be an object with a url, not {json_type(item)}",
        f'write {{"url": {as_json(item)}}}' if is_text else redacted_hint,
        fix=ValueFix(safe=False, description="write the URL as a file", text=f'{{"url": {KEPT}}}') if is_text else None,
        redacted_hint=redacted_hint,
    )


def _other_key(field: Field, key: str, near: str | None) -> Problem:
    return Problem(
        "file-shape",
        f"a file in {title(field)} takes only url and name, not {as_json(key)}",
        f"did you mean {as_json(near)}?" if near else "leave it out",
        (key,),
        "key",
        fix=ValueFix(safe=False, description="write the key that exists", text=as_json(near)) if near else None,
    )


def _near(key: str, value: object) -> list[str]:
    """The keys that a wrong one may be meant for: a web address can only be the url."""
    return ["url"] if isinstance(value, str) and "://" in value else nearest(key, _KEYS)


def _url(field: Field, url: object) -> Iterator[Problem]:
    what = f"the url of a file in {title(field)}"
    if not isinstance(url, str):
        yield Problem("file-url", f"{what} must be a string, not {json_type(url)}", EXAMPLE_HINT)
        return
    definitions = read_spec(FILE)["$defs"]
    if not re.search(definitions["url"]["pattern"], url) or "\n" in url:
        yield _bad_url(what, url, definitions["url"]["pattern"])
        return
    if not re.search(definitions["cleanFile"]["properties"]["url"]["pattern"], url) and _not_rfc3986(url):
        yield Problem(
            "file-url",
            f"{what} has a character that URLs do not allow",
            "percent-encode it",
            severity="warning",
        )
    ending = extension(url)
    if field.accepted_formats and ending and ending not in field.accepted_formats:
        accepted = either(f".{each}" for each in field.accepted_formats)
        yield Problem(
            "file-extension",
            f"{title(field)} accepts {accepted}, but this file has another extension",
            "convert the file, or add its extension to the formats that the field accepts",
            severity="warning",
        )


def _bad_url(what: str, url: str, pattern: str) -> Problem:
    encoded = url.strip().replace(" ", "%20")
    if encoded != url and re.search(pattern, encoded):
        description = "write %20 for spaces, and remove those at the ends"
        return Problem(
            "file-url",
            f"{what} contains white space",
            f"write {as_json(encoded)}",
            fix=ValueFix(safe=False, description=description, text=as_json(encoded)),
            redacted_hint=description,
        )
    if re.match(_HOST_FIRST, url) and re.search(pattern, f"https://{url}"):
        return Problem(
            "file-url",
            f"{what} has no scheme",
            f"did you mean {as_json(f'https://{url}')}?",
            redacted_hint="write https:// in front of it",
        )
    return Problem(
        "file-url",
        f"{what} must be an absolute http or https URL without white space",
        EXAMPLE_HINT,
    )


def _not_rfc3986(url: str) -> bool:
    """Whether RFC 3986 forbids a character where the URL has it. The clean pattern covers only the plainest URLs."""
    _, _, behind = url.partition("://")
    end = next((i for i, c in enumerate(behind) if c in "/?#"), len(behind))
    authority, tail = behind[:end], behind[end:]
    hierarchy, _, fragment = tail.partition("#")
    path, _, query = hierarchy.partition("?")
    user, _, host = authority.rpartition("@")
    plain = r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}"
    parts = (
        (user, r"[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2}"),
        (path.replace("?", ""), plain),
        (query, plain),
        (fragment, plain),
    )
    if any(not re.fullmatch(f"(?:{allowed})*", part) for part, allowed in parts):
        return True
    return not re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(:[0-9]*)?", host)
