"""The contract's JSON Schemas, `spec/`: where they are, and how to refer to them."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from recordlint.contract.operations import Operation

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
BASE_URI: Final = "https://recordlint.invalid/spec/"
"""What the files' relative references are resolved against; nothing is ever fetched from it."""


@cache
def spec_folder() -> str:
    """The folder of the spec: beside the package where it is installed, two folders up in a checkout."""
    package = os.path.dirname(os.path.dirname(__file__))
    installed = os.path.join(package, "spec")
    return installed if os.path.isdir(installed) else os.path.join(package, "..", "..", "spec")


@cache
def read_spec(name: str) -> Schema:
    """The schema in `spec/NAME`, such as `field-types/phone.json`. Shared: not to be changed."""
    import jiter

    with open(os.path.join(spec_folder(), *name.split("/")), "rb") as file:
        schema: Schema = jiter.from_json(file.read())
    return schema


@cache
def field_types() -> frozenset[str]:
    """The field types that the spec describes, spelt as `dataType` is: `CHECKBOX`, `DATE` and so on."""
    files = os.listdir(os.path.join(spec_folder(), "field-types"))
    return frozenset([name.removesuffix(".json").upper() for name in files if name.endswith(".json")])


def is_field_type(data_type: str) -> bool:
    """Whether the spec describes this `dataType`, so that its values are judged."""
    return isinstance(data_type, str) and data_type in field_types()


def clean_part(operation: Operation) -> str:
    """The name of the part of a schema that leaves no doubt of an operation's bodies."""
    return f"clean{operation.name.capitalize()}"


def usual_part(operation: Operation) -> str:
    """The name of the part of a schema that takes some of these bodies, and is made ready in less time."""
    return f"usual{operation.name.capitalize()}"


def field_type(name: str, part: str = "") -> Schema:
    """A reference to a field type's schema, or to one of its `$defs`."""
    return {"$ref": f"field-types/{name}.json{'#/$defs/' if part else ''}{part}"}
