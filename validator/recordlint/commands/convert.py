"""recordlint convert: a table into bodies, one line each, and the rows that are rejected."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN, UNUSABLE, VIOLATIONS
from recordlint.commands.check.table_options import table_options
from recordlint.commands.check.tables import pages, say_notes, tallied
from recordlint.contract.operations import OPERATIONS, OperationName, find_operation
from recordlint.definitions.target import Claim
from recordlint.errors import InternalError

if TYPE_CHECKING:
    from recordlint.commands.check.plan import Plan
    from recordlint.commands.check.run import Run
    from recordlint.reporters import Format
    from recordlint.tables.columns import Column
    from recordlint.tables.mapping import TableMapping
    from recordlint.tables.preparing import Prepared, Source
    from recordlint.tables.table_files import Layout

NOT_WRITTEN: Final = (".gz", ".xlsx", ".xlsm", ".parquet")
"""Endings of files that would not be what their names say."""


class Outputs(NamedTuple):
    """The paths of what is written; None for what is not, and for bodies that go to standard output."""

    bodies: str | None
    rejects: str | None
    map: str | None


class Conversion(NamedTuple):
    """What is done, from its beginning to its end."""

    run: Run
    table: str
    """The file, as the user names it."""
    report: Format
    outputs: Outputs


@click.command(short_help="Make bodies of a table.")
@click.argument("table", metavar="TABLE", shell_complete=_options.completing("files"))
@_options.objects
@_options.object_key
@click.option(
    "--operation",
    type=click.Choice(tuple(OPERATIONS)),
    help="The operation that the bodies are for.  [default: update]",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=_options.completing("files"),
    help="Write the bodies to this file, one per line.  [default: standard output]",
)
@click.option(
    "--rejects",
    metavar="FILE",
    shell_complete=_options.completing("files"),
    help="Write the rejected rows to this CSV file, with what is wrong in a column recordlint_error.",
)
@click.option("--requests", is_flag=True, help="Write whole requests. A table with record ids becomes requests anyway.")
@click.option(
    "--unique", metavar="COLUMN", multiple=True, help="Reject rows that repeat a value of this column. May be repeated."
)
@table_options
@click.option(
    "--write-map",
    metavar="FILE",
    shell_complete=_options.completing("files"),
    help="Write the mapping in use to this file, for --map.",
)
@click.option(
    "--phone-region",
    callback=_options.to_phone_region,
    metavar="REGION",
    help="The region of phone numbers without a country code, such as US.  [default: none]",
)
@click.option("--max-size", callback=_options.to_size, help="The largest row to read.  [default: 10MiB]")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="The number of processes.")
@click.option("--redact", is_flag=True, help="Keep all values out of what is said about rows.")
@click.option(
    "--show-all", is_flag=True, help="Say every violation; otherwise, only the first 3 of each rule and field."
)
def command(
    table: str,
    objects: tuple[str, ...],
    object_key: str | None,
    operation: OperationName | None,
    output: str | None,
    rejects: str | None,
    requests: bool,
    unique: tuple[str, ...],
    write_map: str | None,
    phone_region: str | None,
    max_size: int | None,
    jobs: int | None,
    redact: bool,
    show_all: bool,
    **tables: Any,
) -> int:
    """Make a body of each row of a CSV, XLSX or Parquet file. Use - for CSV text on standard input.

    Each header is matched to a field by its key or its name, and each cell is read by the field's type, as --fix would
    write it. Rows with errors are reported and left out; --rejects writes them to a file, to be corrected and
    converted again. If a header is wrong, nothing is written.

    Exit status: 0 every row became a body; 1 rows are rejected; 2 something could not be read or understood;
    3 a bug in recordlint.
    """
    from recordlint.checking.validator import Validator
    from recordlint.commands.check.plan import make_plan
    from recordlint.commands.check.row_spots import readable_twice
    from recordlint.commands.check.run import Run
    from recordlint.reporters._totals import Showing

    plan = make_plan(
        (table,),
        objects=objects,
        asked=Claim(object_key, find_operation(operation) if operation else None, phone_region),
        max_size=max_size,
        fail_on="error",
        showing=Showing(redact, None),
        ignore_unmatched=False,
        stdin_name=None,
        lines=False,
        jobs=jobs,
        select=(),
        ignore=(),
    )
    _refuse_same(table, plan, tables["map_file"], {"--output": output, "--rejects": rejects, "--write-map": write_map})
    validator = Validator.from_path(*plan.definitions, severity=plan.config.severity)
    _options.say_doubts(validator.objects.values())
    run = Run(validator, plan, None)
    run.table_options = tables
    run.refuses_fix = True
    run.tally.units.add("row")
    with readable_twice(table) as path:
        conversion = Conversion(run, table, _report(groups=not show_all), Outputs(output, rejects, write_map))
        return _convert(conversion, path, unique, requests=requests)


def _convert(conversion: Conversion, path: str, unique: Sequence[str], *, requests: bool) -> int:
    """Read the columns of the file at a path, and write its rows if the columns are clear."""
    from recordlint.commands.check.table_file import claim_of, target_of
    from recordlint.errors import InputError
    from recordlint.tables.preparing import Unready, prepare

    run, table, *_ = conversion
    mapping = run.tables.mapping(table, run.plan.config, run.plan.asked.phone_region)
    claim = claim_of(run, table, mapping)
    if claim is None:
        raise InputError(f"{table}: the configuration excludes it")
    checkers = run.validator_for(table).checkers
    target = target_of(claim, mapping, checkers)
    source = run.tables.source(path, table, run.plan.max_size)
    ready = prepare(source, target, mapping, checkers, location=mapping.location, unique=unique, as_requests=requests)
    say = partial(say_notes, table, said=set())
    say(ready.notes)
    if isinstance(ready, Unready):
        for reason in ready.reasons:
            _options.say(f"{table}: {reason}")
        _options.say("nothing is written, because the columns are not clear")
        return UNUSABLE
    return _write(conversion, source, mapping, ready, say)


def _write(
    conversion: Conversion,
    source: Source,
    mapping: TableMapping,
    ready: Prepared,
    say: Callable[[Sequence[str]], None],
) -> int:
    """Write the bodies and the rejected rows, and say what is wrong with these."""
    from recordlint.commands.check.progress import Progress
    from recordlint.commands.check.table_file import show_questions
    from recordlint.files.atomic_write import atomic_write
    from recordlint.reporters import to_bytes
    from recordlint.tables.pages import TableJob
    from recordlint.tables.rejects import rejects_header

    run, table, report, outputs = conversion
    tally = run.tally
    rejected = written = 0
    with ExitStack() as stack:
        files = [each if each is None else stack.enter_context(atomic_write(each)) for each in outputs]
        output, others, map_file = files
        bodies = output or sys.stdout.buffer
        if map_file:
            map_file.write(_map_text(mapping, ready).encode())
        if others:
            # Its own encoding is clear, so that the flag for the table cannot turn names into others.
            mark = "" if run.tables.encoding is None else "\ufeff"
            others.write(to_bytes(mark + rejects_header(ready.head, ready.layout)))
        job = TableJob(
            table,
            ready.layout,
            ready.table,
            run.validator_for(table).checkers,
            ready.asked,
            ready.repeats,
            (report,),
            redact=run.plan.showing.redact,
            writes=True,
        )
        for (entry,) in show_questions(run, table, ready, [report]):
            _show(run, entry)
        progress = stack.enter_context(Progress(None))
        for page in tallied(pages(source, job, run.plan.jobs, lambda: None, say), tally, progress):
            _show(run, page.entries[0])
            bodies.write(page.bodies)
            written += page.bodies.count(b"\n")
            rejected += page.rejected
            if others:
                others.write(to_bytes(page.rejects))
        if tally.faulty:
            raise InternalError("some rows could not be looked at, so no file is written")
        # All are whole before one of them appears under its name.
        bodies.flush()
        for file in filter(None, files):
            file.settle()
    _say_what_is_done(conversion, written, rejected)
    return VIOLATIONS if rejected else CLEAN


def _show(run: Run, entry: bytes) -> None:
    if entry:
        sys.stderr.buffer.write(run.alike.first(entry))
        sys.stderr.buffer.flush()


def _report(*, groups: bool) -> Format:
    from recordlint.commands.check.reports import width_of
    from recordlint.reporters.text import styled

    colour = _options.wants_colour(sys.stderr)
    return styled(width=width_of(sys.stderr), colour=colour, quiet=False, groups=groups, counts=False)


def _say_what_is_done(conversion: Conversion, written: int, rejected: int) -> None:
    from recordlint.reporters import to_bytes
    from recordlint.tables.costs import cost
    from recordlint.wording.phrases import count_of

    run, table, report, outputs = conversion
    if rejected or run.tally.counts.warnings:
        sys.stderr.buffer.write(to_bytes(report.tail(run.summary())))
        sys.stderr.buffer.flush()
    where = "" if outputs.bodies is None else f" in {outputs.bodies}"
    others = f", {count_of(rejected, 'row')} rejected" if rejected else ""
    if rejected and outputs.rejects is not None:
        others += f", in {outputs.rejects}"
    _options.say(f"{table}: {count_of(written, 'body')}{where}{others}")
    if written:
        _options.say(cost(written))


def _map_text(mapping: TableMapping, ready: Prepared) -> str:
    from recordlint.tables.mapping import mapping_in_use, write_mapping

    target = ready.table.target
    in_use = mapping_in_use(mapping, [_as_rejected(each, ready.layout) for each in ready.table.columns])
    in_use = in_use._replace(
        object=target.object.key,
        operation=target.operation.name,
        reading=in_use.reading._replace(phone_region=in_use.reading.phone_region or target.phone_region),
    )
    return write_mapping(in_use)


def _as_rejected(column: Column, layout: Layout) -> Column:
    """A column as it is among the rejected rows: there, lists are texts."""
    from recordlint.tables.rejects import JOINT

    if column.position not in layout.lists or column.reading.separator is not None:
        return column
    return column._replace(reading=column.reading._replace(separator=JOINT))


def _refuse_same(table: str, plan: Plan, map_file: str | None, written: dict[str, str | None]) -> None:
    """Refuse to write a file that is read, two files at one path, or what a name does not say.

    Only `--write-map` may replace the map.

    Raises:
        click.UsageError: one would be lost.
    """
    from recordlint.commands.check.payload_files import is_in_definitions

    seen = {_identity(table): "the table"}
    if map_file is not None:
        seen.setdefault(_identity(map_file), "the file of --map")
    if plan.config.path:
        seen.setdefault(_identity(plan.config.path), "the configuration")
    for option, path in written.items():
        if path is None:
            continue
        if path.lower().endswith(NOT_WRITTEN):
            raise click.UsageError(f"{option} {path} is written as plain text: give it another ending")
        if is_in_definitions(path, plan):
            raise click.UsageError(f"{option} {path} is among the definitions: name another file")
        other = seen.setdefault(_identity(path), option)
        if other != option and (option, other) != ("--write-map", "the file of --map"):
            raise click.UsageError(f"{option} {path} is also {other}: name another file")


def _identity(path: str) -> object:
    """What is the same for all names of a file."""
    import os

    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return os.path.realpath(path)
    return status.st_dev, status.st_ino
