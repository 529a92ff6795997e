"""The service's part of a sandbox: a request goes in, an answer comes out, and nothing here knows of HTTP servers."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Final

from recordlint.checking.checkers import Checkers
from recordlint.contract.operations import LOCATION, METHODS
from recordlint.definitions.model import ObjectDefinition
from recordlint.errors import describe
from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.problems.problem import Problem
from recordlint.records.change import created, updated
from recordlint.records.record import Record
from recordlint.requests.object_keys import object_problems, unknown_object_hint
from recordlint.sandbox.answers import (
    BAD,
    UNAUTHORIZED,
    UNPROCESSABLE,
    Answer,
    as_time,
    listed_record,
    missing,
    record_answer,
    refusal,
    refused,
)
from recordlint.sandbox.arrived import Arrived, Call
from recordlint.sandbox.judging import Judged, form_problems, judged, read, unreadable, violations_around
from recordlint.sandbox.limits import Limits
from recordlint.sandbox.objects import field_answers, object_answer, object_id
from recordlint.sandbox.quirks import breaks
from recordlint.sandbox.search import matching, read_search
from recordlint.sandbox.store import Store
from recordlint.sandbox.version import wrong_version

Handler = Callable[[Call], Answer]
REMEMBERED: Final = 1024
"""How many URLs of writes are kept, with what they say."""


class Service:
    """Answers requests. It is not to be shared between threads.

    Attributes:
        checkers: have the definitions, and judge bodies.
        store: the records.
        arrived: the requests that came in.
    """

    def __init__(
        self, checkers: Checkers, store: Store, *, has_quirks: bool = False, rate_limit: int | None = None
    ) -> None:
        """Prepare to answer.

        Args:
            checkers: have the definitions, and judge bodies.
            store: holds the records.
            has_quirks: whether what the service takes and loses is taken and lost.
            rate_limit: requests in ten seconds; None for no limit.
        """
        self.checkers: Final = checkers
        self.store: Final = store
        self.arrived: Final = Arrived()
        self._has_quirks: Final = has_quirks
        self._limits: Final = None if rate_limit is None else Limits(rate_limit, time.monotonic)
        # Most requests are like the last, and reading a URL in every way that a server might takes a while.
        self._read: Final = lru_cache(REMEMBERED)(partial(read, checkers))
        self._since: Final = as_time(time.time_ns() // 1_000_000)

    def answer(self, handler: Handler, call: Call) -> Answer:
        """Answer a request of the service's, whatever happens, and keep it."""
        answer = self._answer(handler, call)
        self.arrived.add(call, answer)
        return answer

    def _answer(self, handler: Handler, call: Call) -> Answer:
        token = _token(call)
        if token is None:
            return refusal(UNAUTHORIZED, "Invalid token: access token is invalid")
        unversioned = wrong_version(call.headers.get("version"))
        if unversioned is not None:
            return unversioned
        left = self._limits and self._limits.count(token)
        if left and not left.is_within:
            return refusal(429, "Too Many Requests")._replace(headers=left.headers)
        answer = _guarded(partial(handler, call))
        return answer._replace(headers=left.headers) if left else answer

    def reset(self) -> Answer:
        """`POST /__sandbox/reset`."""

        def cleared() -> Answer:
            self.clear()
            return Answer(200, {"success": True})

        return _guarded(cleared)

    def create_record(self, call: Call) -> Answer:
        """`POST /objects/{key}/records`."""
        definition = self.checkers.objects.get(call.parameters["key"])
        if definition is None:
            return self._no_object(call)
        judgement = self._judged(call, None)
        body = judgement.body
        if body is None:
            return refused(judgement.violations)
        stored = self.store.create(definition.key, body[LOCATION], lambda id: created(id, body))
        return Answer(201, record_answer(stored), quirks=judgement.quirks)

    def update_record(self, call: Call) -> Answer:
        """`PUT /objects/{key}/records/{id}`."""
        definition = self.checkers.objects.get(call.parameters["key"])
        if definition is None:
            return self._no_object(call)
        refusals: list[Answer] = []
        quirks: list[str] = []

        def change(record: Record) -> Record | None:
            judgement = self._judged(call, record)
            if judgement.body is None:
                refusals.append(refused(judgement.violations))
                return None
            if self._has_quirks and breaks(record, judgement.body, definition):
                refusals.append(refusal(500, "Internal server error"))
                return None
            quirks.extend(judgement.quirks)
            return updated(record, judgement.body, definition)

        stored = self.store.change(definition.key, call.parameters["id"], change)
        if refusals:
            return refusals[0]
        return _no_record() if stored is None else Answer(200, record_answer(stored), quirks=quirks)

    def get_record(self, call: Call) -> Answer:
        """`GET /objects/{key}/records/{id}`."""
        if call.parameters["key"] not in self.checkers.objects:
            return self._no_object(call)
        stored = self.store.get(call.parameters["key"], call.parameters["id"])
        return _no_record() if stored is None else Answer(200, record_answer(stored))

    def delete_record(self, call: Call) -> Answer:
        """`DELETE /objects/{key}/records/{id}`."""
        if call.parameters["key"] not in self.checkers.objects:
            return self._no_object(call)
        id = call.parameters["id"]
        return (
            Answer(200, {"id": id, "success": True}) if self.store.delete(call.parameters["key"], id) else _no_record()
        )

    def search_records(self, call: Call) -> Answer:
        """`POST /objects/{key}/records/search`."""
        definition = self.checkers.objects.get(call.parameters["key"])
        if definition is None:
            return self._no_object(call)
        form = form_problems(call.headers.get("content-type"))
        if form:
            return refusal(BAD, "Bad Request", violations_around(form))
        try:
            search = read_search(read_json(call.body))
        except Unreadable:
            return refusal(BAD, "Bad Request", unreadable(call.body))
        if isinstance(search, list):
            return refusal(UNPROCESSABLE, search)
        newest = self.store.newest(definition.key, search.location, matching(search.text, definition))
        skipped = 0 if search.after else (search.page - 1) * search.limit
        part = newest.part(search.limit, skipped, search.after)
        listed = [listed_record(each, object_id(definition)) for each in part]
        return Answer(200, {"records": listed, "total": newest.count()})

    def list_objects(self, call: Call) -> Answer:
        """`GET /objects/`."""
        return self._about(call, self._objects)

    def get_object(self, call: Call) -> Answer:
        """`GET /objects/{key}`."""
        definition = self.checkers.objects.get(call.parameters["key"])
        return self._no_object(call) if definition is None else self._about(call, partial(self._object, definition))

    def list_fields(self, call: Call) -> Answer:
        """`GET /custom-fields/object-key/{key}`."""
        definition = self.checkers.objects.get(call.parameters["key"])
        return self._no_object(call) if definition is None else self._about(call, partial(self._fields, definition))

    def clear(self) -> None:
        """Forget all records, requests and counts.

        Raises:
            sqlite3.Error: the records cannot be deleted.
        """
        self.store.clear()
        self.arrived.clear()
        if self._limits:
            self._limits.clear()

    def _about(self, call: Call, answer: Callable[[Call, str], dict[str, Any]]) -> Answer:
        location = call.query.get(LOCATION)
        if not location:
            return refusal(BAD, f"{LOCATION} must be in the query")
        if call.query.get("fetchProperties", "false") not in ("true", "false"):
            return refusal(BAD, "fetchProperties is true or false")
        return Answer(200, answer(call, location))

    def _objects(self, call: Call, location: str) -> dict[str, Any]:
        return {"objects": [object_answer(each, location, self._since) for each in self.checkers.objects.values()]}

    def _object(self, definition: ObjectDefinition, call: Call, location: str) -> dict[str, Any]:
        answer: dict[str, Any] = {"object": object_answer(definition, location, self._since), "cache": False}
        if call.query.get("fetchProperties") == "true":
            answer["fields"] = field_answers(definition, location, self._since)
        return answer

    def _fields(self, definition: ObjectDefinition, call: Call, location: str) -> dict[str, Any]:
        return {"fields": field_answers(definition, location, self._since), "folders": []}

    def _judged(self, call: Call, record: Record | None) -> Judged:
        # Of the header Version there is nothing left to say.
        request = self._read(call.method, call.url, call.headers.get("content-type"))
        return judged(self.checkers, request, call.body, record, has_quirks=self._has_quirks)

    def no_route(self, call: Call) -> Answer:
        """A path that the sandbox does not have; where it is meant to write a record, what is wrong with it."""
        problems = read(self.checkers, call.method, call.url).problems if call.method in METHODS else ()
        return missing(
            f"Cannot {call.method} {call.path}",
            violations_around([each for each in problems if each.severity == "error"]),
        )

    def _no_object(self, call: Call) -> Answer:
        key = call.parameters["key"]
        problems = list(object_problems(key, self.checkers.objects))
        if not problems:
            hint = unknown_object_hint(key, self.checkers.objects)
            problems = [Problem("unknown-object", f"there is no definition of {key}", hint, ("url",))]
        return missing("Object not found", violations_around(problems))


def _guarded(answer: Callable[[], Answer]) -> Answer:
    """What is answered, whatever happens: a server goes on."""
    try:
        return answer()
    except sqlite3.Error as error:
        return _not_stored(error)
    except Exception as error:
        return refusal(500, f"a fault of recordlint, not of your request: {describe(error)}. Please report it.")


def _token(call: Call) -> str | None:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _no_record() -> Answer:
    return missing("Record not found")


def _not_stored(error: sqlite3.Error) -> Answer:
    """The answer where the database takes nothing: what it held, it holds."""
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith("SQLITE_FULL"):
        return refusal(507, "nothing was changed: the disk under --db is full")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return refusal(503, "nothing was changed: another process is writing to the file of --db; try again")
    return refusal(500, f"nothing was changed: the file of --db cannot be used: {error}")
