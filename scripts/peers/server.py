"""A small server that answers as the OpenAPI document says: bodies are judged by recordlint, and nothing is kept.

Where JSON Schema cannot say what is wrong, it takes the body: a client that knows only the document is not misled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jsonschema_rs

from recordlint import ObjectDefinition, Validator
from recordlint.contract.operations import METHODS
from recordlint.definitions.target import Target
from recordlint.export.answers import example_object, example_record
from recordlint.export.schemas import object_schema

BEYOND_SCHEMA = {"delta-overlap", "delta-duplicate", "phone-trunk-zero"}


def make_server(definitions: Sequence[ObjectDefinition]) -> ThreadingHTTPServer:
    """A server on a free port of this machine."""
    validator = Validator(definitions)
    objects = {each.key: each for each in definitions}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            definition, record = self._target()
            if definition is None or not self._is_allowed(needs_location=record is None):
                return
            answer = example_object(definition) if record is None else {"record": example_record(definition)}
            self._answer(200, answer)

        def do_PUT(self) -> None:
            self._write()

        def do_POST(self) -> None:
            self._write()

        def _write(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            data = self.rfile.read(length)
            definition, _ = self._target()
            if definition is None or not self._is_allowed(needs_location=self.command == "PUT"):
                return
            operation = METHODS[self.command].name
            report = validator.check_json(data, object=definition.key, operation=operation)
            errors = {each.rule for each in report.violations if each.severity == "error"}
            if errors - BEYOND_SCHEMA or not self._is_taken_by_schema(definition, data):
                self._refuse(422, [each.message for each in report.violations])
            else:
                self._answer(200 if self.command == "PUT" else 201, {"record": example_record(definition)})

        def _is_taken_by_schema(self, definition: ObjectDefinition, data: bytes) -> bool:
            """Whether limits hold where repeated values count too, as they do for JSON Schema."""
            schema = object_schema(Target(definition, METHODS[self.command]))
            try:
                return jsonschema_rs.is_valid(schema, json.loads(data))
            except ValueError:
                return False

        def _target(self) -> tuple[ObjectDefinition | None, str | None]:
            match = re.fullmatch(r"/objects/([^/?]+)(?:/(records)(?:/[^/?]*)?)?(?:\?.*)?", self.path)
            definition = objects.get(match[1]) if match else None
            if definition is None:
                self._refuse(404, "Not Found")
            return definition, match[2] if match else None

        def _is_allowed(self, *, needs_location: bool) -> bool:
            if not re.fullmatch("Bearer .+", self.headers.get("Authorization") or ""):
                self._refuse(401, "Unauthorized")
                return False
            has_location = re.search("[?&]locationId=[^&]", self.path) or not needs_location
            is_odd = re.search("[?&]fetchProperties=(?!(true|false)(&|$))", self.path)
            if "Version" not in self.headers or not has_location or is_odd:
                self._refuse(400, "Bad Request")
                return False
            return True

        def _refuse(self, status: int, message: Any) -> None:
            self._answer(status, {"statusCode": status, "message": message, "error": "Refused"})

        def _answer(self, status: int, answer: Any) -> None:
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)
