"""What the commands about stored records share: how they are read, and how what is wrong is reported."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import click

from recordlint.checking.report import Report
from recordlint.checking.validator import Validator
from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN, UNUSABLE, VIOLATIONS
from recordlint.commands.check.payloads import read
from recordlint.commands.check.reports import width_of
from recordlint.config.loading import find_config
from recordlint.contract.operations import UPDATE
from recordlint.definitions.target import Claim
from recordlint.errors import RecordlintError
from recordlint.files.lines import read_lines
from recordlint.files.paths import holds_rows
from recordlint.reporters import Format, Result, Summary, to_bytes
from recordlint.reporters.text import styled
from recordlint.wording.escape import escape

fail_on = click.option(
    "--fail-on",
    type=click.Choice(("error", "warning")),
    help="The lowest severity that makes the exit status 1.  [default: error]",
)


class Run:
    """The updates of a run: their reports, and the exit status that they make.

    Attributes:
        validator: judges them.
        claim: what bare bodies are for.
    """

    def __init__(self, path: str, objects: tuple[str, ...], object_key: str | None, fails_on: str | None) -> None:
        """Prepare to judge updates.

        Args:
            path: the file from whose folder the configuration is looked for.
            objects: the values of `--objects`.
            object_key: that of `--object`.
            fails_on: the lowest severity that makes a run fail; None for that of the configuration.
        """
        config = find_config(os.path.dirname(path) or os.curdir)
        definitions = _options.definition_paths(objects, config)
        rule = config.rule_for(path)
        by_rule = rule.claim if rule else Claim()
        region = by_rule.phone_region or config.phone_region
        self.claim = Claim(object_key or by_rule.object, UPDATE, region)
        severity = config.severity_for(path)
        self.validator = Validator.from_path(*definitions, severity=severity, phone_region=region)
        if self.claim.object is not None:
            self.validator.require(self.claim.object)
        self.fails_on = fails_on or config.fail_on
        self.checked = self.valid = self.errors = self.warnings = 0
        self.is_incomplete = False
        _options.say_doubts(self.validator.objects.values())

    def count(self, report: Report) -> None:
        """Count what is wrong with an update."""
        self.checked += 1
        self.valid += report.valid
        self.errors += report.errors
        self.warnings += report.warnings

    def say_unusable(self, place: str, error: RecordlintError) -> None:
        """Say why an update could not be looked at."""
        self.is_incomplete = True
        text = str(error)
        _options.say(text if text.startswith(place) else f"{place}: {text}")

    def summary(self, unit: str) -> Summary:
        """The totals."""
        return Summary(self.checked, self.valid, self.errors, self.warnings, unit, fix_options="")

    def status(self) -> int:
        """The exit status."""
        if self.is_incomplete:
            return UNUSABLE
        return VIOLATIONS if self.errors or (self.warnings and self.fails_on == "warning") else CLEAN


def documents(path: str) -> Iterator[tuple[int | None, bytes]]:
    """The documents in a file, each with its line where it is a row.

    Raises:
        InputError: it cannot be read.
    """
    if not holds_rows(path):
        yield None, read(path, sys.maxsize - 1)
        return
    for number, line in enumerate(read_lines(path), 1):
        if line.strip():
            yield number, line.rstrip(b"\r\n")


def text_format(stream: TextIO) -> Format:
    """The text format for a stream, with everything that it has to say."""
    colour = _options.wants_colour(stream)
    return styled(width=width_of(stream), colour=colour, quiet=False, groups=False, counts=False)


def show(stream: TextIO, text: str) -> None:
    """Write text as UTF-8, whatever is in it."""
    stream.flush()
    stream.buffer.write(to_bytes(text))
    stream.buffer.flush()


def entry(stream: TextIO, path: str, line: int | None, report: Report) -> str:
    """The text of a report."""
    return text_format(stream).entry(Result(path, report, line=line))


def shown_record(value: Any) -> str:
    """A record, or a body, in JSON for people."""
    return escape(json.dumps(value, ensure_ascii=False, indent=2), keep="\n") + "\n"


def on_a_line(value: Any) -> str:
    """A record, or a body, on one line."""
    return escape(json.dumps(value, ensure_ascii=False)) + "\n"
