"""recordlint vscode: tell the editor which schema belongs to which payload files."""

from __future__ import annotations

import os

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN
from recordlint.config.loading import find_config
from recordlint.definitions.reading import load_objects


@click.command(short_help="Set up VS Code for your payload files.")
def command() -> int:
    """Write JSON Schemas to .vscode/recordlint/, and settings that assign them to your payload files.

    The configuration says which files are payloads. If .vscode/settings.json exists already, it is not changed:
    the lines to paste into it are printed.
    """
    from recordlint.errors import InputError
    from recordlint.export.field_annotations import EDITOR
    from recordlint.export.generated_files import as_document, write
    from recordlint.export.schemas import object_schema, schema_file_name
    from recordlint.export.vscode import FOLDER, SECTION, associations, has_entries, settings_text
    from recordlint.files.paths import reason
    from recordlint.wording.escape import escape

    config = find_config(".")
    if not config.files:
        raise click.UsageError(
            "no configuration here has [[files]] entries, which say what files are payloads: see docs/configuration.md"
        )
    definitions = {each.key: each for each in load_objects(_options.definition_paths((), config))}
    _options.say_doubts(definitions.values())
    listed, omitted = associations(config, definitions)
    root = os.path.dirname(config.path)
    settings = os.path.join(root, ".vscode", "settings.json")
    try:
        with open(settings, "rb") as file:
            present: bytes | None = file.read()
    except FileNotFoundError:
        present = None
    except OSError as error:
        raise InputError(f"{settings}: cannot be read: {reason(error)}") from error
    schemas = {schema_file_name(each.target): as_document(object_schema(each.target, EDITOR)) for each in listed}
    write(os.path.join(root, *FOLDER.split("/")), schemas)
    entries = [each.entry for each in listed]
    text = settings_text(entries)
    shown = os.path.relpath(settings)
    for glob in omitted:
        _options.say(f"{glob}: left out, because VS Code checks single bodies, and these are whole requests or rows")
    _options.say(f"wrote {len(schemas)} schemas to {os.path.relpath(os.path.join(root, FOLDER))}")
    if present is None:
        write(os.path.dirname(settings), {"settings.json": text})
        _options.say(f"wrote {shown}")
    elif has_entries(present, entries):
        _options.say(f"{shown} has these settings already")
    else:
        _options.say(f"{shown} exists and is not changed: add this to it, or to its {SECTION}")
        click.echo(escape(text.removeprefix("{\n").removesuffix("}\n"), keep="\n"), nl=False)
    return CLEAN
