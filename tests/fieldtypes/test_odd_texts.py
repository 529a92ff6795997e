"""Texts that trip programs, and addresses that are right although they look odd: no false alarm."""

from __future__ import annotations

import json

import pytest

from field_values import VALIDATOR
from fixture_files import ROOT

ODD: dict[str, list[str]] = json.loads((ROOT / "tests/data/odd_texts.json").read_text("utf-8"))


def severities(field: str, value: str) -> list[str]:
    text = json.dumps({"properties": {field: value}})
    return [violation.severity for violation in VALIDATOR.check_json(text).violations]


@pytest.mark.parametrize("text", ODD["texts"], ids=ascii)
@pytest.mark.parametrize("field", ["text", "long"])
def test_a_text_may_be_any_text(field: str, text: str) -> None:
    assert severities(field, text) == []


@pytest.mark.parametrize("address", ODD["addresses"], ids=ascii)
def test_an_address_is_an_address(address: str) -> None:
    assert severities("mail", address) == []


@pytest.mark.parametrize("address", ODD["unusual addresses"], ids=ascii)
def test_an_unusual_address_is_only_a_warning(address: str) -> None:
    assert severities("mail", address) == ["warning"]


@pytest.mark.parametrize("address", ODD["no addresses"], ids=ascii)
def test_what_is_no_address(address: str) -> None:
    assert severities("mail", address) == ["error"]
