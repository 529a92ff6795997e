"""A text and its violations into the fixed text, in passes, each of them checked before it counts."""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter
from typing import TYPE_CHECKING, Final

from recordlint.jsontext.parse import is_json
from recordlint.jsontext.syntax_errors import apart
from recordlint.violations import Edit, FixedText, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Recheck = Callable[[bytes], Sequence[Violation]]


def apply_fixes(data: bytes, violations: Sequence[Violation], recheck: Recheck, *, unsafe: bool = False) -> FixedText:
    """Apply the fixes of `violations` to `data`, then those of the violations that are there now, until none is left.

    A fix counts only where the text after it has neither its violation nor a new one. Fixes that touch the same
    bytes take turns, the first in the text first.

    Fixes of a text that does not parse come first. What is wrong with its body shows only once it parses, so
    nothing but the text is compared then. What is in the wrong place or under a wrong key is checked only once it is
    moved or renamed, so such fixes count where all fixes together leave nothing new.

    Args:
        data: the text, in UTF-8.
        violations: all that `recheck` finds in it.
        recheck: all violations of a text.
        unsafe: apply also the fixes that are not safe.
    """
    data, violations, applied = _with_text_fixed(data, violations, recheck, unsafe=unsafe)
    while True:
        moved = _with_misplaced_moved(data, violations, recheck) if unsafe else None
        data, violations, count = moved or _in_passes(data, violations, recheck, None, unsafe=unsafe)
        applied += count
        if not unsafe or not count:
            return FixedText(data, applied)
        # Where something else is fixed, what is misplaced may be movable now.


TEXT_RULES: Final = ("encoding", "invalid-json", "duplicate-key")
"""What is wrong with a text itself."""
DUPLICATE: Final = "delta-duplicate"
MISNAMED: Final = ("unknown-property",)
"""Keys that are only near: where their values cannot be fixed, the rest is fixed without them."""
FLAT: Final = ("flat-body",)
MISPLACED: Final = (
    ("wrapped-body", "flat-body", "unknown-key"),
    MISNAMED,
    ("delta-key",),
    ("file-shape", "monetary-shape"),
)
"""What is in the wrong place or under a wrong key, so that it is not checked yet, from the outside to the inside."""


def _with_misplaced_moved(
    data: bytes, violations: Sequence[Violation], recheck: Recheck
) -> tuple[bytes, Sequence[Violation], int] | None:
    """The text with all fixes, those of what is misplaced first, its violations then, and how many were fixed.

    None where nothing is misplaced, or where something new is left. That the value of a field is wrong is nothing new
    where the field is only moved.
    """
    fixable = {each.rule for each in violations if each.fix}
    for layers in (MISPLACED, [each for each in MISPLACED if each != MISNAMED], [FLAT]):
        if fixable.isdisjoint(rule for rules in layers for rule in rules):
            continue
        moved, after, count = data, violations, 0
        for compared in (*[(*TEXT_RULES, *rules) for rules in layers], None):
            moved, after, more = _in_passes(moved, after, recheck, compared, unsafe=True)
            count += more
        is_moved_alone = layers == [FLAT] and len(after) <= len(violations)
        if is_moved_alone or Counter(map(_name, after)) <= Counter(map(_name, violations)):
            return moved, after, count
    return None


def _in_passes(
    data: bytes, violations: Sequence[Violation], recheck: Recheck, compared: Sequence[str] | None, *, unsafe: bool
) -> tuple[bytes, Sequence[Violation], int]:
    """The text with fixes applied until none is left, its violations then, and how many were fixed.

    Only the rules that are compared are fixed and count as new; all of them where that is None.
    """
    applied = 0
    while True:
        eligible = [each for each in violations if compared is None or each.rule in compared]
        chosen = _apart(_wanted([each for each in eligible if each.rule not in TEXT_RULES], unsafe))
        kept = _working(data, violations, recheck, [], chosen, compared)
        if not kept:
            return data, violations, applied
        data = _edited(data, kept)
        violations = recheck(data)
        applied += len(kept)


def _with_text_fixed(
    data: bytes, violations: Sequence[Violation], recheck: Recheck, *, unsafe: bool
) -> tuple[bytes, Sequence[Violation], int]:
    """The text with the fixes of what keeps it from being parsed, its violations then, and how many were fixed.

    A body that stands in it as a string is a text of its own, whose faults show only once the text around it parses.
    """
    applied = 0
    while fixed := _parseable(data, violations, recheck, unsafe=unsafe):
        data, violations, count = fixed
        applied += count
    return data, violations, applied


def _parseable(
    data: bytes, violations: Sequence[Violation], recheck: Recheck, *, unsafe: bool
) -> tuple[bytes, Sequence[Violation], int] | None:
    """The text with all fixes of its faults, or else with the safe ones; None where neither leaves fewer of them."""
    faults = [violation for violation in violations if violation.rule in TEXT_RULES]
    wanted = _wanted(faults, unsafe)
    for fixed in (wanted, [each for each in wanted if each.fix and each.fix.safe]):
        if fixed:
            text = _edited(data, fixed)
            after = recheck(text)
            if _fixes_all(after, faults, fixed, TEXT_RULES) or (is_json(text) and not is_json(data)):
                return text, after, len(fixed)
    return None


def _wanted(violations: Iterable[Violation], unsafe: bool) -> list[Violation]:
    """Those with a fix that may be applied, the safe ones first."""
    fixes = [(violation.fix.safe, violation) for violation in violations if violation.fix]
    return [each for safe, each in fixes if safe] + [each for safe, each in fixes if unsafe and not safe]


def _edits(violation: Violation) -> tuple[Edit, ...]:
    return violation.fix.edits if violation.fix else ()


def _apart(violations: Iterable[Violation]) -> list[Violation]:
    """Those whose edits do not meet the edits of one before them."""
    chosen: list[Violation] = []
    reserved: list[Edit] = []
    for violation in violations:
        edits = _edits(violation)
        if not any(_meets(edit, reserved) for edit in edits):
            chosen.append(violation)
            for edit in edits:
                insort(reserved, edit)
    return chosen


def _meets(edit: Edit, reserved: list[Edit]) -> bool:
    """Whether an edit touches a reserved one; these are sorted and apart."""
    at = bisect(reserved, edit)
    return (at > 0 and edit.start <= reserved[at - 1].end) or (at < len(reserved) and reserved[at].start <= edit.end)


def _working(
    data: bytes,
    violations: Sequence[Violation],
    recheck: Recheck,
    kept: list[Violation],
    chosen: list[Violation],
    compared: Sequence[str] | None,
) -> list[Violation]:
    """`kept`, and as many of `chosen` as fix what they should and bring nothing new where all are applied.

    Only violations of the rules that are compared count as new; all do where that is None.
    """
    if not chosen or _fixes_all(recheck(_edited(data, [*kept, *chosen])), violations, [*kept, *chosen], compared):
        return [*kept, *chosen]
    if len(chosen) == 1:
        return kept
    middle = len(chosen) // 2
    kept = _working(data, violations, recheck, kept, chosen[:middle], compared)
    return _working(data, violations, recheck, kept, chosen[middle:], compared)


def _fixes_all(
    after: Iterable[Violation],
    before: Iterable[Violation],
    fixed: Iterable[Violation],
    compared: Sequence[str] | None,
) -> bool:
    """Whether all of `fixed` is gone and nothing is new. A fixed key changes pointers, so they are not compared.

    A value that is now repeated is not new: the next pass drops the later one.
    """
    left = Counter(map(_name, before)) - Counter(map(_name, fixed))
    counted = [each for each in after if each.rule != DUPLICATE or not each.fix]
    return Counter([_name(each) for each in counted if compared is None or each.rule in compared]) <= left


def _name(violation: Violation) -> tuple[str, str]:
    return violation.rule, violation.severity


def _edited(data: bytes, violations: Iterable[Violation]) -> bytes:
    """The text with the edits of violations."""
    parts: list[bytes] = []
    at = 0
    for start, end, text in apart(edit for violation in violations for edit in _edits(violation)):
        parts += data[at:start], text.encode()
        at = end
    return b"".join([*parts, data[at:]])
