"""One escaper for all: what it escapes, that JSON means the same after it, and that nothing else escapes by hand."""

from __future__ import annotations

import ast
import json
import sys
import unicodedata
from pathlib import Path

import jsonschema_rs
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_folder import Folder
from fixture_files import ROOT
from one_violation import result, written
from recordlint import Field, ObjectDefinition, Option
from recordlint.contract.operations import OPERATIONS
from recordlint.definitions.target import Target
from recordlint.export.generated_files import as_document
from recordlint.export.openapi import openapi_document
from recordlint.export.schemas import object_schema
from recordlint.reporters import formats
from recordlint.reporters._json_line import json_line
from recordlint.wording.escape import escape

UNSEEN = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character)[0] in "CZ" and character != " "
]
"""Every character of the categories C (controls, formats, unassigned …) and Z (separators), but for the space."""
FEW_UNSEEN = "".join([each for each in UNSEEN if unicodedata.category(each) not in ("Co", "Cn", "Cs")]) + "\uf8ff\ufffe"


def test_every_character_that_cannot_be_seen_is_escaped() -> None:
    escaped = escape("".join(UNSEEN))
    assert escaped.isascii()
    assert escaped.isprintable()
    # Each code unit has its escape, and no other character is there.
    units = "".join(UNSEEN).encode("utf-16-be", "surrogatepass").hex()
    assert escaped.replace("\\u", "") == units
    assert escaped.count("\\u") * 4 == len(units)


def test_every_other_character_stays() -> None:
    seen = "".join(sorted(set(map(chr, range(sys.maxunicode + 1))) - set(UNSEEN)))
    assert escape(seen) == seen


def test_what_is_kept() -> None:
    assert escape("a\nb\tc\U0001f468\u200d", keep="\n\u200d") == "a\nb\\u0009c\U0001f468\u200d"


@given(st.text(st.characters()))
def test_json_means_the_same_after_it(text: str) -> None:
    assert json.loads(escape(json.dumps({text: [text]}, ensure_ascii=False))) == {text: [text]}


@given(st.recursive(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda each: st.lists(each)))
def test_a_line_of_json_means_the_same(value: object) -> None:
    line = json_line(value)
    assert line.isprintable()
    assert orjson.loads(line) == json.loads(line) == value


@given(st.text(st.characters(codec="utf-8")))
def test_a_document_means_the_same(text: str) -> None:
    document = as_document({"x": text, text: "y"})
    assert json.loads(document) == {"x": text, text: "y"}
    assert document.replace("\n", "").isprintable()


@pytest.mark.parametrize("name", formats())
def test_every_format_escapes_what_cannot_be_seen(name: str) -> None:
    path = "a.json" if name == "github" else f"a{FEW_UNSEEN}.json"  # its runner needs the exact name
    for source in (b"{}", FEW_UNSEEN.replace("\n", "").encode()):
        text = written(name, result(path, FEW_UNSEEN, source))
        assert {each for each in text if not each.isprintable()} <= {"\n"}


# Documents for other tools.

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
KEYS = ["\U0001fae8", "🇩🇪", ENGLAND, "👩\u200d👩\u200d👧", "a\u00a0b", "\u3000", "\x1b[2J"]
FIELDS = (
    Field("mood", "Mood \U0001fae8", "SINGLE_OPTIONS", options=tuple([Option(key, f"L {key}") for key in KEYS])),
    Field("moods", "Moods", "CHECKBOX", options=tuple([Option(key, f"L {key}") for key in KEYS])),
)
DEFINITION = ObjectDefinition("custom_objects.pet", "Pet \U0001fae8", FIELDS)


@pytest.mark.parametrize("key", KEYS, ids=ascii)
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_a_written_schema_accepts_the_right_body(operation: object, key: str) -> None:
    text = as_document(object_schema(Target(DEFINITION, operation)))  # type: ignore[arg-type]
    assert text.replace("\n", "").isprintable()
    validator = jsonschema_rs.validator_for(json.loads(text))
    body = {"properties": {"mood": key}} | ({"locationId": "x"} if operation is OPERATIONS["create"] else {})
    assert validator.is_valid(body)
    body["properties"]["mood"] = f"{key}?"
    assert not validator.is_valid(body)


def test_a_written_openapi_document_has_the_keys() -> None:
    document = openapi_document([DEFINITION])
    text = as_document(document)
    assert text.replace("\n", "").isprintable()
    assert json.loads(text) == document
    assert all(json.dumps(key)[1:-1] in json.dumps(json.loads(text)) for key in KEYS)


# The command line.

HOSTILE = "\x1b[2J\u202e\u2028\x85.json"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", HOSTILE),
        ("check", f"--{HOSTILE}", "valid.json"),
        ("check", f"--format={HOSTILE}", "valid.json"),
        ("check", f"--max-size={HOSTILE}", "valid.json"),
        ("check", f"--jobs={HOSTILE}", "valid.json"),
        ("check", f"--object={HOSTILE}", "valid.json"),
        ("check", f"--objects={HOSTILE}", "valid.json"),
        ("check", f"--output=json={HOSTILE}", f"--output=tap={HOSTILE}", "valid.json"),
        ("check", f"--output={HOSTILE}/x", "valid.json"),
        ("check", f"--split-to={HOSTILE}", HOSTILE),
        ("check", "--fix", HOSTILE),
        (HOSTILE,),
        ("explain", HOSTILE),
        ("explain", "option-label", HOSTILE),
        ("config", HOSTILE),
        ("schema", f"-o{HOSTILE}/x"),
        ("openapi", f"-o{HOSTILE}/x"),
        ("objects", "--objects", HOSTILE),
        ("objects", "--objects", "hostile.definition", "--format", "json"),
        ("objects", "--objects", "hostile.definition"),
    ],
    ids=lambda arguments: ascii(" ".join(arguments)),
)
def test_nothing_that_the_command_line_writes_moves_a_cursor(folder: Folder, arguments: tuple[str, ...]) -> None:
    definition = (ROOT / "fixtures/objects/ticket.json").read_text("utf-8")
    folder.write("hostile.definition", definition.replace('"Ticket', json.dumps(HOSTILE)[:-1]))
    (folder.path / HOSTILE).write_bytes(b"\xff")
    done = folder.check(*arguments[1:]) if arguments[0] == "check" else folder.run(*arguments)
    assert {each for each in done.out + done.err if not each.isprintable()} <= {"\n"}
    assert done.out + done.err


# Nothing else escapes by hand.


PACKAGE = ROOT / "validator/recordlint"
# The package itself raises an AttributeError, which has Python's own words.
MODULES = sorted(set(PACKAGE.rglob("*.py")) - {PACKAGE / "__init__.py"})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_shows_text_by_repr(path: Path) -> None:
    """Python's own escapes are not those of JSON, which all other output has."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FormattedValue):
            called = node.value.func if isinstance(node.value, ast.Call) else None
            assert node.conversion not in (ord("r"), ord("a")), node.lineno
            assert not (isinstance(called, ast.Name) and called.id in ("repr", "ascii")), node.lineno
