"""The command line's entry point. It handles signals first, and only then imports the commands and what they need."""

from __future__ import annotations

import errno
import io
import os
import sys

from recordlint.commands._exit_status import CLEAN, FAULT, INTERRUPTED, UNUSABLE
from recordlint.commands._interrupts import catch_signals
from recordlint.files.temporary import discard_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sized

    from click import ClickException


def main() -> None:
    """Run the command line, and exit with a status of `recordlint.commands._exit_status`."""
    catch_signals()
    import gc

    # Modules stay loaded, and a body is freed by its reference counts: the search for cycles finds almost nothing. The
    # numbers make it rare: for a million violations it takes a tenth of the time, and among all that is there, seconds.
    gc.set_threshold(1_000_000, 10, 1_000)
    status = run(sys.argv[1:])
    # KeyboardInterrupt may come after a temporary file is created and before the code that removes it is reached.
    discard_all()
    try:
        sys.stdout.flush()
    except OSError:
        status = max(status, UNUSABLE)
    try:
        sys.stderr.flush()
    finally:
        # Everything is written. Shutting the interpreter down would cost a fifth of a short run.
        os._exit(status)


def run(arguments: list[str]) -> int:
    """Carry out a command line; the exit status. No exception leaves it, and no traceback is printed."""
    import click

    from recordlint.commands._options import say
    from recordlint.errors import ConfigError, DefinitionError, InternalError, RecordlintError, describe
    from recordlint.files.paths import reason

    _replace_closed_streams()
    try:
        from recordlint.commands._group import group

        status = group.main(arguments, prog_name="recordlint", standalone_mode=False)
    except click.ClickException as error:
        _show(error)
        return UNUSABLE
    except InternalError as error:
        return _fault(str(error))
    except RecordlintError as error:
        for fault in error.faults if isinstance(error, ConfigError | DefinitionError) else (error,):
            say(str(fault))
        return UNUSABLE
    except SystemExit as end:
        # click exits like this after a shell's question what completes a word, which is answered then; and when a pipe
        # is closed: the reader wants no more, and not everything was checked.
        return CLEAN if end.code == 0 else UNUSABLE
    except (click.Abort, KeyboardInterrupt) as error:
        if isinstance(error.__cause__, EOFError):  # click turns this into an Abort, too
            return _fault(describe(error.__cause__))
        say("interrupted")
        return INTERRUPTED
    except OSError as error:
        say(f"{_where(error)}{reason(error)}")
        return UNUSABLE
    except BaseException as error:  # A panic in a library that is written in Rust is no Exception.
        return _fault(describe(error))
    return status if isinstance(status, int) else CLEAN


class _Closed(io.RawIOBase):
    """A standard stream that the parent process closed.

    Python has None in its place. click writes nothing to None, without an error, so all would seem well.
    """

    def writable(self) -> bool:
        return True

    def write(self, data: Sized) -> int:  # type: ignore[override] # a buffer
        if len(data):
            raise OSError(errno.EBADF, "it is closed")
        return 0


def _replace_closed_streams() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(_Closed(), "utf-8", "backslashreplace"))


def _where(error: OSError) -> str:
    """What an error of the operating system is about, as the beginning of a message."""
    if error.filename is not None:
        return f"{error.filename}: "
    if error.errno in (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE):
        return ""  # It may be that no worker process could be made.
    # Files have errors of their own, which name them.
    return "standard output: cannot be written: "


def _show(error: ClickException) -> None:
    """Print what click says of an error; what a name in it could do to a terminal is escaped."""
    import click

    from recordlint.wording.escape import escape

    if not isinstance(error, click.exceptions.NoArgsIsHelpError):  # Its message is the help, in lines.
        error.message = escape(error.message)  # type: ignore[misc] # final for type checkers alone
    text = io.StringIO()
    error.show(text)
    try:
        click.echo(escape(text.getvalue(), keep="\n"), err=True, nl=False)
    except OSError:
        return  # Standard error takes nothing; the status tells.


def _fault(what: str) -> int:
    from recordlint.commands._options import say

    say(f"a fault of recordlint, not of your files: {what}. Please report it.")
    return FAULT
