"""Bodies in a Spark DataFrame, judged on its executors, which need the extra `recordlint[spark]` too."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from recordlint.checking.rows import RowChecker
from recordlint.checking.validator import Validator
from recordlint.contract.operations import UPDATE, OperationName
from recordlint.definitions.target import Claim, Target, to_claim
from recordlint.errors import UsageError, WrongType
from recordlint.reporters import Result
from recordlint.reporters.json import as_data

if TYPE_CHECKING:
    from pyarrow import DataType, RecordBatch
    from pyspark.sql import DataFrame

    from recordlint.checking.report import Report
    from recordlint.tables.row_checker import TableRowChecker

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


def to_bodies(
    df: DataFrame,
    validator: Validator,
    mapping: Mapping[str, Any] | None = None,
    *,
    object: str | None = None,
    operation: OperationName = "update",
    location: str | None = None,
    body: str = "body",
) -> DataFrame:
    """The same rows with their bodies: two columns more, `body` and `violations`, as `recordlint convert` makes them.

    `body` is JSON text; null for a row with an error, and for a row without data. A violation has the columns of
    `violations`, and `header`, the name of the column that it is about. A column `record id` makes whole requests. The
    rows are not looked at before, so each separator of several values has to be declared.

    Args:
        df: rows in any number of partitions. Its columns are matched as the headers of a table are.
        validator: as in `validate`.
        mapping: what `[[tables]]` in the configuration takes, such as `{"date-order": "dmy", "separator": ";"}`.
        object: the object's key; may be left out where only one is defined.
        operation: `update` or `create`.
        location: the location's id.
        body: the name of the column for the bodies.

    Raises:
        UnknownObject: no definition has this key.
        UsageError: a column cannot be matched or read, with all reasons; the mapping says what no table takes; or
            the result's columns are there already.
    """
    _verify(df, validator, "to_bodies")
    from pyspark.sql.pandas.types import to_arrow_type
    from pyspark.sql.types import StructType

    from recordlint.tables.arrow import advice_for
    from recordlint.tables.headers import match_headers
    from recordlint.tables.mapping import checked_mapping

    claim = to_claim(object, operation)
    checkers = validator.checkers
    definition = checkers.require(checkers.only() if claim.object is None else claim.object)
    target = Target(definition, claim.operation or UPDATE, validator.phone_region)
    table, faults = match_headers(df.columns, target, checked_mapping(mapping or {}), location=location)
    reasons = [each.reason for each in faults]
    for field in df.schema.fields:
        if any(column.header == field.name for column in table.columns):
            advice = advice_for(to_arrow_type(field.dataType))
            reasons += [f"the column {field.name} has {advice}"] if advice else []
    if reasons:
        raise UsageError("; ".join(reasons))
    added = StructType.fromDDL(f"`{body}` STRING, {COLUMN} ARRAY<STRUCT<header: STRING, {VIOLATION}>>")
    _verify_new(df, added.names)
    convert = partial(_converted, pickle.dumps((validator, table)), body)
    return df.mapInArrow(convert, StructType([*df.schema.fields, *added.fields]))


def _mapped(
    df: DataFrame,
    validator: Validator,
    body: str,
    object: str | None,
    operation: OperationName,
    columns: str,
    rows: _Rows,
) -> DataFrame:
    _verify(df, validator, "validate" if rows is _with_column else "violations")
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
    _verify_new(df, added.names)
    check = partial(_checked, pickle.dumps(validator), df.columns.index(body), claim, rows)
    return df.mapInArrow(check, StructType([*df.schema.fields, *added.fields]))


def _verify(df: DataFrame, validator: Validator, name: str) -> None:
    if not hasattr(df, "mapInArrow"):
        raise WrongType(f"{name} takes a Spark DataFrame, not {type(df).__name__}")
    if not isinstance(validator, Validator):
        raise WrongType(f"{name} takes a DataFrame and a Validator, not {type(validator).__name__}")


def _verify_new(df: DataFrame, added: Iterable[str]) -> None:
    names = {name.casefold() for name in df.columns}
    for name in added:
        if name.casefold() in names:
            raise UsageError(f"the DataFrame has a column {name} already: rename it, or drop it")


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


@lru_cache(maxsize=4)
def _table_checker(pickled: bytes) -> TableRowChecker:
    """What checks the rows of a table, made once per worker."""
    from recordlint.tables.row_checker import TableRowChecker
    from recordlint.tables.table_files import Layout

    validator, table = pickle.loads(pickled)  # noqa: S301 - written by the driver
    header = tuple([column.header for column in table.columns])
    return TableRowChecker(table, validator.checkers, Layout("", header), frozenset(), {})


def _converted(pickled: bytes, body: str, batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
    """The batches of a task, with the bodies of their rows."""
    from pyarrow import array, field, list_, string, struct

    from recordlint.tables.arrow import rows_of
    from recordlint.tables.table_files import TableRow

    checker = _table_checker(pickled)
    listed = list_(struct([field("header", string()), *_violation_type()]))
    for batch in batches:
        checked = [checker.check(TableRow(1, cells)) for cells in rows_of(batch)]
        bodies = [each.text.decode() if each and each.is_valid else None for each in checked]
        violations = [_said(each.report) if each and each.report else [] for each in checked]
        yield _with(batch, [body, COLUMN], [array(bodies, string()), array(violations, listed)])


def _said(report: Report) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = as_data(Result("", report))["violations"]
    return [{"header": each.get("cell", {}).get("column", ""), **each} for each in listed]


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
