"""One module per data type, named as the vendor spells it, in lower case.

Each has `schema(field, operation)`, the contract, and `problems(field, value, target)`, which says in words what is
wrong with a value other than null. It may have `clean(field, operation)`, a narrower schema that refuses whatever
`problems` has a word for. Where JSON Schema cannot say that, it has `hides(field)` too, which gives a function: whether
a value that the clean schema takes has a problem all the same. Where the clean schema takes long to make ready, it may
have `usual(field, operation)`: a schema of some values that the clean one takes, which does not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from recordlint.contract.spec_files import is_field_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recordlint.contract.operations import Operation
    from recordlint.contract.spec_files import Schema
    from recordlint.definitions.model import Field
    from recordlint.definitions.target import Target
    from recordlint.violations import Problem

Hides = Callable[[Any], bool]
"""Whether a value that the clean schema takes has a problem all the same."""


class FieldType(NamedTuple):
    """What a data type's module offers."""

    schema: Callable[[Field, Operation], Schema]
    clean: Callable[[Field, Operation], Schema]
    problems: Callable[[Field, object, Target], Iterator[Problem]]
    hides: Callable[[Field], Hides | None]
    usual: Callable[[Field, Operation], Schema | None]


@cache
def field_type(data_type: str) -> FieldType:
    """The functions of a known data type.

    Raises:
        KeyError: the data type is unknown.
    """
    if not is_field_type(data_type):
        raise KeyError(data_type)
    module = import_module(f"{__name__}.{data_type.lower()}")
    clean, hides = getattr(module, "clean", module.schema), getattr(module, "hides", _hides_nothing)
    return FieldType(module.schema, clean, module.problems, hides, getattr(module, "usual", _nothing_usual))


def _hides_nothing(field: Field) -> None:
    return None


def _nothing_usual(field: Field, operation: Operation) -> None:
    return None
