"""recordlint.spark on a real local Spark, several partitions and workers, held against the command line."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from command_folder import COMMAND, ENVIRONMENT
from fixture_files import OBJECTS, payloads
from recordlint import UnknownObject, UsageError, Validator, WrongType
from recordlint.definitions.target import to_claim

pytest.importorskip("pyspark", reason="recordlint[spark] is not installed: 900 MB, which .ci/run installs")
pytestmark = pytest.mark.filterwarnings("default")  # what pyspark and its JVM's sockets warn of is theirs

TICKET = "custom_objects.ticket"
GOOD = '{"properties": {"priority": "high"}}'
BAD = '{"properties": {"priority": "HIGH", "phone_number": "7"}}'


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator.from_path(OBJECTS)


def one_line(path: Path) -> str | None:
    """A payload as a row; None for one that cannot be."""
    text = path.read_bytes().decode(errors="replace").strip()
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except (ValueError, UnicodeError):
        return text if text and "\n" not in text and "\r" not in text and "\ufffd" not in text else None


def rows() -> list[str]:
    """All payloads as rows, and again, so that each partition has some."""
    lines = [row for row in (one_line(payload.path) for payload in payloads()) if row]
    return [*lines, GOOD, BAD, *reversed(lines), *[GOOD] * 20, *lines]


def listed_by_the_command(folder: Path, lines: list[str], *options: str) -> dict[int, list[dict[str, Any]]]:
    """By line, the violations of the JSON report, with a body's own lines."""
    path = folder / "rows.ndjson"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    arguments = [COMMAND, "check", "--objects", OBJECTS, "--format", "json", *options, path]
    run = subprocess.run(arguments, env=ENVIRONMENT, capture_output=True, check=False)
    assert run.returncode == 1, run.stderr
    results = json.loads(run.stdout)["results"]
    for result in results:
        for each in result["violations"]:
            for placed in (each, *each["related"]):
                if placed["line"] is not None:
                    placed["line"] = placed["end_line"] = 1
    return {result["line"]: result["violations"] for result in results}


def data_frame(spark: Any, lines: list[str]) -> Any:
    numbered = list(enumerate(lines, 1))
    frame = spark.createDataFrame(numbered, "number INT, body STRING").repartition(5)
    assert frame.rdd.getNumPartitions() == 5
    return frame


def test_a_row_a_violation_as_the_command_line_tells(spark: Any, validator: Validator, tmp_path: Path) -> None:
    from recordlint.spark import violations

    lines = rows()
    wanted = listed_by_the_command(tmp_path, lines, "--object", TICKET)
    listed: dict[int, list[dict[str, Any]]] = {}
    for row in violations(data_frame(spark, lines), validator, object=TICKET).collect():
        violation = row.asDict(recursive=True)
        number, body = violation.pop("number"), violation.pop("body")
        assert body == lines[number - 1]
        listed.setdefault(number, []).append(violation)
    assert listed == wanted
    assert len(wanted) > 100


def test_the_column_of_each_row_as_the_command_line_tells(spark: Any, validator: Validator, tmp_path: Path) -> None:
    """Whole requests too, where each names its object."""
    from recordlint.spark import validate

    def request(line: str, key: str) -> str:
        url = f"https://services.leadconnectorhq.com/objects/{key}/records/668d681f77af4e5229abd6c0?locationId=l"
        return f'{{"method": "PUT", "url": "{url}", "body": {line}}}'

    bodies = [row for row in rows() if row.startswith("{")]
    lines = [request(row, key) for row in bodies for key in (TICKET, "custom_objects.asset", "custom_objects.tiket")]
    wanted = listed_by_the_command(tmp_path, lines)
    result = validate(data_frame(spark, lines), validator).collect()
    assert sorted(row.number for row in result) == list(range(1, len(lines) + 1))
    listed = {row.number: row.asDict(recursive=True)["violations"] for row in result}
    assert {number: violations for number, violations in listed.items() if violations} == wanted
    assert any(not violations for violations in listed.values())


def test_binary_null_and_empty(spark: Any, validator: Validator) -> None:
    from recordlint.spark import validate

    texts = [(1, GOOD.encode()), (2, None), (3, b""), (4, b"\xff"), (5, BAD.encode())]
    frame = spark.createDataFrame(texts, "number INT, text BINARY")
    result = validate(frame, validator, "text", object=TICKET).orderBy("number").collect()
    assert [[each.rule for each in row.violations] for row in result] == [
        [],
        ["invalid-json"],
        ["invalid-json"],
        ["encoding"],
        ["unknown-option", "phone-format"],
    ]
    assert [bytes(row.text) if row.text is not None else None for row in result] == [text for _, text in texts]


def test_a_new_record(spark: Any, validator: Validator) -> None:
    from recordlint.spark import violations

    frame = spark.createDataFrame([(GOOD,)], "body STRING")
    (first, *_) = violations(frame, validator, object=TICKET, operation="create").collect()
    assert first.rule == validator.check_json(GOOD, object=TICKET, operation="create").violations[0].rule


def test_the_empty_data_frame_has_the_columns_all_the_same(spark: Any, validator: Validator) -> None:
    from recordlint.spark import validate, violations

    frame = spark.createDataFrame([], "body STRING")
    assert validate(frame, validator, object=TICKET).columns == ["body", "violations"]
    assert violations(frame, validator, object=TICKET).collect() == []


@pytest.mark.parametrize(
    ("columns", "options", "error", "words"),
    [
        ("text STRING", {}, UsageError, "the DataFrame has no column body; it has text"),
        ("body STRING, Rule INT", {}, UsageError, "the DataFrame has a column rule already: rename it, or drop it"),
        ("body INT", {}, UsageError, "the column body is int, and JSON text is string or binary: see to_json"),
        ("body STRING", {"object": "custom_objects.tiket"}, UnknownObject, "did you mean custom_objects.ticket?"),
        ("body STRING", {"operation": "patch"}, UsageError, "there is no operation 'patch'"),
        ("body STRING", {"operation": 5}, WrongType, "operation takes 'update' or 'create', not int"),
        (
            "body STRING",
            {"object": []},
            WrongType,
            "object takes an object's key, such as custom_objects.ticket, not list",
        ),
        ("body STRING", {"body": 5}, WrongType, "body takes the name of a column, not int"),
        ("body STRING", {"validator": 5}, WrongType, "violations takes a DataFrame and a Validator, not int"),
    ],
)
def test_what_cannot_be_is_said_at_once(
    spark: Any, validator: Validator, columns: str, options: dict[str, Any], error: type[Exception], words: str
) -> None:
    from recordlint.spark import violations

    with pytest.raises(error) as raised:
        violations(spark.createDataFrame([], columns), **{"validator": validator, "object": TICKET, **options})
    assert words in str(raised.value)


def test_a_body_that_no_object_is_named_for_fails_the_job(spark: Any, validator: Validator) -> None:
    """It is not passed over."""
    from recordlint.spark import violations

    with pytest.raises(Exception, match="say which object the bodies are for"):
        violations(spark.createDataFrame([(GOOD,)], "body STRING"), validator).collect()


def test_schemas_are_compiled_once_a_worker(validator: Validator) -> None:
    from pyarrow import RecordBatch

    from recordlint import spark as module

    module._validator.cache_clear()
    pickled = pickle.dumps(validator)
    for _ in range(3):
        batch = RecordBatch.from_pydict({"body": [GOOD, BAD]})
        (out,) = module._checked(bytes(bytearray(pickled)), 0, to_claim(TICKET, "update"), module._one_per_row, [batch])
        assert out.num_rows == 2
    info = module._validator.cache_info()
    assert (info.misses, info.hits) == (1, 2)


def test_bodies_of_a_table_are_those_of_the_command(spark: Any, validator: Validator, tmp_path: Path) -> None:
    from recordlint.spark import to_bodies

    columns = "`Ticket name` STRING, Priority STRING, `Affected platforms` STRING, `Received on` DATE, Number DOUBLE"
    cells = [
        ("Printer", "High, within a day", "web;ios", date(2024, 7, 11), 12.5),
        ("Screen", "nope", "web", None, None),
        (None, None, None, None, None),
        ("Mouse", "low", "web;nope", date(2024, 1, 1), 3.0),
    ] * 9
    df = spark.createDataFrame(cells, columns).repartition(3)
    mapping = {"separator": ";", "columns": {"Number": {"field": "customer_number"}}}
    made = to_bodies(df, validator, mapping, object=TICKET).collect()
    assert len(made) == len(cells)
    by_name = {row["Ticket name"]: row for row in made}
    assert by_name[None].body is None
    assert by_name[None].violations == []
    for name, header in (("Screen", "Priority"), ("Mouse", "Affected platforms")):
        assert by_name[name].body is None
        assert [(each.rule, each.header) for each in by_name[name].violations] == [("unknown-option", header)]
    bodies = sorted([row.body for row in made if row.body])
    path = tmp_path / "table.parquet"
    df.coalesce(1).toPandas().to_parquet(path)
    (tmp_path / "map.toml").write_text('separator = ";"\n[columns.Number]\nfield = "customer_number"\n', "utf-8")
    arguments = [COMMAND, "convert", path, "--objects", OBJECTS, "--object", TICKET, "--map", tmp_path / "map.toml"]
    run = subprocess.run(arguments, env=ENVIRONMENT, capture_output=True, check=False)
    assert run.returncode == 1, run.stderr
    assert bodies == sorted(run.stdout.decode().splitlines())
    assert len(bodies) == 9


def test_columns_that_are_not_clear(spark: Any, validator: Validator) -> None:
    from recordlint.spark import to_bodies

    df = spark.createDataFrame([("a", b"x")], "Colour STRING, Priority BINARY")
    with pytest.raises(UsageError) as refused:
        to_bodies(df, validator, object=TICKET)
    assert str(refused.value) == (
        'the column "Colour" matches no field of Ticket; map it to a field, or leave it out with --ignore-column; '
        "the column Priority has bytes; write them as strings"
    )
    with pytest.raises(UsageError, match="there is no key"):
        to_bodies(df, validator, {"nope": 1}, object=TICKET)
    with pytest.raises(UsageError, match="has a column body already"):
        to_bodies(
            spark.createDataFrame([("a", "b")], "Priority STRING, body STRING").select("*"),
            validator,
            {"ignore-columns": ["body"]},
            object=TICKET,
        )
    with pytest.raises(WrongType, match="to_bodies takes a Spark DataFrame"):
        to_bodies([], validator)  # type: ignore[arg-type]
