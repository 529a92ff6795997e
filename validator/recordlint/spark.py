"""Bodies in a Spark DataFrame, judged on its executors, which need the extra `recordlint[spark]` too."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from recordlint.checking.rows import RowChecker
from recordlint.checking.validator import Validator
from recordlint.contract.operations import OperationName
from recordlint.definitions.target import Claim, to_claim
from recordlint.errors import UsageError, WrongType
from recordlint.reporters import Result
from recordlint.reporters.json import as_data

if TYPE_CHECKING:
    from pyarrow import DataType, RecordBatch
    from pyspark.sql import DataFrame

_PLACE: Final = "line INT, column INT, end_line INT, end_column INT"
_EDITS: Final = "ARRAY<STRUCT<start: INT, `end`: INT, text: STRING>>"
VIOLATION: Final = (
    f"rule STRING, severity STRING, pointer STRING, {_PLACE}, message STRING, hint STRING, note STRING, "
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
    """The same rows with their violations: an array column, `violations`, empty for a clean body.

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
    """One row per violation: the columns of its body's row, and those of the violation, as in the JSON report.

    `rule`, `severity`, `pointer`, `line`, `column`, `end_line`, `end_column`, `message`, `hint`, `note`, `related` and
    `fix`; lines count from 1 in the body's own text. `hint` and `fix` may hold values of the body; no other column of
    these does.

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
    return _mapped(df, validator, body, object, operation, VIOLATION, _one_per_row)


def _mapped(
    df: DataFrame,
    validator: Validator,
    body: str,
    object: str | None,
    operation: OperationName,
    columns: str,
    rows: _Rows,
) -> DataFrame:
    name = "validate" if rows is _with_column else "violations"
    if not hasattr(df, "mapInArrow"):
        raise WrongType(f"{name} takes a Spark DataFrame, not {type(df).__name__}")
    if not isinstance(validator, Validator):
        raise WrongType(f"{name} takes a DataFrame and a Validator, not {type(validator).__name__}")
    if not isinstance(body, str):
        raise WrongType(f"body takes the name of a column, not {type(body).__name__}")
    claim = to_claim(object, operation)
    RowChecker(validator.checkers, claim)  # which raises here and not on an executor
    from pyspark.sql.types import BinaryType, StringType, StructType

    if df.columns.count(body) != 1:
        raise UsageError(f"the DataFrame has {_many(df.columns.count(body))} {body}; it has {', '.join(df.columns)}")
    if not isinstance(df.schema[body].dataType, StringType | BinaryType):
        sql_type = df.schema[body].dataType.simpleString()
        raise UsageError(f"the column {body} is {sql_type}, and JSON text is string or binary: see to_json")
    added = StructType.fromDDL(columns)
    names = {name.casefold() for name in df.columns}
    for name in added.names:
        if name.casefold() in names:
            raise UsageError(f"the DataFrame has a column {name} already: rename it, or drop it")
    check = partial(_checked, pickle.dumps(validator), df.columns.index(body), claim, rows)
    return df.mapInArrow(check, StructType([*df.schema.fields, *added.fields]))


def _many(count: int) -> str:
    return f"{count} columns" if count else "no column"


@lru_cache(maxsize=4)
def _validator(pickled: bytes) -> Validator:
    """The validator, made once per worker with its schemas, and not for each of the worker's many tasks."""
    validator: Validator = pickle.loads(pickled)  # noqa: S301 - written by the driver
    return validator


def _checked(
    pickled: bytes,
    column: int,
    claim: Claim,
    rows: _Rows,
    batches: Iterable[RecordBatch],
) -> Iterator[RecordBatch]:
    """The batches of a task, with the violations in them."""
    from pyarrow import binary, large_binary, types

    validator = _validator(pickled)
    checker = RowChecker(validator.checkers, claim)

    def violations_of(text: bytes | None) -> list[dict[str, Any]]:
        data = text or b""
        if checker.is_clean(data):
            return []
        as_listed: list[dict[str, Any]] = as_data(Result("", checker.report(data)))["violations"]
        return as_listed

    for batch in batches:
        texts = batch.column(column)
        is_large = types.is_large_string(texts.type) or types.is_large_binary(texts.type)
        yield rows(
            batch, [violations_of(text) for text in texts.cast(large_binary() if is_large else binary()).to_pylist()]
        )


def _with_column(batch: RecordBatch, listed: list[list[dict[str, Any]]]) -> RecordBatch:
    from pyarrow import array, list_

    return _with(batch, [COLUMN], [array(listed, list_(_violation_type()))])


def _one_per_row(batch: RecordBatch, listed: list[list[dict[str, Any]]]) -> RecordBatch:
    from pyarrow import array, int64

    origins = array([index for index, each in enumerate(listed) for _ in each], int64())
    violations = array([violation for each in listed for violation in each], _violation_type())
    return _with(batch.take(origins), [field.name for field in violations.type], violations.flatten())


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
    words = [("message", string()), ("hint", string()), ("note", string())]
    return struct([*texts, *place, *words, ("related", list_(related)), ("fix", fix)])
