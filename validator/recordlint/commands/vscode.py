"""recordlint vscode: tell the editor which schema is for which payload files."""

from __future__ import annotations

import os

import click

from recordlint.commands import _options
from recordlint.config.loading import find_config
from recordlint.definitions.reading import load_objects


@click.command(short_help="Set up VS Code for the payloads of the configuration.")
def command() -> int:
    """Write schemas to .vscode/recordlint/, and name them in json.schemas of .vscode/settings.json.

    The configuration says which files are payloads. All else in the settings stays as it is.
    """
    from recordlint.errors import ConfigError, InputError
    from recordlint.export.generated_files import as_document, write
    from recordlint.export.schemas import object_schema
    from recordlint.export.vscode import FOLDER, SECTION, associations, to_entries, with_section
    from recordlint.files.atomic_write import replaced
    from recordlint.files.paths import reason

    config = find_config(".")
    if not config.files:
        raise click.UsageError(
            "no configuration here has [[files]] entries, which say what files are payloads: see docs/configuration.md"
        )
    definitions = {each.key: each for each in load_objects(_options.definition_paths((), config))}
    found, left = associations(config, list(definitions.values()))
    for each in found:
        if each.object not in definitions:
            raise ConfigError(f"{config.path}: files: no definition of {each.object}")
    root = os.path.dirname(config.path)
    settings = os.path.join(root, ".vscode", "settings.json")
    try:
        with open(settings, "rb") as file:
            before = file.read().decode()
    except FileNotFoundError:
        before = ""
    except (OSError, ValueError) as error:
        what = reason(error) if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"{settings}: cannot be read: {what}") from error
    after = with_section(before, to_entries(found), os.path.relpath(settings))
    schemas = {each.file: as_document(object_schema(definitions[each.object], each.operation)) for each in found}
    write(os.path.join(root, *FOLDER.split("/")), schemas)
    if after != before:
        with replaced(settings) as output:
            output.write(after.encode())
    for glob in left:
        _options.say(f"{glob}: left out: VS Code checks single bodies, and these are whole requests or rows")
    _options.say(f"{os.path.relpath(settings)}: {SECTION} has {len(found)} of {FOLDER}")
    return 0
