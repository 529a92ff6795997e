"""recordlint openapi: an OpenAPI document with the bodies of the objects."""

from __future__ import annotations

import click

from recordlint.commands import _generated, _options
from recordlint.definitions.reading import load_objects


@click.command(short_help="Write an OpenAPI document with the bodies of your objects.")
@_options.objects
@_generated.output
@click.option(
    "--format",
    "text_format",
    type=click.Choice(("json", "yaml")),
    help="How the document is written.  [default: yaml if FILE ends in .yaml or .yml, otherwise json]",
)
@click.option(
    "--spec-version",
    type=click.Choice(("3.1", "3.0")),
    default="3.1",
    show_default=True,
    help="The version of OpenAPI.",
)
@click.option("--title", metavar="TEXT", help="What the document is called.  [default: the names of the objects]")
@click.option(
    "--server",
    "servers",
    metavar="URL",
    multiple=True,
    help="The URL of a server, instead of the service's; may be repeated.",
)
@click.option("--check", "compare", is_flag=True, help="Write nothing; exit 1 if FILE is out of date.")
def command(
    objects: tuple[str, ...],
    output: str | None,
    text_format: str | None,
    spec_version: str,
    title: str | None,
    servers: tuple[str, ...],
    compare: bool,
) -> int:
    """Write one OpenAPI document for all objects.

    For each object it has creating, updating and reading a record, and reading the object. It needs no other file.
    """
    from recordlint.export.generated_files import as_document, as_yaml
    from recordlint.export.openapi import openapi_document

    if title is not None and not (title.strip() and title.isprintable()):
        raise click.UsageError("--title takes a text that can be printed")
    for url in servers:
        if not (url.strip() and url.isprintable()) or {"{", "}"} & {*url}:
            raise click.UsageError("--server takes a URL, without variables in braces")
    definitions = load_objects(_options.definition_paths(objects))
    _options.say_doubts(definitions)
    document = openapi_document(definitions, title=title, servers=servers)
    if spec_version == "3.0":
        from recordlint.export.older import as_openapi_3_0
        from recordlint.export.valid_openapi import require_valid

        document = as_openapi_3_0(document)
        require_valid(document)
    is_yaml = (output or "").lower().endswith((".yaml", ".yml")) if text_format is None else text_format == "yaml"
    text = as_yaml(document) if is_yaml else as_document(document)
    return _generated.deliver(text, output, compare=compare)
