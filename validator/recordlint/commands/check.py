"""recordlint check: judge payload files."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import BinaryIO

import click

from recordlint.checker import Validator
from recordlint.commands import _options
from recordlint.engines import COMPILED, ENGINES
from recordlint.errors import InputError, InternalError, UsageError, describe
from recordlint.files import json_files, reason
from recordlint.report import Report
from recordlint.reporters import Render, Result, Summary, formats, reporter
from recordlint.reporters._paths import readable
from recordlint.violations import Operation

CLEAN, VIOLATIONS, UNREADABLE, FAULT = 0, 1, 2, 3
STDIN = "-"


class _Run:
    """Judges files one after the other, counts, and keeps what went wrong for the exit status."""

    def __init__(
        self,
        validator: Validator,
        object_key: str | None,
        operation: Operation,
        *,
        max_size: int,
        fail_on: str,
        redact: bool,
        fixer: Fixer | None,
    ) -> None:
        self.validator = validator
        self.object_key = object_key
        self.operation = operation
        self.max_size = max_size
        self.fail_on = fail_on
        self.redact = redact
        self.fixer = fixer
        self.checked = self.valid = self.errors = self.warnings = self.fixable = 0
        self.unreadable = self.faulty = False

    def results(self, paths: Sequence[str]) -> Iterator[Result]:
        for path in self.files(paths):
            result = self.judge(path)
            if result:
                self.checked += 1
                self.valid += result.report.valid
                self.errors += result.report.errors
                self.warnings += result.report.warnings
                self.fixable += result.report.fixable
                yield result._replace(report=result.report.redacted()) if self.redact else result

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
            report = self.report(read(path, self.max_size))
            if self.fixer and report.violations:
                report = self.fixed(path, report, self.fixer)
            return Result(path, report)
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

    def report(self, data: bytes) -> Report:
        return self.validator.check_document(data, object=self.object_key, operation=self.operation)

    def fixed(self, path: str, report: Report, fixer: Fixer) -> Report:
        """The report of what is left once a file is mended; of the file as it is where it had to be left alone."""
        try:
            after = fixer(path, report)
        except InputError as error:
            self.unreadable = True
            _options.say(str(error))
            return report
        return self.report(after) if after != report.text else report

    def summary(self) -> Summary:
        fixable = self.fixer.pending if self.fixer else self.fixable
        return Summary(self.checked, self.valid, self.errors, self.warnings, fixable)

    def status(self) -> int:
        if self.faulty:
            return FAULT
        if self.unreadable:
            return UNREADABLE
        pending = self.fixer and self.fixer.pending
        return VIOLATIONS if self.errors or pending or (self.warnings and self.fail_on == "warning") else CLEAN


class Fixer:
    """Mends files, or shows what it would do.

    Attributes:
        pending: how many violations it would mend, where it only shows the change.
    """

    def __init__(self, unsafe: bool, show: Callable[[str], None] | None, quiet: bool) -> None:
        self.unsafe = unsafe
        self.show = show
        self.quiet = quiet
        self.pending = 0

    def __call__(self, path: str, report: Report) -> bytes:
        """The text after its fixes, which the file then holds.

        Raises:
            InputError: the file could not be replaced.
        """
        from recordlint.rewrite import difference, rewrite

        before = report.text or b""
        after, applied = report.mended(unsafe=self.unsafe)
        if not applied:
            return before
        if self.show:
            self.show(difference(readable(path), before, after))
            self.pending += applied
            return after
        rewrite(path, before, after)
        if not self.quiet:
            _options.say(f"{path}: mended {applied:,}")
        return after


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
                # Room is made for all that is asked for, so that is no more than there is; a pipe says 0.
                size = os.fstat(file.fileno()).st_size
                data = file.read(min(size, max_size) + 1)
                if len(data) > size:
                    data += file.read(max_size + 1 - len(data))
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
@click.option("--fix", is_flag=True, help="Rewrite the files with the safe fixes, and report what remains.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: fixes that may not be what was meant, too.")
@click.option("--redact", is_flag=True, help="Keep every value of the payloads out of the report; keys stay.")
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
    fix: bool,
    diff: bool,
    unsafe_fixes: bool,
    redact: bool,
    quiet: bool,
) -> int:
    """Check payload files; - is standard input, and folders are walked for *.json.

    A file is a bare body, or a whole request: an object with method, url, and perhaps headers and body.

    Exit status: 0 nothing at or above --fail-on; 1 violations; 2 something could not be read or understood;
    3 a fault of recordlint.
    """
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if diff and redact:
        raise click.UsageError("--diff shows values, and --redact keeps them out: leave one of the two out")
    if fix and not diff and STDIN in files:
        raise click.UsageError("--fix rewrites files, and - is standard input: see what it would change with --diff")
    validator = Validator.from_path(*_options.definition_paths(objects), engine=engine)
    if object_key is not None:
        validator.require(object_key)
    if not quiet:
        for definition in validator.objects.values():
            for warning in definition.warnings:
                _options.say(f"warning: {definition.path}: {definition.key}: {warning}")
    with _destination(output, _expanded(files) if output else ()) as stream:
        # A machine's report keeps standard output to itself.
        shown = sys.stdout.buffer if format_name == "text" or output else sys.stderr.buffer
        show = partial(_write, shown) if diff else None
        run = _Run(
            validator,
            object_key,
            operation,
            max_size=max_size,
            fail_on=fail_on,
            redact=redact,
            fixer=Fixer(unsafe_fixes, show, quiet) if fix or diff else None,
        )
        render = (
            _text_reporter(sys.stdout if output is None else None, quiet)
            if format_name == "text"
            else reporter(format_name)
        )
        for chunk in render(run.results(files), run.summary):
            _write(stream, chunk)
    return run.status()


def _write(stream: BinaryIO, text: str) -> None:
    stream.write(text.encode("utf-8", "backslashreplace"))
