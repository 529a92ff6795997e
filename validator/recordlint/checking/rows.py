"""The rows of one file: a quick test passes the clean ones, and a close look reports on the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from recordlint.checking.checkers import Checkers
from recordlint.checking.report import Report
from recordlint.checking.texts import Find, check_text, find_in_body, find_in_document, find_in_value, text_violations
from recordlint.contract.engines import COMPILED
from recordlint.definitions.target import Claim
from recordlint.jsontext.parse import Unreadable, names_differ, read_json
from recordlint.problems.problem import Problem
from recordlint.violations import FixedText
from recordlint.wording.run_memory import RunMemory, remembering

if TYPE_CHECKING:
    from recordlint.checking.clean_requests import CleanRequests
    from recordlint.checking.records import FindRecord
    from recordlint.checking.row_shapes import RowShapes, Sight

_METHOD: Final = b'"method"'
"""What is in a whole request. One that spells it with escapes gets the close look."""
_NO_ROW: Final[tuple[bytes, Any, Any]] = (b"\n" * 3, None, None)
"""No row begins with its text."""


class RowChecker:
    """Checks rows as documents are checked. It learns from the rows before, so each thread needs its own.

    Attributes:
        claim: what clean bodies are for, as far as that is known. A whole request names it itself.
        is_clean: the quick test: whether there is nothing to report about a row, given its bytes with or without the
            line ending. It takes no longer than to parse the row, and less time if the row has the shape of those
            before. If it returns False, `report` tells what is wrong, if anything is.
    """

    def __init__(self, checkers: Checkers, claim: Claim, find_record: FindRecord | None = None) -> None:
        """Prepare to check rows of one claim.

        Args:
            checkers: judge them.
            claim: what bare bodies are for.
            find_record: gives the records that updates go to; None where they are not known.

        Raises:
            UnknownObject: no definition has the claim's object.
        """
        self._checkers: Final = checkers
        self._find_record: Final = find_record
        self._find: Final = _finding(find_record)
        self.claim = claim
        self._claim: Final = claim
        self._memory: Final = RunMemory()
        self._last = _NO_ROW
        self._shapes: RowShapes | None = None
        self.is_clean: Final = self._quick_test()

    def _quick_test(self) -> Callable[[bytes], bool]:
        if self._checkers.engine != COMPILED or self._find_record is not None:
            return _never
        if self._claim.object is None and len(self._checkers.objects) != 1:
            return self._is_clean_request
        checker = self._checkers.get(self._claim)
        self.claim = checker.claim
        from orjson import loads

        from recordlint.checking.row_patterns import RowPatterns
        from recordlint.checking.row_shapes import RowShapes
        from recordlint.jsontext.round_trip import is_written_as

        is_valid, hides_problem = checker.is_valid, checker.hides_problem
        patterns = RowPatterns(checker.clean, checker.hiding)
        self._shapes = shapes = RowShapes(checker, self._look, self._with_severities)
        matches, learn = patterns.matches, patterns.learn
        find = shapes.find

        def is_clean(data: bytes) -> bool:
            if matches(data):
                return True
            sight = find(data)
            if sight is not None and (sight.seeds or not patterns.learns):
                self._last = data, None, sight
                return not sight.seeds
            if _METHOD in data and self._is_clean_request(data):
                return True
            try:
                value = loads(data)
            except ValueError:
                return False
            if not is_valid(value) or hides_problem(value):
                if is_written_as(value, data):
                    self._last = data, value, None
                return False
            if not is_written_as(value, data) and not names_differ(data):
                return False
            learn(data, value)
            return True

        return is_clean

    def _is_clean_request(self, row: bytes) -> bool:
        requests = self._requests
        if requests.matches(row):
            return True
        try:
            value = read_json(row)
        except Unreadable:
            return False
        claim = requests.find_claim(value)
        if claim:
            requests.learn(row, value, claim)
        return claim is not None

    @cached_property
    def _requests(self) -> CleanRequests:
        from recordlint.checking.clean_requests import CleanRequests

        return CleanRequests(self._checkers, self._claim)

    def clean_report(self, row: bytes) -> Report:
        """The report of a clean row, given without its line ending."""
        claim = self._requests.find_claim(read_json(row)) if _METHOD in row else None
        return Report(claim or self.claim, text=row)

    def report(self, row: bytes, line: int = 1) -> Report:
        """The report of a row that is line `line` of its file.

        Raises:
            UsageError: the row is a bare body, and no object is named although several are defined.
        """
        data, value, sight = self._last
        self._last = _NO_ROW
        is_last = len(data) - len(row) <= len(b"\r\n") and data.startswith(row)
        if is_last and sight:
            return self._seen(row, sight, line)
        with remembering(self._memory):
            findings = None
            if is_last:
                findings = find_in_value(self._checkers, value, self._claim, may_be_clean=False)
            if self._shapes:
                self._shapes.learn(row, value if is_last else None)
            return check_text(self._checkers, row, self._claim, self._find, line, findings)

    def _look(self, text: bytes, body: Any) -> Report:
        """The close look at a body and its text."""
        with remembering(self._memory):
            findings = find_in_value(self._checkers, body, self.claim, may_be_clean=False)
            return check_text(self._checkers, text, self.claim, find_in_body, findings=findings)

    def _with_severities(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        severity = self._checkers.severity
        if not severity:
            return problems
        from recordlint.rules.severities import apply_severities

        return apply_severities(problems, severity)

    def _seen(self, row: bytes, sight: Sight, line: int) -> Report:
        """The report of a row whose values have been looked at before."""
        violations = sight.violations(row, line)
        errors = [each.severity for each in violations].count("error")
        recheck = partial(text_violations, self._checkers, self._claim, find_in_document)
        warnings = len(violations) - errors
        return Report(self.claim, violations, errors=errors, warnings=warnings, text=row, recheck=recheck)

    def apply_fixes(self, report: Report, *, unsafe: bool) -> FixedText:
        """A row after its fixes, given its report."""
        with remembering(self._memory):
            return report.apply_fixes(unsafe=unsafe)


def _finding(find_record: FindRecord | None) -> Find:
    if find_record is None:
        return find_in_document
    from recordlint.checking.records import finding_with_records

    return finding_with_records(find_in_document, find_record)


def _never(data: bytes) -> bool:
    return False
