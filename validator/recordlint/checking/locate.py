"""Problems into a Report: in the order of the text, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from recordlint.checking.findings import Findings
from recordlint.checking.report import Report
from recordlint.violations import (
    KEPT,
    LISTED_AT_MOST,
    Edit,
    Fix,
    Part,
    Path,
    Place,
    Problem,
    Related,
    Violation,
    pointer,
)

Recheck = Callable[[bytes], Sequence[Violation]]


def make_report(findings: Findings, text: bytes | None, recheck: Recheck | None = None, line: int = 1) -> Report:
    """The report of findings.

    Args:
        findings: those of a body, or of a whole request.
        text: its JSON text; None for a parsed body, whose violations have no place.
        recheck: all violations of another text, by the same rules: what `Report.fixed` asks.
        line: the text's first line in its file.
    """
    errors = sum(problem.severity == "error" for problem in findings.problems) + len(findings.faults)
    return Report(
        findings.claim,
        violations(findings, text, LISTED_AT_MOST, line),
        errors=errors,
        warnings=len(findings.problems) + len(findings.faults) - errors,
        text=text,
        recheck=recheck,
    )


def violations(
    findings: Findings, text: bytes | None, at_most: int | None = None, line: int = 1
) -> Sequence[Violation]:
    """The findings in the order of the text, each with its place; all of them, or the first `at_most`."""
    faults = findings.faults if line == 1 else [fault.at_line(line) for fault in findings.faults]
    if not findings.problems:
        return faults[:at_most]
    problems = list(findings.problems)
    listed = _unplaced(problems, findings.value, at_most) if text is None else _placed(problems, text, at_most, line)
    return [*faults, *listed][:at_most]


def make_request_report(around: Findings, inside: Findings, text: bytes | None, recheck: Recheck) -> Report:
    """The report of a request.

    Args:
        around: the findings in all but its body.
        inside: the findings in its body.
        text: the body's JSON text; None for a parsed body, whose violations have no place.
        recheck: all violations of the request with another text as its body.
    """
    problems = [*around.problems, *inside.problems]
    errors = sum(problem.severity == "error" for problem in problems) + len(inside.faults)
    return Report(
        around.claim,
        request_violations(around, inside, text, LISTED_AT_MOST),
        errors=errors,
        warnings=len(problems) + len(inside.faults) - errors,
        text=text,
        recheck=recheck if text is not None and problems else None,
    )


def request_violations(
    around: Findings, inside: Findings, text: bytes | None, at_most: int | None = None
) -> Sequence[Violation]:
    """A request's findings: first those around its body, without places, then those in it, with places in its text."""
    listed = [_violation(problem, None, None) for problem in around.problems]
    listed += [_below_body(violation) for violation in violations(inside, text, at_most)]
    return listed[:at_most]


def _below_body(violation: Violation) -> Violation:
    related = tuple([each._replace(pointer=f"/body{each.pointer}") for each in violation.related])
    return violation._replace(pointer=f"/body{violation.pointer}", related=related)


def _placed(problems: list[Problem], data: bytes, at_most: int | None, line: int) -> list[Violation]:
    from recordlint.jsontext.positions import spans, to_places

    text = data.decode()
    start = 1 if text.startswith("\ufeff") else 0
    wanted: list[tuple[Path, Part]] = [(problem.path, problem.part) for problem in problems]
    later = [problem for problem in problems if problem.earlier is not None]
    wanted += [(problem.earlier or (), problem.part) for problem in later]
    stretches = spans(text, wanted, start)
    order = sorted(range(len(problems)), key=lambda index: stretches[index][0])[:at_most]
    places = to_places(text, stretches, line)
    earlier = {id(problem): places[len(problems) + index] for index, problem in enumerate(later)}
    return [_violation(problems[index], places[index], earlier.get(id(problems[index]))) for index in order]


def _unplaced(problems: list[Problem], value: Any, at_most: int | None) -> list[Violation]:
    if len(problems) > 1:
        members: _Members = {}
        problems = sorted(problems, key=lambda problem: _position(value, problem.path, members))
    return [_violation(problem, None, None) for problem in problems[:at_most]]


_Members = dict[int, dict[str, tuple[int, Any]]]
"""The members of the dicts so far, by the dict's id: each with its number and its value."""


def _position(value: Any, path: Path, members: _Members) -> list[int]:
    """Where a path stands among others, in the order of the value's members."""
    position: list[int] = []
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            numbered = members.get(id(value))
            if numbered is None:
                numbered = members[id(value)] = _numbered(value)
            number, value = numbered.get(step, (len(value), None))
            position.append(number)
        elif isinstance(value, list) and isinstance(step, int):
            position.append(step)
            value = value[step]
        else:
            break
    return position


def _numbered(value: dict[Any, Any]) -> dict[str, tuple[int, Any]]:
    """The members whose key is a string. Other keys are not compared with anything: they may refuse it."""
    return {key: (number, each) for number, (key, each) in enumerate(value.items()) if type(key) is str}


def _violation(problem: Problem, place: Place | None, earlier: Place | None) -> Violation:
    related: tuple[Related, ...] = ()
    if problem.earlier is not None:
        related = (Related(pointer(problem.earlier), "the first is here", earlier),)
    fix = None
    if problem.fix and place:
        fix = Fix(problem.fix.safe, problem.fix.description, _edits(problem.fix.text, place))
    return Violation(
        problem.rule,
        problem.severity,
        pointer(problem.path),
        problem.message,
        problem.hint,
        place,
        related,
        fix,
        problem.redacted_hint,
    )


def _edits(text: str, place: Place) -> tuple[Edit, ...]:
    """`text` instead of what is there, or around it where `text` keeps it."""
    before, kept, after = text.partition(KEPT)
    if not kept:
        return (Edit(place.start, place.end, text),)
    return Edit(place.start, place.start, before), Edit(place.end, place.end, after)
