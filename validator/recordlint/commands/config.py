"""recordlint config: the configuration in effect, and where each setting comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

import click

from recordlint.commands._exit_status import CLEAN
from recordlint.commands.check.plan import definition_files
from recordlint.config.loading import Config, FileRule, find_config, line_of, setting_lines
from recordlint.files.paths import readable
from recordlint.wording.escape import escape
from recordlint.wording.phrases import as_json


@click.command(short_help="Show the configuration in effect.")
@click.argument("path", default=".", metavar="[PATH]", type=click.Path(exists=True))
def command(path: str) -> int:
    """Show the configuration that applies to the files in a folder, and where each setting comes from.

    Where PATH is a file, show what holds for it: its entry, its object and operation, its severities.
    """
    is_file = not os.path.isdir(path)
    config = find_config(os.path.dirname(path) or "." if is_file else path)
    for line in _of_file(config, path) if is_file else _lines(config):
        click.echo(escape(line))
    return CLEAN


def _of_file(config: Config, path: str) -> Iterator[str]:
    """What holds for a file, in the words of an entry of the configuration."""
    yield _origin(config)
    rule = config.rule_for(path)
    if os.path.realpath(path) in definition_files(*map(os.path.abspath, config.objects)):
        yield f"# {readable(path)} is an object definition"
    elif config.excludes(path):
        yield f"# {readable(path)} is passed over: an entry of exclude matches it"
    elif rule is not None:
        entry = next(number for number, each in enumerate(config.files) if each is rule)
        lines = setting_lines(config.path)
        yield f"# {readable(path)}: the entry of line {line_of(lines, ('files', entry))} claims it"
        region = rule.claim.phone_region or config.phone_region
        merged = rule._replace(claim=rule.claim._replace(phone_region=region), severity=config.severity_for(path))
        yield from _entry(merged)
    elif config.files:
        yield f"# {readable(path)}: no [[files]] entry claims it"
    else:
        yield f"# {readable(path)}: there are no [[files]] entries"
        yield f"severity = {_table(config.severity)}"


def _origin(config: Config) -> str:
    if config.path:
        return f"# {readable(config.path)}"
    return "# no recordlint.toml, and no [tool.recordlint] in a pyproject.toml"


def _lines(config: Config) -> Iterator[str]:
    yield _origin(config)
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
    if config.baseline is not None:
        settings["baseline"] = as_json(readable(config.baseline))
    for key, value in settings.items():
        origin = f"line {lines[(key,)]}" if (key,) in lines else "default"
        yield f"{f'{key} = {value}':40}  # {origin}"
    for rule in config.files:
        yield from _entry(rule)


def _entry(rule: FileRule) -> Iterator[str]:
    yield "[[files]]"
    yield f"match = {as_json(rule.match)}"
    if rule.claim.object is not None:
        yield f"object = {as_json(rule.claim.object)}"
    yield f"operation = {as_json(rule.claim.operation and rule.claim.operation.name)}"
    if rule.claim.phone_region is not None:
        yield f"phone-region = {as_json(rule.claim.phone_region)}"
    if rule.severity:
        yield f"severity = {_table(rule.severity)}"


def _table(values: Mapping[str, str]) -> str:
    """An inline table of TOML. A key with a colon needs quotes."""
    pairs = [f"{as_json(key) if ':' in key else key} = {as_json(value)}" for key, value in values.items()]
    return f"{{{', '.join(pairs)}}}"
