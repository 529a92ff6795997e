"""Validator: bodies, their texts, and requests into reports."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from jiter import from_json

from recordlint.checking.checkers import Arguments, Checkers
from recordlint.checking.report import Report
from recordlint.checking.texts import check_text, find_in_body, find_in_document, find_in_parsed
from recordlint.contract.engines import COMPILED, ENGINES
from recordlint.contract.operations import UPDATE, OperationName
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.reading import load_objects
from recordlint.definitions.target import Claim, to_claim
from recordlint.errors import UsageError, WrongType
from recordlint.wording.phrases import quoted

if TYPE_CHECKING:
    from recordlint.checking.deltas import Delta
    from recordlint.checking.rows import RowChecker
    from recordlint.records.record import Record
    from recordlint.requests.request import Request, Unknown
    from recordlint.violations import Violation


class Validator:
    """Checks bodies by a set of object definitions. Immutable, and safe to share between threads.

    Attributes:
        objects: the definitions by key, such as `custom_objects.ticket`.
        engine: `jsonschema-rs`, or `jsonschema` for the reference.
        severity: by `RULE` or `RULE:FIELD`, `error`, `warning` or `off`, where it is not the rule's own.
        phone_region: the region of phone numbers without a country code, such as `US`; None for no region.
        checkers: what checks a body, for the other parts of recordlint.

    Raises:
        DefinitionError: the definitions cannot be used, such as two of one object; it carries every fault.
        UsageError: there is no such engine, rule, severity or region.
        WrongType: an argument has another type, as in every call below.
    """

    def __init__(
        self,
        objects: Iterable[ObjectDefinition],
        engine: str = COMPILED,
        severity: Mapping[str, str] | None = None,
        phone_region: str | None = None,
    ) -> None:
        if not isinstance(engine, str):
            raise WrongType(f"engine takes {' or '.join(map(repr, ENGINES))}, not {type(engine).__name__}")
        if engine not in ENGINES:
            raise UsageError(f"there is no engine {quoted(engine)}; use {' or '.join(ENGINES)}")
        self.severity: Final = _to_severities(severity)
        self.phone_region: Final = _to_region(phone_region)
        self.checkers: Final = Checkers(objects, engine, self.severity, self.phone_region)
        self.objects: Final = self.checkers.objects
        self.engine: Final = engine

    def __reduce__(self) -> tuple[type[Validator], Arguments]:
        return Validator, (tuple(self.objects.values()), self.engine, self.severity, self.phone_region)

    @classmethod
    def from_path(
        cls,
        *paths: str | os.PathLike[str],
        engine: str = COMPILED,
        severity: Mapping[str, str] | None = None,
        phone_region: str | None = None,
    ) -> Validator:
        """A validator that reads the definitions in files, or in every `*.json` file of folders.

        Args:
            paths: answers of the vendor's API, saved as they are.
            engine: `jsonschema-rs`, or `jsonschema` for the reference, which is slower and gives the same report.
            severity: by `RULE` or `RULE:FIELD`, `error`, `warning` or `off`, where it is not to be the rule's own.
            phone_region: the region of phone numbers without a country code: two letters, such as `US`.

        Raises:
            DefinitionError: a file cannot be used; it carries every fault of every file.
            UsageError: there is no such engine, rule, severity or region.
        """
        return cls(load_objects([_to_path(path, "from_path") for path in paths]), engine, severity, phone_region)

    def check(self, body: Any, *, object: str | None = None, operation: OperationName = "update") -> Report:
        """Judge a parsed body, as `json.loads` gives it. Its violations have no place.

        Args:
            body: dicts, lists, strings, numbers, booleans and None; anything else in it is `invalid-json`.
            object: the object's key; may be left out where only one is defined.
            operation: `update` or `create`.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: there is no such operation, or no object is named where several are defined.
        """
        checker = self.checkers.get(to_claim(object, operation))
        from recordlint.checking.findings import Findings, with_severities
        from recordlint.checking.locate import make_report
        from recordlint.jsontext.unrepresentable import unrepresentable

        problems = list(unrepresentable(body))
        if not problems:
            if checker.is_clean(body):
                return Report(checker.claim)
            problems = checker.problems(body)
        return make_report(with_severities(Findings(checker.claim, body, problems), self.severity), None)

    def check_json(
        self, data: bytes | str, *, object: str | None = None, operation: OperationName = "update"
    ) -> Report:
        """Judge a body's JSON text: as `check` does, and by the rules of the text, with places.

        Args:
            data: the text; str is taken as its UTF-8.
            object: the object's key; may be left out where only one is defined.
            operation: `update` or `create`.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: there is no such operation, or no object is named where several are defined.
        """
        try:
            checker = self.checkers.made.get((object, operation, self.phone_region))
        except TypeError:
            checker = None  # what cannot be hashed is no key, which the long way says
        findings = None
        if checker and type(data) is bytes:
            # The short way for those who check millions.
            try:
                body = from_json(data, catch_duplicate_keys=True, allow_inf_nan=False)
            except ValueError:
                pass
            else:
                if checker.is_clean(body):
                    return Report(checker.claim, text=data)
                findings = find_in_parsed(checker, body, data)
        claim = to_claim(object, operation)
        return check_text(self.checkers, _to_bytes(data, "check_json"), claim, find_in_body, findings=findings)

    def check_document(
        self, data: bytes | str, *, object: str | None = None, operation: OperationName = "update"
    ) -> Report:
        """Judge the text of a file: a bare body, or a whole request, which names its object and operation itself.

        A whole request is an object with a string `method` and a string `url`, whatever else it holds. Its body is in
        `body`, `data` or `json`, as an object or as JSON text. A request for another object than `object` is an error
        in the report.

        Args:
            data: the text; str is taken as its UTF-8.
            object: the object's key for a bare body; may be left out where only one is defined.
            operation: `update` or `create`, for a bare body.

        Raises:
            UnknownObject: no definition has the key that was given.
            UsageError: there is no such operation, or a bare body and no object to judge it by.
        """
        return check_text(
            self.checkers, _to_bytes(data, "check_document"), to_claim(object, operation), find_in_document
        )

    def check_rows(
        self,
        rows: str | os.PathLike[str] | BinaryIO | Iterable[bytes | str],
        *,
        object: str | None = None,
        operation: OperationName = "update",
    ) -> Iterator[tuple[int, Report]]:
        """Check rows, one document per line, in the order of the lines. Clean rows have a report too.

        It is made for millions of rows: one with the shape of those before costs less than to parse it. Places are
        those in the file, where lines count from 1. A blank line is no row.

        Args:
            rows: the path of a file, which is unpacked if its name ends in `.gz`; an open file; or lines. Each line is
                held in memory whole.
            object: the object's key for bare bodies; may be left out where only one is defined.
            operation: `update` or `create`, for bare bodies.

        Yields:
            The line's number and the row's report. Its `text` is the row without the newline.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: there is no such operation. WrongType if `rows` is none of these. While rows are read: there is
                a bare body, and no object to check it by.
            InputError: the file cannot be opened. While rows are read: it cannot be read to its end.

        Example:
            >>> wrong = [line for line, report in validator.check_rows("rows.ndjson") if not report.valid]
        """
        from recordlint.checking.rows import RowChecker

        checker = RowChecker(self.checkers, to_claim(object, operation))
        if isinstance(rows, str | os.PathLike):
            from recordlint.files.lines import read_lines

            return _check_rows(checker, read_lines(_to_path(rows, "check_rows")))
        if isinstance(rows, bytes | bytearray | memoryview | Mapping) or not isinstance(rows, Iterable):
            raise WrongType(f"check_rows takes a path, an open file or lines, not {type(rows).__name__}")
        return _check_rows(checker, rows)

    def check_request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        *,
        unknown: Unknown = "refuse",
    ) -> Report:
        """Judge a request as it is about to be sent: its URL, the headers that say how it is read, and the body.

        Pointers begin with `/url`, `/headers` or `/body`; the places of the last are those in the body's text. A
        request that writes no record is not judged: its report is empty, with None for object and operation. A write
        whose URL is spelled in an unusual way is judged too, and the spelling is an error; so is a URL that cannot be
        read.

        Args:
            method: `PUT` or `POST` write records; all others pass.
            url: as it is sent, percent-encoded; absolute or the path and query alone. `…/objects/{key}/records` may
                have the path of a proxy before it.
            headers: values by name, in any case.
            body: the bytes or str that are sent; anything else is a parsed body. None or empty bytes for no body.
            unknown: `pass` lets through a write to an object that has no definition; `refuse` makes it an error.

        Raises:
            UsageError: `unknown` is neither.
        """
        if not isinstance(unknown, str):
            raise WrongType(f"unknown is 'refuse' or 'pass', not {type(unknown).__name__}")
        if unknown not in ("refuse", "pass"):
            raise UsageError(f"unknown is 'refuse' or 'pass', not {quoted(unknown)}")
        for name, value in (("method", method), ("url", url)):
            if not isinstance(value, str):
                raise WrongType(f"check_request takes a str as its {name}, not {type(value).__name__}")
        if headers is not None and not isinstance(headers, Mapping):
            raise WrongType(f"check_request takes headers as a mapping of values by name, not {type(headers).__name__}")
        from recordlint.requests.request import read_request
        from recordlint.requests.routes import writes_record

        if not writes_record(method, url):
            return Report(Claim())
        request = read_request(method, url, headers, objects=self.objects, proxied=True)
        from recordlint.checking.locate import make_request_report
        from recordlint.checking.requests import find_in_request, is_foreign

        if unknown == "pass" and is_foreign(self.checkers, request):
            return Report(request.claim)
        text = _to_bytes(body, "body") if isinstance(body, str | bytes | bytearray | memoryview) else None
        around, inside = find_in_request(self.checkers, request, body if text is None else text)
        return make_request_report(around, inside, text, partial(self._request_violations, request))

    def apply(
        self, record: Record | Mapping[str, Any], body: Any, *, object: str | None = None
    ) -> tuple[Record, Report]:
        """The record after an update, and a report of the body as `check` makes one, with what only the record shows.

        That is: more values than the record can hold after the change, values to remove that are not there, and values
        that change nothing. The record stays as it is where the report has an error, since the service refuses such a
        body.

        Args:
            record: as the service answers it: `{"record": {…}}`, or the record alone.
            body: the body of the update: bytes or str are its JSON text; anything else is a parsed body.
            object: the object's key; may be left out where only one is defined.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: this is no record of the object, or no object is named where several are defined.

        Example:
            >>> after, report = validator.apply(answer, {"properties": {"priority": "high"}})
            >>> after.to_dict()
        """
        from recordlint.checking.records import apply
        from recordlint.records.record import Record

        stored = record if isinstance(record, Record) else Record.from_dict(record)
        given = _to_bytes(body, "apply") if isinstance(body, str | bytes | bytearray | memoryview) else body
        return apply(self.checkers, stored, given, to_claim(object, UPDATE.name))

    def delta(
        self,
        current: Record | Mapping[str, Any],
        wanted: Any,
        *,
        object: str | None = None,
        only: Collection[str] | None = None,
        keep_missing: bool = False,
    ) -> Delta:
        """The smallest update that turns one record into another.

        The wanted record is checked first, value by value. Where it has an error, the body is empty.

        Args:
            current: as the service answers it: `{"record": {…}}`, or the record alone.
            wanted: as an answer would hold it, with null for a property to remove: bytes or str are JSON text, whose
                violations have places; anything else is a parsed record.
            object: the object's key; may be left out where only one is defined.
            only: property keys, keys of textbox lists, `owners` and `followers`, which alone may change; None for all.
            keep_missing: leave alone what `wanted` does not name. Otherwise that is removed.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: one of them is no record of the object, or `only` names no field of it.

        Example:
            >>> validator.delta(answer, {"properties": {"priority": "high"}}, keep_missing=True).body
            {'properties': {'priority': 'high'}}
        """
        from recordlint.checking.deltas import delta
        from recordlint.records.record import Record

        stored = current if isinstance(current, Record) else Record.from_dict(current)
        text = None
        if isinstance(wanted, str | bytes | bytearray | memoryview):
            from recordlint.records.reading import parse_record

            text = _to_bytes(wanted, "delta")
            wanted = parse_record("wanted", text)
        claim = to_claim(object, UPDATE.name)
        return delta(self.checkers, stored, wanted, claim, text=text, only=only, keep_missing=keep_missing)

    def _request_violations(self, request: Request, data: bytes) -> Sequence[Violation]:
        """All violations of a request with another body."""
        from recordlint.checking.locate import request_violations
        from recordlint.checking.requests import find_in_request

        return request_violations(*find_in_request(self.checkers, request, data), data)

    def require(self, key: str) -> ObjectDefinition:
        """The definition of an object.

        Raises:
            UnknownObject: there is none; its text names the nearest that there is.
        """
        return self.checkers.require(key)


def _check_rows(checker: RowChecker, rows: Iterable[bytes | str]) -> Iterator[tuple[int, Report]]:
    is_clean, clean_report = checker.is_clean, checker.clean_report
    for line, row in enumerate(rows, 1):
        data = row if type(row) is bytes else _to_bytes(row, "check_rows")
        if is_clean(data):
            yield line, clean_report(data.removesuffix(b"\n"))
        elif data.strip(b" \t\r\n"):
            yield line, checker.report(data.removesuffix(b"\n"), line)


def _to_bytes(data: object, name: str) -> bytes:
    if isinstance(data, str):
        return str.encode(data, "utf-8", "surrogatepass")
    if isinstance(data, bytes | bytearray | memoryview):
        return bytes(data)
    raise WrongType(
        f"{name} takes JSON text, which is bytes or str, not {type(data).__name__}; for a parsed body, call check"
    )


def _to_path(path: object, name: str) -> str:
    text = os.fsdecode(path) if isinstance(path, str | os.PathLike) else None
    if text is None:
        raise WrongType(f"{name} takes paths of files, not {type(path).__name__}")
    return text


def _to_region(region: str | None) -> str | None:
    if region is None:
        return None
    from recordlint.contract.phone_regions import to_region

    return to_region(region)


def _to_severities(severity: object) -> Mapping[str, str]:
    if severity is None:
        return {}
    if not isinstance(severity, Mapping) or not all(
        isinstance(each, str) for pair in severity.items() for each in pair
    ):
        raise WrongType("severity takes a mapping of severities by rule, such as {'no-op': 'off'}")
    if not severity:
        return {}
    from recordlint.rules.severities import verify_severities

    verify_severities(severity)
    return dict(severity)
