"""Commands that write one generated file: to standard output, to the file, or a comparison with it."""

from __future__ import annotations

import os

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN, VIOLATIONS

output = click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=_options.completing("files"),
    help="Write to this file instead of standard output.",
)


def deliver(text: str, output: str | None, *, compare: bool) -> int:
    """Write a text, or compare it with what is there; the exit status.

    Args:
        text: what the file holds, or should hold.
        output: the file's path; None for standard output.
        compare: write nothing, and say whether the file is out of date.

    Raises:
        UsageError: there is no file to compare with.
        OutputError: the file cannot be written.
    """
    from recordlint.export.generated_files import stale, write

    if output is None:
        if compare:
            raise click.UsageError("--check compares with a file: name it with -o FILE")
        click.echo(text, nl=False)
        return CLEAN
    folder, name = os.path.split(output)
    if not compare:
        write(folder or ".", {name: text})
        return CLEAN
    if stale(folder or ".", {name: text}):
        _options.say(f"{output} is out of date; run the command without --check")
        return VIOLATIONS
    return CLEAN
