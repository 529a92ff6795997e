"""Which key is suggested for a wrong one, and that none is where it would be a guess."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fixture_files import ROOT
from recordlint.wording.look_alikes import are_different
from recordlint.wording.suggestions import NEAR_AT_MOST, Choices, nearest

MEASURED: dict[str, Any] = json.loads((ROOT / "tests/data/suggestions.json").read_text("utf-8"))
"""Keys and options, typos of them (of options with whether a fix may write the key), and other things."""
KEYS = Choices((key, key) for key in MEASURED["keys"])
OPTIONS = Choices(((name, option[0]) for option in MEASURED["options"] for name in option), are_values=True)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("satus", ["status", "name"], ["status"]),
        # Words may be joined, split or in another case, except for numbers.
        ("ticketName", ["ticket_name"], ["ticket_name"]),
        ("checkin_date", ["check_in_date"], ["check_in_date"]),
        ("HTTPServerURL", ["http_server_url"], ["http_server_url"]),
        ("ticketNmae", ["ticket_name"], ["ticket_name"]),
        ("HTTPSreverURL", ["http_server_url"], ["http_server_url"]),
        ("Due.Date", ["due-date"], ["due-date"]),
        ("line1", ["line_1"], ["line_1"]),
        ("part_12", ["part_1_2"], []),
        # One edit from four letters on, two from eight.
        ("opne", ["open"], ["open"]),
        ("abxd", ["abcd"], ["abcd"]),
        ("abd", ["abcd"], ["abcd"]),
        ("acb", ["abc"], []),
        ("abcd", ["abc"], []),
        ("abxdxfg", ["abcdefg"], []),
        ("abxdxfgh", ["abcdefgh"], ["abcdefgh"]),
        ("abxdxfxh", ["abcdefgh"], []),
        ("abdecfgh", ["abcdefgh"], ["abcdefgh"]),
        # Never at a word's first letter.
        ("xbcd", ["abcd"], []),
        ("bcd", ["abcd"], []),
        ("bacd", ["abcd"], []),
        ("first_xame", ["first_name"], []),
        # Each differing word must be near by itself.
        ("fisrt_nmae", ["first_name"], ["first_name"]),
        ("due_amount", ["paid_amount"], []),
        ("amount", ["due_amount"], []),
        ("amount_due", ["due_amount"], []),
        # Another number or single letter is another thing.
        ("option_3", ["option_1", "option_2"], []),
        ("order_20234", ["order_20231"], []),
        ("oredr_20231", ["order_20231"], ["order_20231"]),
        ("phase_vii", ["phase_viii"], []),
        ("list_c", ["list_a"], []),
        ("team_x_id", ["team_y_id"], []),
        # A prefix that turns the meaning is no typo.
        ("unpaid", ["paid"], []),
        ("is_inactive", ["is_active"], []),
        ("isinactive", ["isactive"], []),
        ("isactive", ["isunactive"], []),
        ("not_paid", ["note_paid"], []),
        # Words that mean different things, however near they are.
        ("contact_name", ["contract_name"], []),
        ("employee", ["employer"], []),
        ("northeast", ["northwest"], []),
        ("hypotension", ["hypertension"], []),
        ("tuesday", ["thursday"], []),
        ("nation", ["national"], []),
        ("insurer_name", ["insured_name"], []),
        ("approver", ["approved"], []),
        ("attendee_on", ["attended_on"], []),
        ("mentor", ["mentod"], ["mentod"]),
        ("advisor", ["adviser"], ["adviser"]),
        ("majority_share", ["minority_share"], []),
        ("onboard_date", ["offboard_date"], []),
        ("photo_consent", ["photo_content"], []),
        ("mortgagee", ["mortgage"], []),
        ("last_price", ["list_price"], []),
        # The nearest of several, all of those that are equally near, and none where they are too many.
        ("custmer", ["customer", "customers"], ["customer"]),
        ("custmer", ["customers", "customer"], ["customer"]),
        # A known word may be a typo too, where that takes no more edits.
        ("tables_documxnt", ["tables_documents", "table_document"], ["tables_documents", "table_document"]),
        ("tables_documxnt", ["tables_documents", "table_report"], ["tables_documents"]),
        ("customer", ["customers"], ["customers"]),
        ("datex", ["dates", "dated", "name"], ["dates", "dated"]),
        ("datex", ["dates", "dated", "dater", "datet"], []),
        # No letters of an alphabet.
        ("北京海淀区", ["北京朝阳区", "北京海阳区"], []),
        ("", ["name"], []),
        ("_", ["name"], []),
    ],
)
def test_nearest(text: str, known: list[str], expected: list[str]) -> None:
    assert nearest(text, known) == expected


@pytest.mark.parametrize(
    ("text", "label", "is_near", "is_writable"),
    [
        ("Frunk", "Trunk", False, False),
        ("Sofa bde", "Sofa bed", False, False),
        ("Opne", "Open", False, False),
        ("Vlavet", "Velvet", False, False),
        ("Vevlet", "Velvet", True, True),
        ("Vellvet", "Velvet", True, True),
        ("Vevet", "Velvet", True, False),
        ("Velvat", "Velvet", True, False),
        ("Carpett rug", "Carpet rug", True, True),
        ("Carpetrug", "Carpet rug", True, True),
        ("Carpet/rug", "Carpet & rug", True, True),
        ("Carpet rug!", "Carpet (rug)", True, True),
        ("Rosé", "Rose", True, False),
        ("A+", "A-", False, False),
        ("A+", "A", False, False),
        ("A–", "A-", True, True),
        ("B -", "B-", True, True),
        ("A + B", "A - B", True, True),
        ("Carpet gur", "Carpet rug", False, False),
        ("Sorted", "Sretod", False, False),
        ("C#", "C++", False, False),
        ("-5", "5", False, False),
        ("<18", ">18", False, False),
        ("1 – 5", "1-5", True, True),
        ("की", "का", False, False),
    ],
)
def test_a_value_is_written_only_where_letters_are_swapped_or_doubled(
    text: str, label: str, is_near: bool, is_writable: bool
) -> None:
    choices = Choices([("1234567", "key"), (label, "key")], are_values=True)
    assert choices.nearest(text) == (["key"] if is_near else [])
    assert choices.writable(text, choices.nearest(text)) == ("key" if is_writable else None)


def test_a_key_is_written_where_only_one_is_near() -> None:
    choices = Choices([("status", "status"), ("stature", "stature"), ("stocks", "stocks"), ("stacks", "stacks")])
    assert choices.writable("statos", choices.nearest("statos")) == "status"
    assert choices.nearest("stycks") == ["stocks", "stacks"]
    assert choices.writable("stycks", choices.nearest("stycks")) is None
    assert choices.writable("other", choices.nearest("other")) is None


def test_three_are_suggested_and_four_are_none() -> None:
    names = [("Note", key) for key in ("first", "second", "third", "fourth")]
    assert Choices(names[:3]).nearest("note") == ["first", "second", "third"]
    assert Choices(names).nearest("note") == []
    assert Choices(names).near("note") == ["first", "second", "third", "fourth"]


def test_only_some_of_very_many_names_are_looked_at() -> None:
    keys = [f"k{index}" for index in range(3_000)]
    choices = Choices([(name, key) for key in keys for name in ("Room east", f"Hall {key}")])
    assert choices.near("room-east") == keys[:NEAR_AT_MOST]
    assert choices.near("roon east") == keys[:NEAR_AT_MOST]
    assert [*choices.containing("east")][:3] == keys[:3]
    assert len([*choices.containing("east room hall")]) < len(keys)


def test_a_long_text_is_no_typo() -> None:
    known = "k" * 199
    choices = Choices([(known, "key")])
    assert choices.nearest(f"{known}x") == ["key"]
    assert choices.nearest(f"{known}xx") == []
    assert [*choices.containing(f"{known} ")] == ["key"]
    assert [*choices.containing(f"{known}  ")] == []


def test_the_names_that_have_all_words_of_a_text() -> None:
    choices = Choices([("room 1", "a"), ("room 2 east", "b"), ("hall", "c")])
    assert [*choices.containing("Room")] == ["a", "b"]
    assert [*choices.containing("East room")] == ["b"]
    assert [*choices.containing("east hall")] == []
    assert [*choices.containing("-")] == []


def test_other_things_are_never_suggested() -> None:
    assert {text: near for text in MEASURED["other keys"] if (near := KEYS.nearest(text))} == {}
    assert {text: near for text in MEASURED["other options"] if (near := OPTIONS.nearest(text))} == {}


def test_typos_are_named_and_nothing_else_is() -> None:
    """Recall: of the typos, at most one in fifty has no suggestion. Precision: no suggestion is wrong."""
    suggested = [(key, KEYS.nearest(text)) for text, key in MEASURED["typos of keys"]]
    suggested += [(key, OPTIONS.nearest(text)) for text, key, _ in MEASURED["typos of options"]]
    assert [(key, near) for key, near in suggested if near not in ([], [key])] == []
    named = sum(near == [key] for key, near in suggested)
    assert len(suggested) > 250
    assert named >= 0.98 * len(suggested)


@pytest.mark.parametrize(("text", "key", "is_writable"), MEASURED["typos of options"])
def test_which_typos_of_options_a_fix_may_write(text: str, key: str, is_writable: bool) -> None:
    assert OPTIONS.writable(text, OPTIONS.nearest(text)) == (key if is_writable else None)


WORDS = st.text(string.ascii_lowercase, min_size=5, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=4)


def mistyped(word: str, kind: str, place: int, letter: str) -> str:
    """The word after one edit behind its first letter."""
    place = 1 + place % (len(word) - 1)
    if kind == "swap":
        place = 1 + (place - 1) % (len(word) - 2)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + ("" if kind == "delete" else letter) + word[place + (kind != "insert") :]


@given(
    NAMES,
    st.lists(NAMES, max_size=5),
    st.sampled_from(["swap", "delete", "insert", "replace"]),
    st.integers(0, 99),
    st.integers(0, 99),
    st.sampled_from(string.ascii_lowercase),
    st.booleans(),
)
def test_a_typo_inside_a_word_is_named(
    words: list[str], others: list[list[str]], kind: str, which: int, place: int, letter: str, are_values: bool
) -> None:
    which %= len(words)
    typo = mistyped(words[which], kind, place, letter)
    assume(typo != words[which] and not are_different(typo, words[which]))
    name, text = "_".join(words), "_".join([*words[:which], typo, *words[which + 1 :]])
    known = dict.fromkeys([name, *map("_".join, others)])
    near = Choices(((each, each) for each in known), are_values=are_values).nearest(text)
    assert name in near or len(near) > 1 or text.replace("_", "") in {each.replace("_", "") for each in known}


@given(NAMES, NAMES, st.booleans())
def test_a_name_without_a_near_word_is_never_named(words: list[str], others: list[str], are_values: bool) -> None:
    """Where no word of one begins like a word of the other, they have nothing to do with each other."""
    assume({word[0] for word in words}.isdisjoint(word[0] for word in others))
    name, text = "_".join(words), "_".join(others)
    assert Choices([(name, name)], are_values=are_values).nearest(text) == []
