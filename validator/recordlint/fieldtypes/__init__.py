"""One module per data type, named as the vendor spells it, in lower case.

Each has `schema(field, operation)`, the contract, and `problems(field, value, target)`, which says in words what is
wrong with a value other than null. It may have `clean(field, operation)`, a narrower schema that refuses whatever
`problems` has a word for. Where JSON Schema cannot say that, it has `hides(field)` too, which gives a function: whether
a value that the clean schema takes has a problem all the same. Where the clean schema takes long to make ready, it may
have `usual(field, operation)`: a schema of some values that the clean one takes, which does not. Where the examples in
the type's file of `spec/` are not right for each field, it has `example(field, operation)`: a clean value to show.
`cells(field, target, reading)` gives a function from a cell of a table to the value; without it, a cell's text becomes
what the safe fixes make of it. Types with several values have
`is_item(field, text)`: whether a text is one of them. With `ASKS`, some cells mean nothing until the table declares how
they are read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from recordlint.contract.spec_files import is_field_type, read_spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recordlint.contract.operations import Operation
    from recordlint.contract.spec_files import Schema
    from recordlint.definitions.model import Field
    from recordlint.definitions.target import Target
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.problems.problem import Problem

Hides = Callable[[Any], bool]
"""Whether a value that the clean schema takes has a problem all the same."""


class FieldType:
    """What a data type's module offers. Immutable."""

    __slots__ = ("asks", "cells", "clean", "example", "hides", "is_item", "problems", "schema", "usual")

    def __init__(self, module: Any) -> None:
        """Take the functions of a module, and what stands in for those that it does not have."""
        self.schema: Final[Callable[[Field, Operation], Schema]] = module.schema
        self.clean: Final[Callable[[Field, Operation], Schema]] = getattr(module, "clean", module.schema)
        self.problems: Final[Callable[[Field, object, Target], Iterator[Problem]]] = module.problems
        self.hides: Final[Callable[[Field], Hides | None]] = getattr(module, "hides", _hides_nothing)
        self.usual: Final[Callable[[Field, Operation], Schema | None]] = getattr(module, "usual", _nothing_usual)
        self.example: Final[Callable[[Field, Operation], Any]] = getattr(module, "example", _spec_example)
        """Gives None where the field takes no value."""
        self.cells: Final[Callable[[Field, Target, Reading], CellReader]] = getattr(module, "cells", _safe_fixes)
        self.asks: Final[bool] = getattr(module, "ASKS", False)
        self.is_item: Final[Callable[[Field, str], bool] | None] = getattr(module, "is_item", None)


@cache
def field_type(data_type: str) -> FieldType:
    """The functions of a known data type.

    Raises:
        KeyError: the data type is unknown.
    """
    if not is_field_type(data_type):
        raise KeyError(data_type)
    return FieldType(import_module(f"{__name__}.{data_type.lower()}"))


def _hides_nothing(field: Field) -> None:
    return None


def _spec_example(field: Field, operation: Operation) -> Any:
    """The first example in the type's file of `spec/`."""
    return read_spec(f"field-types/{field.data_type.lower()}.json")["examples"][0]


def _safe_fixes(field: Field, target: Target, reading: Reading) -> CellReader:
    from recordlint.fieldtypes._cells import by_safe_fixes

    return by_safe_fixes(field, target, reading)


def _nothing_usual(field: Field, operation: Operation) -> None:
    return None
