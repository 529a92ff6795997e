"""Report: what was found in one body, and what its text becomes when that is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from recordlint.errors import InvalidPayload, UsageError
from recordlint.violations import Mended

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recordlint.violations import Operation, Violation


class Report:
    """What was found in one body. Immutable.

    Attributes:
        object: the key of the object that the body was judged by; None where none could be told.
        operation: `update` or `create`; None where it could not be told.
        violations: in the order of the text, at most 1,000.
        omitted: how many more there are than `violations` lists.
        errors: how many errors there are in all.
        warnings: how many warnings there are in all.
        text: the bytes that were judged; None for a parsed body, or where no value may be shown.
    """

    __slots__ = ("_judge", "errors", "object", "omitted", "operation", "text", "violations", "warnings")

    def __init__(
        self,
        object: str | None,
        operation: Operation | None,
        violations: Sequence[Violation] = (),
        *,
        errors: int = 0,
        warnings: int = 0,
        text: bytes | None = None,
        judge: Callable[[bytes], Sequence[Violation]] | None = None,
    ) -> None:
        self.object: Final = object
        self.operation: Final = operation
        self.violations: Final = tuple(violations)
        self.errors: Final = errors
        self.warnings: Final = warnings
        self.omitted: Final = errors + warnings - len(self.violations)
        self.text: Final = text
        self._judge: Final = judge

    @property
    def valid(self) -> bool:
        """Whether there is no error. Warnings do not count."""
        return not self.errors

    @property
    def fixable(self) -> int:
        """How many of `violations` have a safe fix."""
        return sum(violation.fix is not None and violation.fix.safe for violation in self.violations)

    def raise_for_errors(self) -> None:
        """Do nothing where there is no error.

        Raises:
            InvalidPayload: where there is one; it carries this report.
        """
        if self.errors:
            raise InvalidPayload(self)

    def fixed(self, *, unsafe: bool = False) -> bytes:
        """The text with its fixes applied, in UTF-8; all else in it stays as it is, byte for byte.

        A fix that would not mend its violation, or would bring a new one, is left out.

        Args:
            unsafe: apply also the fixes whose result may not be what was meant.

        Raises:
            UsageError: there is no text: the body was given parsed, or values were taken out of the report.
        """
        return self.mended(unsafe=unsafe).text

    def mended(self, *, unsafe: bool = False) -> Mended:
        """As `fixed`, with how many violations were mended.

        Raises:
            UsageError: as `fixed`.
        """
        if self.text is None:
            raise UsageError("there is no text to fix: check the body's JSON text with check_json")
        if self._judge is None:
            return Mended(self.text, 0)
        from recordlint.checking.fixes import mend

        listed = self._judge(self.text) if self.omitted else self.violations
        return mend(self.text, listed, self._judge, unsafe=unsafe)

    def redacted(self) -> Report:
        """The same without any value of the body: no text, no fixes, and hints that hold none. Keys stay."""
        bare = [
            each._replace(hint=each.hint if each.blind_hint is None else each.blind_hint, fix=None)
            for each in self.violations
        ]
        return Report(self.object, self.operation, bare, errors=self.errors, warnings=self.warnings)

    def with_violations(self, violations: Sequence[Violation], text: bytes | None) -> Report:
        """The same with its listed violations, or the first of them, seen in another text; it cannot be fixed."""
        return Report(self.object, self.operation, violations, errors=self.errors, warnings=self.warnings, text=text)

    def at_line(self, line: int) -> Report:
        """The same of a text that is one line of a longer one: its places are at that line, from 1."""
        if line == 1:
            return self
        return Report(
            self.object,
            self.operation,
            [violation.at_line(line) for violation in self.violations],
            errors=self.errors,
            warnings=self.warnings,
            text=self.text,
        )

    def __repr__(self) -> str:
        return f"<Report {self.object} {self.operation}: {self.errors} errors, {self.warnings} warnings>"
