"""Where reports go: one format to standard output, and any to files, all from one pass over the payloads."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import tee
from typing import BinaryIO

import click

from recordlint.commands import _options
from recordlint.files import reason
from recordlint.reporters import Render, Result, Summary, formats, reporter


def destinations(names: Sequence[str], outputs: Sequence[str]) -> dict[str, str | None]:
    """Each format with its file, or None for standard output.

    Args:
        names: the formats, as `--format` gave them; text where none is named.
        outputs: `FILE`, or `FORMAT=FILE`, as `--output` gave them.

    Raises:
        click.UsageError: two reports would go to one place.
    """
    plain = [each for each in outputs if each.partition("=")[0] not in formats() or "=" not in each]
    named = dict(each.split("=", 1) for each in outputs if each not in plain)
    found: dict[str, str | None] = dict.fromkeys(names or (() if named else ("text",)))
    found.update(named)
    silent = [name for name, path in found.items() if path is None]
    if len(plain) > 1 or (plain and len(silent) != 1):
        raise click.UsageError("several reports: say which goes where with --output FORMAT=FILE")
    if plain:
        found[silent[0]] = plain[0]
    elif len(silent) > 1:
        raise click.UsageError(f"{' and '.join(silent)} would both go to standard output: use --output FORMAT=FILE")
    paths = [os.path.realpath(path) for path in found.values() if path is not None]
    if len(set(paths)) < len(paths):
        raise click.UsageError("two reports would go to one file")
    return found


def write_reports(
    where: dict[str, str | None],
    results: Iterable[Result],
    summary: Callable[[], Summary],
    *,
    read: Sequence[str],
    quiet: bool,
) -> None:
    """Write every report, as the results come.

    Args:
        where: what `destinations` says.
        results: of the files, in order.
        summary: asked once all results are taken.
        read: paths that no report may overwrite.
        quiet: the text report's first lines alone.

    Raises:
        click.UsageError: a file cannot be written, or is read too.
    """
    with ExitStack() as stack:
        streams = [_opened(stack, path, read) for path in where.values()]
        copies = tee(results, len(where)) if len(where) > 1 else (results,)
        waiting = [
            (stream, _render(name, path, quiet)(copy, summary))
            for (name, path), stream, copy in zip(where.items(), streams, copies, strict=True)
        ]
        while waiting:
            # In turn, so that no report waits for the others to end.
            waiting = [(stream, chunks) for stream, chunks in waiting if _write_next(stream, chunks)]
        for stream in streams:
            stream.flush()


def _write_next(stream: BinaryIO, chunks: Iterator[str]) -> bool:
    """Write a report's next piece; whether there was one."""
    chunk = next(chunks, None)
    if chunk is not None:
        write(stream, chunk)
    return chunk is not None


def write(stream: BinaryIO, text: str) -> None:
    """Write text as UTF-8, whatever is in it."""
    stream.write(text.encode("utf-8", "backslashreplace"))


def _render(name: str, path: str | None, quiet: bool) -> Render:
    if name != "text":
        return reporter(name)
    from recordlint.reporters.text import styled

    return styled(path is None and _options.wants_colour(sys.stdout), quiet)


def _opened(stack: ExitStack, path: str | None, read: Sequence[str]) -> BinaryIO:
    if path is None:
        return sys.stdout.buffer
    if any(_is_read(path, each) for each in read):
        raise click.UsageError(f"--output {path} is read too; the report would overwrite it")
    try:
        return stack.enter_context(open(path, "wb"))
    except OSError as error:
        raise click.UsageError(f"--output {path}: cannot be written: {reason(error)}") from error


def _is_read(output: str, path: str) -> bool:
    """Whether a report would be one of the files that `path` means, now or the next time."""
    if not os.path.exists(path):
        return False
    if os.path.isdir(path):
        below = os.path.realpath(output).startswith(os.path.join(os.path.realpath(path), ""))
        return below and output.lower().endswith(".json")
    return os.path.exists(output) and os.path.samefile(output, path)
