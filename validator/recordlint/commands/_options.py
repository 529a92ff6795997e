"""Options that several commands share."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, Final

import click

from recordlint.config.loading import Config, find_config
from recordlint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    from recordlint.definitions.model import ObjectDefinition

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def completing(what: str) -> Complete:
    """What completes a value, by its name in `_completion`, which only a shell's question imports."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from recordlint.commands import _completion

        items: list[CompletionItem] = getattr(_completion, what)(ctx, parameter, incomplete)
        return items

    return complete


objects = click.option(
    "--objects",
    "objects",
    multiple=True,
    metavar="PATH",
    shell_complete=completing("files"),
    help="A file or folder of object definitions, as the API returns them. May be repeated.",
)
object_key = click.option(
    "--object",
    "object_key",
    metavar="KEY",
    shell_complete=completing("objects"),
    help="The object's key, such as custom_objects.ticket.",
)


TO_GET_DEFINITIONS: Final = """\
  pip install 'recordlint[pull]'
  export RECORDLINT_TOKEN=pit-…
  recordlint pull --location ve9EPM428h8vShlRW1KT
  recordlint check --objects objects/ --object custom_objects.ticket payloads/
Or, without the extra, save the service's answer for each object:
  curl --fail --create-dirs -o objects/ticket.json -H "Authorization: Bearer $TOKEN" -H "Version: 2021-07-28" \\
    "https://services.leadconnectorhq.com/objects/custom_objects.ticket?locationId=$LOCATION&fetchProperties=true"
"""


class NoDefinitions(click.UsageError):
    """There are no object definitions. Behind the message, lines to copy say how to get them."""

    def __init__(self, before: str = "") -> None:
        super().__init__(f"{before}no object definitions; fetch them, and check again:")

    def show(self, file: IO[Any] | None = None) -> None:
        """Print all of it."""
        super().show(file)
        click.echo(TO_GET_DEFINITIONS, file=file, nl=False)


def say(message: str) -> None:
    """Write a line on standard error, if that takes it. What a name in it could do to a terminal is escaped."""
    from recordlint.wording.escape import escape

    with contextlib.suppress(OSError):
        click.echo(escape(f"recordlint: {message}"), err=True)


def say_doubts(definitions: Iterable[ObjectDefinition]) -> None:
    """Write what is doubtful in definitions on standard error."""
    for definition in definitions:
        for warning in definition.warnings:
            say(f"warning: {definition.path}: {definition.key}: {warning}")


def definition_paths(objects: tuple[str, ...], config: Config | None = None) -> tuple[str, ...]:
    """The paths of `--objects`, or else those of the configuration; at least one.

    Args:
        objects: the values of `--objects`.
        config: the configuration that applies; None for the working folder's.

    Raises:
        NoDefinitions: there is none.
    """
    paths = objects or (config or find_config(".")).objects
    if not paths:
        raise NoDefinitions
    return paths


def to_size(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """A size in bytes, or None if there is none."""
    if value is None:
        return None
    from recordlint.config.sizes import to_bytes

    try:
        return to_bytes(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def to_phone_region(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A region as phonenumbers spells it, or None if there is none."""
    if value is None:
        return None
    from recordlint.contract.phone_regions import to_region

    try:
        return to_region(value)
    except UsageError as error:
        raise click.BadParameter(str(error)) from None


def wants_colour(stream: object) -> bool:
    """Whether the stream is a terminal that shows colours, and NO_COLOR is not set."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
