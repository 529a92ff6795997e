"""The two JSON Schema engines: jsonschema-rs, and jsonschema as the reference. Neither fetches anything."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from recordlint.contract.inline_refs import flatten, share
from recordlint.contract.keywords import find_keyword
from recordlint.contract.references import references, resolve
from recordlint.contract.spec_files import BASE_URI, Schema, read_spec
from recordlint.errors import InternalError

if TYPE_CHECKING:
    from recordlint.problems.pointers import Path, Step

COMPILED: Final = "jsonschema-rs"
REFERENCE: Final = "jsonschema"
ENGINES: Final = (COMPILED, REFERENCE)


class Refusal(NamedTuple):
    """A value that the schema refuses, and the keyword that does."""

    path: "Path"
    keyword: str


class Engine(NamedTuple):
    """A schema made ready."""

    is_valid: Callable[[Any], bool]
    iter_errors: Callable[[Any], list[Refusal]]


def make_engine(name: str, schema: Schema) -> Engine:
    """Make a schema ready with the engine of this name.

    Raises:
        InternalError: the schema cannot be used, a reference that leads out of `spec/` included.
    """
    return compiled(schema) if name == COMPILED else reference(schema)


def compiled(schema: Schema) -> Engine:
    """The default: jsonschema-rs, with a retriever that refuses."""
    import jsonschema_rs

    try:
        validator = jsonschema_rs.Draft202012Validator(
            share(flatten(schema)),
            retriever=_refuse,
            validate_formats=False,
            pattern_options=jsonschema_rs.RegexOptions(),
        )
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise InternalError(f"the schema cannot be compiled: {_first_line(error)}") from error

    refusing = cache(_refusing)

    def errors(value: Any) -> "list[tuple[Path, str]]":
        # Not the engine's own iter_errors, where each error holds a copy of the whole enum.
        refusals = []
        for error in validator.evaluate(value).errors():
            keyword, steps_within = refusing(error["schemaLocation"])
            refusals.append((_path(value, error["instanceLocation"], steps_within), keyword))
        return refusals

    def iter_errors(value: Any) -> list[Refusal]:
        from recordlint.contract.pieces import refusals_in_pieces

        return [Refusal(*each) for each in refusals_in_pieces(errors, value)]

    return Engine(validator.is_valid, iter_errors)


def _refusing(location: str) -> tuple[str, int]:
    """The keyword that refuses a value, and how many steps further into that value the failure is.

    Args:
        location: of a failed keyword in a schema, as a JSON Pointer. What stands in `$defs` is at a place of its own.
    """
    keywords = []
    steps = iter(location.split("/")[1:])
    for step in steps:
        keywords.append(step)
        if find_keyword(step).holds in ("schemas", "schemas by name") or step == "$defs":
            next(steps)
    if "anyOf" in keywords:
        # What fails in its branches is only the reason why it refuses.
        within = keywords[keywords.index("anyOf") + 1 :]
        # Additional properties that are refused are told of the object that has them.
        leads_on = within[:-1] if within[-1:] == ["additionalProperties"] else within
        return "anyOf", sum(each in ("properties", "items", "additionalProperties") for each in leads_on)
    keyword = keywords[-1] if keywords else "$defs"
    return "falseSchema" if keyword in ("properties", "items", "$defs") else keyword, 0


def _path(value: Any, location: str, steps_within: int) -> "Path":
    """A JSON Pointer into a value without its last steps."""
    path: list[Step] = []
    steps = location.split("/")[1:]
    for step in steps[: len(steps) - steps_within]:
        path.append(int(step) if isinstance(value, list) else step.replace("~1", "/").replace("~0", "~"))
        value = value[path[-1]]
    return tuple(path)


def reference(schema: Schema) -> Engine:
    """The reference: jsonschema over a registry of `spec/` that retrieves nothing.

    Where jsonschema-rs is there too, each verdict is compared with its own: InternalError where they differ.
    """
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    registry: Registry[Any] = Registry().with_resources(
        (uri, DRAFT202012.create_resource(contents)) for uri, contents in _files(schema).items()
    )
    validator = Draft202012Validator(schema, registry=registry.crawl())
    try:
        other: Engine | None = compiled(schema)
    except ImportError:
        other = None

    def errors(value: Any) -> list[Refusal]:
        try:
            return [Refusal(tuple(error.absolute_path), str(error.validator)) for error in validator.iter_errors(value)]
        except Unresolvable as error:
            raise InternalError(f"the schema cannot be used: {_first_line(error)}") from error

    def iter_errors(value: Any) -> list[Refusal]:
        refusals = errors(value)
        if other and bool(refusals) != bool(other.iter_errors(value)):
            raise InternalError("the two engines disagree on this body")
        return refusals

    def is_valid(value: Any) -> bool:
        verdict = not errors(value)
        if other and verdict != other.is_valid(value):
            raise InternalError("the two engines disagree on this body")
        return verdict

    return Engine(is_valid, iter_errors)


def _files(schema: Schema) -> dict[str, Schema]:
    """The files of `spec/` that a schema leads to, by URI, those that they lead to included."""
    files: dict[str, Schema] = {}
    waiting = [("", schema)]
    while waiting:
        holder, part = waiting.pop()
        for reference in references(part):
            address = resolve(reference, holder)
            if address and address.file and BASE_URI + address.file not in files:
                files[BASE_URI + address.file] = contents = read_spec(address.file)
                waiting.append((address.file, contents))
    return files


def _refuse(uri: str) -> Any:
    raise ValueError(f"{uri} is not part of the contract, and nothing is fetched")


def _first_line(error: Exception) -> str:
    """An engine's message without what follows it: that may be a value."""
    return str(error).partition("\n")[0]
