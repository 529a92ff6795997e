"""Check the JSON bodies of HighLevel's Custom Objects Records API before they are sent."""

from recordlint.checking.report import Report
from recordlint.checking.validator import Validator
from recordlint.contract.operations import OperationName as Operation
from recordlint.definitions.model import Field, ObjectDefinition, Option
from recordlint.errors import (
    ConfigError,
    DefinitionError,
    DefinitionFault,
    InputError,
    InternalError,
    InvalidPayload,
    OutputError,
    RecordlintError,
    UnknownObject,
    UsageError,
    WrongType,
)
from recordlint.violations import Edit, Fix, Place, Related, Severity, Violation

__all__ = [
    "ConfigError",
    "DefinitionError",
    "DefinitionFault",
    "Edit",
    "Field",
    "Fix",
    "InputError",
    "InternalError",
    "InvalidPayload",
    "ObjectDefinition",
    "Operation",
    "Option",
    "OutputError",
    "Place",
    "RecordlintError",
    "Related",
    "Report",
    "Severity",
    "UnknownObject",
    "UsageError",
    "Validator",
    "Violation",
    "WrongType",
]
