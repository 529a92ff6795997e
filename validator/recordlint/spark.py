"""Bodies in a Spark DataFrame, judged on its executors: needs the extra `recordlint[spark]`, there too."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from recordlint.checking.validator import Validator, row_checker
from recordlint.contract.operations import OperationName, find_operation
from recordlint.definitions.target import Claim
from recordlint.errors import UsageError
from recordlint.reporters import Result
from recordlint.reporters.json import as_data

if TYPE_CHECKING:
    from pyarrow import DataType, RecordBatch
    from pyspark.sql import DataFrame

_PLACE: Final = "line INT, column INT, end_line INT, end_column INT"
_EDITS: Final = "ARRAY<STRUCT<start: INT, `end`: INT, text: STRING>>"
VIOLATION: Final = (
    f"rule STRING, severity STRING, pointer STRING, {_PLACE}, message STRING, hint STRING, "
    f"related ARRAY<STRUCT<pointer STRING, {_PLACE}, message STRING>>, "
    f"fix STRUCT<safe: BOOLEAN, description: STRING, edits: {_EDITS}>"
)
"""A violation's columns in Spark's words, named as in the JSON report; `fix` is null where there is none."""

COLUMN: Final = "violations"


_Rows = Callable[["RecordBatch", list[list[dict[str, Any]]]], "RecordBatch"]


def validate(
    df: DataFrame,
    validator: Validator,
    body: str = "body",
    object: str | None = None,
    operation: OperationName = "update",
) -> DataFrame:
    """The same rows, with what was found in each: an array column, `violations`, empty for a clean body.

    A body is judged as `Validator.check_document` does: it may be a whole request, which names its object itself. A
    null is judged as an empty text. At most 1,000 violations of a body are listed.

    Args:
        df: rows in any number of partitions, which stay as they are.
        validator: it is sent to the executors, where each worker process compiles its schemas once.
        body: the column of the JSON texts, of strings or binary.
        object: the object's key for bare bodies; may be left out where only one is defined.
        operation: `update` or `create`, for bare bodies.

    Raises:
        UnknownObject: no definition has this key.
        UsageError: there is no such column or operation, the column is of another type, or the result's column is
            there already. While it runs, a bare body and no object to judge it by fails the job.
    """
    return _mapped(df, validator, body, object, operation, f"{COLUMN} ARRAY<STRUCT<{VIOLATION}>>", _with_column)


def violations(
    df: DataFrame,
    validator: Validator,
    body: str = "body",
    object: str | None = None,
    operation: OperationName = "update",
) -> DataFrame:
    """One row a violation: the columns of its body's row, and those of the violation, as in the JSON report.

    `rule`, `severity`, `pointer`, `line`, `column`, `end_line`, `end_column`, `message`, `hint`, `related` and `fix`;
    lines count from 1 in the body's own text. `hint` and `fix` may hold values of the body; no other column of these
    does.

    Args:
        df: as in `validate`.
        validator: as in `validate`.
        body: as in `validate`.
        object: as in `validate`.
        operation: as in `validate`.

    Raises:
        UnknownObject: as `validate`.
        UsageError: as `validate`.
    """
    return _mapped(df, validator, body, object, operation, VIOLATION, _one_a_row)


def _mapped(
    df: DataFrame,
    validator: Validator,
    body: str,
    object: str | None,
    operation: OperationName,
    columns: str,
    rows: _Rows,
) -> DataFrame:
    from pyspark.sql.types import BinaryType, StringType, StructType

    if df.columns.count(body) != 1:
        raise UsageError(f"the DataFrame has {_many(df.columns.count(body))} {body}; it has {', '.join(df.columns)}")
    if not isinstance(df.schema[body].dataType, StringType | BinaryType):
        kind = df.schema[body].dataType.simpleString()
        raise UsageError(f"the column {body} is {kind}, and JSON text is string or binary: see to_json")
    added = StructType.fromDDL(columns)
    taken = {name.casefold() for name in df.columns}
    for name in added.names:
        if name.casefold() in taken:
            raise UsageError(f"the DataFrame has a column {name} already: rename it, or drop it")
    claim = Claim(object, find_operation(operation))
    row_checker(validator, claim)  # which raises here and not on an executor
    judged = partial(_judged, pickle.dumps(validator), df.columns.index(body), claim, rows)
    return df.mapInArrow(judged, StructType([*df.schema.fields, *added.fields]))


def _many(count: int) -> str:
    return f"{count} columns" if count else "no column"


@lru_cache(maxsize=4)
def _validator(pickled: bytes) -> Validator:
    """Made once in a worker, with its schemas, and not in each of the many tasks that it is given."""
    validator: Validator = pickle.loads(pickled)  # noqa: S301 - which the driver wrote
    return validator


def _judged(
    pickled: bytes,
    column: int,
    claim: Claim,
    rows: _Rows,
    batches: Iterable[RecordBatch],
) -> Iterator[RecordBatch]:
    """The batches of a task, with what was found in them."""
    from pyarrow import binary, large_binary, types

    validator = _validator(pickled)
    checker = row_checker(validator, claim)

    def look(text: bytes | None) -> list[dict[str, Any]]:
        data = text or b""
        if checker.is_clean(data):
            return []
        listed: list[dict[str, Any]] = as_data(Result("", checker.report(data)))["violations"]
        return listed

    for batch in batches:
        texts = batch.column(column)
        is_large = types.is_large_string(texts.type) or types.is_large_binary(texts.type)
        yield rows(batch, [look(text) for text in texts.cast(large_binary() if is_large else binary()).to_pylist()])


def _with_column(batch: RecordBatch, found: list[list[dict[str, Any]]]) -> RecordBatch:
    from pyarrow import array, list_

    return _with(batch, [COLUMN], [array(found, list_(_violation_type()))])


def _one_a_row(batch: RecordBatch, found: list[list[dict[str, Any]]]) -> RecordBatch:
    from pyarrow import array, int64

    origins = array([index for index, each in enumerate(found) for _ in each], int64())
    listed = array([violation for each in found for violation in each], _violation_type())
    return _with(batch.take(origins), [field.name for field in listed.type], listed.flatten())


def _with(batch: RecordBatch, names: list[str], columns: list[Any]) -> RecordBatch:
    from pyarrow import RecordBatch, field, schema

    added = [field(name, column.type) for name, column in zip(names, columns, strict=True)]
    return RecordBatch.from_arrays([*batch.columns, *columns], schema=schema([*batch.schema, *added]))


@lru_cache(maxsize=1)
def _violation_type() -> DataType:
    """`VIOLATION` in Arrow's words."""
    from pyarrow import bool_, int32, list_, string, struct

    place = [(name, int32()) for name in ("line", "column", "end_line", "end_column")]
    related = struct([("pointer", string()), *place, ("message", string())])
    edit = struct([("start", int32()), ("end", int32()), ("text", string())])
    fix = struct([("safe", bool_()), ("description", string()), ("edits", list_(edit))])
    texts = [(name, string()) for name in ("rule", "severity", "pointer")]
    words = [("message", string()), ("hint", string())]
    return struct([*texts, *place, *words, ("related", list_(related)), ("fix", fix)])
