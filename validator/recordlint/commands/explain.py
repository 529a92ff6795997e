"""recordlint explain: a rule's page."""

from __future__ import annotations

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN
from recordlint.rules.change_pages import page


@click.command(short_help="Print a rule's page.")
@click.argument("name", metavar="RULE", shell_complete=_options.completing("pages"))
def command(name: str) -> int:
    """Print what a rule means, why it exists, wrong and right examples, and how to fix it.

    RULE is the id that a report shows in brackets, such as option-label; it may also be a kind of change that drift
    shows, such as option-gone. recordlint rules lists all rules.
    """
    click.echo(page(name), nl=False)
    return CLEAN
