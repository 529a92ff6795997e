"""The answers of the API in a document: as they are, in a list, or in what tools put around an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from recordlint.wording.phrases import quoted

WRAPPERS: Final = ("body", "data", "json", "response")
"""The keys under which HTTP clients and workflow tools keep an answer."""


def answers(document: object) -> Iterator[tuple[str, object]]:
    """Each answer of a document with its place, such as `[0].json`; the whole document where it has none."""
    for place, part in _listed("", document):
        yield from _unwrapped(place, part)


def _listed(place: str, part: object) -> Iterator[tuple[str, object]]:
    """The items of a list, or the part itself."""
    if isinstance(part, list) and part:
        for index, item in enumerate(part):
            yield f"{place}[{index}]", item
    else:
        yield place, part


def _unwrapped(place: str, part: object) -> Iterator[tuple[str, object]]:
    """What a wrapper holds: an answer, or a list of them."""
    key = _wrapper(part)
    if key is None:
        yield place, part
    elif isinstance(part, dict):
        yield from _listed(f"{place}.{key}".removeprefix("."), part[key])


def _wrapper(part: object) -> str | None:
    """The key that holds an answer in a part that is not one itself."""
    if not isinstance(part, dict) or _is_answer(part):
        return None
    held = {key: part[key] for key in WRAPPERS if isinstance(part.get(key), dict | list)}
    definitions = [key for key, value in held.items() if any(_is_answer(item) for _, item in _listed("", value))]
    errors = [key for key, value in held.items() if _is_error(value)]
    return next(iter((*definitions, *errors)), None)


def _is_answer(part: object) -> bool:
    """Whether a part has the keys of a definition, even of an incomplete one."""
    return isinstance(part, dict) and (
        isinstance(part.get("fields"), list)
        or isinstance(part.get("object"), dict)
        or isinstance(part.get("objects"), list)
    )


def _is_error(part: object) -> bool:
    """Whether the API answered an error instead: `statusCode` and `message`."""
    return isinstance(part, dict) and "message" in part and ("statusCode" in part or "error" in part)


def not_a_shape(part: object) -> str:
    """Why a part, which has no list of fields, is not a definition."""
    if isinstance(part, dict) and isinstance(part.get("object"), dict):
        return "has an object but no list of fields; request it with ?fetchProperties=true"
    if isinstance(part, dict) and isinstance(part.get("objects"), list):
        return (
            "is the list of all objects, which has no fields; "
            "save the answer of GET /objects/{key}?fetchProperties=true for each of them"
        )
    if isinstance(part, dict) and _is_error(part):
        return f"is an error that the API answered, {_error(part)}; request the definition again and save that answer"
    return (
        "is not an object definition; save the answer of GET /objects/{key}?fetchProperties=true "
        "or GET /custom-fields/object-key/{key}"
    )


def _error(part: dict[str, Any]) -> str:
    message = part["message"]
    text = "; ".join(map(str, message)) if isinstance(message, list) else message
    status = part.get("statusCode")
    shown = f"{status} " if isinstance(status, int) and not isinstance(status, bool) else ""
    return shown + quoted(text)
