"""recordlint delta: the smallest update that turns one record into another."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import click

from recordlint.checking.deltas import Delta, delta
from recordlint.commands import _options, _records
from recordlint.commands._exit_status import CLEAN, VIOLATIONS
from recordlint.contract.operations import LOCATION, UPDATE
from recordlint.errors import InputError, RecordlintError, UsageError
from recordlint.files.paths import holds_rows
from recordlint.records.reading import Records, parse_record, read_records
from recordlint.records.record import Record
from recordlint.wording.phrases import count_of


@click.command(short_help="Write the update from one record to another.")
@click.argument("current", metavar="CURRENT", shell_complete=_options.completing("files"))
@click.argument("wanted", metavar="WANTED", shell_complete=_options.completing("files"))
@_options.objects
@_options.object_key
@click.option(
    "--only",
    metavar="FIELDS",
    multiple=True,
    help="Change only these: property keys, keys of textbox lists, owners, followers.",
)
@click.option("--keep-missing", is_flag=True, help="Leave alone what WANTED does not name; otherwise, it is removed.")
@click.option("--location", metavar="ID", help="The locationId of the requests, where the records do not say it.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if an update cannot do all that is wanted.")
def command(
    current: str,
    wanted: str,
    objects: tuple[str, ...],
    object_key: str | None,
    only: tuple[str, ...],
    keep_missing: bool,
    location: str | None,
    strict: bool,
) -> int:
    """Write the body of the smallest update that turns the record CURRENT into WANTED, to standard output.

    Both are records as the service answers them. What WANTED does not name is removed, unless --keep-missing is given;
    null removes a value too. Nothing is written where nothing differs, or where WANTED has an error.

    Files with one record per line (*.ndjson) are matched by id, and each line that is written is a whole request.
    """
    run = _records.Run(wanted, objects, object_key, "error")
    stored = read_records(current)
    names = _names(only)
    seen: dict[str | None, str] = {}
    left_out = differing = 0
    is_advised = False
    for line, data in _records.documents(wanted):
        place = wanted if line is None else f"{wanted}:{line}"
        try:
            value = parse_record(place, data)
            record = _current(stored, place, value)
            if line is not None and (first := seen.setdefault(record.id, place)) != place:
                raise InputError(f"{place}: the record {record.id} is here twice; the first is at {first}")
            change = delta(
                run.validator.checkers, record, value, run.claim, text=data, only=names, keep_missing=keep_missing
            )
            written = _request(record, value, change, location) if line is not None and change.body else change.body
        except UsageError as error:
            run.say_unusable(place, InputError(f"{place}: {error}"))
            continue
        except RecordlintError as error:
            run.say_unusable(place, error)
            continue
        report = change.report.at_line(line) if line else change.report
        run.count(report)
        left_out += change.left_out
        differing += bool(change.body)
        _records.show(sys.stderr, _records.entry(sys.stderr, wanted, line, report))
        is_advised = _say_removed(place, change, is_advised=is_advised)
        if change.body:
            text = _records.on_a_line(written) if line is not None else _records.shown_record(written)
            _records.show(sys.stdout, text)
        elif report.valid and line is None:
            what = "no update can make this change" if change.left_out else "nothing differs"
            _options.say(f"{wanted}: {what}")
    is_many = holds_rows(wanted)
    if is_many:
        _options.say(f"{wanted}: {differing:,} of {count_of(run.checked, 'record')} need an update")
    if run.errors or run.warnings:
        _records.show(sys.stderr, _records.text_format(sys.stderr).tail(run.summary("row" if is_many else "file")))
    status = run.status()
    return VIOLATIONS if status == CLEAN and strict and left_out else status


def _names(only: Sequence[str]) -> list[str] | None:
    """The fields that `--only` names; None for all.

    Raises:
        click.UsageError: it names none.
    """
    names = [stripped for value in only for each in value.split(",") if (stripped := each.strip())]
    if only and not names:
        raise click.UsageError("--only names no field: recordlint objects lists them")
    return names or None


def _current(stored: Records, place: str, value: Any) -> Record:
    """The stored record that a wanted one is about.

    Raises:
        InputError: there is none with its id.
        UsageError: it is no record.
    """
    id = Record.from_dict(value).id
    if id is None and len(stored) > 1:
        raise InputError(f"{place}: this record has no id, and {stored.path} has several")
    try:
        return stored.find(id)
    except InputError as error:
        raise InputError(f"{place}: {error}") from error


def _say_removed(place: str, change: Delta, *, is_advised: bool) -> bool:
    """Say what goes because nothing names it. Whether it has been said by now how to leave it alone."""
    if not change.removed:
        return is_advised
    listed = ", ".join(change.removed)
    _options.say(f"warning: {place} does not name these, so the update removes them: {listed}")
    if not is_advised:
        _options.say("leave them alone with --keep-missing, or change only some fields with --only")
    return True


def _request(record: Record, wanted: Mapping[str, Any], change: Delta, location: str | None) -> dict[str, Any]:
    """The whole request of an update.

    Raises:
        UsageError: the record has no id, or nothing says where it is.
    """
    if record.id is None:
        raise UsageError("the stored record has no id, so there is no URL for its update")
    place = location or record.answer.get(LOCATION) or Record.from_dict(wanted).answer.get(LOCATION)
    if not isinstance(place, str) or not place:
        raise UsageError("the records do not say their locationId: name it with --location")
    path = UPDATE.path.format(customObjectKey=change.report.object, recordId=quote(record.id, safe=""))
    return {"method": UPDATE.method, "url": f"{path}?{LOCATION}={quote(place, safe='')}", "body": change.body}
