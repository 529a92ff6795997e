"""recordlint pull: the definitions of a location's objects, fetched from the service into files."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN, VIOLATIONS
from recordlint.commands._interrupts import raise_signals
from recordlint.errors import DefinitionError, OutputError, UsageError

if TYPE_CHECKING:
    from recordlint.definitions.fetching.access_token import Token
    from recordlint.definitions.fetching.pulling import Pulled
    from recordlint.definitions.fetching.saved import Plan, Saved
    from recordlint.definitions.model import ObjectDefinition

SERVICE: Final = "https://services.leadconnectorhq.com"
VERSION: Final = "2021-07-28"
"""The API version that the published documents name."""


@click.command(
    short_help="Fetch your object definitions from the service.",
    context_settings={"allow_extra_args": True},  # click would show them, and one of them may be the token
)
@click.option("--location", required=True, metavar="ID", help="The id of the location (sub-account).")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    default="objects",
    show_default=True,
    shell_complete=_options.completing("folders"),
    help="Write OBJECT.json files to this folder.",
)
@click.option(
    "--object",
    "keys",
    multiple=True,
    metavar="KEY",
    shell_complete=_options.completing("objects"),
    help="Fetch only this object, such as custom_objects.ticket. May be repeated.",
)
@click.option(
    "--token-file",
    metavar="FILE",
    shell_complete=_options.completing("files"),
    help="The file that holds the token.  [default: the variable RECORDLINT_TOKEN]",
)
@click.option("--base-url", metavar="URL", default=SERVICE, show_default=True, help="The service.")
@click.option("--api-version", metavar="VERSION", default=VERSION, show_default=True, help="The header Version.")
@click.option(
    "--timeout",
    metavar="SECONDS",
    default="120",
    show_default=True,
    help="The time in which everything has to be fetched.",
)
@click.option("--check", "compare", is_flag=True, help="Write nothing; exit 1 if a file in DIR is out of date.")
@click.pass_context
def command(
    ctx: click.Context,
    location: str,
    folder: str,
    keys: tuple[str, ...],
    token_file: str | None,
    base_url: str,
    api_version: str,
    timeout: str,
    compare: bool,
) -> int:
    """Fetch the definitions of your custom objects and of business, and save one file per object.

    This is the one command that connects to the service, and it only reads there. The token is that of a Private
    Integration with the scope objects/schema.readonly.

    Files that are up to date stay as they are, and either all others are written or none. The definition of an object
    that the service no longer has is reported but not deleted; with --check, the exit status is 1.
    """
    _require_extra()
    from recordlint.definitions.fetching.access_token import read_token
    from recordlint.definitions.fetching.client import fetch_all
    from recordlint.definitions.fetching.connections import base_url as to_base_url
    from recordlint.definitions.fetching.pulling import pull
    from recordlint.definitions.fetching.refusals import Asked
    from recordlint.definitions.fetching.saved import plan, read_folder

    if ctx.args:
        raise click.UsageError("pull takes no arguments beside its options; the token is never one of them")
    token = read_token(token_file, os.environ)
    given = {"--location": (location,), "--output": (folder,), "--object": keys, "--base-url": (base_url,)}
    _refuse_token(token, {**given, "--api-version": (api_version,), "--timeout": (timeout,)})
    if not _is_word(location):
        raise click.UsageError("--location takes the id of a location, such as ve9EPM428h8vShlRW1KT")
    if not folder:
        raise click.UsageError("--output takes the name of a folder, such as objects")
    if not _is_word(api_version):
        raise click.UsageError(f"--api-version takes a version such as {VERSION}")
    asked = Asked(to_base_url(base_url), location, api_version, token)
    seconds = _seconds(timeout)
    read_folder(folder)  # What is wrong there is said before anything is asked.
    # Nothing is to be undone yet. KeyboardInterrupt would come in the middle of asyncio, which then reports it.
    raise_signals(whether=False)
    try:
        pulled = fetch_all(asked, seconds, _options.say, lambda fetcher: pull(fetcher, keys))
    except DefinitionError:
        _options.say("nothing is written, because a definition cannot be used; name the other objects with --object")
        raise
    finally:
        raise_signals(whether=True)
    saved = read_folder(folder)  # It may have changed in the meantime.
    made = plan(folder, saved, pulled, is_all=not keys)
    click.echo(_changes(folder, saved, made.before, pulled), nl=False)
    if not compare:
        _write(folder, made.files)
    _say_what_is_done(folder, made, len(pulled), compare=compare)
    return VIOLATIONS if compare and (made.files or made.gone) else CLEAN


def _changes(folder: str, saved: Mapping[str, Saved], old: Sequence[ObjectDefinition], pulled: Sequence[Pulled]) -> str:
    """What is different in the definitions, in the words of `drift`.

    Args:
        folder: where the files are.
        saved: what they define.
        old: of that, what is compared.
        pulled: what the service has.
    """
    from recordlint.commands.check.reports import width_of
    from recordlint.definitions.fetching.saved import path_of
    from recordlint.drift.compare import compare
    from recordlint.reporters.changes import Compared
    from recordlint.reporters.changes.text import lines

    changes = [
        each._replace(path=path_of(each.object, folder, saved))
        for each in compare(old, [each.definition for each in pulled])
    ]
    width, colour = width_of(sys.stdout), _options.wants_colour(sys.stdout)
    return "".join(lines(Compared(changes, len(pulled), has_payloads=False, width=width, colour=colour)))


def _write(folder: str, files: Mapping[str, bytes]) -> None:
    """Write files, all or none, into a folder that is made if it is missing.

    Raises:
        OutputError: one cannot be written.
    """
    from recordlint.files.paths import reason
    from recordlint.files.several import write_together

    if not files:
        return
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {reason(error)}") from error
    write_together(files)


def _say_what_is_done(folder: str, made: Plan, count: int, *, compare: bool) -> None:
    """Write the summary on standard error."""
    from recordlint.wording.phrases import count_of

    for path in sorted(made.files) if compare else ():
        _options.say(f"{path} is out of date; run the command without --check")
    for key, there in sorted(made.gone.items()):
        what = "the file" if there.is_alone else "it there"
        _options.say(f"{there.path} defines {key}, which the service does not have; delete {what}")
    if compare:
        return
    new, changed = len(made.new), len(made.files) - len(made.new)
    counts = f"{new:,} new, {changed:,} changed, {count - new - changed:,} up to date"
    _options.say(f"fetched {count_of(count, 'object')} for {folder}: {counts}")


def _refuse_token(token: Token, given: Mapping[str, Sequence[str]]) -> None:
    """Refuse the token where it does not belong: other options are shown, sent in URLs, and written.

    Raises:
        UsageError: an option holds it.
    """
    for option, values in given.items():
        if any(map(token.is_in, values)):
            raise UsageError(f"{option} holds the token, which is a secret; correct {option}")


def _seconds(text: str) -> float:
    """The value of `--timeout`. click would show a wrong one, and it may be the token.

    Raises:
        UsageError: it is no number of seconds.
    """
    from recordlint.definitions.fetching.waits import LONGEST

    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= LONGEST:
        raise click.UsageError(f"--timeout takes a number of seconds above 0, and at most {LONGEST:,}")
    return seconds


def _is_word(text: str) -> bool:
    """Whether a text can be an id or a version: visible ASCII characters, and not many."""
    return text.isascii() and text.isprintable() and " " not in text and 0 < len(text) <= 200


def _require_extra() -> None:
    """Say how to install what fetches.

    Raises:
        UsageError: it is not installed.
    """
    from importlib.util import find_spec

    if find_spec("httpx") is None:
        raise UsageError("pull needs httpx: pip install 'recordlint[pull]'")
