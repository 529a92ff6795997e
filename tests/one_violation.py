"""A result with one violation, with any text in it."""

from __future__ import annotations

from recordlint.checking.report import Report
from recordlint.definitions.target import Claim
from recordlint.reporters import Result, reporter
from recordlint.violations import Edit, Fix, Place, Related, Violation

PLACE = Place(1, 1, 1, 3, 0, 2)


def result(path: str = "a.json", text: str = "a sentence", source: bytes = b"{}") -> Result:
    """A result with `text` wherever a violation has text."""
    fix = Fix(True, text, (Edit(0, 2, text),))
    related = (Related(f"/{text}", text, PLACE),)
    violation = Violation("unknown-key", "error", f"/{text}", text, text, PLACE, related, fix)
    return Result(path, Report(Claim(), [violation], errors=1, text=source))


def written(name: str, result: Result) -> str:
    """The entry of a result in a format."""
    return reporter(name).entry(result)
