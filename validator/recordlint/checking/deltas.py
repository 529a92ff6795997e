"""The update from one record to another, once the wanted record is checked value by value."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from recordlint.checking.body_checker import BodyChecker
from recordlint.checking.checkers import Checkers
from recordlint.checking.findings import Findings, with_severities
from recordlint.checking.locate import make_report
from recordlint.checking.records import verify_object
from recordlint.checking.report import Report
from recordlint.contract.operations import CREATE, LOCATION, OWNERS, PROPERTIES, UPDATE, USERS
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.target import Claim
from recordlint.errors import UsageError, WrongType
from recordlint.fieldtypes._halves import ADD, REMOVE
from recordlint.problems.pointers import Path, Step
from recordlint.problems.problem import Problem
from recordlint.records.delta import difference
from recordlint.records.problems import is_same
from recordlint.records.record import FOLLOWERS, Record, unwrapped
from recordlint.records.values import identity, stored_values
from recordlint.wording.phrases import quoted

META: Final = "meta"
"""What answers hold of a file beside its URL and name, and no body may."""
NOT_ABOUT_VALUES: Final = frozenset({"missing-property", "missing-location", "no-op"})
"""Rules of new records that do not mind a record as it is wanted."""


class Delta(NamedTuple):
    """The update from one record to another."""

    body: Mapping[str, Any]
    """Empty where nothing differs, and where the wanted record has errors."""
    report: Report
    """Of the wanted record: what is wrong in it, and what no update can change."""
    removed: tuple[str, ...] = ()
    """What goes because the wanted record does not name it: property keys, `owners`, `followers`."""
    left_out: int = 0
    """How many changes no update can make. Each is a warning of the report."""


def delta(
    checkers: Checkers,
    current: Record,
    wanted: object,
    claim: Claim,
    *,
    text: bytes | None = None,
    only: Collection[str] | None = None,
    keep_missing: bool = False,
) -> Delta:
    """The smallest update that turns a record into another.

    Args:
        checkers: judge the values.
        current: as it is stored.
        wanted: as an answer would hold it, with null for what is to be removed.
        claim: what both are.
        text: the JSON text of `wanted`, for places.
        only: what alone may change; None for all.
        keep_missing: leave alone what `wanted` does not name.

    Raises:
        UnknownObject: no definition has the claim's object.
        UsageError: one of them is no record of it, or `only` names no field of it.
    """
    checker = checkers.get(claim._replace(operation=CREATE))
    definition = checker.target.object
    value = wanted.to_dict() if isinstance(wanted, Record) else wanted
    above, _ = unwrapped(value)
    record = Record.from_dict(value)
    for each in (current, record):
        verify_object(each, definition)
    _verify_names(only, definition)
    claimed = claim._replace(object=definition.key)
    body = _as_new(record, definition, only)
    listed = [] if checker.is_clean(body) else checker.problems(body)
    kept = [each for each in listed if not _is_settled(each, current, record, definition)]
    problems = [_spelled(each, record).below(*above) for each in kept]
    if any(each.severity == "error" for each in problems):
        report = make_report(with_severities(Findings(claimed, value, problems), checkers.severity), text)
        # What is no error by the configuration still cannot be written.
        return Delta({}, make_report(Findings(claimed, value, problems), text) if report.valid else report)
    change = difference(current, record, definition, only=only, keep_missing=keep_missing)
    written, unwritten = _without_errors(checkers.get(claim._replace(operation=UPDATE)), change.body, record)
    left_out = [each.below(*above) for each in (*change.problems, *unwritten)]
    report = make_report(with_severities(Findings(claimed, value, [*problems, *left_out]), checkers.severity), text)
    return Delta(written if report.valid else {}, report, tuple(change.removed), len(left_out))


def _without_errors(
    checker: BodyChecker, body: Mapping[str, Any], wanted: Record
) -> tuple[Mapping[str, Any], list[Problem]]:
    """A body without the removals that the service would refuse, and what is said of each.

    What is stored may be what no body may name, such as a URL with white space.
    """
    if not body or checker.is_clean(body):
        return body, []
    wrong = {each.path for each in checker.problems(body) if each.severity == "error"}
    wrong = {path for path in wrong if REMOVE in path}
    if not wrong:
        return body, []
    written: dict[str, Any] = {}
    problems = []
    for path, delta in _deltas(body):
        key = str(path[-1])
        kept = {
            half: [each for index, each in enumerate(values) if not _is_wrong((*path, half, index), wrong)]
            for half, values in delta.items()
        }
        kept = {half: values for half, values in kept.items() if values}
        if kept != delta:
            message = f"a stored value of {key} is what no update may name, so it cannot be removed alone"
            at = path if path[0] == PROPERTIES and key in (wanted.answer.get(PROPERTIES) or {}) else ()
            problems.append(
                Problem("stale-value", message, "leave it, or clear the field with null", at, severity="warning")
                if at
                else Problem("stale-value", message, "leave it", (), "open", severity="warning")
            )
        written[key] = kept
    merged: dict[str, Any] = {}
    for key, value in body.items():
        if key == PROPERTIES:
            inner = {each: written.get(each, part) for each, part in value.items()}
            inner = {each: part for each, part in inner.items() if part != {}}
            merged |= {key: inner} if inner else {}
        elif written.get(key, value):
            merged[key] = written.get(key, value)
    return merged, problems


def _deltas(body: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, list[Any]]]]:
    """The deltas of a body, each with its path."""
    for key, value in body.items():
        parts = value.items() if key == PROPERTIES else ((key, value),)
        above: Path = (PROPERTIES,) if key == PROPERTIES else ()
        for name, part in parts:
            if isinstance(part, dict) and part.keys() <= {ADD, REMOVE}:
                yield (*above, name), part


def _is_wrong(path: Path, wrong: Collection[Path]) -> bool:
    return any(each[: len(path)] == path for each in wrong)


def _verify_names(only: Collection[str] | None, definition: ObjectDefinition) -> None:
    """Refuse to be asked for a field that is none.

    Raises:
        UsageError: a name is neither a property nor a textbox list nor one of the users' keys.
    """
    names = {*definition.by_property, *definition.by_key, *OWNERS, *FOLLOWERS}
    if isinstance(only, str) or not all(isinstance(each, str) for each in only or ()):
        raise WrongType("only takes a list of the keys of fields, as str")
    for name in only or ():
        if name not in names:
            from recordlint.wording.suggestions import nearest

            near = nearest(name, names)
            meant = f"did you mean {' or '.join(near)}?" if near else "recordlint objects lists the fields"
            raise UsageError(f"{definition.key} has no field {quoted(name)}; {meant}")


def _as_new(record: Record, definition: ObjectDefinition, only: Collection[str] | None) -> dict[str, Any]:
    """The record as a new one would be written, or what is asked for of it."""
    kept = {}
    for key, value in (record.answer.get(PROPERTIES) or {}).items():
        field = definition.by_property.get(key)
        is_asked = only is None or key in only or (field is not None and field.key in only)
        # A key that is none is wrong with null too.
        if is_asked and (value is not None or field is None):
            kept[key] = _without_meta(value)
    users = {}
    for key, names in ((OWNERS[1], OWNERS), (FOLLOWERS[0], FOLLOWERS)):
        listed = next((record.answer[name] for name in names if record.answer.get(name)), None)
        if listed and (only is None or not set(names).isdisjoint(only)):
            users[key] = [listed] if isinstance(listed, str) else list(listed)
    return {LOCATION: "-", PROPERTIES: kept, **users}


def _without_meta(value: Any) -> Any:
    """The value without what only answers hold of files."""
    if not isinstance(value, list):
        return value
    return [{key: part for key, part in each.items() if key != META} if _is_file(each) else each for each in value]


def _is_file(value: object) -> bool:
    return isinstance(value, dict) and "url" in value


def _is_settled(problem: Problem, current: Record, wanted: Record, definition: ObjectDefinition) -> bool:
    """Whether a problem is about what a record need not have, or about a value that is stored and stays."""
    if problem.rule in NOT_ABOUT_VALUES:
        return True
    top, *steps = problem.path or ("",)
    if top != PROPERTIES:
        stored: Sequence[Any] = current.owners if top in OWNERS else current.followers
        value: Any = list(wanted.owners if top in OWNERS else wanted.followers)
        return top in USERS and _stays(problem, stored, value, steps, _as_new(wanted, definition, None).get(str(top)))
    if not steps:
        return False
    key = str(steps[0])
    value = wanted.properties.get(key)
    before = current.properties.get(key)
    if value is None:
        return False
    if is_same(before, value):
        return True
    field = definition.by_property.get(key)
    if field is None or not field.has_several_values or not isinstance(value, list):
        return False
    return _stays(problem, stored_values(current.properties, field), value, steps[1:], value)


def _stays(problem: Problem, stored: Sequence[Any], value: Sequence[Any], steps: Sequence[Step], listed: Any) -> bool:
    """Whether a problem of several values is about those that are stored and stay."""
    names = {identity(each) for each in stored}
    if steps and isinstance(steps[0], int):
        return identity(listed[steps[0]]) in names
    # Too many are fewer than before, or the same.
    return {identity(each) for each in value} <= names


def _spelled(problem: Problem, record: Record) -> Problem:
    """The problem, by the keys that the record itself has for its users."""
    for key, names in ((OWNERS[1], OWNERS), (FOLLOWERS[0], FOLLOWERS)):
        if problem.path[:1] == (key,):
            spelled = next((name for name in names if name in record.answer), key)
            return problem._replace(path=(spelled, *problem.path[1:]))
    return problem
