"""`python3 benchmarks/run.py`: installs the tools, makes the data, measures, and writes RESULTS.md.

`--quick` makes everything small, to see that it works; what it measures means little and goes to `.work/`.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import kinds
import spreadsheets as sheets
import verdicts
from counted import counted
from growth import growth, memory
from installs import HERE, NPM, WORK, binary, install, is_there, node_binary
from measuring import Command, Timed, side_by_side
from rows import ROOT, write_rows
from sizes import FULL, QUICK, Sizes
from tables import compared, limits, seconds, table
from verdicts import Rows

TICKET = str(ROOT / "fixtures" / "objects" / "ticket.json")
EXAMPLE = str(ROOT / "fixtures" / "payloads" / "valid" / "page-example.json")
KEY = "custom_objects.ticket"
SCHEMA = str(WORK / "schemas" / f"{KEY}.update.schema.json")
FAST = ("validate", "--continue", "--fast")
RECORDLINT = binary("recordlint", "recordlint")
RECORDLINT_PYTHON = binary("recordlint", "python")
LOOPS_PYTHON = binary("loops", "python")


class Tool(NamedTuple):
    """Something that judges rows."""

    command: Command
    verdict: Callable[[bytes], Rows]


def row_tools(rows: Path, versions: dict[str, str]) -> dict[str, Tool]:
    """What judges a file of rows, quickly."""
    path = str(rows)
    loops = HERE / "loops"
    found = {
        "recordlint": Tool(checked(path, "--jobs", "1"), verdicts.of_recordlint),
        "bare loop": Tool([RECORDLINT_PYTHON, str(loops / "bare.py"), SCHEMA, path], verdicts.of_loop),
        "ajv loop": Tool(ajv_loop(path), verdicts.of_loop),
        "fastjsonschema loop": Tool(
            [LOOPS_PYTHON, str(loops / "python_fastjsonschema.py"), SCHEMA, path], verdicts.of_loop
        ),
        "jsonvet": Tool(
            [binary("jsonvet", "jsonvet"), "--no-config", "--format", "json", "--schema", SCHEMA, path],
            verdicts.of_jsonvet,
        ),
        "sourcemeta jsonschema": Tool(
            # It tells on standard error.
            ["sh", "-c", '"$@" 2>&1', "sh", node_binary("jsonschema"), *FAST, SCHEMA, path],
            verdicts.of_sourcemeta,
        ),
    }
    packages = {"ajv loop": "ajv", "fastjsonschema loop": "fastjsonschema", "jsonvet": "jsonvet"}
    packages["sourcemeta jsonschema"] = "@sourcemeta/jsonschema"
    return {name: tool for name, tool in found.items() if is_there(versions.get(packages.get(name, ""), ""))}


def checked(path: str, *options: str) -> Command:
    """How recordlint judges a file of rows, with its JSON report."""
    return [RECORDLINT, "check", "--objects", TICKET, "--format", "json", *options, path]


def ajv_loop(path: str) -> Command:
    """How ajv judges a file of rows."""
    return ["node", str(HERE / "loops" / "ajv.mjs"), str(NPM / "node_modules"), SCHEMA, path]


def judged(tools: dict[str, Tool], rounds: int, bad: list[int]) -> dict[str, Timed]:
    """The tools side by side, which all have to call the same rows bad."""
    statuses = (0, 1, 2)  # sourcemeta's answer for bad rows is 2; what a tool failed at shows in its verdicts
    times = side_by_side({name: tool.command for name, tool in tools.items()}, rounds, statuses)
    found = {name: tools[name].verdict(timed.output) for name, timed in times.items()}
    differences = verdicts.disagreement(found, frozenset(bad))
    if differences:
        raise SystemExit(f"not all agree on which rows are bad: {differences}")
    return times


def throughput(sizes: Sizes, versions: dict[str, str]) -> tuple[str, dict[int, dict[str, Timed]]]:
    """Files of rows on one core: few bad rows, many, rows of which no two are alike, and rows with a warning each."""
    parts, found = [], {}
    for every in (100, 2):
        rows = WORK / f"rows-{every}.jsonl"
        bad = write_rows(rows, sizes.many, every)
        found[every] = judged(row_tools(rows, versions), min(sizes.rounds, 3), bad)
        parts.append(
            f"{sizes.many:,} rows ({rows.stat().st_size / 1e6:.0f} MB), 1 in {every} bad with three errors. recordlint "
            "runs on one core and writes its complete JSON report; the others run as they are.\n\n"
            f"{compared(found[every], 'bare loop', sizes.many)}"
        )
        rows.unlink()
    rows = WORK / "unlike.jsonl"
    bad = write_rows(rows, sizes.many, 100, shuffled=True)
    tools = row_tools(rows, versions)
    times = judged({name: tools[name] for name in ("recordlint", "bare loop", "ajv loop")}, sizes.rounds, bad)
    parts.append(
        f"{sizes.many:,} rows, 1 in 100 bad, each with its properties in a different order.\n\n"
        f"{compared(times, 'bare loop', sizes.many)}"
    )
    rows.unlink()
    rows = WORK / "warned.jsonl"
    bad = write_rows(rows, sizes.many, 0, warned=True)
    tools = row_tools(rows, versions)
    found[0] = judged({name: tools[name] for name in ("recordlint", "bare loop")}, sizes.rounds, bad)
    parts.append(f"{sizes.many:,} rows, each with one warning.\n\n{compared(found[0], 'bare loop', sizes.many)}")
    rows.unlink()
    return "\n".join(parts), found


def each_kind(sizes: Sizes) -> str:
    """Right rows of each kind, beside the bare loop."""
    definition = WORK / "order.json"
    kinds.write_definition(definition)
    schemas = WORK / "order"
    side_by_side({"schema": [RECORDLINT, "schema", "--objects", str(definition), "-o", str(schemas)]}, 1)
    schema = str(schemas / f"{kinds.KEY}.update.schema.json")

    def bare(rows: str) -> Command:
        return [RECORDLINT_PYTHON, str(HERE / "loops" / "bare.py"), schema, rows]

    def check(rows: str) -> Command:
        return [RECORDLINT, "check", "--objects", str(definition), "--format", "json", "--jobs", "1", rows]

    about = (
        f"{sizes.many:,} rows of each kind, with nothing to report. Of a whole request, the bare loop parses all and "
        "judges the body alone.\n\n"
    )
    return about + kinds.right_rows(WORK, check, bare, sizes.many, min(sizes.rounds, 3))


def slow_tools(sizes: Sizes, versions: dict[str, str]) -> str:
    """The same with few rows, and with a file a row, for the tools that need that."""
    rows = WORK / "few.jsonl"
    bad = write_rows(rows, sizes.few, 100)
    tools = row_tools(rows, versions)
    loop = [LOOPS_PYTHON, str(HERE / "loops" / "python_jsonschema.py"), SCHEMA, str(rows)]
    tools["jsonschema loop"] = Tool(loop, verdicts.of_loop)
    text = f"{sizes.few:,} rows, 1 in 100 bad, including the start.\n\n"
    text += compared(judged(tools, sizes.rounds, bad), "recordlint", sizes.few)

    folder = WORK / "files"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    files = []
    for number, line in enumerate(rows.read_text("utf-8").splitlines()[: sizes.files], 1):
        file = folder / f"{number}.json"
        file.write_text(line, "utf-8")
        files.append(str(file))
    commands: dict[str, Command] = {
        "recordlint": [RECORDLINT, "check", "--objects", TICKET, "--format", "json", *files],
        "check-jsonschema": [binary("check-jsonschema", "check-jsonschema"), "--schemafile", SCHEMA, *files],
        "ajv-cli": [*ajv_cli(), *[part for file in files for part in ("-d", file)]],
    }
    bad_files = frozenset(number for number in bad if number <= sizes.files)
    times = side_by_side(commands, sizes.rounds)
    found = {
        "recordlint": frozenset(
            int(Path(each["path"]).stem) for each in json.loads(times["recordlint"].output)["results"]
        ),
        "check-jsonschema": verdicts.of_files(times["check-jsonschema"].output),
    }
    differences = verdicts.disagreement(found, bad_files)
    if differences:
        raise SystemExit(f"not all agree on which files are bad: {differences}")
    text += f"\n{sizes.files:,} of them, one file per row, in one command.\n\n"
    return text + compared(times, "recordlint", sizes.files)


def ajv_cli() -> Command:
    """ajv-cli, but for its files."""
    return [node_binary("ajv"), "validate", "--spec=draft2020", "--strict=false", "--errors=no", "-s", SCHEMA]


def cold_start(rounds: int) -> tuple[str, dict[str, Timed]]:
    """One body a start."""
    fifty = WORK / "fifty"
    fifty.mkdir(exist_ok=True)
    text = Path(TICKET).read_text("utf-8")
    for number in range(50):
        key = KEY if not number else f"{KEY}_{number}"
        (fifty / f"{number}.json").write_text(text.replace(KEY, key), "utf-8")
    three = WORK / "three.json"
    wrong = {"phone_number": "+91 70000 00000", "type_of_ticket": "Bug report", "section_of_app": ["option_1"]}
    three.write_text(json.dumps({"properties": wrong}), "utf-8")
    one = WORK / "one.json"
    one.write_text(json.dumps({"properties": {"type_of_ticket": "Bug report"}}), "utf-8")
    check = [RECORDLINT, "check", "--objects", TICKET]
    commands: dict[str, Command] = {
        "imports alone": [RECORDLINT_PYTHON, "-c", "import click, jsonschema_rs, jiter"],
        "recordlint, a valid body": [*check, EXAMPLE],
        "recordlint, 50 definitions": [RECORDLINT, "check", "--objects", str(fifty), "--object", KEY, EXAMPLE],
        "recordlint, three violations": [*check, str(three)],
        "recordlint, one violation in SARIF": [*check, "--format", "sarif", str(one)],
        "check-jsonschema, a valid body": [
            binary("check-jsonschema", "check-jsonschema"), "--schemafile", SCHEMA, EXAMPLE,
        ],
        "ajv-cli, a valid body": [*ajv_cli(), "-d", EXAMPLE],
    }  # fmt: skip
    times = side_by_side(commands, rounds)
    return compared(times, "imports alone"), times


def cores(sizes: Sizes) -> tuple[str, dict[str, Timed]]:
    """Many rows on one core and on all, which have to print the same."""
    rows = WORK / "millions.jsonl"
    bad = write_rows(rows, sizes.millions, 100)
    tools = {
        "recordlint --jobs 1": Tool(checked(str(rows), "--jobs", "1"), verdicts.of_recordlint),
        "recordlint --jobs 2": Tool(checked(str(rows), "--jobs", "2"), verdicts.of_recordlint),
        "recordlint": Tool(checked(str(rows)), verdicts.of_recordlint),
        "ajv loop": Tool(ajv_loop(str(rows)), verdicts.of_loop),
    }
    times = judged(tools, sizes.rounds, bad)
    if times["recordlint --jobs 1"].output != times["recordlint --jobs 2"].output:
        raise SystemExit("--jobs 1 and --jobs 2 print different reports")
    rows.unlink()
    return f"{sizes.millions:,} rows, 1 in 100 bad.\n\n{compared(times, 'recordlint --jobs 1', sizes.millions)}", times


def fixing(sizes: Sizes) -> str:
    """Rows checked, and the same rows fixed. Both commands copy the file first, as only a fresh copy can be fixed."""
    rows, copy = WORK / "wrong.jsonl", WORK / "copy.jsonl"
    parts = []
    for every in (100, 2):
        write_rows(rows, sizes.many, every)
        options = {"check": (), "check --fix": ("--fix",), "check --fix --jobs 1": ("--fix", "--jobs", "1")}
        commands: dict[str, Command] = {
            name: [
                "sh",
                "-c",
                'cp "$1" "$2" && shift 2 && "$@"',
                "sh",
                str(rows),
                str(copy),
                *checked(str(copy), *more),
            ]
            for name, more in options.items()
        }
        times = side_by_side(commands, min(sizes.rounds, 3))
        parts.append(f"{sizes.many:,} rows, 1 in {every} bad.\n\n{compared(times, 'check', sizes.many)}")
        rows.unlink()
        copy.unlink()
    return "\n".join(parts)


def spreadsheets(sizes: Sizes, versions: dict[str, str]) -> tuple[str, dict[str, Timed]]:
    """A table into bodies on one core, beside its bare reading, and beside a tool that checks tables."""
    rows, schema = WORK / "table.csv", WORK / "table.schema.json"
    tables_of = ["--objects", TICKET, "--jobs", "1", str(rows)]
    convert: Command = [RECORDLINT, "convert", *tables_of, "-o", str(WORK / "bodies.ndjson")]
    commands: dict[str, Command] = {
        "csv alone": [RECORDLINT_PYTHON, str(HERE / "loops" / "csv_alone.py"), str(rows)],
        "recordlint convert": convert,
        "recordlint check": [RECORDLINT, "check", "--format", "json", *tables_of],
    }
    bad = sheets.write_table(rows, sizes.many, 100)
    times = side_by_side(commands, min(sizes.rounds, 3))
    if sheets.bad_rows_of_recordlint(times["recordlint check"].output) != frozenset(bad):
        raise SystemExit("recordlint calls other rows of the table bad")
    text = f"{sizes.many:,} rows of 10 columns ({rows.stat().st_size / 1e6:.0f} MB), 1 in 100 bad, on one core.\n\n"
    text += compared(times, "csv alone", sizes.many)
    if is_there(versions["frictionless"]):
        bad = sheets.write_table(rows, sizes.few, 100)
        sheets.write_schema(schema)
        commands["frictionless"] = [
            "sh", "-c", 'cd "$1" && shift && "$@"', "sh", str(WORK),
            binary("frictionless", "frictionless"), "validate", "--schema", schema.name,
            "--limit-errors", str(sizes.few), "--json", rows.name,
        ]  # fmt: skip
        del commands["csv alone"]
        few = side_by_side(commands, min(sizes.rounds, 3))
        if sheets.bad_rows_of_frictionless(few["frictionless"].output) != frozenset(bad):
            raise SystemExit("frictionless calls other rows of the table bad")
        text += f"\n{sizes.few:,} of them, including the start.\n\n{compared(few, 'recordlint convert', sizes.few)}"
    rows.unlink()
    return text, times


def in_process() -> tuple[str, float, float]:
    """One body in a library call: the microseconds of a valid one above the bare loop, and those of a wrong one."""
    wrong = WORK / "wrong.json"
    body = json.loads(Path(EXAMPLE).read_text("utf-8"))
    body["properties"].update(type_of_ticket="Bug report", phone_number="+1 (415) 555-0142", money="12.50")
    wrong.write_text(json.dumps(body), "utf-8")
    command = [RECORDLINT_PYTHON, str(HERE / "loops" / "check_json.py"), SCHEMA, TICKET, EXAMPLE, str(wrong)]
    output = side_by_side({"check_json": command}, 3)["check_json"].output
    bare, ours, bad = (float(each) for each in output.split())
    rows = [
        ["jiter and is_valid", seconds(bare / 1e6)],
        ["Validator.check_json", seconds(ours / 1e6)],
        ["Validator.check_json, three violations", seconds(bad / 1e6)],
    ]
    return table(["one body, in process", "least of 30"], rows), ours - bare, bad


def main() -> None:
    """Measure everything."""
    quick = "--quick" in sys.argv[1:]
    sizes = QUICK if quick else FULL
    WORK.mkdir(exist_ok=True)
    versions = install()
    side_by_side({"schema": [RECORDLINT, "schema", "--objects", TICKET, "-o", str(Path(SCHEMA).parent)]}, 1)
    say("cold start")
    cold, starts = cold_start(1 if quick else 21)
    say("throughput")
    rows, times = throughput(sizes, versions)
    say("right rows of each kind")
    right = each_kind(sizes)
    say("slower tools")
    slow = slow_tools(sizes, versions)
    say("cores")
    shared, jobs = cores(sizes)
    say("fixing")
    fixed = fixing(sizes)
    say("tables")
    converted, of_tables = spreadsheets(sizes, versions)
    say("in process")
    library, above, explained = in_process()
    say("counted")
    alike, dearest = counted(RECORDLINT, WORK, sizes.many, min(sizes.rounds, 3))
    say("memory")
    held, most = memory(RECORDLINT, WORK, quick=quick)
    say("growth")
    grown = growth(RECORDLINT, WORK, quick=quick)
    base = starts["imports alone"]
    valid = starts["recordlint, a valid body"]
    targets = [
        ("start, a valid body vs. imports alone", valid.over(base), "<=", 1.2),
        ("start, 50 definitions vs. imports alone", starts["recordlint, 50 definitions"].over(base), "<=", 1.25),
        ("start, three violations vs. imports alone", starts["recordlint, three violations"].over(base), "<=", 1.5),
        ("start, SARIF vs. imports alone", starts["recordlint, one violation in SARIF"].over(base), "<=", 1.5),
        ("start, a valid body vs. check-jsonschema", valid.over(starts["check-jsonschema, a valid body"]), "<=", 0.35),
        ("start, a valid body vs. ajv-cli", valid.over(starts["ajv-cli, a valid body"]), "<=", 0.35),
        ("1 in 100 bad vs. bare loop", times[100]["recordlint"].over(times[100]["bare loop"]), "<=", 1.3),
        ("1 in 2 bad vs. bare loop", times[2]["recordlint"].over(times[2]["bare loop"]), "<=", 3.8),
        ("every row with a warning vs. bare loop", times[0]["recordlint"].over(times[0]["bare loop"]), "<=", 3),
        ("speed with --jobs 2 vs. --jobs 1", jobs["recordlint --jobs 1"].over(jobs["recordlint --jobs 2"]), ">=", 1.7),
        ("default speed vs. ajv", jobs["ajv loop"].over(jobs["recordlint"]), ">=", 1.3),
        ("check_json above the bare loop, µs", above, "<=", 2),
        ("check_json of three violations, µs", explained, "<=", 100),
        ("a violation that is counted, µs", dearest, "<=", 10),
        ("convert, rows a second", sizes.many / of_tables["recordlint convert"].median, ">=", 40_000),
        ("memory, MB", max(most, *(each["recordlint"].megabytes for each in times.values())), "<=", 120),
    ]
    sections = {
        "Targets": limits(targets),
        "Start": cold,
        "Rows": rows,
        "Right rows of each kind": right,
        "Slower tools": slow,
        "Cores": shared,
        "Fixing rows": fixed,
        "Tables": converted,
        "In process": library,
        "Very many violations": alike,
        "Memory": held,
        "Growth": grown,
        "Versions": table(["", "version"], [[name, version] for name, version in versions.items()]),
    }
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    text = (
        "# Results\n\nMeasured by `python3 benchmarks/run.py`, side by side and in rounds. The figures are medians, "
        f"and medians of the ratios within a round. All tools agree on which rows are bad. {machine}.\n\n"
    )
    text += "\n".join(f"## {title}\n\n{section}" for title, section in sections.items())
    target = WORK / "quick.md" if quick else HERE / "RESULTS.md"
    target.write_text(text, "utf-8")
    print(text)
    say(f"written to {target}")


def say(what: str) -> None:
    """Tell how far the run is."""
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
