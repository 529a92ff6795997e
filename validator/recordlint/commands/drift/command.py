"""recordlint drift: what changed between two versions of the definitions, and which payloads that breaks."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN, VIOLATIONS
from recordlint.commands.drift.definitions import Definitions, both
from recordlint.contract.operations import OPERATIONS, OperationName
from recordlint.drift.change import LEVELS, Change, Level, is_at_least
from recordlint.reporters import Format, Summary, to_bytes
from recordlint.reporters.changes import Compared, change_formats, change_report

TEXT: Final = "text"


class Asked(NamedTuple):
    """What the flags say about payloads."""

    object_key: str | None
    operation: OperationName | None
    lines: bool
    redact: bool
    fail_on: Level
    max_size: int | None
    ignore_unmatched: bool


@click.command(short_help="Show what a change of definitions breaks.")
@click.argument("paths", nargs=-1, metavar="OLD NEW [PAYLOADS]...", shell_complete=_options.completing("files"))
@click.option("--git", "revision", metavar="REV", help="Take OLD from this commit of git: NEW as it was, such as HEAD.")
@_options.object_key
@click.option(
    "--operation",
    type=click.Choice(tuple(OPERATIONS)),
    help="The operation that bare bodies are for.  [default: update]",
)
@click.option("--lines", is_flag=True, help="Read payloads as one body or request per line.")
@click.option("--max-size", callback=_options.to_size, help="The largest payload to read.  [default: 10MiB]")
@click.option(
    "--ignore-unmatched", is_flag=True, help="Skip payloads that no [[files]] entry of the configuration matches."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(change_formats()),
    default=TEXT,
    show_default=True,
    help="The report's format.",
)
@click.option(
    "--fail-on",
    type=click.Choice([level for level in LEVELS if level != "safe"]),
    default="breaking",
    show_default=True,
    help="The lowest level of a change that makes the exit status 1. With dangerous, new warnings count too.",
)
@click.option("--redact", is_flag=True, help="Keep all values of the payloads out of the report; keys stay.")
def command(
    paths: tuple[str, ...],
    revision: str | None,
    object_key: str | None,
    operation: OperationName | None,
    lines: bool,
    max_size: int | None,
    ignore_unmatched: bool,
    format_name: str,
    fail_on: Level,
    redact: bool,
) -> int:
    """Show what changed between two versions of object definitions, and which payloads are wrong because of it.

    OLD and NEW are files or folders of definitions. With --git, leave OLD out: it is NEW as the commit has it. Without
    NEW, the definitions are those of the configuration.

    A change is breaking, dangerous or safe; recordlint explain KIND says more about its kind. Of PAYLOADS, only those
    are reported that were right by OLD and are wrong by NEW.

    Exit status: 0 no breaking change, and no payload broken; 1 there is one; 2 something could not be read or
    understood; 3 a bug in recordlint.
    """
    old, new, payloads = both(paths, revision)
    from recordlint.drift.compare import compare
    from recordlint.drift.lines import with_lines

    _options.say_doubts(new.objects)
    changes = tuple(with_lines(compare(old.objects, new.objects), old.objects, new.objects))
    number = len({each.key for each in (*old.objects, *new.objects)})
    compared = Compared(changes, number, has_payloads=bool(payloads), **_style(format_name))
    format = change_report(format_name, compared)
    asked = Asked(object_key, operation, lines, redact, fail_on, max_size, ignore_unmatched)
    status = _write(format, payloads, old, new, asked, is_short=format_name == "markdown")
    return status or (VIOLATIONS if _fails(changes, fail_on) else status)


def _fails(changes: Sequence[Change], fail_on: Level) -> bool:
    return any(is_at_least(each.level, fail_on) for each in changes)


def _style(format_name: str) -> dict[str, Any]:
    if format_name != TEXT:
        return {}
    from recordlint.commands.check.reports import width_of

    return {"width": width_of(sys.stdout), "colour": _options.wants_colour(sys.stdout)}


def _write(
    format: Format, payloads: Sequence[str], old: Definitions, new: Definitions, asked: Asked, *, is_short: bool
) -> int:
    """Write the report, and return the exit status that the payloads make."""
    run = None
    if payloads:
        from recordlint.commands.drift.payloads import regressions

        run = regressions(payloads, old, new, asked, is_short=is_short)
    stream = sys.stdout.buffer
    stream.write(to_bytes(format.head))
    if run is None:
        stream.write(to_bytes(format.tail(Summary(0, 0, 0, 0))))
        stream.flush()
        return CLEAN
    for entry in _separated(run.pieces(payloads, [format]), format):
        stream.write(entry)
        stream.flush()
    stream.write(to_bytes(format.tail(run.summary())))
    stream.flush()
    return run.status()


def _separated(pieces: Iterator[Sequence[bytes]], format: Format) -> Iterator[bytes]:
    separator = b""
    for (entry,) in pieces:
        if entry:
            yield separator + entry
            separator = to_bytes(format.separator)
