"""Validator: bodies into reports.

A body that its object's clean schema takes is done. Any other is looked at closely: the words of its problems
come from `body`, and every value that the contract schema refuses has an error, named or not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from recordlint.document import BOM, Unreadable, parse, verify
from recordlint.engines import COMPILED, ENGINES, Engine, make_engine
from recordlint.errors import UnknownObject, UsageError
from recordlint.objects import DELTA_TYPES, ObjectDefinition, load_objects
from recordlint.schema import clean_schema, contract_schema
from recordlint.violations import OPERATIONS, Operation, Path, Problem, Report, Violation

_USERS: Final = ("owner", "owners", "followers")


class Validator:
    """Checks bodies by a set of object definitions. Immutable, and safe to share between threads.

    Attributes:
        objects: the definitions by key, such as `custom_objects.ticket`.
        engine: `jsonschema-rs`, or `jsonschema` for the reference.
    """

    def __init__(self, objects: Iterable[ObjectDefinition], engine: str = COMPILED) -> None:
        if engine not in ENGINES:
            raise UsageError(f"there is no engine {engine!r}; take {' or '.join(ENGINES)}")
        self.objects: Final[Mapping[str, ObjectDefinition]] = {each.key: each for each in objects}
        self.engine: Final = engine
        self._judges: Final[dict[tuple[str, str], _Judge]] = {}

    @classmethod
    def from_path(cls, *paths: str | os.PathLike[str], engine: str = COMPILED) -> Validator:
        """A validator by the definitions in files, or in every `*.json` file of folders.

        Args:
            paths: answers of the vendor's API, saved as they are.
            engine: `jsonschema-rs`, or `jsonschema` for the reference, which is slower and gives the same report.

        Raises:
            DefinitionError: a file cannot be used; it carries every fault of every file.
            UsageError: there is no such engine.
        """
        return cls(load_objects([os.fspath(path) for path in paths]), engine)

    def check(self, body: Any, *, object: str | None = None, operation: Operation = "update") -> Report:
        """Judge a parsed body, as `json.loads` gives it. Its violations have no place.

        Args:
            body: dicts, lists, strings, numbers, booleans and None; what else it holds is `invalid-json`.
            object: the object's key; may be left out where only one is defined.
            operation: `update` or `create`.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: there is no such operation, or no object is named where several are defined.
        """
        judge = self._judge(object, operation)
        from recordlint.parsed import not_json

        foreign = list(not_json(body))
        if foreign:
            return _report(judge.definition.key, operation, foreign, body, None)
        if judge.accepts(body):
            return Report(judge.definition.key, operation)
        return _report(judge.definition.key, operation, judge.look_closely(body), body, None)

    def check_json(self, data: bytes | str, *, object: str | None = None, operation: Operation = "update") -> Report:
        """Judge a body's JSON text: as `check` does, and by the rules of the text, with places.

        Args:
            data: the text; str is taken as its UTF-8.
            object: the object's key; may be left out where only one is defined.
            operation: `update` or `create`.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: there is no such operation, or no object is named where several are defined.
        """
        judge = self._judge(object, operation)
        data = _to_bytes(data)
        try:
            body = parse(data)
        except Unreadable:
            return self._unreadable(data, judge.definition.key, operation, judge.look_closely)
        return self._judged(judge, body, data)

    def _judged(self, judge: _Judge, body: Any, data: bytes) -> Report:
        """The report of a body that parses."""
        key, operation = judge.definition.key, judge.operation
        if judge.accepts(body):
            return Report(key, operation, text=data)
        try:
            verify(data)
        except Unreadable:
            return self._unreadable(data, key, operation, judge.look_closely)
        return _report(key, operation, judge.look_closely(body), body, data)

    def check_document(
        self, data: bytes | str, *, object: str | None = None, operation: Operation = "update"
    ) -> Report:
        """Judge the text of a file: a bare body, or a whole request, which names its object and operation itself.

        A whole request is an object with a string `method` and a string `url`, and no key besides them but
        `headers` and `body`. A request for another object than `object` is an error in the report.

        Args:
            data: the text; str is taken as its UTF-8.
            object: the object's key for a bare body; may be left out where only one is defined.
            operation: `update` or `create`, for a bare body.

        Raises:
            UnknownObject: no definition has the key that was given.
            UsageError: there is no such operation, or a bare body and no object to judge it by.
        """
        data = _to_bytes(data)
        if object is not None:
            self._judge(object, operation)
        try:
            value = parse(data)
        except Unreadable:
            return self._unreadable(data, object, operation, lambda value: self._rest(value, object, operation))
        if not _is_request(value):
            return self._judged(self._judge(object, operation), value, data)
        try:
            verify(data)
        except Unreadable:
            return self._unreadable(data, None, None, lambda value: ())
        key, told, problems = self._request(value, object)
        return _report(key, told, problems, value, data)

    def _rest(self, value: Any, object: str | None, operation: Operation) -> Iterable[Problem]:
        """The problems behind a byte order mark."""
        if _is_request(value):
            return self._request(value, object)[2]
        return self._judge(object, operation).look_closely(value)

    def _request(
        self, value: Mapping[str, Any], expected: str | None
    ) -> tuple[str | None, Operation | None, list[Problem]]:
        from recordlint.requests import read_request

        request = read_request(value["method"], value["url"])
        problems = list(request.problems)
        if "body" not in value:
            problems.append(
                Problem(
                    "missing-body",
                    "the request has no body",
                    'write "body": {"properties": {…}}',
                    target="open",
                )
            )
        key = request.object
        if key is None or request.operation is None:
            return key, request.operation, problems
        if key not in self.objects:
            problems.append(Problem("unknown-object", f"no definition of {key}", self._nearest(key), ("url",)))
        elif expected is not None and key != expected:
            message = f"the URL names {key}, and the object asked for is {expected}"
            problems.append(Problem("object-mismatch", message, "check the one or the other", ("url",)))
        elif "body" in value:
            judge = self._judge(key, request.operation)
            if not judge.accepts(value["body"]):
                problems += [problem.below("body") for problem in judge.look_closely(value["body"])]
        return key, request.operation, problems

    def _unreadable(
        self,
        data: bytes,
        object: str | None,
        operation: Operation | None,
        look: Callable[[Any], Iterable[Problem]],
    ) -> Report:
        """The report of a text that is no JSON. What stands behind a mere byte order mark is judged too."""
        from recordlint.textfaults import diagnose

        faults = diagnose(data)
        problems: Iterable[Problem] = ()
        value: Any = None
        if data.startswith(BOM) and len(faults) == 1:
            value = parse(data[len(BOM) :])
            problems = look(value)
        return _report(object, operation, problems, value, data, faults)

    def require(self, key: str) -> ObjectDefinition:
        """The definition of an object.

        Raises:
            UnknownObject: there is none; its text names the nearest that there is.
        """
        definition = self.objects.get(key)
        if definition is None:
            raise UnknownObject(key, f"no definition of {key}; {self._nearest(key)}")
        return definition

    def _judge(self, object: str | None, operation: Operation) -> _Judge:
        if operation not in OPERATIONS:
            raise UsageError(f"there is no operation {operation!r}; take {' or '.join(OPERATIONS)}")
        if object is None:
            if len(self.objects) != 1:
                raise UsageError(f"name the object to judge by: {', '.join(self.objects) or 'none is defined'}")
            (object,) = self.objects
        judge = self._judges.get((object, operation))
        if judge is None:
            judge = self._judges[object, operation] = _Judge(self.require(object), operation, self.engine)
        return judge

    def _nearest(self, key: str) -> str:
        from recordlint.suggestions import nearest

        known = {each.partition(".")[2]: each for each in self.objects}
        near = nearest(key.removeprefix("custom_objects."), known)
        if near:
            return f"did you mean {' or '.join(known[each] for each in near)}?"
        return f"defined: {', '.join(self.objects) or 'none'}"


class _Judge:
    """One object and operation, its schemas made ready when they are first needed."""

    def __init__(self, definition: ObjectDefinition, operation: Operation, engine: str) -> None:
        self.definition: Final = definition
        self.operation: Final = operation
        self._engine: Final = engine
        self._clean: Final = make_engine(engine, clean_schema(definition, operation)).holds
        self._deltas: Final = {
            field.key: field.data_type == "FILE_UPLOAD" for field in definition.fields if field.data_type in DELTA_TYPES
        }

    @cached_property
    def _contract(self) -> Engine:
        return make_engine(self._engine, contract_schema(self.definition, self.operation))

    def accepts(self, body: Any) -> bool:
        """Whether there is nothing at all to report."""
        return self._clean(body) and not self._repeats(body)

    def _repeats(self, body: Mapping[str, Any]) -> bool:
        """Whether a clean body names a value in both halves of a delta, or one file twice."""
        for key in _USERS:
            delta = body.get(key)
            if type(delta) is dict and len(delta) == 2 and not set(delta["add"]).isdisjoint(delta["remove"]):
                return True
        properties = body.get("properties")
        if not properties:
            return False
        for key, files in self._deltas.items():
            delta = properties.get(key)
            if not delta:
                continue
            parts = list(delta.values()) if type(delta) is dict else [delta]
            if files:
                urls = [item["url"] for part in parts for item in part]
                if len(urls) > 1 and len(set(urls)) < len(urls):
                    return True
            elif len(parts) == 2 and not set(parts[0]).isdisjoint(parts[1]):
                return True
        return False

    def look_closely(self, body: Any) -> list[Problem]:
        """All problems of a body, with an error for every value that the contract refuses."""
        from recordlint.body import body_problems

        problems = list(body_problems(self.definition, body, self.operation))
        refusals = self._contract.refusals(body)
        if refusals:
            named = {problem.path for problem in problems if problem.severity == "error"}
            above = {path[:length] for path in named for length in range(len(path))}
            unnamed = {
                refusal.path: refusal
                for refusal in refusals
                if refusal.path not in above and not any(path in named for path in _upward(refusal.path))
            }
            problems += [
                Problem("contract", f"this breaks the contract ({refusal.keyword})", path=refusal.path)
                for refusal in unnamed.values()
            ]
        return problems


def _upward(path: Path) -> Iterator[Path]:
    """The path itself and all that lead to it."""
    return (path[:length] for length in range(len(path), -1, -1))


def _is_request(value: Any) -> bool:
    if type(value) is not dict or "method" not in value or "url" not in value:
        return False
    from recordlint.requests import is_request

    return is_request(value)


def _to_bytes(data: bytes | str) -> bytes:
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)


def _report(
    object: str | None,
    operation: Operation | None,
    problems: Iterable[Problem],
    value: Any,
    text: bytes | None,
    before: Iterable[Violation] = (),
) -> Report:
    from recordlint.assemble import make_report

    return make_report(object, operation, problems, value=value, text=text, before=tuple(before))
