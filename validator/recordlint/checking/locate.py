"""Problems into a Report: in the order of the text, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from recordlint.checking.edits import changes, located
from recordlint.checking.findings import Findings, totals, unlisted
from recordlint.checking.report import Report
from recordlint.jsontext.positions import Span, spans, to_places
from recordlint.problems.named_tuples import new
from recordlint.problems.pointers import Path, Step, pointer
from recordlint.problems.problem import KEPT, Problem, ValueFix
from recordlint.violations import LISTED_AT_MOST, Edit, Fix, Place, Related, Violation
from recordlint.wording.phrases import as_json

Recheck = Callable[[bytes], Sequence[Violation]]

if TYPE_CHECKING:
    from recordlint.checking.embedded import Embedded

_NO_MORE: Final = ValueFix(safe=True, description="")[3:]
"""What a fix says of other parts of the text, where it says nothing."""


def make_report(findings: Findings, text: bytes | None, recheck: Recheck | None = None, line: int = 1) -> Report:
    """The report of findings.

    Args:
        findings: those of a body, or of a whole request.
        text: its JSON text; None for a parsed body, whose violations have no place.
        recheck: all violations of another text, by the same rules: what `Report.fixed` asks.
        line: the text's first line in its file.
    """
    errors, warnings = totals(findings)
    listed = violations(findings, text, LISTED_AT_MOST, line)
    return Report(
        findings.claim,
        listed,
        errors=errors,
        warnings=warnings,
        text=text,
        recheck=recheck,
        unlisted=partial(unlisted, [((), findings)], listed) if len(listed) < errors + warnings else dict,
    )


def violations(
    findings: Findings, text: bytes | None, at_most: int | None = None, line: int = 1
) -> Sequence[Violation]:
    """The findings in the order of the text, each with its place; all of them, or the first `at_most`."""
    faults = findings.faults
    if at_most is None and findings.other_faults and text is not None:
        from recordlint.jsontext.diagnose import diagnose

        faults = diagnose(text)
    if line != 1 and faults:
        faults = _at_line(faults, line)
    if not findings.problems and not findings.embedded:
        return faults[:at_most]
    problems: Sequence[Problem] = findings.problems
    if at_most is not None and len(problems) > at_most:
        problems = _first_of_each(problems, findings.value, at_most)
        problems = _in_order(problems, findings.value, has_text=text is not None)[:at_most]
    problems = [each if each.words is None else each.with_words() for each in problems]
    listed = _unplaced(problems, findings.value, at_most) if text is None else _placed(problems, text, at_most, line)
    if not faults and not findings.embedded:
        return listed
    if findings.embedded and text is not None:
        listed = sorted([*listed, *_embedded(findings.embedded, text, at_most, line)], key=_start)
    return [*faults, *listed][:at_most]


def _at_line(faults: Sequence[Violation], line: int) -> Sequence[Violation]:
    from recordlint.jsontext.repeated_keys import with_its_places

    return [with_its_places(fault.at_line(line)) for fault in faults]


def _embedded(embedded: Embedded, document: bytes, at_most: int | None, line: int) -> list[Violation]:
    from recordlint.checking.embedded import lifted

    listed = violations(embedded.findings, embedded.text, at_most)
    return lifted(listed, embedded.text, embedded.path, document, line)


def _start(violation: Violation) -> int:
    return violation.place.start if violation.place else 0


def make_request_report(around: Findings, inside: Findings, text: bytes | None, recheck: Recheck) -> Report:
    """The report of a request.

    Args:
        around: the findings in all but its body.
        inside: the findings in its body.
        text: the body's JSON text; None for a parsed body, whose violations have no place.
        recheck: all violations of the request with another text as its body.
    """
    outer, inner = totals(around), totals(inside)
    listed = request_violations(around, inside, text, LISTED_AT_MOST)
    is_cut = len(listed) < sum(outer) + sum(inner)
    return Report(
        around.claim,
        listed,
        errors=outer[0] + inner[0],
        warnings=outer[1] + inner[1],
        unlisted=partial(unlisted, [((), around), (("body",), inside)], listed) if is_cut else dict,
        text=text,
        recheck=recheck if text is not None and (around.problems or inside.problems or inside.faults) else None,
    )


def request_violations(
    around: Findings, inside: Findings, text: bytes | None, at_most: int | None = None
) -> Sequence[Violation]:
    """A request's findings: first those around its body, without places, then those in it, with places in its text."""
    listed = [_violation(problem) for problem in around.problems]
    listed += [_below_body(violation) for violation in violations(inside, text, at_most)]
    return listed[:at_most]


def _below_body(violation: Violation) -> Violation:
    related = tuple([each._replace(pointer=f"/body{each.pointer}") for each in violation.related])
    return violation._replace(pointer=f"/body{violation.pointer}", related=related)


def _placed(problems: Sequence[Problem], data: bytes, at_most: int | None, line: int) -> list[Violation]:
    text = data.decode()
    start = 1 if text.startswith("\ufeff") else 0
    stretches = spans(text, [(problem.path, problem.part) for problem in problems], start)
    starts = [first for first, _ in stretches]
    order = sorted(range(len(starts)), key=starts.__getitem__)[:at_most]
    places = to_places(text, [stretches[index] for index in order], line)
    placed: list[Violation] = []
    for index, place in zip(order, places, strict=True):
        violation = plain_violation(problems[index], place, text[slice(*stretches[index])])
        if violation is None:
            own = [(problems[index], stretches[index]) for index in order]
            return _with_others(own, places, text, start, line)
        placed.append(violation)
    return placed


def plain_violation(problem: Problem, place: Place, text: str) -> Violation | None:
    """The violation of a problem that speaks of its own part alone, as most do; None for another.

    Args:
        problem: what is wrong.
        place: where the part is.
        text: what is written there.
    """
    rule, message, hint, path, _, severity, related, fix, redacted_hint, note, _ = problem
    if related or (fix is not None and fix[3:] != _NO_MORE):
        return None
    if KEPT in hint:
        hint = hint.replace(KEPT, text)
    change = None if fix is None else _plain_fix(fix, place)
    return new(Violation, (rule, severity, pointer(path), message, hint, place, (), change, redacted_hint, note, None))


def _plain_fix(fix: ValueFix, place: Place) -> Fix:
    """A fix that writes something for the part that its problem is about, or around it, and nothing else."""
    safe, description, text, *_ = fix
    if KEPT not in text:
        edits: tuple[Edit, ...] = (new(Edit, (place.start, place.end, text)),)
    else:
        before, _, after = text.partition(KEPT)
        edits = (Edit(place.start, place.start, before), Edit(place.end, place.end, after))
    return new(Fix, (safe, description, edits))


def _with_others(
    own: list[tuple[Problem, Span]], places: Sequence[Place], text: str, start: int, line: int
) -> list[Violation]:
    """The violations of problems that mention other parts of the text, or have a fix there."""
    parts = [(each.path, each.part) for problem, _ in own for each in problem.related]
    parts += [part for problem, _ in own for part in located(problem)]
    others = list(dict.fromkeys(parts))
    span_of = dict(zip(others, spans(text, others, start), strict=True)) if others else {}
    edits = [changes(problem, text, span, span_of) for problem, span in own]
    wanted = [*span_of.values(), *[change[:2] for listed in edits for change in listed]]
    place_of = dict(zip(wanted, to_places(text, wanted, line), strict=True))
    return [
        _violation(
            _with_text(problem, text, span),
            place,
            [place_of[span_of[each.path, each.part]] for each in problem.related],
            _fix(problem.fix, [(place_of[change[:2]], change[2]) for change in listed]),
        )
        for (problem, span), place, listed in zip(own, places, edits, strict=True)
    ]


def _fix(fix: ValueFix | None, edits: Sequence[tuple[Place, str]]) -> Fix | None:
    if fix is None or not edits:
        return None
    return Fix(fix.safe, fix.description, tuple([Edit(place.start, place.end, text) for place, text in edits]))


def _in_order(problems: Sequence[Problem], value: Any, *, has_text: bool) -> list[Problem]:
    """Problems in the order of the value's members; in a text, those of a key are before those of its value."""
    members: _Members = {}
    above: dict[Path, tuple[list[int], Any]] = {}

    def order(problem: Problem) -> tuple[list[int], bool]:
        path = problem.path
        is_later = has_text and problem.part != "key"
        at = _member_of_many(path)
        outer = path[:at]
        if outer not in above:
            above[outer] = _reached(value, outer, members)
        position, inner = above[outer]
        return [*position, *_reached(inner, path[at:], members)[0]], is_later

    return sorted(problems, key=order)


def _member_of_many(path: Path) -> int:
    """Which step counts: most of very many problems are those of items, of members of items, or of members."""
    return -2 if len(path) > 2 and type(path[-2]) is int else -1


def _first_of_each(problems: Sequence[Problem], value: Any, at_most: int) -> list[Problem]:
    """The problems without those before which there are as many in the same array or object."""
    first: list[Problem] = []
    groups: dict[Path, tuple[list[Step], list[Problem]]] = {}
    for problem in problems:
        path = problem.path
        if not path:
            first.append(problem)
            continue
        at = _member_of_many(path)
        steps, group = groups.get(path[:at]) or groups.setdefault(path[:at], ([], []))
        steps.append(path[at])
        group.append(problem)
    for outer, (steps, group) in groups.items():
        inner = _reached(value, outer, {})[1] if len(group) > at_most else None
        if isinstance(inner, dict | list):
            places: dict[Step, int] = {}
            if isinstance(inner, dict):
                places = {key: at for at, key in enumerate(inner) if type(key) is str}
            numbers = [step if type(step) is int else places.get(step, len(inner)) for step in steps]
            last = sorted(numbers)[at_most - 1]
            group = [each for each, number in zip(group, numbers, strict=True) if number <= last]
        first += group
    return first


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _unplaced(problems: Sequence[Problem], value: Any, at_most: int | None) -> list[Violation]:
    if len(problems) > 1:
        problems = _in_order(problems, value, has_text=False)
    return [_violation(_with_value(problem, value)) for problem in problems[:at_most]]


def _with_value(problem: Problem, value: Any) -> Problem:
    """A problem of a parsed body with the JSON text of its value in its hint."""
    if KEPT not in problem.hint:
        return problem
    return problem._replace(hint=problem.hint.replace(KEPT, as_json(_at(value, problem.path))))


def _with_text(problem: Problem, text: str, span: Span) -> Problem:
    """A problem with its value's text in its hint."""
    if KEPT not in problem.hint:
        return problem
    return problem._replace(hint=problem.hint.replace(KEPT, text[slice(*span)]))


FEW: Final = 4
"""Members of a dict that are looked through for each of its problems."""

_Members = dict[int, dict[str, tuple[int, Any]]]
"""The members of the dicts so far, by the dict's id: each with its number and its value."""


def _reached(value: Any, path: Path, members: _Members) -> tuple[list[int], Any]:
    """Where a path stands among others, in the order of the value's members; and what it leads to, if anything."""
    position: list[int] = []
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            if len(value) <= FEW:
                number, value = _numbered_among_few(value, step)
            else:
                numbered = members.get(id(value))
                if numbered is None:
                    numbered = members[id(value)] = _numbered(value)
                number, value = numbered.get(step, (len(value), None))
            position.append(number)
        elif isinstance(value, list) and isinstance(step, int):
            position.append(step)
            value = value[step]
        else:
            return position, None
    return position, value


def _numbered_among_few(value: dict[Any, Any], step: str) -> tuple[int, Any]:
    """One member of a small dict, as a file is: to number them all takes longer."""
    for number, (key, each) in enumerate(value.items()):
        if type(key) is str and key == step:
            return number, each
    return len(value), None


def _numbered(value: dict[Any, Any]) -> dict[str, tuple[int, Any]]:
    """The members whose key is a string. Other keys are not compared with anything: they may refuse it."""
    return {key: (number, each) for number, (key, each) in enumerate(value.items()) if type(key) is str}


def _violation(
    problem: Problem, place: Place | None = None, related: Sequence[Place | None] = (), fix: Fix | None = None
) -> Violation:
    """A problem with its place, the places of what it mentions, and its fix."""
    rule, message, hint, path, _, severity, mentions, _, redacted_hint, note, _ = problem
    listed: tuple[Related, ...] = ()
    if mentions:
        there = related or (None,) * len(mentions)
        pairs = zip(mentions, there, strict=True)
        listed = tuple([Related(pointer(each.path), each.message, where) for each, where in pairs])
    return new(Violation, (rule, severity, pointer(path), message, hint, place, listed, fix, redacted_hint, note, None))
