"""All commands, each imported when it is asked for."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from recordlint.commands._interrupts import raise_signals

COMMANDS = os.path.dirname(__file__)


class _Commands(click.Group):
    """The modules of this folder, or its folders with a module `command`, each with its `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(name.removesuffix(".py") for name in os.listdir(COMMANDS) if name[0] != "_")

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        is_folder = os.path.isdir(os.path.join(COMMANDS, name))
        command: click.Command = import_module(f"recordlint.commands.{name}{'.command' if is_folder else ''}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            raise_signals(whether=True)
            return super().invoke(ctx)
        except KeyboardInterrupt:
            # Or click would write an empty line.
            raise click.Abort from None
        finally:
            raise_signals(whether=False)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from recordlint.files.installed import installed_version

        click.echo(f"recordlint {installed_version()}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["--help", "-h"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def group() -> None:
    """Check the bodies of HighLevel's Custom Objects Records API before they are sent."""
