"""recordlint explain: a rule's page."""

from __future__ import annotations

import click

from recordlint.rules.catalogue import rule


@click.command(short_help="Print a rule's page.")
@click.argument("name", metavar="RULE")
def command(name: str) -> int:
    """Print what a rule means, why it exists, a wrong and a right example, and how to fix it.

    RULE is the id in square brackets in a report, such as option-label. To list all rules, run recordlint rules.
    """
    click.echo(rule(name).page, nl=False)
    return 0
