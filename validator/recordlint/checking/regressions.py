"""Bodies that were right by the old definitions and are wrong by the new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Final

from recordlint.checking.checkers import Checkers
from recordlint.checking.findings import Findings, with_severities
from recordlint.checking.report import Report
from recordlint.checking.rows import RowChecker
from recordlint.checking.texts import check_text, find_in_document, text_violations
from recordlint.definitions.target import Claim
from recordlint.jsontext.parse import read_json
from recordlint.problems.problem import Problem
from recordlint.requests.whole import is_request
from recordlint.violations import Violation


class Regressions:
    """Checks the texts of one claim by old and new definitions. Used as a RowChecker is.

    Attributes:
        claim: what bare bodies are for.
        is_clean: whether there is nothing to report about a text, which is quickly told.
    """

    def __init__(self, before: Checkers, after: Checkers, claim: Claim, *, warnings: bool) -> None:
        """Prepare to check texts.

        Args:
            before: the old definitions.
            after: the new ones, with the same severities.
            claim: what bare bodies are for. Without an object, it is the only old one.
            warnings: whether a right body that has a new warning is reported too.

        Raises:
            UsageError: several objects were defined, and the claim names none; a bare body needs one.
        """
        if claim.object is None and len(before.objects) == 1:
            claim = claim._replace(object=before.only())
        self.claim: Final = claim
        self._after: Final = after
        self._warnings: Final = warnings
        is_defined = claim.object is None or claim.object in after.objects
        was_defined = before.objects and claim.object in (None, *before.objects)
        self._then: Final = RowChecker(before, claim) if was_defined else None
        self._now: Final = RowChecker(after, claim) if is_defined else None
        self.is_clean: Final[Callable[[bytes], bool]] = self._now.is_clean if self._now else _never

    def report(self, data: bytes, line: int = 1) -> Report:
        """What is wrong with a text now, if it was right. Its first line is line `line` of its file.

        Raises:
            UsageError: the text is a bare body, and no object is named although several are defined.
        """
        if self._then is None:
            return Report(self.claim, text=data)
        then = None if self._then.is_clean(data) else self._then.report(data, line)
        if then and not then.valid:
            return Report(self.claim, text=data)
        return new_violations(then, self._report_now(data, line), warnings=self._warnings)

    def _report_now(self, data: bytes, line: int) -> Report:
        if self._now:
            return self._now.report(data, line)
        value = read_json(data)
        if is_request(value):
            # It names its object itself.
            return check_text(self._after, data, self.claim._replace(object=None), find_in_document, line)
        from recordlint.checking.locate import make_report

        problem = Problem(
            "unknown-object",
            f"there is no definition of {self.claim.object} any more",
            "take it out, or save the object's definition again",
            (),
            "open",
        )
        findings = with_severities(Findings(self.claim, value, [problem]), self._after.severity)
        return make_report(findings, data, partial(text_violations, self._after, self.claim, _nothing), line)


def new_violations(then: Report | None, now: Report, *, warnings: bool) -> Report:
    """The errors of a body that had none; with `warnings`, its new warnings too.

    Args:
        then: the report by the old definitions, without errors; None if it was clean.
        now: the report by the new ones.
        warnings: whether warnings are kept that are not in the old report.
    """
    known = {_spot(each) for each in then.violations} if then else set()
    kept = [each for each in now.violations if each.severity == "error" or (warnings and _spot(each) not in known)]
    number = len(kept) - [each.severity for each in kept].count("error")
    unlisted = {spot: count for spot, count in now.unlisted.items() if spot[1] == "error"} if now.omitted else {}
    return Report(
        now.claim,
        kept,
        errors=now.errors,
        warnings=number,
        text=now.text,
        unlisted=partial(Counter, unlisted),
    )


def _spot(violation: Violation) -> tuple[str, str]:
    return violation.rule, violation.pointer


def _nothing(checkers: Checkers, data: bytes, claim: Claim) -> Findings:
    return Findings(claim)


def _never(data: bytes) -> bool:
    return False
