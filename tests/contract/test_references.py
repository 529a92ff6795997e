"""References: where each leads, and which ones a document holds."""

from __future__ import annotations

import pytest

from recordlint.contract.references import Address, look_up, references, resolve

RESOLVED = [
    ("#/$defs/clean", "", Address("", "/$defs/clean")),
    ("#", "body.json", Address("body.json", "")),
    ("body.json", "", Address("body.json", "")),
    ("phone.json#/$defs/clean", "field-types/date.json", Address("field-types/phone.json", "/$defs/clean")),
    ("field-types/phone.json", "body.json", Address("field-types/phone.json", "")),
    ("https://example.com/x.json", "", None),
    ("file:///etc/passwd", "", None),
    ("//example.com/x.json", "", None),
    ("/etc/passwd", "", None),
    ("../secret.json", "", None),
    ("../body.json", "field-types/date.json", None),
]


@pytest.mark.parametrize(("reference", "file", "address"), RESOLVED)
def test_where_it_leads(reference: str, file: str, address: Address | None) -> None:
    assert resolve(reference, file) == address


def test_which_ones_a_document_holds() -> None:
    part = {"properties": {"$ref": {"$ref": "#/a"}, "b": {"allOf": [{"$ref": "b.json"}, True]}}, "enum": ["$ref"]}
    assert list(references(part)) == ["#/a", "b.json"]


def test_look_up() -> None:
    document = {"$defs": {"clean": {"type": "string"}}}
    assert look_up(document, "") == document
    assert look_up(document, "/$defs/clean") == {"type": "string"}
    with pytest.raises(LookupError):
        look_up(document, "/$defs/nothing")
