"""The contract's JSON Schemas, `spec/`: where they are, and how to refer to them."""

from __future__ import annotations

import os
from functools import cache
from typing import Any, Final

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
BASE_URI: Final = "https://recordlint.invalid/spec/"
"""What the files' relative references are resolved against; nothing is ever fetched from it."""


@cache
def spec_folder() -> str:
    """The folder of the spec: beside the package where it is installed, two folders up in a checkout."""
    package = os.path.dirname(__file__)
    installed = os.path.join(package, "spec")
    return installed if os.path.isdir(installed) else os.path.join(package, "..", "..", "spec")


@cache
def read_spec(name: str) -> Schema:
    """The schema in `spec/NAME`, such as `field-types/phone.json`. Shared: not to be changed."""
    import jiter

    with open(os.path.join(spec_folder(), *name.split("/")), "rb") as file:
        schema: Schema = jiter.from_json(file.read())
    return schema


def field_type_names() -> list[str]:
    """The field types that the spec describes, sorted: `checkbox`, `date`, …"""
    return sorted(
        name.removesuffix(".json")
        for name in os.listdir(os.path.join(spec_folder(), "field-types"))
        if name.endswith(".json")
    )


def field_type(name: str, part: str = "") -> Schema:
    """A reference to a field type's schema, or to one of its `$defs`."""
    return {"$ref": f"field-types/{name}.json{'#/$defs/' if part else ''}{part}"}
