"""A progress bar for rows, on standard error if that is a terminal."""

from __future__ import annotations

import sys
import time
from itertools import count
from typing import Any

import click

from recordlint.reporters._totals import Counts

CLEAR = "\r\x1b[K"
CURSOR = "\x1b[?25h"
"""Shows the cursor. Click hides it whenever it draws the bar, and shows it again only at the end."""


class Progress:
    """A bar with the rows so far, rows per second, bad rows and fixes, if standard error is a terminal."""

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
                item_show_func=lambda text: text,
                bar_template="[%(bar)s] %(info)s",
                update_min_steps=1,
            )
            self.started = time.monotonic()
            self.bar.render_progress()
            click.echo(CURSOR, err=True, nl=False)
        return self

    def show(self, position: int, counts: Counts, fixed: int) -> None:
        """Draw the bar anew: at `position` bytes of the file, if its size is known, and with the counts."""
        if self.bar is None:
            return
        seconds = max(time.monotonic() - self.started, 0.001)
        bad = counts.checked - counts.valid
        text = f"{counts.checked:,} rows, {counts.checked / seconds:,.0f}/s, {bad:,} bad"
        text += f", {fixed:,} fixed" if fixed else ""
        done = position if self.size else counts.checked
        self.bar.update(done - self.done, text)
        click.echo(CURSOR, err=True, nl=False)
        self.done = done

    def hide(self) -> None:
        """Clear the line for the report, which may go to the same terminal."""
        if self.bar is not None:
            click.echo(CLEAR, err=True, nl=False)

    def __exit__(self, *exception: object) -> None:
        self.hide()
