"""The operations that write records, as values: what tells one from another stands here and nowhere else."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from recordlint.errors import UsageError, WrongType
from recordlint.wording.phrases import quoted

OperationName = Literal["update", "create"]

PROPERTIES: Final = "properties"
"""The key of a body that holds the properties."""
LOCATION: Final = "locationId"
"""The name of the location's id, in a query as in a body."""
OWNERS: Final = ("owner", "owners")
USERS: Final = (*OWNERS, "followers")
"""The keys of a body that take users."""


class Operation(NamedTuple):
    """One way to write a record, as the vendor documents it."""

    name: OperationName
    """As flags, arguments and the files of `spec/` spell it."""
    title: str
    """As the title of a document says it."""
    method: str
    """The HTTP method, in upper case."""
    path: str
    """The path's template, as OpenAPI writes it."""
    multi_value: Literal["delta", "array"]
    """What a field of several values takes: `{"add": […], "remove": […]}`, or a plain array."""
    requires_properties: bool
    """Whether the object's required properties have to be in the body."""
    null_clears: bool
    """Whether null removes the value that is stored; else it sets nothing."""
    location: Literal["query", "body"]
    """Where `locationId` stands."""

    @property
    def names_record(self) -> bool:
        """Whether the path ends with the id of a record that exists."""
        return self.path.endswith("/{recordId}")

    @property
    def requires_keys(self) -> bool:
        """Whether a body can lack something: `locationId`, or a required property."""
        return self.requires_properties or self.location == "body"


UPDATE: Final = Operation(
    name="update",
    title="update of a record",
    method="PUT",
    path="/objects/{customObjectKey}/records/{recordId}",
    multi_value="delta",
    requires_properties=False,
    null_clears=True,
    location="query",
)
CREATE: Final = Operation(
    name="create",
    title="new record",
    method="POST",
    path="/objects/{customObjectKey}/records",
    multi_value="array",
    requires_properties=True,
    null_clears=False,
    location="body",
)

OPERATIONS: Final[Mapping[str, Operation]] = {each.name: each for each in (UPDATE, CREATE)}
"""All operations by name; the first is what a body is for where nothing else is said."""
METHODS: Final[Mapping[str, Operation]] = {each.method: each for each in OPERATIONS.values()}


def find_operation(name: str) -> Operation:
    """The operation with this name.

    Raises:
        UsageError: there is none.
        WrongType: the name is not a string.
    """
    if not isinstance(name, str):
        raise WrongType(f"operation takes {' or '.join(map(repr, OPERATIONS))}, not {type(name).__name__}")
    operation = OPERATIONS.get(name)
    if operation is None:
        raise UsageError(f"there is no operation {quoted(name)}; use {' or '.join(OPERATIONS)}")
    return operation
