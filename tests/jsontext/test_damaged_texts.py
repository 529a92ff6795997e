"""Right documents with known errors: each is reported once, at its place, and the fixes give back the document."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from recordlint.checking.fixes import apply_fixes
from recordlint.jsontext.diagnose import diagnose
from recordlint.jsontext.documents import examine
from recordlint.jsontext.parse import is_json
from recordlint.violations import Violation

TRICKS = [
    "//",
    "/* x */",
    "# x",
    "it's",
    'say "hi"',
    ",}",
    ",]",
    "“a”",
    "undefined",
    "None",
    "\\",
    "\n",
    "\t",
    "{{x}}",
    "é",
]
TEXTS = st.lists(st.sampled_from([*TRICKS, "a", " ", "1"]), max_size=4).map("".join)
KEYS = st.one_of(TEXTS, st.from_regex(r"[A-Za-z_$][A-Za-z0-9_$]{0,5}", fullmatch=True))
SCALARS = st.one_of(TEXTS, st.integers(-999, 999), st.floats(-9, 9, width=16), st.booleans(), st.none())
VALUES = st.recursive(
    SCALARS, lambda values: st.lists(values, max_size=4) | st.dictionaries(KEYS, values, max_size=4), max_leaves=12
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4) | st.lists(VALUES, min_size=1, max_size=4)


class Damaged(NamedTuple):
    """A document with errors."""

    text: str
    places: list[int]
    """Where the errors are, in the order of the text."""
    without_trailing_commas: str


class Damage:
    """Writes a document with errors, as `draw` decides."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.text = ""
        self.places: list[int] = []
        self.trailing: list[int] = []

    def one_of(self, *choices: str) -> str:
        return self.data.draw(st.sampled_from(choices))

    def error(self, text: str) -> None:
        self.places.append(len(self.text))
        self.text += text

    def gap(self) -> None:
        """White space, perhaps with a comment or a no-break space in it, between two tokens."""
        kind = self.one_of("", " ", " ", "\n  ", "\r\n", "line", "block", "space")
        if kind == "line":
            self.text += self.one_of(" ", "\n")
            self.error(self.one_of('// it\'s, "x"', "// ,}", "# [1,]"))
            self.text += "\n"
        elif kind == "block":
            self.text += self.one_of("", " ")
            self.error(self.one_of("/* it's, x */", "/**/", "/* a\n b */"))
            self.text += self.one_of("", " ")
        elif kind == "space":
            self.text += " "
            self.error(self.one_of("\xa0", "\u2003\u2003", "\u200b"))
            self.text += " "
        else:
            self.text += kind

    def string(self, text: str) -> None:
        quoted = json.dumps(text, ensure_ascii=False)
        kind = self.one_of("json", "json", "single", "typographic", "backquotes")
        inside = quoted[1:-1].replace('\\"', '"')
        if kind == "single":
            self.error("'" + inside.replace("'", "\\'") + "'")
        elif kind == "backquotes":
            self.error(f"`{inside}`")
        elif kind == "typographic" and not re.search('[“”"]', text):
            self.error(f"“{inside}”")
        else:
            self.text += quoted

    def key(self, key: str) -> None:
        if re.fullmatch(r"[A-Za-z_$][\w$]*", key) and self.data.draw(st.booleans()):
            self.error(key)
        else:
            self.string(key)

    def literal(self, value: object) -> None:
        if self.data.draw(st.booleans()):
            self.error(repr(value))
        else:
            self.text += json.dumps(value)

    def number(self, value: float) -> None:
        text = json.dumps(value)
        kind = self.one_of("json", "plus", "bare")
        if kind == "plus" and value >= 0:
            self.error(f"+{text}")
        elif kind == "bare" and re.match(r"-?0\.", text):
            self.error(text.replace("0.", ".", 1))
        else:
            self.text += text

    def value(self, value: Any) -> None:
        if isinstance(value, str):
            self.string(value)
        elif isinstance(value, dict | list):
            self.container(value)
        elif value is None or isinstance(value, bool):
            self.literal(value)
        else:
            self.number(value)

    def container(self, value: dict[str, Any] | list[Any]) -> None:
        is_object = isinstance(value, dict)
        self.text += "{" if is_object else "["
        members: list[tuple[str, Any]] = (
            list(value.items()) if isinstance(value, dict) else [("", each) for each in value]
        )
        for index in range(len(members), -1, -1):
            if self.data.draw(st.integers(0, 5)) == 0:
                members.insert(index, (f"left_out_{index}", ...))
        for index, (key, each) in enumerate(members):
            self.gap()
            if is_object:
                self.key(key)
                self.gap()
                if self.data.draw(st.integers(0, 9)) == 0:
                    self.error(self.one_of("：", "="))
                else:
                    self.text += ":"
                self.gap()
            if each is ...:
                self.error("undefined")
            else:
                self.value(each)
            self.gap()
            if index < len(members) - 1:
                if self.data.draw(st.integers(0, 9)) == 0:
                    self.error(self.one_of("，", ";"))
                else:
                    self.text += ","
            elif self.data.draw(st.booleans()):
                self.trailing.append(len(self.text))
                self.error(",")
                self.gap()
        self.text += "}" if is_object else "]"


def damaged(document: Any, data: st.DataObject) -> Damaged:
    damage = Damage(data)
    before = damage.one_of("", "", "const body = ", "Here it is:\n", "```json\n", "\n")
    if before.strip():
        damage.error(before)
    else:
        damage.text += before
    damage.container(document)
    if before.startswith("`"):
        damage.text += "\n```\n"
    elif before.startswith("const"):
        damage.text += ";\n"
    elif before.startswith("Here"):
        damage.text += damage.one_of("\n", "\nBye.\n")
    elif data.draw(st.booleans()):
        damage.error(";")
    text = damage.text
    kept = "".join([each for at, each in enumerate(text) if at not in damage.trailing])
    return Damaged(text, damage.places, kept)


def recheck(data: bytes) -> list[Violation]:
    return [] if is_json(data) else diagnose(data)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, st.data())
def test_each_error_is_reported_once_and_the_fixes_give_back_the_document(document: Any, data: st.DataObject) -> None:
    text, places, kept = damaged(document, data)
    if not places:
        assert json.loads(text) == document
        return
    violations = diagnose(text.encode())
    starts = [violation.place.start for violation in violations if violation.place]
    assert starts == [len(text[:at].encode()) for at in places], text
    assert all(violation.fix for violation in violations)
    fixed, applied = apply_fixes(text.encode(), violations, recheck, unsafe=True)
    assert applied == len(places)
    assert json.loads(fixed) == document
    assert list(examine(fixed.decode(), 0).errors) == []
    safely = apply_fixes(text.encode(), violations, recheck).text.decode()
    assert safely == kept, "a safe fix drops trailing commas and nothing else"


PIECES = (
    *"{}[],:;='`“”\"\\ \n\t/*#-+.0159e",
    *("//", "/*", "*/", '"a"', '"b": ', "'b'", "b", "None", "undefined", "true", "\xa0", "，", "\\n", "\\'"),
    *("```", "const x = ", "{{x}}", "NaN", "1,000"),
    *(
        'b": ',
        'u"',
        "1 200",
        "1.250,5",
        "2024/2/8",
        "b c: ",
        "−",
        "€",
        "(",
        ")",
        ' "b": undefined, ',
        "\n```\n",
        "\ufeff",
    ),
)
SOUP = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


def names(violations: list[Violation]) -> Counter[str]:
    return Counter(violation.rule for violation in violations)


@settings(max_examples=400, deadline=None)
@given(SOUP, st.booleans())
@example('"b": ,', False)
@example('"b": ,,', True)
@example(' "b": undefined, "a":', True)
def test_the_fixes_of_any_text_can_be_made_together(text: str, unsafe: bool) -> None:
    data = text.encode()
    if is_json(data):
        return
    violations = diagnose(data)
    wanted = [violation for violation in violations if violation.fix and (unsafe or violation.fix.safe)]
    fixed, applied = apply_fixes(data, violations, recheck, unsafe=unsafe)
    assert applied == len(wanted)
    assert names(recheck(fixed)) == names(violations) - names(wanted)
