"""recordlint check: judge payload files."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import click

from recordlint.checker import Validator
from recordlint.commands import _options
from recordlint.engines import COMPILED, ENGINES
from recordlint.errors import InputError, InternalError, UsageError, describe
from recordlint.files import json_files, reason
from recordlint.reporters import Render, Result, Summary, formats, reporter
from recordlint.violations import Operation

CLEAN, VIOLATIONS, UNREADABLE, FAULT = 0, 1, 2, 3
STDIN = "-"


class _Run:
    """Judges files one after the other, counts, and keeps what went wrong for the exit status."""

    def __init__(
        self, validator: Validator, object_key: str | None, operation: Operation, max_size: int, fail_on: str
    ) -> None:
        self.validator = validator
        self.object_key = object_key
        self.operation = operation
        self.max_size = max_size
        self.fail_on = fail_on
        self.checked = self.valid = self.errors = self.warnings = 0
        self.unreadable = self.faulty = False

    def results(self, paths: Sequence[str]) -> Iterator[Result]:
        for path in self.files(paths):
            result = self.judge(path)
            if result:
                self.checked += 1
                self.valid += result.report.valid
                self.errors += result.report.errors
                self.warnings += result.report.warnings
                yield result

    def files(self, paths: Sequence[str]) -> Iterator[str]:
        for path in paths:
            if path == STDIN:
                yield path
                continue
            try:
                yield from json_files(path)
            except InputError as error:
                self.unreadable = True
                _options.say(str(error))

    def judge(self, path: str) -> Result | None:
        try:
            data = read(path, self.max_size)
            return Result(
                path,
                self.validator.check_document(data, object=self.object_key, operation=self.operation),
            )
        except InputError as error:
            self.unreadable = True
            _options.say(str(error))
        except UsageError as error:
            self.unreadable = True
            _options.say(f"{path}: {error} (--object KEY)")
        except InternalError as error:
            self.faulty = True
            _say_fault(path, str(error))
        except Exception as error:
            # The other files are judged all the same; the exit status tells.
            self.faulty = True
            _say_fault(path, describe(error))
        return None

    def summary(self) -> Summary:
        return Summary(self.checked, self.valid, self.errors, self.warnings)

    def status(self) -> int:
        if self.faulty:
            return FAULT
        if self.unreadable:
            return UNREADABLE
        return VIOLATIONS if self.errors or (self.warnings and self.fail_on == "warning") else CLEAN


def _say_fault(path: str, what: str) -> None:
    _options.say(f"{path}: a fault of recordlint, not of your file: {what}. Please report it.")


def read(path: str, max_size: int) -> bytes:
    """The bytes of a payload file, or of standard input.

    Raises:
        InputError: it cannot be read, or is larger than `max_size` bytes.
    """
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(max_size + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(max_size + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    if len(data) > max_size:
        raise InputError(f"{path}: larger than {max_size:,} bytes; raise the limit with --max-size")
    return data


def _text_reporter(stream: object, quiet: bool) -> Render:
    from recordlint.reporters.text import styled

    return styled(_options.wants_colour(stream), quiet)


@contextlib.contextmanager
def _destination(output: str | None, paths: Sequence[str]) -> Iterator[BinaryIO]:
    """Standard output, or the file that was asked for, which must not be one of the payloads."""
    if output is None:
        stream = sys.stdout.buffer
        yield stream
        stream.flush()
        return
    for path in paths:
        if os.path.exists(output) and os.path.exists(path) and os.path.samefile(output, path):
            raise click.UsageError(f"--output {output} is one of the payloads; the report would overwrite it")
    try:
        file = open(output, "wb")  # noqa: SIM115 - closed below; opening alone may fail here
    except OSError as error:
        raise click.UsageError(f"--output {output}: cannot be written: {reason(error)}") from error
    with file:
        yield file


def _expanded(paths: Sequence[str]) -> list[str]:
    """The payload files themselves, as far as they can be listed."""
    found = []
    for path in paths:
        with contextlib.suppress(InputError):
            found += [path] if path == STDIN else json_files(path)
    return found


@click.command(short_help="Check payload files.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@_options.objects
@_options.object_key
@_options.operation
@click.option("--format", "format_name", type=click.Choice(formats()), default="text", show_default=True)
@click.option("--output", metavar="FILE", help="Write the report there instead of standard output.")
@click.option("--fail-on", type=click.Choice(("error", "warning")), default="error", show_default=True)
@click.option("--engine", type=click.Choice(ENGINES), default=COMPILED, show_default=True)
@click.option("--max-size", default="10MiB", show_default=True, callback=_options.to_size, help="Largest file to read.")
@click.option("--quiet", is_flag=True, help="Violations alone: no source lines, hints, notes or closing line.")
def command(
    files: tuple[str, ...],
    objects: tuple[str, ...],
    object_key: str | None,
    operation: Operation,
    format_name: str,
    output: str | None,
    fail_on: str,
    engine: str,
    max_size: int,
    quiet: bool,
) -> int:
    """Check payload files; - is standard input, and folders are walked for *.json.

    A file is a bare body, or a whole request: an object with method, url, and perhaps headers and body.

    Exit status: 0 nothing at or above --fail-on; 1 violations; 2 something could not be read or understood;
    3 a fault of recordlint.
    """
    validator = Validator.from_path(*_options.definition_paths(objects), engine=engine)
    if object_key is not None:
        validator.require(object_key)
    if not quiet:
        for definition in validator.objects.values():
            for warning in definition.warnings:
                _options.say(f"warning: {definition.path}: {definition.key}: {warning}")
    run = _Run(validator, object_key, operation, max_size, fail_on)
    with _destination(output, _expanded(files) if output else ()) as stream:
        render = (
            _text_reporter(sys.stdout if output is None else None, quiet)
            if format_name == "text"
            else reporter(format_name)
        )
        for chunk in render(run.results(files), run.summary):
            stream.write(chunk.encode("utf-8", "backslashreplace"))
    return run.status()
