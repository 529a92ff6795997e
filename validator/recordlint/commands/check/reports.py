"""Where reports go: one to standard output, and others to files, all from one pass over the payloads."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import Final, Protocol, TextIO

import click

from recordlint.commands import _options
from recordlint.reporters import WIDTH, Format, Summary, formats, reporter, to_bytes

Pieces = Callable[[Sequence[Format]], Iterable[Sequence[bytes]]]
"""Entries of results as they come, each in every format."""


class Stream(Protocol):
    """Takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Write all of `data`."""

    def flush(self) -> object:
        """Leave nothing behind in memory."""


def destinations(names: Sequence[str], outputs: Sequence[str]) -> dict[str, str | None]:
    """Each format with its file, or None for standard output.

    Args:
        names: the formats, as `--format` gave them; text where none is named.
        outputs: `FILE`, or `FORMAT=FILE`, as `--output` gave them. Whatever has no folder before its first `=` names a
            format there.

    Raises:
        click.UsageError: there is no such format or no file, or two reports would go to one place, or one to two.
    """
    plain: list[str] = []
    named: dict[str, str] = {}
    for output in outputs:
        name, path = _parted(output)
        if not path:
            raise click.UsageError(f"--output {output} names no file")
        if name is None:
            plain.append(path)
        elif name in named:
            raise click.UsageError(f"--output {output}: {name} goes to {named[name]} already; name each format once")
        else:
            named[name] = path
    where: dict[str, str | None] = dict.fromkeys(names or (() if named else ("text",)))
    where.update(named)
    silent = [name for name, path in where.items() if path is None]
    if len(plain) > 1 or (plain and len(silent) != 1):
        raise click.UsageError("several reports: say which goes where with --output FORMAT=FILE")
    if plain:
        where[silent[0]] = plain[0]
    elif len(silent) > 1:
        raise click.UsageError(f"{' and '.join(silent)} would both go to standard output: use --output FORMAT=FILE")
    paths = [os.path.realpath(path) for path in where.values() if path is not None]
    if len(set(paths)) < len(paths):
        raise click.UsageError("two reports would go to one file")
    return where


def _parted(output: str) -> tuple[str | None, str]:
    """The format that an `--output` names, or None, and its file.

    Raises:
        click.UsageError: there is no such format.
    """
    name, equals, path = output.partition("=")
    if not equals or os.path.dirname(name):
        return None, output
    if name not in formats():
        from recordlint.wording.phrases import as_json, either
        from recordlint.wording.suggestions import nearest

        near = nearest(name, formats())
        meant = f"did you mean {either(near)}? Write" if near else f"the formats are {', '.join(formats())}; write"
        raise click.UsageError(
            f"--output {output}: there is no format {as_json(name)}; {meant} ./{output} for a file of that name"
        )
    return name, path


def write_reports(
    where: dict[str, str | None],
    pieces: Pieces,
    summary: Callable[[], Summary],
    *,
    is_read: Callable[[str], bool],
    text: Callable[..., Format],
) -> None:
    """Write every report, as the results come. A file takes its name once its report is whole.

    Args:
        where: what `destinations` says.
        pieces: given the formats, the entries in each of them.
        summary: called once all results are written.
        is_read: whether a file is read too, so that no report may overwrite it.
        text: the text format, given its width, and whether it is in colour.

    Raises:
        click.UsageError: a file is read too.
        OutputError: a file cannot be written.
    """
    with ExitStack() as stack:
        reports = [_Report(_opened(stack, path, is_read), _format(name, path, text)) for name, path in where.items()]
        for entries in pieces([report.format for report in reports]):
            for report, entry in zip(reports, entries, strict=True):
                report.add(entry)
        for report in reports:
            report.end(summary())


class _Report:
    """A report that is being written."""

    def __init__(self, stream: Stream, format: Format) -> None:
        self.stream: Final = stream
        self.format: Final = format
        self.separator = b""
        write(stream, format.head)

    def add(self, entry: bytes) -> None:
        """Write entries at once: whoever reads the report does not wait for what follows."""
        if entry:
            self.stream.write(self.separator)
            self.stream.write(entry)
            self.stream.flush()
            self.separator = to_bytes(self.format.separator)

    def end(self, summary: Summary) -> None:
        write(self.stream, self.format.tail(summary))
        self.stream.flush()


def write(stream: Stream, text: str) -> None:
    """Write text as UTF-8, whatever is in it."""
    stream.write(to_bytes(text))


def _format(name: str, path: str | None, text: Callable[..., Format]) -> Format:
    if name != "text":
        return reporter(name)
    if path is not None:
        return text(width=WIDTH, colour=False)
    return text(width=width_of(sys.stdout), colour=_options.wants_colour(sys.stdout))


def width_of(stream: TextIO) -> int:
    """How many columns text for a stream has: what COLUMNS says, else the terminal's; 80 where it is none."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    try:
        # A terminal that does not know says 0.
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def _opened(stack: ExitStack, path: str | None, is_read: Callable[[str], bool]) -> Stream:
    if path is None:
        return sys.stdout.buffer
    if is_read(path):
        raise click.UsageError(f"--output {path} is read too; the report would overwrite it")
    from recordlint.files.atomic_write import atomic_write

    return stack.enter_context(atomic_write(path))
