"""Options that several commands share."""

from __future__ import annotations

import os

import click

from recordlint.violations import OPERATIONS

objects = click.option(
    "--objects",
    "objects",
    multiple=True,
    metavar="PATH",
    help="Object definitions, as the API answers them: a file, or a folder of *.json. May be repeated.",
)
object_key = click.option("--object", "object_key", metavar="KEY", help="The object, such as custom_objects.ticket.")
operation = click.option("--operation", type=click.Choice(OPERATIONS), default="update", show_default=True)


def say(message: str) -> None:
    """A line on standard error; what a name in it could do to a terminal is escaped."""
    from recordlint.printable import printable

    click.echo(printable(f"recordlint: {message}"), err=True)


def definition_paths(objects: tuple[str, ...]) -> tuple[str, ...]:
    """The paths that were given, at least one."""
    if not objects:
        raise click.UsageError(
            "no object definitions: save what GET /objects/{key}?fetchProperties=true answers, "
            "and name the file or its folder with --objects PATH"
        )
    return objects


def to_size(ctx: click.Context, parameter: click.Parameter, value: str) -> int:
    """A size in bytes from `10MiB`, `500K` or `1000`; K, M and G count in 1,024s."""
    text = value.strip().upper().removesuffix("B").removesuffix("I")
    factor = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(text[-1:], 1)
    digits = text[:-1] if factor > 1 else text
    if not (digits.isascii() and digits.isdigit()):
        raise click.BadParameter(f"{value!r} is not a size such as 10MiB, 500K or 1000000")
    return int(digits) * factor


def wants_colour(stream: object) -> bool:
    """Whether a terminal reads the stream, and NO_COLOR is not set."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
