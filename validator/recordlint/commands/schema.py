"""recordlint schema: JSON Schemas of the objects' bodies, for editors and other tools."""

from __future__ import annotations

from collections.abc import Callable

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN, VIOLATIONS
from recordlint.contract.operations import OPERATIONS, OperationName, find_operation
from recordlint.contract.spec_files import Schema
from recordlint.definitions.reading import load_objects
from recordlint.definitions.target import Target


@click.command(short_help="Write a JSON Schema for each object and operation.")
@_options.objects
@_options.object_key
@click.option(
    "--operation",
    type=click.Choice(tuple(OPERATIONS)),
    help="Write the schemas for this operation only.  [default: both]",
)
@click.option(
    "--draft",
    type=click.Choice(("2020-12", "7")),
    default="2020-12",
    show_default=True,
    help="The version of JSON Schema.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    shell_complete=_options.completing("folders"),
    help="Write OBJECT.OPERATION.schema.json files to this folder.",
)
@click.option("--check", "compare", is_flag=True, help="Write nothing; exit 1 if a file in DIR is out of date.")
def command(
    objects: tuple[str, ...],
    object_key: str | None,
    operation: OperationName | None,
    draft: str,
    folder: str | None,
    compare: bool,
) -> int:
    """Write one self-contained JSON Schema for each object and operation.

    Without -o, write the schema of one object and one operation to standard output.

    A schema in DIR whose object has no definition is reported but not deleted; with --check, the exit status is 1.
    """
    from recordlint.export.generated_files import as_document, names, stale, write
    from recordlint.export.older import as_draft_7
    from recordlint.export.schemas import is_schema_file_name, object_schema, schema_file_name

    definitions = load_objects(_options.definition_paths(objects))
    if object_key is not None:
        from recordlint.checking.validator import Validator

        definitions = (Validator(definitions).require(object_key),)
    _options.say_doubts(definitions)
    in_draft: Callable[[Schema], Schema] = as_draft_7 if draft == "7" else lambda schema: schema
    operations = [find_operation(operation)] if operation else list(OPERATIONS.values())
    files = {
        schema_file_name(target): as_document(in_draft(object_schema(target)))
        for definition in definitions
        for target in [Target(definition, each) for each in operations]
    }
    if folder is None:
        if compare:
            raise click.UsageError("--check compares with files: name their folder with -o DIR")
        if len(files) != 1:
            raise click.UsageError("several schemas: name a folder with -o DIR, or one --object and --operation")
        click.echo(next(iter(files.values())), nl=False)
        return CLEAN
    outdated = stale(folder, files) if compare else []
    for name in outdated:
        _options.say(f"{folder}/{name} is out of date; run the command without --check")
    if not compare:
        write(folder, files)
        _options.say(f"wrote {len(files)} schemas to {folder}")
    surplus = []
    if object_key is None and operation is None:
        surplus = [name for name in names(folder) if is_schema_file_name(name) and name not in files]
    for name in surplus:
        _options.say(f"{folder}/{name} belongs to an object without a definition; delete the file")
    return VIOLATIONS if compare and (outdated or surplus) else CLEAN
