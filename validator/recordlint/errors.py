"""Everything that recordlint raises.

RecordlintError
├── UsageError         a call that cannot be carried out as it was made
│   ├── UnknownObject  an object that has no definition
│   └── WrongType      an argument of a type that the call does not take; a TypeError too
├── ConfigError        a configuration file that cannot be used; carries every fault
├── DefinitionError    definition files that cannot be used; carries every fault
├── InputError         a file that cannot be read, or is too large
├── OutputError        a file that cannot be written
├── ServiceError       the service cannot be reached, refuses, or answers what cannot be used
├── InvalidPayload     a body with errors, raised where the caller asks for it
└── InternalError      a fault of recordlint itself, never the user's
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recordlint.checking.report import Report


class RecordlintError(Exception):
    """The root of all that recordlint raises; its text is one or more lines for a person."""


class UsageError(RecordlintError):
    """A call that cannot be carried out: an unknown operation or engine, no object where one is needed."""


class UnknownObject(UsageError):
    """An object that no definition describes.

    Attributes:
        key: the object's key as it was asked for.
    """

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key

    def __reduce__(self) -> tuple[type[UnknownObject], tuple[str, str]]:
        return UnknownObject, (self.key, str(self))


class WrongType(UsageError, TypeError):
    """A wrong call: an argument of a type that it does not take. Its text says what the call takes."""


class ConfigError(RecordlintError):
    """A configuration that cannot be used.

    Attributes:
        faults: every fault, each with its file and line.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(self.faults)


class DefinitionFault(NamedTuple):
    """One reason why a definition cannot be used."""

    path: str
    """The file, as the caller named it."""
    field: str
    """The field's key, its place in the list (`fields[3]`), or empty where the fault is the file's."""
    reason: str
    """What is wrong and what to do about it, one sentence."""

    def __str__(self) -> str:
        where = f"{self.path}: {self.field}" if self.field else self.path
        return f"{where}: {self.reason}"


class DefinitionError(RecordlintError):
    """Object definitions that cannot be used. One bad file fails the whole set.

    Attributes:
        faults: every fault, in the order of files and fields.
    """

    def __init__(self, faults: Sequence[DefinitionFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)

    def __reduce__(self) -> tuple[type[DefinitionError], tuple[Sequence[DefinitionFault]]]:
        return DefinitionError, (self.faults,)


class InputError(RecordlintError):
    """A file or folder of payloads that cannot be read."""


class OutputError(RecordlintError):
    """A report, or another file that was asked for, that cannot be written."""


class ServiceError(RecordlintError):
    """The service cannot be reached in time, refuses a request, or answers what cannot be used."""


class InvalidPayload(RecordlintError):
    """A body with at least one error. Its text says each violation with its hint, which a redacted report leaves out.

    Attributes:
        report: the whole report, warnings included.
    """

    def __init__(self, report: Report) -> None:
        hints = [f"; {each.hint}" if each.hint and not report.is_redacted else "" for each in report.violations]
        lines = [
            f"{each.pointer or '(body)'}: {each.severity}[{each.rule}]: {each.message}{hint}"
            for each, hint in zip(report.violations, hints, strict=True)
        ]
        super().__init__("\n".join(lines))
        self.report = report

    def __reduce__(self) -> tuple[type[InvalidPayload], tuple[Report]]:
        return InvalidPayload, (self.report,)


class InternalError(RecordlintError):
    """A fault of recordlint itself: its parts disagree. Nothing is known of the body that was judged."""


def describe(error: BaseException) -> str:
    """What a bug report needs of an exception: its type and place. Its text may hold values."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"
