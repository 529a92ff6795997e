"""A text and its violations into the fixed text, in passes, each of them checked before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from recordlint.checking.edited_texts import EditedText, Stretch, edited, kept_through, without_conflicts
from recordlint.checking.working_fixes import Draft, Recheck, names, working
from recordlint.jsontext.parse import is_json
from recordlint.violations import FixedText, Violation


class Fixing(NamedTuple):
    """A text on the way to the fixed one."""

    text: bytes
    violations: Sequence[Violation]
    """What is wrong with it now."""
    applied: int
    """How many violations were fixed."""
    kept: Sequence[Stretch]
    """What is left of the text that was given."""

    def after(self, new: EditedText, violations: Sequence[Violation], applied: int) -> Fixing:
        """The same with more violations fixed."""
        return Fixing(new.text, violations, self.applied + applied, kept_through(self.kept, new.kept))


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
    fixed = fix(data, violations, recheck, unsafe=unsafe)
    return FixedText(fixed.text, fixed.applied)


def not_fixed(data: bytes, violations: Sequence[Violation]) -> Fixing:
    """A text before its fixes."""
    return Fixing(data, violations, 0, [Stretch(0, 0, len(data))])


def fix(data: bytes, violations: Sequence[Violation], recheck: Recheck, *, unsafe: bool = False) -> Fixing:
    """As `apply_fixes`, with what is left of the text."""
    recheck = _remembering_last(recheck)
    fixing = _with_text_fixed(not_fixed(data, violations), recheck, unsafe=unsafe)
    while True:
        before = fixing.applied
        moved = _with_misplaced_moved(fixing, recheck) if unsafe else None
        fixing = moved or _in_passes(fixing, recheck, None, unsafe=unsafe)
        if not unsafe or fixing.applied == before:
            return fixing
        # Where something else is fixed, what is misplaced may be movable now.


def _remembering_last(recheck: Recheck) -> Recheck:
    """The same, for which a text that is asked about twice in a row is checked once."""
    last: tuple[bytes, Sequence[Violation]] | None = None

    def check(data: bytes) -> Sequence[Violation]:
        nonlocal last
        if last is None or last[0] != data:
            last = data, recheck(data)
        return last[1]

    return check


TEXT_RULES: Final = ("encoding", "invalid-json", "duplicate-key")
"""What is wrong with a text itself."""
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


def _with_misplaced_moved(fixing: Fixing, recheck: Recheck) -> Fixing | None:
    """The text with all fixes, those of what is misplaced first.

    None where nothing is misplaced, or where something new is left. That the value of a field is wrong is nothing new
    where the field is only moved.
    """
    violations = fixing.violations
    fixable = {each.rule for each in violations if each.fix}
    for layers in (MISPLACED, [each for each in MISPLACED if each != MISNAMED], [FLAT]):
        if fixable.isdisjoint(rule for rules in layers for rule in rules):
            continue
        moved = fixing
        for compared in (*[(*TEXT_RULES, *rules) for rules in layers], None):
            moved = _in_passes(moved, recheck, compared, unsafe=True)
        is_moved_alone = layers == [FLAT] and len(moved.violations) <= len(violations)
        if is_moved_alone or names(moved.violations) <= names(violations):
            return moved
    return None


def _in_passes(fixing: Fixing, recheck: Recheck, compared: Sequence[str] | None, *, unsafe: bool) -> Fixing:
    """The text with fixes applied until none is left.

    Only the rules that are compared are fixed and count as new; all of them where that is None.
    """
    while True:
        eligible = [each for each in fixing.violations if compared is None or each.rule in compared]
        wanted = _wanted([each for each in eligible if each.rule not in TEXT_RULES], unsafe)
        chosen = without_conflicts(fixing.text, wanted)
        kept = working(Draft(fixing.text, fixing.violations, recheck, compared), [], chosen)
        if not kept:
            return fixing
        new = edited(fixing.text, kept)
        fixing = fixing.after(new, recheck(new.text), len(kept))


def _with_text_fixed(fixing: Fixing, recheck: Recheck, *, unsafe: bool) -> Fixing:
    """The text with the fixes of what keeps it from being parsed.

    A body that stands in it as a string is a text of its own, whose faults show only once the text around it parses.
    """
    while parseable := _parseable(fixing, recheck, unsafe=unsafe):
        fixing = parseable
    return fixing


def _parseable(fixing: Fixing, recheck: Recheck, *, unsafe: bool) -> Fixing | None:
    """The text with all fixes of its faults, or else with the safe ones; None where neither leaves fewer of them."""
    draft = Draft(fixing.text, [each for each in fixing.violations if each.rule in TEXT_RULES], recheck, TEXT_RULES)
    wanted = _wanted(draft.violations, unsafe)
    for chosen in (wanted, [each for each in wanted if each.fix and each.fix.safe]):
        if chosen:
            new = edited(fixing.text, chosen)
            after = recheck(new.text)
            if draft.is_fixed(after, chosen) or (is_json(new.text) and not is_json(fixing.text)):
                return fixing.after(new, after, len(chosen))
    return None


def _wanted(violations: Iterable[Violation], unsafe: bool) -> list[Violation]:
    """Those with a fix that may be applied, the safe ones first."""
    fixes = [(violation.fix.safe, violation) for violation in violations if violation.fix]
    return [each for safe, each in fixes if safe] + [each for safe, each in fixes if unsafe and not safe]
