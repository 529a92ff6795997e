"""The quick test of whole requests: whether there is nothing to report about one, given its parsed text.

Most URLs, headers and bodies are plain, and a few comparisons show that nothing is wrong with them. Any other request
is read as the close look reads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from jiter import from_json

from recordlint.checking.body_checker import BodyChecker
from recordlint.checking.checkers import Checkers
from recordlint.checking.row_patterns import Around, RowPatterns
from recordlint.contract.operations import LOCATION, METHODS, Operation
from recordlint.definitions.model import BUSINESS, PREFIX
from recordlint.definitions.target import Claim
from recordlint.requests.headers import header_problems
from recordlint.requests.locations import location_problems, parameters
from recordlint.requests.request import read_request
from recordlint.requests.routes import RECORD_ID
from recordlint.requests.whole import WholeRequest, is_request, read_whole

_BASE: Final = r"(?:https?://[A-Za-z0-9.-]+(?::[0-9]+)?|\{\{[^{}/?#]*\}\}|\$\{[^{}/?#]*\})?"
"""Where a plain URL begins: a host, or what tools write for it."""
_LOCATION: Final = re.compile(f"{LOCATION}=[A-Za-z0-9_-]+")
_OBJECT: Final = rf"(?P<object>{re.escape(PREFIX)}[a-z0-9_]+|{BUSINESS})"


class CleanRequests:
    """Tells which rows are clean requests. It learns from the rows before."""

    def __init__(self, checkers: Checkers, asked: Claim) -> None:
        """Prepare to judge.

        Args:
            checkers: judge the bodies.
            asked: the object that was asked for, if any, and the region of its phone numbers.
        """
        self._checkers: Final = checkers
        self._asked: Final = asked
        self._bodies: Final[dict[Claim, _Bodies]] = {}

    def matches(self, row: bytes) -> bool:
        """Whether a row has a shape that was learnt, which means that it is clean."""
        return any(bodies.rows.matches(row) for bodies in self._bodies.values())

    def find_claim(self, value: Any) -> Claim | None:
        """What a parsed document is for if it is a clean request; None for anything else.

        Whether the text has a name twice, or is nested too deep, is not seen.
        """
        if not is_request(value):
            return None
        whole = read_whole(value)
        claim = _address(whole, self._checkers)
        if claim is None or claim.object not in self._checkers.objects:
            return None
        if self._asked.object not in (None, claim.object):
            return None
        bodies = self._bodies.get(claim)
        if bodies is None:
            checker = self._checkers.get(claim._replace(phone_region=self._asked.phone_region))
            bodies = self._bodies[claim] = _Bodies(checker)
        body = whole.body
        return claim if (bodies.is_clean_text(body) if type(body) is str else bodies.is_clean(body)) else None

    def learn(self, row: bytes, request: Mapping[str, Any], claim: Claim) -> None:
        """Count a row that is a clean request.

        Args:
            row: the row's bytes.
            request: the row, parsed.
            claim: what it is for.
        """
        bodies = self._bodies[claim]
        if not bodies.rows.learns or claim.operation is None:
            return
        whole = read_whole(request)
        is_plain = _plain_url(claim.operation).fullmatch(whole.url)
        varying = {"url": _any_record(whole.url)} if is_plain else {}
        member, is_text = str(whole.body_path[0]), type(whole.body) is str
        around = Around(request, member, varying, bodies.matches_text if is_text else None)
        bodies.rows.learn(row, {} if is_text else whole.body, around)


class _Bodies:
    """Judges the bodies of requests with one claim."""

    def __init__(self, checker: BodyChecker) -> None:
        self.is_clean: Final = checker.is_clean
        self.rows: Final = RowPatterns(checker.clean, checker.hiding)
        """Patterns of whole rows."""
        self._texts: Final = RowPatterns(checker.clean, checker.hiding)
        """Patterns of bodies that stand in rows as JSON text."""
        self.matches_text: Final = self._texts.matches

    def is_clean_text(self, text: str) -> bool:
        """Whether there is nothing to report about a body's JSON text."""
        data = text.encode()
        if self._texts.matches(data):
            return True
        try:
            body = from_json(data, catch_duplicate_keys=True, allow_inf_nan=False)
        except ValueError:
            return False
        if not self.is_clean(body):
            return False
        self._texts.learn(data, body)
        return True


def _address(whole: WholeRequest, checkers: Checkers) -> Claim | None:
    """What a request is for, if there is nothing to report around its body."""
    operation = METHODS.get(whole.method)
    match = _plain_url(operation).fullmatch(whole.url) if operation else None
    if operation is None or match is None:
        request = read_request(whole.method, whole.url, whole.headers, whole.queries, objects=checkers.objects)
        return None if request.problems else request.claim
    query = match["query"] or ""
    if whole.queries or not (_LOCATION.fullmatch(query) if operation.location == "query" else not query):
        for _ in location_problems(operation, parameters(query, whole.queries)):
            return None
    for _ in header_problems(whole.headers):
        return None
    return Claim(match["object"], operation)


@cache
def _plain_url(operation: Operation) -> re.Pattern[str]:
    """The URLs of an operation that everyone reads in the same way, but for their query."""
    parts = {"{customObjectKey}": _OBJECT, "{recordId}": RECORD_ID.pattern}
    path = "/".join([parts.get(step) or re.escape(step) for step in operation.path.split("/")])
    return re.compile(rf"{_BASE}{path}(?:\?(?P<query>[A-Za-z0-9=&_-]*))?")


def _any_record(url: str) -> str:
    """A pattern of a plain URL with any record's id in it."""
    parts = re.split(rf"(?<=/){RECORD_ID.pattern}(?=\?|\Z)", url)
    return RECORD_ID.pattern.join(map(re.escape, parts))
