"""Message strings of SARIF, read back as section 3.11.5 has it: no brace of ours is a placeholder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from one_violation import result, written
from recordlint.reporters import Summary, reporter
from recordlint.rules.catalogue import rules
from recordlint.wording.escape import escape

TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(["{", "}", "{0}", "{{", "[a](b)", "x", "\n", "\\"])).map("".join))


def resolved(text: str, arguments: tuple[str, ...] = ()) -> str:
    """The text that a reader shows: placeholders replaced, doubled braces made single."""

    def replace(match: re.Match[str]) -> str:
        if match.group() in ("{{", "}}"):
            return match.group()[0]
        assert match.group(1), f"{match.group()} is no placeholder"
        return arguments[int(match.group(1))]

    return re.sub(r"\{\{|\}\}|\{([0-9]+)\}|[{}]", replace, text)


def messages(value: Any, name: str = "") -> Iterator[str]:
    """The strings of all message objects: those that the schema calls `message`."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "message" or (key == "description" and name == "fixes"):
                yield part["text"]
                assert set(part) == {"text"}
            else:
                yield from messages(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from messages(part, name)


@given(TEXTS)
def test_a_reader_shows_the_text(text: str) -> None:
    shown = escape(text).replace("](", "] (")
    message = escape(f"{text}; {text}" if text else "").replace("](", "] (")
    entry = json.loads(written("sarif", result(text=text)))
    assert [resolved(each) for each in messages(entry)] == [message, shown, shown]


@given(TEXTS)
def test_what_is_no_message_keeps_its_braces(text: str) -> None:
    entry = json.loads(written("sarif", result(text=text)))
    assert entry["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == f"/{text}"
    assert entry["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == text


def test_pages_are_as_they_stand() -> None:
    run = json.loads(f"{reporter('sarif').head}{reporter('sarif').tail(Summary(0, 0, 0, 0))}")["runs"][0]
    listed = [
        (each["id"], each["shortDescription"]["text"], each["help"]["text"], each["help"]["markdown"])
        for each in run["tool"]["driver"]["rules"]
    ]
    assert listed == [(rule.id, rule.summary, rule.page, rule.page) for rule in rules()]
