"""Values that were never filled in: empty texts and placeholders. Each is one violation, whatever else it breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from recordlint.contract.placeholders import ENDS, NO_VALUE, is_placeholder
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.problems.pointers import Path, Step
from recordlint.problems.problem import Problem, Severity
from recordlint.rules.notes import REQUIRED

_NONE: Final[Mapping[Path, str]] = {}


def with_unfilled(field: Field, value: object, target: Target, problems: Iterator[Problem]) -> Iterator[Problem]:
    """The problems of a value, where those of an empty text or a placeholder in it say what is usually meant.

    Args:
        field: the field of the value.
        value: the value, or a part of the body that holds it.
        target: what the body is checked against.
        problems: those of the field's type, by paths from the value.
    """
    texts = _texts(value)
    return _with_texts(field, value, target, texts, problems) if texts else problems


def _with_texts(
    field: Field, value: object, target: Target, texts: Mapping[Path, str], problems: Iterator[Problem]
) -> Iterator[Problem]:
    listed = list(problems)
    at: dict[Path, list[Problem]] = defaultdict(list)
    for problem in listed:
        if problem.path in texts and problem.part == "value":
            at[problem.path].append(problem)
        else:
            yield problem
    refused = {problem.path for problem in listed if problem.severity == "error"}
    leave_out: dict[bool, str] = {}
    for path, text in texts.items():
        # Within a value of the wrong type, a text is not what is wrong.
        if at[path] or refused.isdisjoint(path[:length] for length in range(len(path))):
            is_part = bool(path)
            if is_part not in leave_out:
                leave_out[is_part] = _leave_out(field, value, target, is_part=is_part)
            yield from _unfilled(field, target, path, text, at[path], leave_out[is_part])


def _texts(value: object) -> Mapping[Path, str]:
    """The empty texts and placeholders in a value."""
    if isinstance(value, str):
        return {(): value} if _says_nothing(value) else _NONE
    if not isinstance(value, dict | list):
        return _NONE
    texts: dict[Path, str] = {}
    _add_texts(value, (), texts)
    return texts


def _add_texts(container: dict[str, Any] | list[Any], path: Path, texts: dict[Path, str]) -> None:
    members: Iterable[tuple[Step, Any]] = container.items() if isinstance(container, dict) else enumerate(container)
    for step, each in members:
        if isinstance(each, str):
            if _says_nothing(each):
                texts[*path, step] = each
        elif isinstance(each, dict | list):
            _add_texts(each, (*path, step), texts)


def _says_nothing(text: str) -> bool:
    return not text or (text[-1] in ENDS and is_placeholder(text)) or text in NO_VALUE


def _unfilled(
    field: Field, target: Target, path: Path, text: str, problems: list[Problem], leave_out: str
) -> Iterator[Problem]:
    is_required = field in target.object.required_fields and target.operation.requires_properties
    if not text:
        if problems:
            yield _empty(field, target, path, problems[0], leave_out)
        elif is_required and not path and not field.is_textbox_list:
            yield Problem(
                "missing-property",
                f"{title(field)} is required in a new record, but is an empty text",
                "write a text",
                severity="warning",
                note=REQUIRED,
            )
    elif (text in NO_VALUE and not _is_refused(problems)) or _is_option(field, text):
        yield from problems
    else:
        severity: Severity = "error" if any(each.severity == "error" for each in problems) else "warning"
        is_word = text in NO_VALUE
        what = (
            "text that a program writes when there is no value" if is_word else "a placeholder that was not filled in"
        )
        hint = leave_out if is_word else f"fill it in before you send the body, or {leave_out}"
        yield Problem("placeholder", f"{title(field)} holds {what}", hint, path, severity=severity)


def _is_refused(problems: list[Problem]) -> bool:
    """Whether the type refuses a text, and nothing else can only be meant by it."""
    return any(each.severity == "error" for each in problems) and not any(
        each.fix and each.fix.safe and not each.fix.drops for each in problems
    )


def _is_option(field: Field, text: str) -> bool:
    """Whether a text is the key or the label of an option, so that it means what it says."""
    return text in field.option_keys or text in field.keys_by_label


def _empty(field: Field, target: Target, path: Path, problem: Problem, leave_out: str) -> Problem:
    """The problem of an empty text where the type takes none."""
    if path[-1:] == ("currency",):
        return problem
    clears = not path and target.operation.null_clears
    return problem._replace(
        message=f"{title(field)} does not take an empty text",
        hint="leave it out, or write null to clear it" if clears else leave_out,
        redacted_hint=None,
        fix=None,
        note="" if path else problem.note,
    )


def _leave_out(field: Field, value: object, target: Target, *, is_part: bool) -> str:
    """What to do with a value that says nothing, so that what is left is right."""
    if field in target.object.required_fields and target.operation.requires_properties:
        return "write a value: the property is required"
    if not is_part:
        return "leave it out"
    if _items(value) > 1:
        return "remove the item"
    return f"leave {title(field)} out" + (", or write null to clear it" if target.operation.null_clears else "")


def _items(value: object) -> int:
    """How many items the arrays of a delta hold, or an array."""
    arrays = value.values() if isinstance(value, dict) else (value,)
    return sum(len(each) for each in arrays if isinstance(each, list))
