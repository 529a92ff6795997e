"""Whether a body that is clean but for that names one thing twice, which a JSON Schema cannot tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from recordlint.definitions.model import ObjectDefinition
from recordlint.violations import Operation

_USERS: Final = ("owner", "owners", "followers")
_FEW: Final = 4
"""Up to so many values are looked for one by one; beyond, a set takes less time."""

Repeats = Callable[[Any], bool]


def body_repeats(definition: ObjectDefinition, operation: Operation) -> Repeats:
    """A function of a clean body: whether a delta names a value in both halves, or a file field one URL twice."""
    several = tuple([key for key, are_files in definition.deltas.items() if not are_files])
    files = tuple([key for key, are_files in definition.deltas.items() if are_files])
    return _update_repeats(several, files) if operation == "update" else _create_repeats(files)


def _create_repeats(files: tuple[str, ...]) -> Repeats:
    def repeats(body: Any) -> bool:
        properties = body.get("properties", {})
        return any(repeats_file(properties[key]) for key in files if properties.get(key))

    return repeats


def _update_repeats(several: tuple[str, ...], files: tuple[str, ...]) -> Repeats:
    # Asked of every one of millions of bodies, so the usual cases are written out.
    def repeats(body: Any) -> bool:
        if len(body) > 1 or "properties" not in body:
            for key in _USERS:
                if key in body and len(delta := body[key]) > 1:
                    removed = delta["remove"]
                    if len(added := delta["add"]) > _FEW:
                        if not set(added).isdisjoint(removed):
                            return True
                    else:
                        for each in added:
                            if each in removed:
                                return True
        if "properties" in body:
            properties = body["properties"]
            for key in several:
                if key in properties and (delta := properties[key]) and len(delta) > 1:
                    removed = delta["remove"]
                    if len(added := delta["add"]) > _FEW:
                        if not set(added).isdisjoint(removed):
                            return True
                    else:
                        for each in added:
                            if each in removed:
                                return True
            for key in files:
                if key in properties and (delta := properties[key]):
                    if len(delta) == 1 or len(added := delta["add"]) != 1 or len(removed := delta["remove"]) != 1:
                        if repeats_file(delta):
                            return True
                    elif added[0]["url"] == removed[0]["url"]:
                        return True
        return False

    return repeats


def repeats_value(value: Any) -> bool:
    """Whether a clean value, if it is a delta, names one in both halves."""
    return type(value) is dict and len(value) > 1 and not set(value["add"]).isdisjoint(value["remove"])


def repeats_file(value: Any) -> bool:
    """Whether a clean delta or array of files names one URL twice."""
    parts = value.values() if type(value) is dict else (value,)
    urls = [item["url"] for part in parts for item in part]
    return len(urls) > 1 and len(set(urls)) < len(urls)
