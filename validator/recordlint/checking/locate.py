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
    """The report of what was found.

    Args:
        findings: in a body, or in a whole request.
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
    """What was found, in the order of the text, each with its place; all of it, or the first `at_most`."""
    faults = findings.faults if line == 1 else [fault.at_line(line) for fault in findings.faults]
    if not findings.problems:
        return faults[:at_most]
    problems = list(findings.problems)
    listed = _unplaced(problems, findings.value, at_most) if text is None else _placed(problems, text, at_most, line)
    return [*faults, *listed][:at_most]


def make_request_report(around: Findings, inside: Findings, text: bytes | None, recheck: Recheck) -> Report:
    """The report of a request.

    Args:
        around: what was found in all but its body.
        inside: what was found in its body.
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
    """What was found in a request: first around its body, without places, then in it, with those in its text."""
    found = [_violation(problem, None, None) for problem in around.problems]
    found += [_below_body(violation) for violation in violations(inside, text, at_most)]
    return found[:at_most]


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
    found = spans(text, wanted, start)
    order = sorted(range(len(problems)), key=lambda index: found[index][0])[:at_most]
    places = to_places(text, found, line)
    earlier = {id(problem): places[len(problems) + index] for index, problem in enumerate(later)}
    return [_violation(problems[index], places[index], earlier.get(id(problems[index]))) for index in order]


def _unplaced(problems: list[Problem], value: Any, at_most: int | None) -> list[Violation]:
    if len(problems) > 1:
        problems = sorted(problems, key=lambda problem: _position(value, problem.path))
    return [_violation(problem, None, None) for problem in problems[:at_most]]


def _position(value: Any, path: Path) -> list[int]:
    """Where a path stands among others, in the order of the value's members."""
    found = []
    for step in path:
        if isinstance(value, dict):
            found.append(list(value).index(step) if step in value else len(value))
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            found.append(step)
            value = value[step]
        else:
            break
    return found


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
    """`text` in the stead of what is there, or around it where `text` keeps it."""
    before, kept, after = text.partition(KEPT)
    if not kept:
        return (Edit(place.start, place.end, text),)
    return Edit(place.start, place.start, before), Edit(place.end, place.end, after)
