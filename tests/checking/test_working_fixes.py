"""Which fixes work: as if halves of them were tried, and without a check for each."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from fixture_files import ROOT
from recordlint import Edit, Fix, Place, Validator, Violation
from recordlint.checking.edited_texts import edited, without_conflicts
from recordlint.checking.fixes import apply_fixes
from recordlint.checking.working_fixes import Draft, working

RULES = {"a": "letter", "b": "letter", "c": "letter", "!": "mark", "?": "mark", "x": "letter"}
"""What is wrong with a character; nothing with any other."""
FIXES = {"a": "ok", "b": "!", "c": "x", "?": ".!.!"}
"""What is written for it; a right one, one of another rule, one as wrong as before, two more."""


def violations(text: bytes) -> list[Violation]:
    """What is wrong with each character."""
    return [
        Violation(
            RULES[character],
            "error",
            "",
            "",
            "",
            Place(1, at + 1, 1, at + 2, at, at + 1),
            (),
            Fix(True, "", (Edit(at, at + 1, FIXES[character]),)) if character in FIXES else None,
        )
        for at, character in enumerate(text.decode())
        if character in RULES
    ]


def by_halves(draft: Draft, kept: list[Violation], chosen: list[Violation]) -> list[Violation]:
    """The same by trying halves alone."""
    if not chosen or draft.is_fixed(draft.recheck(edited(draft.text, [*kept, *chosen]).text), [*kept, *chosen]):
        return [*kept, *chosen]
    if len(chosen) == 1:
        return kept
    kept = by_halves(draft, kept, chosen[: len(chosen) // 2])
    return by_halves(draft, kept, chosen[len(chosen) // 2 :])


@given(st.text("abc!?x. ", max_size=40))
def test_as_if_halves_were_tried(spaced: str) -> None:
    text = " ".join(spaced).encode()
    draft = Draft(text, violations(text), violations, None)
    chosen = without_conflicts(text, [each for each in draft.violations if each.fix])
    assert working(draft, [], chosen) == by_halves(draft, [], chosen)


@given(st.text("ab", max_size=30), st.integers(1, 4), st.sampled_from(["far", "near"]))
def test_fixes_that_have_effects_elsewhere(spaced: str, most: int, where: str) -> None:
    """Something is wrong with the text if too many are fixed, where no edit is, or where another is."""

    def recheck(text: bytes) -> list[Violation]:
        at = 0 if where == "far" else text.find(b"ok")
        more = Violation("most", "error", "", "", "", Place(1, at + 1, 1, at + 2, at, at + 1), (), None)
        return [*violations(text), *([more] * (text.count(b"ok") // (most + 1)))]

    text = " ".join(f"-{spaced}").encode()
    draft = Draft(text, recheck(text), recheck, None)
    chosen = [each for each in draft.violations if each.fix]
    assert working(draft, [], chosen) == by_halves(draft, [], chosen)


def test_hundreds_of_fixes_that_do_not_work_take_a_few_checks() -> None:
    checked: list[bytes] = []

    def recheck(text: bytes) -> list[Violation]:
        checked.append(text)
        return violations(text)

    text = b"a b c ? " * 200
    fixed = apply_fixes(text, violations(text), recheck)
    assert fixed == (b"ok b c ? " * 200, 200)
    assert len(checked) <= 50


def test_hundreds_of_keys_whose_values_are_wrong_take_a_few_checks() -> None:
    """Each could be renamed, and then its value would be as wrong as the key was."""
    validator = Validator.from_path(ROOT / "fixtures/objects")
    files = [{"urll": f"https://e.com/{at}.pdf" if at % 2 else "none"} for at in range(200)]
    text = json.dumps({"properties": {"my_files": {"add": files}}})
    report = validator.check_json(text, object="custom_objects.ticket")
    calls = 0

    def recheck(data: bytes) -> list[Violation]:
        nonlocal calls
        calls += 1
        return [*validator.check_json(data, object="custom_objects.ticket").violations]

    fixed = apply_fixes(text.encode(), report.violations, recheck, unsafe=True)
    assert fixed.applied == 100
    assert fixed == report.apply_fixes(unsafe=True)
    assert calls <= 30


def test_edits_that_touch_are_found_without_comparing_all() -> None:
    text = b"ab" * 1_000
    touching = [
        Violation("rule", "error", "", "", "", None, (), Fix(True, "", (Edit(at, at + 1, "x"),))) for at in range(2_000)
    ]
    assert without_conflicts(text, touching) == touching[::2]


def _drop(start: int, end: int) -> Violation:
    return Violation("rule", "error", "", "", "", None, (), Fix(True, "", (Edit(start, end, ""),)))


def test_items_that_are_dropped_side_by_side_are_dropped_at_once() -> None:
    drops = [_drop(at, at + 2) for at in range(2, 200, 2)]
    assert without_conflicts(b"a," * 100, drops) == drops


def test_items_that_are_dropped_take_turns_where_one_of_them_is_edited_too() -> None:
    drops = [_drop(at, at + 2) for at in range(2, 10, 2)]
    other = Violation("other", "error", "", "", "", None, (), Fix(True, "", (Edit(9, 10, "x"),)))
    assert without_conflicts(b"a," * 5, [*drops, other]) == [drops[0], drops[2], other]


def test_items_that_are_dropped_take_turns_where_they_overlap() -> None:
    drops = [_drop(0, 4), _drop(3, 6), _drop(6, 8)]
    assert without_conflicts(b"a,b,c,d,", drops) == [drops[0], drops[2]]
