"""Which key is suggested for a wrong one, at each threshold, and that none is where it would be a guess."""

from __future__ import annotations

import pytest

from recordlint.wording.suggestions import Choices, nearest


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("satus", ["status", "name"], ["status"]),
        ("ticketName", ["ticket_name"], ["ticket_name"]),
        # Two letters swapped, which the ratio alone would not accept, from four letters on.
        ("opne", ["open"], ["open"]),
        ("acb", ["abc"], []),
        # Just below and above the ratio of 76.
        ("abxd", ["abcd"], []),
        ("amount", ["account"], ["account"]),
        # Another number or single letter is another thing.
        ("option_3", ["option_1", "option_2"], []),
        ("list_c", ["list_a"], []),
        # A prefix that reverses the meaning is no typo.
        ("unpaid", ["paid"], []),
        ("inactive", ["active"], []),
        ("prepaid", ["paid"], []),
        # One clear leader, several that are equally near, and too many of those.
        ("axcount", ["account", "amount"], ["account"]),
        ("cutomer", ["customer", "customers"], ["customer"]),
        ("first_nota", ["first_note", "first_name"], ["first_note"]),
        ("team_x_id", ["team_y_id"], []),
        ("datex", ["dates", "dated", "name"], ["dates", "dated"]),
        ("", ["name"], []),
        ("_", ["name"], []),
    ],
)
def test_nearest(text: str, known: list[str], expected: list[str]) -> None:
    assert nearest(text, known) == expected


def test_three_are_suggested_and_four_are_none() -> None:
    names = [("Note", key) for key in ("first", "second", "third", "fourth")]
    assert Choices(names[:3]).nearest("note") == ["first", "second", "third"]
    assert Choices(names).nearest("note") == []


def test_a_long_text_is_no_typo() -> None:
    known = "k" * 199
    assert nearest(f"{known}x", [known]) == [known]
    assert nearest(f"{known}xx", [known]) == []
