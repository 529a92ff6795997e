"""The payloads of fixtures/, each with the object and operation that it is checked against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from recordlint.requests.request import read_request
from recordlint.requests.whole import is_request, read_whole

ROOT = Path(__file__).parent.parent
PAYLOADS = ROOT / "fixtures" / "payloads"
OBJECTS = ROOT / "fixtures" / "objects"


class Payload(NamedTuple):
    path: Path
    object: str
    operation: str

    @property
    def name(self) -> str:
        return self.path.relative_to(PAYLOADS).as_posix()


def payloads() -> list[Payload]:
    """Every payload file; `X.create.json` is for create, a folder below valid/ names its object."""
    listed = []
    for path in sorted(PAYLOADS.rglob("*.json")):
        folder = path.parent.name
        key = "custom_objects.ticket" if folder in ("valid", "invalid") else f"custom_objects.{folder}"
        listed.append(Payload(path, key, "create" if path.name.endswith(".create.json") else "update"))
    return listed


def body_of(payload: Payload) -> tuple[str, str, Any] | None:
    """Object, operation and body of a payload; None for text that is not JSON or a request with no usable body."""
    try:
        value = json.loads(payload.path.read_bytes().decode(), object_pairs_hook=_unique, parse_constant=_refuse)
        json.dumps(value, allow_nan=False)
    except ValueError:
        return None
    if not is_request(value):
        return payload.object, payload.operation, value
    whole = read_whole(value)
    request = read_request(whole.method, whole.url)
    key, operation = request.claim.object, request.claim.operation
    if key not in ("custom_objects.ticket", "custom_objects.asset") or not whole.body_path:
        return None
    assert operation
    return key, operation.name, json.loads(whole.body) if isinstance(whole.body, str) else whole.body


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
