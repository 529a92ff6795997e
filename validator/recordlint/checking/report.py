"""Report: the violations of one body, and its text with them fixed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from recordlint.errors import InvalidPayload, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from recordlint.checking.fixes import Fixing
    from recordlint.contract.operations import OperationName
    from recordlint.definitions.target import Claim
    from recordlint.problems.problem import Severity
    from recordlint.rules.kinds import Spot
    from recordlint.violations import FixedText, Violation


class Report:
    """The violations of one body. Validators make reports. Immutable.

    Attributes:
        object: the key of the object that the body was checked against; None where it is not known.
        operation: `update` or `create`; None where it is not known.
        violations: in the order of the text, at most 1,000.
        omitted: how many more there are than `violations` lists.
        errors: how many errors there are in all.
        warnings: how many warnings there are in all.
        text: the bytes that were judged; None for a parsed body, or where no value may be shown.
        is_redacted: whether it holds no value of the body.
    """

    __slots__ = (
        "_recheck",
        "_unlisted",
        "claim",
        "errors",
        "is_redacted",
        "object",
        "omitted",
        "operation",
        "text",
        "violations",
        "warnings",
    )

    def __init__(
        self,
        claim: Claim,
        violations: Iterable[Violation] = (),
        *,
        errors: int = 0,
        warnings: int = 0,
        text: bytes | None = None,
        recheck: Callable[[bytes], Sequence[Violation]] | None = None,
        is_redacted: bool = False,
        unlisted: Callable[[], Mapping[tuple[Spot, Severity], int]] = dict,
    ) -> None:
        self.claim: Final = claim
        self.object: Final = claim.object
        self.operation: Final[OperationName | None] = claim.operation and claim.operation.name
        self.violations: Final = tuple(violations)
        self.errors: Final = errors
        self.warnings: Final = warnings
        self.omitted: Final = errors + warnings - len(self.violations)
        self.text: Final = text
        self.is_redacted: Final = is_redacted
        self._unlisted: Final = unlisted
        self._recheck: Final = recheck

    @property
    def valid(self) -> bool:
        """Whether there is no error. Warnings do not count."""
        return not self.errors

    @property
    def unlisted(self) -> Mapping[tuple[Spot, Severity], int]:
        """The spots of the violations that `violations` leaves out, and how many are at each."""
        return self._unlisted()

    def all_violations(self) -> Sequence[Violation]:
        """All violations, where the text can be checked again, as if it began at line 1; else the listed ones."""
        if not self.omitted or self._recheck is None or self.text is None:
            return self.violations
        return self._recheck(self.text)

    @property
    def fixable(self) -> int:
        """How many of `violations` have a safe fix."""
        return sum(violation.fix is not None and violation.fix.safe for violation in self.violations)

    @property
    def unsafely_fixable(self) -> int:
        """How many of `violations` have a fix that is not safe."""
        return sum(violation.fix is not None and not violation.fix.safe for violation in self.violations)

    def raise_for_errors(self) -> None:
        """Do nothing where there is no error.

        Raises:
            InvalidPayload: where there is one; it carries this report.
        """
        if self.errors:
            raise InvalidPayload(self)

    def fixed(self, *, unsafe: bool = False) -> bytes:
        """The text with its fixes applied, in UTF-8; all else in it stays as it is, byte for byte.

        A fix that leaves its violation, or brings a new one, is left out.

        Args:
            unsafe: apply also the fixes whose result may not be what was meant.

        Raises:
            UsageError: there is no text: the body was parsed already, or the report is redacted.
        """
        return self.apply_fixes(unsafe=unsafe).text

    def apply_fixes(self, *, unsafe: bool = False) -> FixedText:
        """As `fixed`, with the number of violations that were fixed.

        Raises:
            UsageError: as `fixed`.
        """
        from recordlint.violations import FixedText

        fixing = self.fixing(unsafe=unsafe)
        return FixedText(fixing.text, fixing.applied)

    def fixing(self, *, unsafe: bool) -> Fixing:
        """As `apply_fixes`, with what stays of the text, for the other parts of recordlint.

        Raises:
            UsageError: as `fixed`.
        """
        from recordlint.checking.fixes import fix, not_fixed

        if self.text is None:
            raise UsageError("there is no text to fix: check the body's JSON text with check_json")
        if self._recheck is None:
            return not_fixed(self.text, self.violations)
        listed = self._recheck(self.text) if self.omitted else self.violations
        return fix(self.text, listed, self._recheck, unsafe=unsafe)

    def redacted(self) -> Report:
        """The same without any value of the body: no text, no fixes, and hints without values. Keys stay."""
        from recordlint.checking.redaction import redacted

        violations = map(redacted, self.violations)
        return Report(
            self.claim,
            violations,
            errors=self.errors,
            warnings=self.warnings,
            is_redacted=True,
            unlisted=self._unlisted,
        )

    def with_violations(self, violations: Sequence[Violation], text: bytes | None) -> Report:
        """The same with its listed violations, or the first of them, as places in another text; it has no fixes."""
        more = self.violations[len(violations) :]
        unlisted = partial(_with_more, self._unlisted, more) if more else self._unlisted
        return Report(
            self.claim,
            violations,
            errors=self.errors,
            warnings=self.warnings,
            text=text,
            is_redacted=self.is_redacted,
            unlisted=unlisted,
        )

    def at_line(self, line: int) -> Report:
        """The same of a text that is one line of a longer one: its places are at that line, from 1."""
        if line == 1:
            return self
        return Report(
            self.claim,
            [violation.at_line(line) for violation in self.violations],
            errors=self.errors,
            warnings=self.warnings,
            text=self.text,
            is_redacted=self.is_redacted,
            unlisted=self._unlisted,
        )

    def __repr__(self) -> str:
        return f"<Report {self.object} {self.operation}: {self.errors} errors, {self.warnings} warnings>"


def _with_more(
    unlisted: Callable[[], Mapping[tuple[Spot, Severity], int]], more: Iterable[Violation]
) -> Mapping[tuple[Spot, Severity], int]:
    from collections import Counter

    from recordlint.rules.kinds import spot_of

    return Counter([(spot_of(each), each.severity) for each in more]) + Counter(unlisted())
