"""Arrow's columns as the cells of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from recordlint.tables.table_files import Cell

if TYPE_CHECKING:
    from pyarrow import Array, RecordBatch


def plain(type_: Any) -> Any:
    """The type of the values: of a dictionary, those that it encodes; of an extension of texts, texts."""
    import pyarrow

    if isinstance(type_, pyarrow.BaseExtensionType) and _is(type_.storage_type, *_TEXTS):
        return type_.storage_type
    return type_.value_type if pyarrow.types.is_dictionary(type_) else type_


_TEXTS: Final = ("string", "large_string", "string_view")
_LISTS: Final = ("list", "large_list", "fixed_size_list", "list_view", "large_list_view")
_BYTES: Final = ("binary", "large_binary", "fixed_size_binary", "binary_view")


def _is(type_: Any, *names: str) -> bool:
    """Whether a type is one of these, some of which not every pyarrow has."""
    from pyarrow import types

    return any(is_one(type_) for name in names if (is_one := getattr(types, f"is_{name}", None)))


def advice_for(type_: Any) -> str:
    """Why no cell can have values of a type, and what to do about it; empty for types that can be read.

    Example:
        >>> import pyarrow
        >>> advice_for(pyarrow.binary())
        'bytes; write them as strings'
    """
    from pyarrow import BaseExtensionType, types

    value = plain(type_)
    if _is(value, *_LISTS):
        value = plain(value.value_type)
    if isinstance(value, BaseExtensionType):
        return "values of a type that only some programs know; write them as text, numbers or dates"
    if types.is_struct(value):
        return "structs; write a column for each member"
    if types.is_map(value):
        return "maps; write a column for each key"
    if types.is_nested(value):
        return "lists of lists; write them as text"
    if _is(value, *_BYTES):
        return "bytes; write them as strings"
    if types.is_duration(value) or types.is_interval(value):
        return "durations; write them as numbers or text"
    return ""


def holds_lists(type_: Any) -> bool:
    """Whether the values of a type are lists."""
    return _is(plain(type_), *_LISTS)


def rows_of(batch: RecordBatch) -> Iterator[tuple[Cell, ...]]:
    """The cells of each row of a batch.

    Raises:
        ValueError: there are bytes that are no text, or a date past the year 9999.
        OverflowError: the same.
    """
    return zip(*[cells_of(column) for column in batch.columns], strict=True)


def cells_of(column: Array) -> Sequence[Cell]:
    """The cells of a column. What is missing is None: a null, an empty string, and NaN, which pandas writes for it."""
    import pyarrow
    from pyarrow import types

    if isinstance(column, pyarrow.ExtensionArray):
        column = column.storage
    type_ = column.type
    if types.is_dictionary(type_):
        column = column.dictionary_decode()
        type_ = column.type
    if types.is_timestamp(type_) and type_.unit == "ns":
        column = column.cast(pyarrow.timestamp("us", type_.tz), safe=False)
    elif types.is_time64(type_) and type_.unit == "ns":
        column = column.cast(pyarrow.time64("us"), safe=False)
    elif types.is_float16(type_):
        column = column.cast(pyarrow.float32())
    values: list[Any] = column.to_pylist()
    if types.is_floating(type_):
        return [None if value != value else value for value in values]
    if _is(type_, *_TEXTS):
        return [value or None for value in values]
    return values
