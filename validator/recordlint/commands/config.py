"""recordlint config: the configuration in effect, and where each setting comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from recordlint.commands._exit_status import CLEAN
from recordlint.config.loading import Config, find_config, setting_lines
from recordlint.files.paths import readable
from recordlint.wording.escape import escape
from recordlint.wording.phrases import as_json


@click.command(short_help="Show the configuration in effect.")
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path(exists=True, file_okay=False))
def command(folder: str) -> int:
    """Show the configuration that applies to the files in FOLDER, and where each setting comes from."""
    config = find_config(folder)
    for line in _lines(config):
        click.echo(escape(line))
    return CLEAN


def _lines(config: Config) -> Iterator[str]:
    yield (
        f"# {readable(config.path)}"
        if config.path
        else "# no recordlint.toml, and no [tool.recordlint] in a pyproject.toml"
    )
    lines = setting_lines(config.path) if config.path else {}
    settings = {
        "objects": as_json([readable(each) for each in config.objects]),
        "exclude": as_json(config.exclude),
        "fail-on": as_json(config.fail_on),
        "max-size": str(config.max_size),
        "severity": _table(config.severity),
    }
    if config.phone_region is not None:
        settings["phone-region"] = as_json(config.phone_region)
    for key, value in settings.items():
        origin = f"line {lines[(key,)]}" if (key,) in lines else "default"
        yield f"{f'{key} = {value}':40}  # {origin}"
    for rule in config.files:
        yield "[[files]]"
        yield f"match = {as_json(rule.match)}"
        if rule.claim.object is not None:
            yield f"object = {as_json(rule.claim.object)}"
        yield f"operation = {as_json(rule.claim.operation and rule.claim.operation.name)}"
        if rule.claim.phone_region is not None:
            yield f"phone-region = {as_json(rule.claim.phone_region)}"


def _table(values: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key} = {as_json(value)}' for key, value in values.items())}}}"
