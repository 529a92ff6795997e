"""recordlint sandbox: a server on this machine that answers as the service does."""

from __future__ import annotations

import os
import sys

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN
from recordlint.errors import UsageError

PORT = 8321


@click.command(short_help="Serve the records API of your objects, for tests.")
@_options.objects
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine, for other machines.")
@click.option("--db", metavar="FILE", help="A file that keeps the records; without it, they are kept in memory.")
@click.option("--quirks", type=click.Choice(("live",)), help="Take and lose what the service was seen to lose.")
@click.option(
    "--rate-limit",
    type=click.IntRange(1),
    is_flag=False,
    flag_value="100",
    metavar="[N]",
    help="Refuse more than N requests of a token in ten seconds; 100 without a number.",
)
@click.option("--redact", is_flag=True, help="Keep values of requests out of the log.")
@click.option(
    "--max-size",
    metavar="SIZE",
    callback=_options.to_size,
    default="10MiB",
    show_default=True,
    help="The largest body.",
)
def command(
    objects: tuple[str, ...],
    port: int,
    host: str,
    db: str | None,
    quirks: str | None,
    rate_limit: int | None,
    redact: bool,
    max_size: int,
) -> int:
    """Serve the records API of your objects, and refuse what the service refuses.

    The log is written to standard error. Ctrl-C ends the server.
    """
    _require_extra()
    if db == "":
        # SQLite would keep the records in a file without a name, and delete it at the end.
        raise UsageError("--db takes the name of a file, and it is empty")
    from recordlint.checking.validator import Validator
    from recordlint.config.loading import find_config
    from recordlint.sandbox.log import Log, startup
    from recordlint.sandbox.service import Service
    from recordlint.sandbox.serving import listen, make_server, url_of
    from recordlint.sandbox.store import IN_MEMORY, Store

    config = find_config(os.curdir)
    # The project's own severities are no matter of the service's.
    validator = Validator.from_path(*_options.definition_paths(objects, config), phone_region=config.phone_region)
    _options.say_doubts(validator.objects.values())
    store = Store(IN_MEMORY if db is None else db)
    service = Service(validator.checkers, store, has_quirks=quirks is not None, rate_limit=rate_limit)
    listening = listen(host, port)
    where = "which are kept in memory" if store.path == IN_MEMORY else f"which are kept in {db}"
    colour = _options.wants_colour(sys.stdout)
    click.echo(startup(url_of(listening), list(validator.objects), where, colour=colour), nl=False)
    sys.stdout.flush()
    log = Log(sys.stderr, is_redacted=redact, colour=_options.wants_colour(sys.stderr))
    server = make_server(service, log, max_size)
    try:
        server.run(sockets=[listening])
    finally:
        store.close()
    return CLEAN


def _require_extra() -> None:
    """Say how to install what serves.

    Raises:
        UsageError: it is not installed.
    """
    from importlib.util import find_spec

    if not all(find_spec(name) for name in ("starlette", "uvicorn")):
        raise UsageError("the sandbox needs Starlette and uvicorn: pip install 'recordlint[sandbox]'")
