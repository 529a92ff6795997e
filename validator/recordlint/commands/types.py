"""recordlint types: the bodies of the objects as types of a programming language."""

from __future__ import annotations

import click

from recordlint.commands import _generated, _options
from recordlint.definitions.reading import load_objects


@click.command(short_help="Write the bodies of your objects as Python or TypeScript types.")
@_options.objects
@click.option("--lang", type=click.Choice(("python", "typescript")), required=True, help="The language of the types.")
@_generated.output
@click.option("--check", "compare", is_flag=True, help="Write nothing; exit 1 if FILE is out of date.")
def command(objects: tuple[str, ...], lang: str, output: str | None, compare: bool) -> int:
    """Write types of the bodies of each object, one for updates and one for new records.

    The module needs nothing but the language itself. The keys of options are constants, named after their labels.
    """
    definitions = load_objects(_options.definition_paths(objects))
    _options.say_doubts(definitions)
    if lang == "python":
        from recordlint.export.python_types import python_types

        text = python_types(definitions)
    else:
        from recordlint.export.typescript_types import typescript_types

        text = typescript_types(definitions)
    return _generated.deliver(text, output, compare=compare)
