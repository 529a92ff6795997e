"""What the sandbox answers: records and refusals in the service's words, with recordlint's beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from recordlint.rules.notes import (
    ARRAY_REFUSED,
    FULL_KEY,
    LOCATION_IN_BODY,
    LOCATION_IN_URL,
    OWNER_REFUSED,
    REQUIRED,
    TEXT_REFUSED,
)
from recordlint.sandbox.store import Stored
from recordlint.violations import Violation

BAD: Final = 400
UNAUTHORIZED: Final = 401
MISSING: Final = 404
UNPROCESSABLE: Final = 422

_ANSWERED: Final = re.compile(r"\banswers? (4\d\d)\b")
"""What a note says of the service's answer."""
_REPEATING: Final = (ARRAY_REFUSED, FULL_KEY, LOCATION_IN_BODY, LOCATION_IN_URL, OWNER_REFUSED, REQUIRED)
"""The notes that repeat the service's words, behind a colon."""
_WORDS: Final = {
    **{note: note.partition(": ")[2] for note in _REPEATING},
    TEXT_REFUSED: "exceeds the 12,000 character limit",
}
SOURCE: Final = "recordlint-sandbox"


_PHRASES: Final = {UNPROCESSABLE: "Unprocessable Entity", 413: "Payload Too Large"}
"""The older names, as the service writes them; Python's change with its version."""


class Answer(NamedTuple):
    """What is answered."""

    status: int
    value: Any
    violations: Sequence[Violation] = ()
    """Why the request is refused."""
    quirks: Sequence[str] = ()
    """What of the service is imitated that loses data, a sentence each."""
    headers: Mapping[str, str] = {}

    def with_status(self, status: int) -> Answer:
        """The same refusal with another status."""
        value = {**self.value, "statusCode": status, "error": _phrase(status)}
        return self._replace(status=status, value=value)


def refusal(status: int, message: str | Sequence[str], violations: Sequence[Violation] = ()) -> Answer:
    """A refusal, as the service words it.

    Args:
        status: the HTTP status.
        message: the service's words, in a list where it answers one.
        violations: what recordlint says of it.
    """
    return with_violations(
        Answer(status, {"statusCode": status, "message": message, "error": _phrase(status)}), violations
    )


def with_violations(answer: Answer, violations: Sequence[Violation]) -> Answer:
    """A refusal with what recordlint says of the request; as it is where that is nothing."""
    if not violations:
        return answer
    value = {**answer.value, "recordlint": [_violation(each) for each in violations]}
    return answer._replace(value=value, violations=violations)


def refused(violations: Sequence[Violation]) -> Answer:
    """The refusal of a write with these violations: 422 where the service was seen to answer that, else 400."""
    answers = [_ANSWERED.search(each.note) for each in violations]
    statuses = [int(each[1]) if each else BAD for each in answers]
    status = UNPROCESSABLE if UNPROCESSABLE in statuses else BAD
    said = [_WORDS.get(each.note) for each, its in zip(violations, statuses, strict=True) if its == status]
    words = list(dict.fromkeys([each for each in said if each])) or [_phrase(status)]
    return refusal(status, words if status == UNPROCESSABLE else words[0], violations)


def missing(message: str, violations: Sequence[Violation] = ()) -> Answer:
    """What is asked for is not there."""
    return refusal(MISSING, message, violations)


def record_answer(stored: Stored) -> dict[str, Any]:
    """The answer that holds a record."""
    times = {"dateAdded": as_time(stored.created), "dateUpdated": as_time(stored.updated)}
    return {"record": {**_members(stored), **times}}


def listed_record(stored: Stored, object_id: str) -> dict[str, Any]:
    """A record as the answer to a search lists it.

    Args:
        stored: the record.
        object_id: the id of its object.
    """
    created, updated = as_time(stored.created), as_time(stored.updated)
    return {
        **_members(stored),
        "createdAt": created,
        "updatedAt": updated,
        "locationId": stored.location,
        "objectId": object_id,
        "objectKey": stored.object,
        "createdBy": _by(created),
        "lastUpdatedBy": _by(updated),
        "searchAfter": [stored.created, stored.record.id],
    }


def as_time(milliseconds: int) -> str:
    """A time as the service writes it."""
    text = datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _members(stored: Stored) -> dict[str, Any]:
    id, properties, owners, followers, _ = stored.record
    return {"id": id, "owner": list(owners), "followers": list(followers), "properties": dict(properties)}


def _by(when: str) -> dict[str, str]:
    return {"channel": "API", "createdAt": when, "source": "PUBLIC_API", "sourceId": SOURCE}


def _violation(violation: Violation) -> dict[str, str]:
    about = {
        "rule": violation.rule,
        "severity": violation.severity,
        "pointer": violation.pointer,
        "message": violation.message,
        "hint": violation.hint,
    }
    return {**about, "note": violation.note} if violation.note else about


def _phrase(status: int) -> str:
    """What a status is called."""
    return _PHRASES.get(status) or HTTPStatus(status).phrase
