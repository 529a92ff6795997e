"""Problems into a Report: in the order of the text, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from recordlint.violations import (
    KEPT,
    LISTED_AT_MOST,
    Edit,
    Fix,
    Operation,
    Path,
    Place,
    Problem,
    Related,
    Report,
    Target,
    Violation,
    pointer,
)


def make_report(
    object: str | None,
    operation: Operation | None,
    problems: Iterable[Problem],
    *,
    value: Any,
    text: bytes | None,
    before: Sequence[Violation] = (),
) -> Report:
    """The report of a body, or of a whole request.

    Args:
        object: the object's key, where it is known.
        operation: where it is known.
        problems: by paths from `value`, in any order.
        value: what was judged.
        text: its JSON text; None for a parsed body, whose violations have no place.
        before: violations of the text itself, which stand first.
    """
    found = list(problems)
    errors = sum(problem.severity == "error" for problem in found) + len(before)
    warnings = len(found) + len(before) - errors
    listed: list[Violation] = []
    if found:
        listed = _placed(found, text) if text is not None else _unplaced(found, value)
    return Report(
        object,
        operation,
        [*before, *listed][:LISTED_AT_MOST],
        errors=errors,
        warnings=warnings,
        text=text,
    )


def _placed(problems: list[Problem], data: bytes) -> list[Violation]:
    from recordlint.places import spans, to_places

    text = data.decode()
    start = 1 if text.startswith("\ufeff") else 0
    wanted: list[tuple[Path, Target]] = [(problem.path, problem.target) for problem in problems]
    later = [problem for problem in problems if problem.earlier is not None]
    wanted += [(problem.earlier or (), problem.target) for problem in later]
    found = spans(text, wanted, start)
    order = sorted(range(len(problems)), key=lambda index: found[index][0])[:LISTED_AT_MOST]
    places = to_places(text, found)
    earlier = {id(problem): places[len(problems) + index] for index, problem in enumerate(later)}
    return [
        _violation(
            problems[index],
            places[index],
            earlier.get(id(problems[index])),
            text[found[index][0] : found[index][1]],
        )
        for index in order
    ]


def _unplaced(problems: list[Problem], value: Any) -> list[Violation]:
    if len(problems) > 1:
        problems = sorted(problems, key=lambda problem: _position(value, problem.path))
    return [_violation(problem, None, None, "") for problem in problems[:LISTED_AT_MOST]]


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


def _violation(problem: Problem, place: Place | None, earlier: Place | None, source: str) -> Violation:
    related: tuple[Related, ...] = ()
    if problem.earlier is not None:
        related = (Related(pointer(problem.earlier), "the first is here", earlier),)
    fix = None
    mend = problem.mend
    if mend and place:
        edit = Edit(place.start, place.end, mend.text.replace(KEPT, source))
        fix = Fix(mend.safe, mend.description, (edit,))
    hint = problem.hint.replace(KEPT, source)
    return Violation(problem.rule, problem.severity, pointer(problem.path), problem.message, hint, place, related, fix)
