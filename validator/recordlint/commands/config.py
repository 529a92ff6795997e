"""recordlint config: the configuration that holds, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator

import click

from recordlint.config.loading import Config, find_config
from recordlint.files.paths import readable
from recordlint.wording.escape import escape
from recordlint.wording.phrases import as_json


@click.command(short_help="Show the configuration that holds.")
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path(exists=True, file_okay=False))
def command(folder: str) -> int:
    """Show what recordlint.toml or [tool.recordlint] says for the files of a folder, and what is a default."""
    config = find_config(folder)
    for line in _lines(config):
        click.echo(escape(line))
    return 0


def _lines(config: Config) -> Iterator[str]:
    yield (
        f"# {readable(config.path)}"
        if config.path
        else "# no recordlint.toml, and no [tool.recordlint] in a pyproject.toml"
    )
    yield _setting(config, "objects", as_json([readable(each) for each in config.objects]))
    yield _setting(config, "exclude", as_json(list(config.exclude)))
    yield _setting(config, "fail-on", as_json(config.fail_on))
    yield _setting(config, "max-size", str(config.max_size))
    yield _setting(config, "severity", _table(config.severity))
    for rule in config.files:
        yield "[[files]]"
        yield f"match = {as_json(rule.match)}"
        if rule.claim.object is not None:
            yield f"object = {as_json(rule.claim.object)}"
        yield f"operation = {as_json(rule.claim.operation and rule.claim.operation.name)}"


def _setting(config: Config, key: str, value: str) -> str:
    origin = f"line {config.lines[key]}" if key in config.lines else "default"
    return f"{f'{key} = {value}':40}  # {origin}"


def _table(values: object) -> str:
    items = values.items() if isinstance(values, dict) else ()
    return f"{{{', '.join(f'{key} = {as_json(value)}' for key, value in items)}}}"
