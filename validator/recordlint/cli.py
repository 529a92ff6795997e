"""The command line: a group whose commands are imported when they are asked for."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

from recordlint.commands._options import say
from recordlint.errors import ConfigError, DefinitionError, InternalError, RecordlintError, describe

COMMANDS = os.path.join(os.path.dirname(__file__), "commands")
USAGE, FAULT, INTERRUPTED = 2, 3, 130


class _Commands(click.Group):
    """The modules of `recordlint.commands`, or folders with a module `command`, each with its `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(name.removesuffix(".py") for name in os.listdir(COMMANDS) if name[0] != "_")

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        folder = os.path.isdir(os.path.join(COMMANDS, name))
        command: click.Command = import_module(f"recordlint.commands.{name}{'.command' if folder else ''}").command
        return command


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        click.echo(f"recordlint {version('recordlint')}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["--help", "-h"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def group() -> None:
    """Check the bodies of HighLevel's Custom Objects Records API before they are sent."""


def main() -> None:
    """Run the command line and exit: 0 clean, 1 violations, 2 cannot be carried out, 3 a fault of recordlint."""
    # What is loaded stays, and what a body takes is freed by its counts: looking for cycles finds next to none.
    gc.set_threshold(100_000)
    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:
                stream.flush()
        except OSError:
            status = max(status, USAGE)
    # Everything is written; taking the interpreter apart would cost a fifth of a short run.
    os._exit(status)


def run(arguments: list[str]) -> int:
    """Carry out a command line; the exit status. No exception leaves it, and no traceback is printed."""
    try:
        status = group.main(arguments, prog_name="recordlint", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    except InternalError as error:
        return _fault(str(error))
    except RecordlintError as error:
        for fault in error.faults if isinstance(error, ConfigError | DefinitionError) else (error,):
            say(str(fault))
        return USAGE
    except SystemExit:
        # What click makes of a closed pipe: whoever read the report has had enough, and not all was judged.
        _close_output()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("recordlint: interrupted", err=True)
        return INTERRUPTED
    except OSError as error:
        say(f"{error.filename or 'output'}: {error.strerror}")
        _close_output()
        return USAGE
    except Exception as error:
        return _fault(describe(error))
    return status if isinstance(status, int) else 0


def _show(error: click.ClickException) -> None:
    """Print what click says of an error; what a name in it could do to a terminal is escaped."""
    from io import StringIO

    from recordlint.wording.escape import escape

    text = StringIO()
    error.show(text)
    click.echo(escape(text.getvalue(), keep="\n"), err=True, nl=False)


def _close_output() -> None:
    """Give up what standard output does not take, or the interpreter would fail once more as it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fault(what: str) -> int:
    click.echo(f"recordlint: a fault of recordlint, not of your files: {what}. Please report it.", err=True)
    return FAULT
