"""recordlint check: check payload files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

import click

from recordlint.checking.validator import Validator
from recordlint.commands import _options
from recordlint.commands._exit_status import INTERRUPTED
from recordlint.commands.check.plan import STDIN, Plan, claimed_files, make_plan
from recordlint.commands.check.reports import destinations, width_of, write_reports
from recordlint.commands.check.run import Run
from recordlint.commands.check.table_options import table_options
from recordlint.contract.engines import COMPILED, ENGINES
from recordlint.contract.operations import OPERATIONS, OperationName, find_operation
from recordlint.definitions.target import Claim
from recordlint.files.paths import holds_rows, holds_table
from recordlint.reporters import Format, formats
from recordlint.reporters._totals import Showing

if TYPE_CHECKING:
    from recordlint.commands.check.baseline import Baseline
    from recordlint.commands.check.fixer import Fixer


@click.command(short_help="Check payload files.")
@click.argument("files", nargs=-1, metavar="[FILES]...", shell_complete=_options.completing("files"))
@_options.objects
@_options.object_key
@click.option(
    "--operation",
    type=click.Choice(tuple(OPERATIONS)),
    help="The operation that bare bodies are for.  [default: update]",
)
@click.option(
    "--format",
    "names",
    type=click.Choice(formats()),
    multiple=True,
    help="The report's format. May be repeated.  [default: text]",
)
@click.option(
    "--output",
    "outputs",
    shell_complete=_options.completing("files"),
    metavar="[FORMAT=]FILE",
    multiple=True,
    help="Write the report to a file instead of standard output. May be repeated with different formats. "
    "A file name that contains = needs its folder: ./a=b.txt.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning")),
    help="The lowest severity that makes the exit status 1.  [default: error]",
)
@click.option(
    "--engine", type=click.Choice(ENGINES), default=COMPILED, show_default=True, help="The JSON Schema engine to use."
)
@click.option(
    "--phone-region",
    callback=_options.to_phone_region,
    metavar="REGION",
    help="The region of phone numbers without a country code, such as US.  [default: none]",
)
@click.option("--max-size", callback=_options.to_size, help="The largest file to read.  [default: 10MiB]")
@click.option(
    "--max-violations",
    type=click.IntRange(0),
    metavar="N",
    help="List at most N violations; all are counted.  [default: all]",
)
@click.option(
    "--select",
    metavar="RULES",
    multiple=True,
    shell_complete=_options.completing("rules"),
    help="Report only these rules, such as no-op,placeholder.",
)
@click.option(
    "--ignore",
    metavar="RULES",
    multiple=True,
    shell_complete=_options.completing("rules"),
    help="Do not report these rules.",
)
@click.option("--lines", is_flag=True, help="Read files and standard input as one body or request per line.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="The number of processes that check rows.  [default: depends on the file's size]",
)
@click.option(
    "--split-to",
    metavar="DIR",
    shell_complete=_options.completing("folders"),
    help="Write rows to valid.ndjson and invalid.ndjson in this folder; with --fix, the fixed rows.",
)
@click.option(
    "--ignore-unmatched", is_flag=True, help="Skip files that no [[files]] entry of the configuration matches."
)
@click.option("--stdin-name", metavar="PATH", help="The name of standard input, in reports and for [[files]] entries.")
@click.option(
    "--fix",
    is_flag=True,
    help="Apply the safe fixes to the files, and report what is left.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option(
    "--unsafe-fixes", is_flag=True, help="With --fix or --diff: also apply fixes that may not be what you meant."
)
@click.option(
    "--baseline",
    metavar="FILE",
    shell_complete=_options.completing("files"),
    help="Report only violations that this file does not know.",
)
@click.option(
    "--write-baseline",
    metavar="FILE",
    shell_complete=_options.completing("files"),
    help="Write all violations to this file, as known ones, and report none.",
)
@click.option("--prune-baseline", is_flag=True, help="Drop what no longer occurs from the baseline.")
@click.option(
    "--record",
    metavar="FILE",
    shell_complete=_options.completing("files"),
    help="Check updates for the records that they go to: the answer to a read or a search, or one record per line.",
)
@table_options
@click.option("--redact", is_flag=True, help="Keep all values of the payloads out of the report; keys stay.")
@click.option("--quiet", is_flag=True, help="Print only one line per violation: no source lines, hints or summary.")
@click.option(
    "--show-all",
    is_flag=True,
    help="In the text report, show every violation; otherwise, only the first 3 of each rule and field.",
)
@click.option(
    "--statistics",
    is_flag=True,
    help="Count violations by rule and field. A text report of more than 50 violations ends with the counts anyway.",
)
def command(
    files: tuple[str, ...],
    objects: tuple[str, ...],
    object_key: str | None,
    operation: OperationName | None,
    names: tuple[str, ...],
    outputs: tuple[str, ...],
    fail_on: str | None,
    engine: str,
    phone_region: str | None,
    max_size: int | None,
    max_violations: int | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    lines: bool,
    jobs: int | None,
    split_to: str | None,
    ignore_unmatched: bool,
    stdin_name: str | None,
    fix: bool,
    diff: bool,
    unsafe_fixes: bool,
    baseline: str | None,
    write_baseline: str | None,
    prune_baseline: bool,
    record: str | None,
    redact: bool,
    quiet: bool,
    show_all: bool,
    statistics: bool,
    **tables: Any,
) -> int:
    """Check payload files. Use - for standard input.

    Without FILES, everything that the [[files]] entries of the configuration claim is checked; in a folder, what they
    claim there, or all *.json files where there are no entries.

    A file holds a body, or a whole request: an object with method and url, and optionally headers and body; or it is a
    table, whose rows are checked as the bodies that they become.

    Exit status: 0 nothing at or above --fail-on; 1 violations; 2 something could not be read or understood;
    3 a bug in recordlint.
    """
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if diff and redact:
        raise click.UsageError("--diff shows values, and --redact keeps them out: leave one of the two out")
    if diff and split_to is not None:
        raise click.UsageError("--diff writes nothing, and --split-to writes rows: leave one of the two out")
    if fix and not diff and split_to is None and STDIN in files:
        remedy = "write its fixed rows to a folder with --split-to" if lines else "see what it would change with --diff"
        raise click.UsageError(f"--fix rewrites files, and - is standard input: {remedy}")
    if write_baseline is not None and (baseline is not None or prune_baseline):
        other = "--prune-baseline" if baseline is None else "--baseline"
        raise click.UsageError(f"--write-baseline writes a baseline anew: leave {other} out")
    if write_baseline is not None or prune_baseline:
        name = "--prune-baseline" if write_baseline is None else "--write-baseline"
        if diff:
            raise click.UsageError(f"--diff writes nothing, and {name} writes a file: leave one of the two out")
        if fix and split_to is not None:
            raise click.UsageError(f"with --split-to, --fix leaves the checked rows as they are: leave {name} out")
    if not files:
        files = claimed_files(objects)
    plan = make_plan(
        files,
        objects=objects,
        asked=Claim(object_key, find_operation(operation) if operation else None, phone_region),
        max_size=max_size,
        fail_on=fail_on,
        showing=Showing(redact, max_violations),
        ignore_unmatched=ignore_unmatched,
        stdin_name=stdin_name,
        lines=lines,
        jobs=jobs,
        select=select,
        ignore=ignore,
        baseline=baseline if write_baseline is None else write_baseline,
    )
    if prune_baseline and plan.baseline is None:
        raise click.UsageError("--prune-baseline needs a baseline: name it with --baseline FILE")
    validator = Validator.from_path(*plan.definitions, engine=engine, severity=plan.chosen(plan.config.severity))
    plan.require_objects(validator)
    if not quiet:
        _options.say_doubts(validator.objects.values())
    where = destinations(names, outputs)
    # A machine's report keeps standard output to itself.
    is_for_machines = any(path is None and name != "text" for name, path in where.items())
    place = [*where].index("text") if "text" in where and where["text"] is None else None
    stream = sys.stderr if is_for_machines else sys.stdout
    run = Run(validator, plan, _fixer(stream if diff else None, place, unsafe_fixes, quiet) if fix or diff else None)
    run.table_options = tables
    if record is not None:
        if run.fixer:
            raise click.UsageError("--record is for what is sent as it is: run --fix or --diff without it first")
        from recordlint.records.reading import read_records

        run.records = read_records(record)
    is_new, stays_so = write_baseline is not None, not diff and not (fix and split_to is not None)
    run.baseline = _baseline(plan, is_new=is_new, stays_so=stays_so)
    text = partial(_text, quiet=quiet, groups=not show_all, counts=statistics)
    reads = partial(_is_read, files, plan)
    report = partial(write_reports, where, partial(run.pieces, files), run.summary, is_read=reads, text=text)
    try:
        if split_to is None:
            report()
        else:
            written = {f"--output {path}": path for path in where.values() if path is not None}
            if plan.baseline is not None:
                written[f"the baseline {plan.baseline}"] = plan.baseline
            _split(split_to, run, files, written, report)
    except KeyboardInterrupt:
        if run.tally.units != {"row"}:
            raise
        _options.say(f"interrupted after {run.tally.counts.checked:,} rows")
        return INTERRUPTED
    if statistics and "text" not in where:
        from recordlint.reporters._statistics import statistics as table

        click.echo(table(run.summary(), width_of(sys.stderr)), err=True, nl=False)
    if run.baseline:
        if not quiet and "text" not in where:
            run.baseline.say_held()
        if is_new or prune_baseline:
            run.baseline.write(is_whole=not run.tally.unreadable and not run.tally.faulty)
        elif not quiet:
            run.baseline.say_gone()
    return run.status()


def _baseline(plan: Plan, *, is_new: bool, stays_so: bool) -> Baseline | None:
    if plan.baseline is None:
        return None
    from recordlint.commands.check.baseline import open_baseline

    return open_baseline(plan.baseline, plan, is_new=is_new, stays_so=stays_so)


def _fixer(stream: TextIO | None, place: int | None, unsafe: bool, quiet: bool) -> Fixer:
    """What fixes files, or shows what it would change on a stream."""
    from recordlint.commands.check.fixer import Diffs, Fixer

    diffs = Diffs(stream.buffer.write, place, _options.wants_colour(stream)) if stream else None
    return Fixer(unsafe=unsafe, diffs=diffs, quiet=quiet)


def _is_read(files: Sequence[str], plan: Plan, output: str) -> bool:
    from recordlint.commands.check.payload_files import is_read

    return is_read(output, files, plan)


def _text(*, width: int, colour: bool, quiet: bool, groups: bool, counts: bool) -> Format:
    from recordlint.reporters.text import styled

    return styled(width=width, colour=colour, quiet=quiet, groups=groups, counts=counts)


def _split(folder: str, run: Run, files: Sequence[str], outputs: Mapping[str, str], report: Callable[[], None]) -> None:
    """Check rows, and write them to two files."""
    from recordlint.commands.check.split import INVALID, VALID, Incomplete, splitting

    written = [os.path.realpath(os.path.join(folder, name)) for name in (VALID, INVALID)]
    for name, path in outputs.items():
        if os.path.realpath(path) in written:
            raise click.UsageError(f"{name} is where --split-to {folder} writes rows: name another file")
    for path in files:
        if holds_table(path) and not run.plan.lines:
            raise click.UsageError(f"--split-to takes rows of JSON, and {path} is a table: use recordlint convert")
        if not (run.plan.lines or holds_rows(path)):
            raise click.UsageError(
                f"--split-to takes rows, and {path} is none of *.ndjson, *.jsonl and *.gz: add --lines"
            )
        if os.path.exists(path) and os.path.dirname(os.path.realpath(path)) == os.path.realpath(folder):
            raise click.UsageError(f"--split-to {folder}: {path} is there too, and might be overwritten")
    with splitting(folder) as run.split:
        try:
            report()
        except OSError:
            _options.say(f"{folder}: nothing written, because the report could not be written")
            raise
        if run.tally.faulty or run.tally.unreadable:
            _options.say(f"{folder}: nothing written, because some rows could not be checked")
            raise Incomplete
    if run.fixer and run.fixed():
        run.fixer.say_fixed(folder, run.fixed())
