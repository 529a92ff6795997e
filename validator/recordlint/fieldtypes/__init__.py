"""One module per data type, named as the vendor spells it, in lower case.

Each has `schema(field, operation)`, the contract, and `problems(field, value, target)`, which says in words what is
wrong with a value other than null. It may have `clean(field, operation)`, a narrower schema that refuses whatever
`problems` has a word for: a warning, or an error that JSON Schema cannot say.
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
    from recordlint.definitions.target import Target
    from recordlint.violations import Problem


class FieldType(NamedTuple):
    """What a data type's module offers."""

    schema: Callable[[Field, Operation], Schema]
    clean: Callable[[Field, Operation], Schema]
    problems: Callable[[Field, object, Target], Iterator[Problem]]


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
