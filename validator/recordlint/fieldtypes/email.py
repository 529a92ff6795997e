"""E-mail: an e-mail address (published)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type, read_spec
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._texts import not_a_string
from recordlint.violations import Problem

FILE: Final = "field-types/email.json"
EXAMPLE_HINT: Final = 'write an address such as "ada@example.com"'


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/email.json`."""
    return field_type("email")


def clean(field: Field, operation: Operation) -> Schema:
    """A plain ASCII address with a top-level domain."""
    return field_type("email", "clean")


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    spec = read_spec(FILE)
    if not isinstance(value, str):
        yield not_a_string(field, value, "an e-mail address as a string", EXAMPLE_HINT)
    elif not re.search(spec["pattern"], value) or "\n" in value:
        yield Problem(
            "email-format",
            f"{title(field)} takes one e-mail address: a name, @ and a domain, without spaces",
            EXAMPLE_HINT,
        )
    elif not re.search(spec["$defs"]["clean"]["pattern"], value) or len(value) > spec["$defs"]["clean"]["maxLength"]:
        yield Problem(
            "email-format",
            f"{title(field)} has an e-mail address that few mail servers accept",
            "check the address: only ASCII characters, and a domain with an ending such as .com",
            severity="warning",
        )
