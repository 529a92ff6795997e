"""How far a file of rows is, on standard error where that is a terminal."""

from __future__ import annotations

import sys
import time
from itertools import count
from typing import Any

import click

from recordlint.reporters._totals import Counts

CLEAR = "\r\x1b[K"
CURSOR = "\x1b[?25h"
"""Shows the cursor, which click hides whenever it draws the bar, and shows again at the end alone."""


class Progress:
    """A bar with rows, rows a second, bad ones so far, and the time that is left. Nothing where no terminal looks."""

    def __init__(self, size: int | None) -> None:
        self.size = size
        self.bar: Any = None
        self.done = 0
        self.started = 0.0

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            options: dict[str, Any] = {"length": self.size} if self.size else {"iterable": count()}
            self.bar = click.progressbar(
                **options,
                file=sys.stderr,
                width=20,
                item_show_func=lambda said: said,
                bar_template="[%(bar)s] %(info)s",
                update_min_steps=1,
            )
            self.started = time.monotonic()
            self.bar.render_progress()
            click.echo(CURSOR, err=True, nl=False)
        return self

    def show(self, position: int, counts: Counts) -> None:
        """Say how far it is: `position` bytes of the file, where its size is known, and so many rows."""
        if self.bar is None:
            return
        seconds = max(time.monotonic() - self.started, 0.001)
        bad = counts.checked - counts.valid
        said = f"{counts.checked:,} rows, {counts.checked / seconds:,.0f}/s, {bad:,} bad"
        done = position if self.size else counts.checked
        self.bar.update(done - self.done, said)
        click.echo(CURSOR, err=True, nl=False)
        self.done = done

    def hide(self) -> None:
        """Make room for the report, which may go to the same terminal."""
        if self.bar is not None:
            click.echo(CLEAR, err=True, nl=False)

    def __exit__(self, *exception: object) -> None:
        self.hide()
