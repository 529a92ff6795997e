"""The options of check and convert that say how tables are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from recordlint.commands import _options

OPTIONS: Final = (
    click.option(
        "--map",
        "map_file",
        metavar="FILE",
        shell_complete=_options.completing("files"),
        help="What the columns of a table are for, and how their cells are read.",
    ),
    click.option("--separator", metavar="TEXT", help="What stands between several values in a cell of a table."),
    click.option("--decimal-mark", type=click.Choice((".", ",")), help="The decimal mark of numbers in a table."),
    click.option(
        "--thousands-mark",
        type=click.Choice((".", ",", " ", "'", "_")),
        metavar="TEXT",
        help="What stands between thousands in numbers of a table: one of . , ' _ or a space.",
    ),
    click.option(
        "--date-order", type=click.Choice(("ymd", "dmy", "mdy")), help="The order of day and month in a table's dates."
    ),
    click.option(
        "--empty", type=click.Choice(("skip", "null")), help="What an empty cell of a table means.  [default: skip]"
    ),
    click.option(
        "--ignore-column",
        "ignore_columns",
        metavar="HEADER",
        multiple=True,
        help="Leave out this column of a table: its header, or its number if it has none. May be repeated.",
    ),
    click.option("--location", metavar="ID", help="The locationId of a table's records."),
    click.option("--encoding", metavar="NAME", help="The encoding of a CSV file.  [default: UTF-8]"),
    click.option("--delimiter", metavar="TEXT", help="What separates the cells of a CSV file: a character, or tab."),
    click.option("--sheet", metavar="NAME", help="The sheet of an XLSX file: its name, or its number from 1."),
)
"""How tables are read; a flag wins over a mapping."""


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command
