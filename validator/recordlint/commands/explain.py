"""recordlint explain: a rule's page."""

from __future__ import annotations

import click

from recordlint.rules.catalogue import rule


@click.command(short_help="Print a rule's page.")
@click.argument("name", metavar="RULE")
def command(name: str) -> int:
    """Print what a rule means, why it is there, a wrong and a right example, and how to mend it.

    RULE is the id that stands in brackets in a report, such as option-label. recordlint rules lists all of them.
    """
    click.echo(rule(name).page, nl=False)
    return 0
