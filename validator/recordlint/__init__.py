"""Check the JSON bodies of HighLevel's Custom Objects Records API before they are sent.

Each public name is imported when it is first used, so that the command line is there, and handles signals, before
the engines are imported.
"""

TYPE_CHECKING = False  # To import typing takes longer than all that the command line needs before it handles signals.
if TYPE_CHECKING:
    from recordlint import errors as errors
    from recordlint.checking.deltas import Delta
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
        ServiceError,
        UnknownObject,
        UsageError,
        WrongType,
    )
    from recordlint.problems.problem import Severity
    from recordlint.records.record import Record
    from recordlint.violations import Edit, Fix, Place, Related, Violation

__all__ = [
    "ConfigError",
    "DefinitionError",
    "DefinitionFault",
    "Delta",
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
    "Record",
    "RecordlintError",
    "Related",
    "Report",
    "ServiceError",
    "Severity",
    "UnknownObject",
    "UsageError",
    "Validator",
    "Violation",
    "WrongType",
]

_MODULES = {
    "Delta": "checking.deltas",
    "Report": "checking.report",
    "Validator": "checking.validator",
    "Operation": "contract.operations",
    "Field": "definitions.model",
    "ObjectDefinition": "definitions.model",
    "Option": "definitions.model",
    "Record": "records.record",
    "Edit": "violations",
    "Fix": "violations",
    "Place": "violations",
    "Related": "violations",
    "Severity": "problems.problem",
    "Violation": "violations",
}
"""The modules of the public names that are not in `errors`."""

if not TYPE_CHECKING:  # or a type checker would believe that there is every name

    def __getattr__(name: str) -> object:
        """Import a public name, and keep it for the next time."""
        if name not in __all__ and name != "errors":
            raise AttributeError(f"module recordlint has no attribute {name}")
        from importlib import import_module

        module = import_module(f"recordlint.{_MODULES.get(name, 'errors')}")
        value = module if name == "errors" else getattr(module, "OperationName" if name == "Operation" else name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
