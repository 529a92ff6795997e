"""One module a data type, named as the vendor spells it, in lower case.

Each has `schema(field, operation)`, the contract; it may have `clean(field, operation)`, a narrower schema
that leaves no room for a warning or for a rule that JSON Schema cannot say; and it has
`problems(field, value, operation)`, what is wrong with a value, in words. `null` is judged before any of them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from recordlint.contract.spec_files import is_field_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recordlint.contract.operations import Operation
    from recordlint.contract.spec_files import Schema
    from recordlint.definitions.model import Field
    from recordlint.violations import Problem


class FieldType(NamedTuple):
    """What a data type's module offers."""

    schema: Callable[[Field, Operation], Schema]
    clean: Callable[[Field, Operation], Schema]
    problems: Callable[[Field, object, Operation], Iterator[Problem]]


@cache
def field_type(data_type: str) -> FieldType:
    """The functions of a known data type.

    Raises:
        KeyError: the data type is unknown.
    """
    if not is_field_type(data_type):
        raise KeyError(data_type)
    module = import_module(f"{__name__}.{data_type.lower()}")
    return FieldType(module.schema, getattr(module, "clean", module.schema), module.problems)
