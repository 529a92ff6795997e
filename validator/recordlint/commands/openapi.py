"""recordlint openapi: an OpenAPI document with the bodies of the objects."""

from __future__ import annotations

import os

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN, VIOLATIONS
from recordlint.definitions.reading import load_objects


@click.command(short_help="Write an OpenAPI document with the bodies of your objects.")
@_options.objects
@click.option("-o", "--output", metavar="FILE", help="Write the JSON to this file instead of standard output.")
@click.option("--check", "compare", is_flag=True, help="Write nothing; exit 1 if FILE is out of date.")
def command(objects: tuple[str, ...], output: str | None, compare: bool) -> int:
    """Write an OpenAPI 3.1 document with both operations of each object. It needs no other file."""
    from recordlint.export.generated_files import as_document, stale, write
    from recordlint.export.openapi import openapi_document

    definitions = load_objects(_options.definition_paths(objects))
    text = as_document(openapi_document(definitions))
    if output is None:
        if compare:
            raise click.UsageError("--check compares with a file: name it with -o FILE")
        click.echo(text, nl=False)
        return CLEAN
    folder, name = os.path.split(output)
    files = {name: text}
    if not compare:
        write(folder or ".", files)
        return CLEAN
    if stale(folder or ".", files):
        _options.say(f"{output} is out of date; run the command without --check")
        return VIOLATIONS
    return CLEAN
