"""E-mail: an e-mail address (published)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type, read_spec
from recordlint.definitions.model import Field, title
from recordlint.fieldtypes._texts import not_a_string
from recordlint.violations import Problem

FILE: Final = "field-types/email.json"
EXAMPLE: Final = '"ada@example.com"'


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/email.json`."""
    return field_type("email")


def clean(field: Field, operation: Operation) -> Schema:
    """A plain ASCII address with a top-level domain."""
    return field_type("email", "clean")


def problems(field: Field, value: object, operation: Operation) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    spec = read_spec(FILE)
    if not isinstance(value, str):
        yield not_a_string(field, value, "an e-mail address in a string", EXAMPLE)
    elif not re.search(spec["pattern"], value) or "\n" in value:
        yield Problem(
            "email-format",
            f"{title(field)} takes one e-mail address: a name, @ and a domain, without spaces",
            f"such as {EXAMPLE}",
        )
    elif not re.search(spec["$defs"]["clean"]["pattern"], value) or len(value) > spec["$defs"]["clean"]["maxLength"]:
        yield Problem(
            "email-format",
            f"{title(field)} has an address that few mail servers would take",
            "check it: plain letters and digits, @, and a domain with its ending, and nothing before or behind",
            severity="warning",
        )
