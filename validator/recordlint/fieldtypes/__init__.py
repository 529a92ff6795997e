"""One module a data type, named as the vendor spells it, in lower case.

Each has `schema(field, operation)`, the contract; it may have `clean(field, operation)`, a narrower schema
that leaves no room for a warning or for a rule that JSON Schema cannot say; and it has
`problems(field, value, operation)`, what is wrong with a value, in words. `null` is judged before any of them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recordlint.objects import Field
    from recordlint.specfiles import Schema
    from recordlint.violations import Operation, Problem

_NAME: Final = re.compile(r"[A-Z][A-Z_]*[A-Z]\Z")


class FieldType(NamedTuple):
    """What a data type's module offers."""

    schema: Callable[[Field, Operation], Schema]
    clean: Callable[[Field, Operation], Schema]
    problems: Callable[[Field, object, Operation], Iterator[Problem]]


def is_known(data_type: str) -> bool:
    """Whether values of this data type are judged."""
    return _module_name(data_type) is not None


@cache
def field_type(data_type: str) -> FieldType:
    """The functions of a known data type.

    Raises:
        KeyError: the data type is unknown.
    """
    name = _module_name(data_type)
    if name is None:
        raise KeyError(data_type)
    module = import_module(name)
    return FieldType(module.schema, getattr(module, "clean", module.schema), module.problems)


@cache
def _module_name(data_type: str) -> str | None:
    """The module's full name; the pattern keeps private modules and other packages out of reach."""
    name = f"{__name__}.{data_type.lower()}"
    return name if _NAME.match(data_type) and find_spec(name) else None
