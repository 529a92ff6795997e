"""The token: where it comes from, what is none, and that it is in nothing that is shown."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recordlint.definitions.fetching.access_token import Token, read_token
from recordlint.errors import RecordlintError
from token_traces import SPELLINGS, traces

SECRET = "pit-2f61c0de-77aa-4b3c-9d10-0b1c2d3e4f5a"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.Zx-_8jFq" + "/+Ab3Q" * 30 + "=="
ODD = "a-b.c_d~e+f/g//h++i-_.~0a0Axxxxxxxxx=="
ALPHABET = f"{string.ascii_letters}{string.digits}-._~+/"


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("token", [SECRET, JWT, ODD], ids=["private integration", "JWT", "odd"])
def test_it_is_hidden_in_every_spelling(token: str, spelling: str) -> None:
    text = f'{{"message": "no such token: {SPELLINGS[spelling](token)} there"}}'
    hidden = Token(token).hide(text)
    assert traces(token, text)
    assert traces(token, hidden) == []
    assert hidden.startswith('{"message": "no such token: ')
    assert Token(token).is_in(text)


@given(st.text(ALPHABET, min_size=16, max_size=60), st.sampled_from(sorted(SPELLINGS)), st.text(max_size=20))
def test_any_token_is_hidden(token: str, spelling: str, around: str) -> None:
    spelled = SPELLINGS[spelling](token)
    assert spelled.replace("\0", "") not in Token(token).hide(f"{around} {spelled} {around}")
    assert Token(token).is_in(f"{around} {spelled} {around}")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
@example("the token does not have access to this location")
def test_other_text_stays(text: str) -> None:
    assert Token(SECRET).hide(text) == text
    assert not Token(SECRET).is_in(text)


def test_a_short_token_is_hidden_as_a_word() -> None:
    token = Token("any")
    assert token.hide("any company of any, Any%61ny") == "[token] company of [token], Any%61ny"
    assert not token.is_in("any")


@pytest.mark.parametrize("token", ["location", "any-description"])
def test_a_part_of_a_short_token_is_a_word(token: str) -> None:
    assert not Token(token).is_in('{"relation": 1, "description": 2, "reallocate": 3}')
    assert Token(token).is_in(f'{{"x": "{token}"}}')


def test_nothing_shows_it() -> None:
    token = Token(SECRET)
    assert traces(SECRET, f"{token} {token!r} {[token]}") == []


def test_a_large_answer() -> None:
    text = '{"fieldKey": "custom_objects.ticket.priority", "name": "pit"},\n' * 100_000
    assert not Token(JWT).is_in(text)
    assert Token(JWT).is_in(f"{text}{JWT}{text}")


@pytest.mark.parametrize("around", ["{}", "{}\n", " {}\r\n", "\t{} \n\n", "\ufeff{}\n"])
def test_a_token_file(tmp_path: Path, around: str) -> None:
    path = tmp_path / "token"
    path.write_text(around.format(SECRET), "utf-8", newline="")
    assert read_token(str(path), {"RECORDLINT_TOKEN": "another"}).header == f"Bearer {SECRET}"


def test_the_variable() -> None:
    assert read_token(None, {"RECORDLINT_TOKEN": f" {SECRET}\n"}).header == f"Bearer {SECRET}"


CHARACTERS = "the token holds white space or a character that no token has; copy the token again"
EMPTY = "the file of --token-file is empty; write the token to it"
NONE = "no token: set RECORDLINT_TOKEN, or name a file with --token-file"
WRONG = {
    "white space": (f"{SECRET[:9]} {SECRET[9:]}", CHARACTERS),
    "two lines": (f"{SECRET}\n{SECRET}", CHARACTERS),
    "a header after it": (f"{SECRET}\r\nX-Other: 1", CHARACTERS),
    "a control character": (f"{SECRET}\x1b[2J", CHARACTERS),
    "quotes": (f'"{SECRET}"', CHARACTERS),
    "typographic": (f"“{SECRET}”", CHARACTERS),
    "with Bearer": (f"Bearer {SECRET}", "the token begins with Bearer; write the token alone"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_token(tmp_path: Path, name: str) -> None:
    text, message = WRONG[name]
    path = tmp_path / "token"
    path.write_bytes(text.encode())
    for where in (None, str(path)):
        with pytest.raises(RecordlintError) as raised:
            read_token(where, {"RECORDLINT_TOKEN": text})
        assert str(raised.value) == message


def test_no_token(tmp_path: Path) -> None:
    for environment in ({}, {"RECORDLINT_TOKEN": ""}, {"RECORDLINT_TOKEN": " \n"}):
        with pytest.raises(RecordlintError) as raised:
            read_token(None, environment)
        assert str(raised.value) == NONE
    path = tmp_path / "token"
    messages = {
        b"": EMPTY,
        b"\n": EMPTY,
        b"a" * 20_000: "the file of --token-file is too large for a token; write nothing else to it",
        SECRET.encode("utf-16"): CHARACTERS,
        b"\xff" + SECRET.encode(): CHARACTERS,
    }
    for data, message in messages.items():
        path.write_bytes(data)
        with pytest.raises(RecordlintError) as raised:
            read_token(str(path), {})
        assert str(raised.value) == message
    with pytest.raises(RecordlintError) as raised:
        read_token(SECRET, {})
    assert str(raised.value) == "the file of --token-file cannot be read: no such file or directory"
