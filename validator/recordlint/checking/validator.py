"""Validator: bodies, and their texts, into reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from jiter import from_json

from recordlint.checking.body_checker import Judge
from recordlint.checking.report import Report
from recordlint.contract.engines import COMPILED, ENGINES
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.reading import load_objects
from recordlint.errors import UnknownObject, UsageError
from recordlint.jsontext.parse import BOM, Unreadable, names_differ, parse, verify
from recordlint.violations import OPERATIONS, Found, Operation, Problem, Violation

if TYPE_CHECKING:
    from recordlint.requests.request import Request, Unknown

_Look = Callable[[bytes, str | None, Operation], Found]


class Validator:
    """Checks bodies by a set of object definitions. Immutable, and safe to share between threads.

    Attributes:
        objects: the definitions by key, such as `custom_objects.ticket`.
        engine: `jsonschema-rs`, or `jsonschema` for the reference.
        severity: by rule, `error`, `warning` or `off`, where it is another than the rule's own.
    """

    def __init__(
        self,
        objects: Iterable[ObjectDefinition],
        engine: str = COMPILED,
        severity: Mapping[str, str] | None = None,
    ) -> None:
        if engine not in ENGINES:
            raise UsageError(f"there is no engine {engine!r}; take {' or '.join(ENGINES)}")
        self.objects: Final[Mapping[str, ObjectDefinition]] = {each.key: each for each in objects}
        self.engine: Final = engine
        self.severity: Final[Mapping[str, str]] = dict(severity or {})
        if self.severity:
            from recordlint.rules.severities import verify_severities

            verify_severities(self.severity)
        self._judges: Final[dict[tuple[str | None, str], Judge]] = {}

    def __reduce__(self) -> tuple[type[Validator], tuple[tuple[ObjectDefinition, ...], str, Mapping[str, str]]]:
        return Validator, (tuple(self.objects.values()), self.engine, self.severity)

    @classmethod
    def from_path(
        cls, *paths: str | os.PathLike[str], engine: str = COMPILED, severity: Mapping[str, str] | None = None
    ) -> Validator:
        """A validator by the definitions in files, or in every `*.json` file of folders.

        Args:
            paths: answers of the vendor's API, saved as they are.
            engine: `jsonschema-rs`, or `jsonschema` for the reference, which is slower and gives the same report.
            severity: by rule, `error`, `warning` or `off`, where it is to be another than the rule's own.

        Raises:
            DefinitionError: a file cannot be used; it carries every fault of every file.
            UsageError: there is no such engine, rule or severity.
        """
        return cls(load_objects([os.fspath(path) for path in paths]), engine, severity)

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
        from recordlint.checking.locate import make_report
        from recordlint.jsontext.unrepresentable import not_json

        key = judge.definition.key
        problems = list(not_json(body))
        if not problems:
            if judge.accepts(body):
                return Report(key, operation)
            problems = judge.look_closely(body)
        return make_report(self._weighed(Found(key, operation, body, problems)), None)

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
        judge = self._judges.get((object, operation))
        if judge and type(data) is bytes:
            # The short way for those who ask of millions.
            try:
                body = from_json(data, catch_duplicate_keys=True, allow_inf_nan=False)
            except ValueError:
                body = None
            if judge.holds(body) and not judge.repeats(body):
                return Report(judge.definition.key, operation, text=data)
        return self._report(_to_bytes(data), self._in_text, object, operation)

    def glance(self, *, object: str | None = None, operation: Operation = "update") -> Callable[[bytes], bool]:
        """A function that tells of a file's text that there is nothing at all to report, made for millions of them.

        It costs no more than to parse the text, which may have a line ending behind it, and less where it is like those
        before. Where it gives False, `check_document` tells. Each thread needs one of its own.

        Args:
            object: the object's key for bare bodies; may be left out where only one is defined.
            operation: `update` or `create`, for bare bodies.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: there is no such operation.
        """
        if object is None and len(self.objects) != 1:
            return lambda data: False
        judge = self._judge(object, operation)
        if self.engine != COMPILED:
            return lambda data: False
        from orjson import dumps, loads

        from recordlint.checking.row_patterns import Alike

        holds, repeats = judge.holds, judge.repeats
        alike = Alike(judge.clean)
        tells, learn = alike.tells, alike.learn

        def is_clean(data: bytes) -> bool:
            if tells(data):
                return True
            try:
                value = loads(data)
            except ValueError:
                return False
            if not holds(value) or repeats(value):
                return False
            # orjson takes half of jiter's time, and keeps the last of two equal names: what it writes is shorter then.
            # Numbers beyond a double and deep nesting, which it reads otherwise too, are in no clean value.
            if dumps(value).replace(b" ", b"") != data.replace(b" ", b"").rstrip() and not names_differ(data):
                return False
            learn(data, value)
            return True

        return is_clean

    def check_row(
        self, data: bytes, line: int, *, object: str | None = None, operation: Operation = "update"
    ) -> Report:
        """Judge one line of a file as `check_document` does. Its violations have their places in that line.

        Args:
            data: the bytes of the line.
            line: its number, from 1.
            object: the object's key for a bare body; may be left out where only one is defined.
            operation: `update` or `create`, for a bare body.

        Raises:
            UnknownObject: no definition has the key that was given.
            UsageError: there is no such operation, or a bare body and no object to judge it by.
        """
        return self._report(data, self._in_document, object, operation, line)

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
        return self._report(_to_bytes(data), self._in_document, object, operation)

    def check_request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        *,
        unknown: Unknown = "refuse",
    ) -> Report:
        """Judge a request as it is about to be sent: its URL, the header that says what the body is, and the body.

        Pointers begin with `/url`, `/headers` or `/body`; the places of the last are those in the body's text. A
        request that writes no record is not judged: its report is empty, with None for object and operation.

        Args:
            method: `PUT` or `POST` write records; all others pass.
            url: as it is sent, percent-encoded; absolute or the path and query alone. `…/objects/{key}/records` may
                have the path of a proxy before it.
            headers: values by name, in any case.
            body: the bytes, or str, that are sent; what else it is, is taken as a parsed body. None or empty bytes
                for no body.
            unknown: `pass` lets through what is written to an object that has no definition; `refuse` makes it an
                error.

        Raises:
            UsageError: `unknown` is neither.
        """
        if unknown not in ("refuse", "pass"):
            raise UsageError(f"unknown is 'refuse' or 'pass', not {unknown!r}")
        from recordlint.requests.request import read_request, writes_record

        if not writes_record(method, url):
            return Report(None, None)
        request = read_request(method, url, headers, proxied=True)
        if unknown == "pass" and self._is_foreign(request):
            return Report(request.object, request.operation)
        from recordlint.checking.locate import make_request_report

        text = _to_bytes(body) if isinstance(body, str | bytes | bytearray | memoryview) else None
        around, inside = self._in_request(request, body if text is None else text)
        return make_request_report(around, inside, text, partial(self._request_violations, request))

    def _is_foreign(self, request: Request) -> bool:
        """Whether a request is about an object that exists, as far as its key tells, and has no definition."""
        if request.object is None:
            return any(problem.rule == "standard-object" for problem in request.problems)
        return request.object not in self.objects

    def _in_request(self, request: Request, body: Any) -> tuple[Found, Found]:
        """What is found around a request's body, and in it; bytes are its text."""
        from recordlint.jsontext.unrepresentable import not_json
        from recordlint.requests.request import is_form, missing_body

        judge, problems = self._addressed(request, None)
        is_missing = body is None or body == b""
        if is_missing:
            problems.append(missing_body())
        around = self._weighed(Found(request.object, request.operation, problems=problems))
        inside = Found(request.object, request.operation)
        if judge and not is_missing and not is_form(around.problems):
            if isinstance(body, bytes):
                inside = self._in_text(body, judge.definition.key, judge.operation)
            else:
                inside = inside._replace(value=body, problems=list(not_json(body)) or judge.look_closely(body))
        return around, self._weighed(inside)

    def _request_violations(self, request: Request, data: bytes) -> Sequence[Violation]:
        """All violations of a request with another body."""
        from recordlint.checking.locate import request_violations

        return request_violations(*self._in_request(request, data), data)

    def _report(self, data: bytes, look: _Look, object: str | None, operation: Operation, line: int = 1) -> Report:
        """The report of a text, of which the first line is `line`."""
        found = self._weighed(look(data, object, operation))
        if not found.problems and not found.faults:
            return Report(found.object, found.operation, text=data)
        from recordlint.checking.locate import make_report

        return make_report(found, data, partial(self._violations, look, object, operation), line)

    def _violations(self, look: _Look, object: str | None, operation: Operation, data: bytes) -> Sequence[Violation]:
        """All violations of a text."""
        from recordlint.checking.locate import violations

        return violations(self._weighed(look(data, object, operation)), data)

    def _weighed(self, found: Found) -> Found:
        """What was found, by the severities that were asked for."""
        if not self.severity or not found.problems:
            return found
        from recordlint.rules.severities import weighed

        return found._replace(problems=weighed(found.problems, self.severity))

    def _in_text(self, data: bytes, object: str | None, operation: Operation) -> Found:
        """What a body's text holds."""
        judge = self._judge(object, operation)
        try:
            body = parse(data)
        except Unreadable:
            return _unreadable(judge.definition.key, operation, data, judge.look_closely)
        return _judged(judge, body, data)

    def _in_document(self, data: bytes, object: str | None, operation: Operation) -> Found:
        """What a file's text holds: a body, or a whole request."""
        if object is not None:
            self._judge(object, operation)
        try:
            value = parse(data)
        except Unreadable:
            return _unreadable(object, operation, data, lambda value: self._rest(value, object, operation))
        if not _is_request(value):
            return _judged(self._judge(object, operation), value, data)
        return self._of_document(value, data, object, operation)

    def _of_document(self, value: Any, data: bytes, object: str | None, operation: Operation) -> Found:
        """What a file's value holds, if it is not clean at first sight."""
        if not _is_request(value):
            return _looked_at(self._judge(object, operation), value, data)
        try:
            verify(data)
        except Unreadable:
            return _unreadable(None, None, data, lambda value: [])
        key, told, problems = self._request(value, object)
        return Found(key, told, value, problems)

    def _rest(self, value: Any, object: str | None, operation: Operation) -> list[Problem]:
        """The problems behind a byte order mark."""
        if _is_request(value):
            return self._request(value, object)[2]
        return self._judge(object, operation).look_closely(value)

    def _request(
        self, value: Mapping[str, Any], expected: str | None
    ) -> tuple[str | None, Operation | None, list[Problem]]:
        from recordlint.requests.request import missing_body, read_request

        request = read_request(value["method"], value["url"], value.get("headers"))
        judge, problems = self._addressed(request, expected)
        if "body" not in value:
            problems.append(missing_body())
        elif judge and not judge.accepts(value["body"]):
            problems += [problem.below("body") for problem in judge.look_closely(value["body"])]
        return request.object, request.operation, problems

    def _addressed(self, request: Request, expected: str | None) -> tuple[Judge | None, list[Problem]]:
        """What judges a request's body, and the problems of all but its body."""
        problems = list(request.problems)
        key = request.object
        if key is None or request.operation is None:
            return None, problems
        if key not in self.objects:
            problems.append(Problem("unknown-object", f"no definition of {key}", self._nearest(key), ("url",)))
        elif expected is not None and key != expected:
            message = f"the URL names {key}, and the object asked for is {expected}"
            problems.append(Problem("object-mismatch", message, "check the one or the other", ("url",)))
        else:
            return self._judge(key, request.operation), problems
        return None, problems

    def require(self, key: str) -> ObjectDefinition:
        """The definition of an object.

        Raises:
            UnknownObject: there is none; its text names the nearest that there is.
        """
        definition = self.objects.get(key)
        if definition is None:
            raise UnknownObject(key, f"no definition of {key}; {self._nearest(key)}")
        return definition

    def _judge(self, object: str | None, operation: Operation) -> Judge:
        if operation not in OPERATIONS:
            raise UsageError(f"there is no operation {operation!r}; take {' or '.join(OPERATIONS)}")
        judge = self._judges.get((object, operation))
        if judge is None:
            judge = Judge(self.require(self._only() if object is None else object), operation, self.engine)
            self._judges[object, operation] = self._judges[judge.definition.key, operation] = judge
        return judge

    def _only(self) -> str:
        if len(self.objects) != 1:
            raise UsageError(f"name the object to judge by: {', '.join(self.objects) or 'none is defined'}")
        (key,) = self.objects
        return key

    def _nearest(self, key: str) -> str:
        from recordlint.wording.suggestions import nearest

        known = {each.partition(".")[2]: each for each in self.objects}
        near = nearest(key.removeprefix("custom_objects."), known)
        if near:
            return f"did you mean {' or '.join(known[each] for each in near)}?"
        return f"defined: {', '.join(self.objects) or 'none'}"


def _is_request(value: Any) -> bool:
    if type(value) is not dict or "method" not in value or "url" not in value:
        return False
    from recordlint.requests.request import is_request

    return is_request(value)


def _to_bytes(data: bytes | bytearray | memoryview | str) -> bytes:
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)


def _judged(judge: Judge, body: Any, data: bytes) -> Found:
    """What a body that parses holds."""
    if judge.accepts(body):
        return Found(judge.definition.key, judge.operation)
    return _looked_at(judge, body, data)


def _looked_at(judge: Judge, body: Any, data: bytes) -> Found:
    """What a body that is not clean at first sight holds."""
    key, operation = judge.definition.key, judge.operation
    try:
        verify(data)
    except Unreadable:
        return _unreadable(key, operation, data, judge.look_closely)
    return Found(key, operation, body, judge.look_closely(body))


def _unreadable(
    object: str | None, operation: Operation | None, data: bytes, look: Callable[[Any], list[Problem]]
) -> Found:
    """What is wrong with a text that is no JSON. What stands behind a mere byte order mark is judged too."""
    from recordlint.jsontext.diagnose import diagnose

    faults = diagnose(data)
    if data.startswith(BOM) and len(faults) == 1:
        value = parse(data[len(BOM) :])
        return Found(object, operation, value, look(value), faults)
    return Found(object, operation, faults=faults)
