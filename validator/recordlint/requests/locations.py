"""Where `locationId` stands in a request: in the query of an update, in the body of a new record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from recordlint.body.other_operation import other_operation_hint
from recordlint.body.users import odd_id
from recordlint.contract.operations import LOCATION, OPERATIONS, PROPERTIES, Operation
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Part, Problem
from recordlint.requests.placeholders import is_placeholder_in_url, placeholder
from recordlint.rules.notes import LOCATION_IN_BODY, LOCATION_IN_URL
from recordlint.wording.phrases import as_json

IN_URL: Final = "location-in-url"
IN_BODY: Final = "location-in-body"
MISSING: Final = "missing-location"
OTHER_OPERATION: Final = "other-operation"
UNFILLED: Final = ("empty-id", "null-not-allowed")
"""What is wrong with a location in the body that holds no id."""

_NOT_ONE_ID: Final = re.compile(r"[\s,;@]")


class Parameter(NamedTuple):
    """A parameter of a request's query."""

    name: str
    value: str
    path: Path
    """Where it stands in the request: at the URL, or in a member that holds parameters."""

    @property
    def part(self) -> Part:
        """What a problem of the whole parameter is about."""
        return "key" if len(self.path) > 1 else "value"


def parameters(query: str, members: Mapping[str, object]) -> Sequence[Parameter]:
    """The parameters of a request.

    Args:
        query: that of the URL, encoded.
        members: of the request, which hold more of them by name, or as the text of a query.
    """
    return [
        *_in_text(query, ("url",)),
        *[each for name, member in members.items() for each in _in_member(name, member)],
    ]


def _in_text(query: str, path: Path) -> Iterator[Parameter]:
    from urllib.parse import parse_qsl

    for name, value in parse_qsl(query, keep_blank_values=True):
        yield Parameter(name, value, path)


def _in_member(member: str, parameters: object) -> Iterator[Parameter]:
    if isinstance(parameters, str):
        yield from _in_text(parameters.removeprefix("?"), (member,))
    elif isinstance(parameters, dict):
        for name, value in parameters.items():
            # Clients leave null and empty lists out of the query.
            if value is not None and value != []:
                yield Parameter(name, _text(value), (member, name))


def _text(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return value if isinstance(value, str) else as_json(value)


def location_problems(operation: Operation, sent: Iterable[Parameter]) -> Iterator[Problem]:
    """What is wrong with the location in a request's query, as long as nothing is known of the body.

    Args:
        operation: the request's.
        sent: the parameters of its query.
    """
    listed = list(sent)
    locations = [each for each in listed if each.name == LOCATION]
    if operation.location == "body":
        for each in {each.path: each for each in locations}.values():
            message = f"the service refuses {LOCATION} in the query of a {operation.title}"
            hint = f"write {LOCATION} in the body instead"
            yield Problem("location-in-url", message, hint, each.path, each.part, note=LOCATION_IN_URL)
        return
    filled = {each.path: each for each in locations if each.value}.values()
    if not filled:
        yield Problem(
            "missing-location", f"an {operation.name} needs {LOCATION} in its URL", _missing_hint(listed), ("url",)
        )
    for each in filled:
        yield from _value_problems(each)


def _missing_hint(sent: Iterable[Parameter]) -> str:
    near = [each.name for each in sent if each.name != LOCATION and _is_meant((each.name,))]
    return f"write {LOCATION} instead of {as_json(near[0])}" if near else f"add {LOCATION}=… to the URL's query"


def _is_meant(path: Path) -> bool:
    """Whether the only step of a path is near to `locationId`."""
    from recordlint.wording.suggestions import nearest

    return len(path) == 1 and nearest(str(path[0]), [LOCATION]) == [LOCATION]


def _value_problems(location: Parameter) -> Iterator[Problem]:
    what = f"{LOCATION} in the URL"
    if is_placeholder_in_url(location.value):
        yield placeholder(what, location.path)
    elif _NOT_ONE_ID.search(location.value):
        yield odd_id(what, location.value, "location").below(*location.path)


def join(
    operation: Operation | None,
    around: Sequence[Problem],
    inside: Sequence[Problem],
    *,
    has_location: bool,
    judged: bool,
) -> tuple[list[Problem], list[Problem]]:
    """The problems of a request, where its query and its body together say what is wrong with the location.

    A location that only stands in the wrong place is one problem, whose hint says to move it.

    Args:
        operation: the request's; None if it is not known.
        around: the problems of its URL and headers.
        inside: those of its body, by paths from the body.
        has_location: whether `locationId` is in its body.
        judged: whether its body was checked, so that `inside` has all that is wrong with it.

    Returns:
        `around` and `inside`, without those that another one stands for.
    """
    outer, inner = {each.rule for each in around}, {each.rule for each in inside}
    if operation and OTHER_OPERATION in inner:
        # A flag cannot change what a request is for.
        other = next(each for each in OPERATIONS.values() if each.multi_value != operation.multi_value)
        hint = other_operation_hint(operation, other, flag=False)
        return _joined(around, (IN_URL, MISSING)), _joined(inside, (), OTHER_OPERATION, hint)
    if operation is None or outer.isdisjoint((IN_URL, MISSING)):
        if operation and operation.location == "query" and IN_BODY in inner:
            return list(around), _joined(inside, (), IN_BODY, f"leave {LOCATION} out of the body, since the URL has it")
        return list(around), list(inside)
    if operation.location == "body":
        if any(each.path == (LOCATION,) and each.rule in UNFILLED for each in inside):
            return _joined(around, (), IN_URL, f"move {LOCATION} into the body"), list(inside)
        if has_location:
            hint = f"leave {LOCATION} out of the query, since the body has it"
            return _joined(around, (), IN_URL, hint), list(inside)
        if MISSING in inner or not judged:
            return _joined(around, (), IN_URL, f"move {LOCATION} into the body"), _joined(inside, (MISSING,))
    elif any(_is_elsewhere(each) for each in inside):
        return _joined(around, (MISSING,)), list(inside)
    elif IN_BODY in inner or (has_location and not judged):
        inside = inside if judged else [_in_body(operation)]
        return _joined(around, (MISSING,)), _joined(inside, (), IN_BODY, f"move it to the URL: ?{LOCATION}=…")
    return list(around), list(inside)


def _is_elsewhere(problem: Problem) -> bool:
    """Whether a problem in the body is that of `locationId` in other words, or in `properties`."""
    if problem.rule == "unknown-property":
        return problem.path == (PROPERTIES, LOCATION)
    return problem.rule == "unknown-key" and _is_meant(problem.path)


def _in_body(operation: Operation) -> Problem:
    message = f"the service refuses {LOCATION} in the body of an {operation.name}"
    return Problem("location-in-body", message, path=(LOCATION,), part="key", note=LOCATION_IN_BODY)


def _joined(problems: Iterable[Problem], dropped: Iterable[str], rule: str = "", hint: str = "") -> list[Problem]:
    """The problems without the dropped rules, those of one rule with another hint."""
    return [each._replace(hint=hint) if each.rule == rule else each for each in problems if each.rule not in dropped]
