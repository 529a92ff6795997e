"""recordlint rules: all rules, one per line."""

from __future__ import annotations

import click

from recordlint.commands._exit_status import CLEAN
from recordlint.rules.catalogue import Rule, rules


@click.command(short_help="List the rules.")
@click.option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(format_name: str) -> int:
    """List all rules with their severity and what they report. recordlint explain RULE prints a rule's page."""
    listed = list(rules())
    if format_name == "json":
        import json

        click.echo(json.dumps({"version": 1, "rules": [_as_data(rule) for rule in listed]}, indent=2))
        return CLEAN
    width = max(len(rule.id) for rule in listed)
    for rule in listed:
        click.echo(f"{rule.id:{width}}  {'/'.join(rule.severity):13}  {rule.summary}")
    return CLEAN


def _as_data(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "summary": rule.summary,
        "severity": list(rule.severity),
        "source": list(rule.source),
    }
