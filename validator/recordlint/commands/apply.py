"""recordlint apply: the record after an update."""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from recordlint.checking.records import Applied, apply_document
from recordlint.commands import _options, _records
from recordlint.commands.check.fixer import in_colour
from recordlint.errors import InputError, RecordlintError, UsageError
from recordlint.files.paths import holds_rows, readable
from recordlint.files.unified_diff import difference
from recordlint.har.entries import is_har
from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.records.reading import Records, read_records
from recordlint.reporters import Result
from recordlint.reporters.json import as_data


@click.command(short_help="Show a record after an update.")
@click.argument("record", metavar="RECORD", shell_complete=_options.completing("files"))
@click.argument("body", metavar="BODY", shell_complete=_options.completing("files"))
@_options.objects
@_options.object_key
@click.option(
    "--format", "name", type=click.Choice(("text", "json")), default="text", show_default=True, help="What is printed."
)
@_records.fail_on
def command(
    record: str, body: str, objects: tuple[str, ...], object_key: str | None, name: str, fail_on: str | None
) -> int:
    """Show the record after an update, and what is wrong with the update for this record.

    RECORD is the service's answer to a read or a search, or a file with one record per line (*.ndjson). BODY is the
    body of an update or a whole request, or a file with one request per line, whose URLs say which record is meant.

    Nothing is sent. A body with an error changes nothing, as the service would refuse it.
    """
    run = _records.Run(body, objects, object_key, fail_on)
    records = read_records(record)
    for line, data in _records.documents(body):
        place = body if line is None else f"{body}:{line}"
        try:
            _verify(data)
            applied = apply_document(run.validator.checkers, records.find, data, run.claim)
        except UsageError as error:
            run.say_unusable(place, InputError(f"{place}: {error} (--object KEY)"))
            continue
        except RecordlintError as error:
            run.say_unusable(place, error)
            continue
        run.count(applied.report)
        show_applied(records, body, line, applied, name)
        if applied.after is not None:
            records.replace(applied.after)
    if name == "text":
        unit = "row" if holds_rows(body) else "file"
        _records.show(sys.stdout, _records.text_format(sys.stdout).tail(run.summary(unit)))
    return run.status()


def _verify(data: bytes) -> None:
    """Refuse a recording.

    Raises:
        InputError: it is one.
    """
    if b'"entries"' in data:
        with suppress(Unreadable):
            if is_har(read_json(data)):
                raise InputError("these requests were sent already: apply takes an update that is about to be sent")


def show_applied(records: Records, path: str, line: int | None, applied: Applied, name: str) -> None:
    """Write what an update makes of its record, and what is wrong with it."""
    before, after = [each and each.to_dict() for each in applied[:2]]
    report = applied.report.at_line(line) if line else applied.report
    if name == "json":
        data = {"record": after, **as_data(Result(path, report, line=line))}
        _records.show(sys.stdout, _records.on_a_line(data) if line else _records.shown_record(data))
        return
    changes = ""
    if before != after:
        old, new = [_records.shown_record(each).encode("utf-8", "backslashreplace") for each in (before, after)]
        id = applied.after and applied.after.id
        title = readable(records.path) if len(records) == 1 else f"{readable(records.path)} {id}"
        changes = in_colour(difference(title, old, new, ()), _options.wants_colour(sys.stdout))
    if changes and report.violations:
        changes += "\n"
    _records.show(sys.stdout, changes + _records.entry(sys.stdout, path, line, report))
