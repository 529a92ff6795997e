"""What the reports say of some rows, while it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from recordlint.checking.report import Report
from recordlint.checking.rows import RowChecker
from recordlint.errors import InputError, InternalError, UsageError, describe
from recordlint.reporters import Result, to_bytes
from recordlint.reporters._kinds import Groups
from recordlint.reporters._totals import NOTHING, Counts, Showing
from recordlint.rows.outcomes import Aside, Fixes, Job, Outcome, Side
from recordlint.violations import Place, Violation

if TYPE_CHECKING:
    from recordlint.checking.regressions import Regressions

_SPACE: Final = b" \t\r\n"


def too_large(job: Job) -> Report:
    """The report of a row that is too long to be read."""
    violation = Violation(
        "too-large",
        "error",
        "",
        f"the row has more than {job.longest:,} bytes",
        "raise the limit with --max-size",
        Place(1, 1, 1, 2, 0, 1),
        (),
        None,
    )
    return Report(job.claim, [violation], errors=1)


class Page:
    """What the reports say of some rows, while it is written.

    Attributes:
        line: the number of the next row.
        size: bytes that are held: of the reports, and of fixed rows.
    """

    def __init__(self, job: Job, rows: RowChecker | Regressions, room: int | None, line: int, start: int) -> None:
        self.job = job
        self.rows = rows
        self.room = room
        self.line = self.first_line = line
        self.at = self.start = start
        self.showing = Showing(job.redact, room)
        self.counts = NOTHING
        self.applied = self.fixable = self.unsafely_fixable = 0
        self.groups = Groups()
        self.clean = 0
        self.entries: list[list[bytes]] = [[] for _ in job.formats]
        self.size = 0
        self.aside: list[Aside] = []
        self.unchecked = ""
        self.faults: list[str] = []

    def next(self) -> Page:
        """An empty page for the rows that follow."""
        room = None if self.room is None else self.room - self.counts.listed
        return Page(self.job, self.rows, room, self.line, self.at)

    def add_clean(self, rows: Sequence[bytes]) -> None:
        """Count rows that no report mentions."""
        self.clean += len(rows)
        self.line += len(rows)
        self.at += sum(map(len, rows))

    def look_closely(self, line: bytes) -> None:
        """Add a line that the quick test did not pass: a wrong row, one that is too long, or a blank line."""
        row = line.removesuffix(b"\n").removesuffix(b"\r")
        side: Side
        if not row or (row.isspace() and not row.strip(_SPACE)):
            side, fixed = "blank", None
        else:
            side, fixed = self._checked(row, line)
        if fixed is not None or (side != "valid" and self.job.splits):
            self._set_aside(len(line), side, fixed)
        self.line += 1
        self.at += len(line)

    def _checked(self, row: bytes, line: bytes) -> tuple[Side, bytes | None]:
        """Check a row and add its report. Returns its new line; None if it stays as it is."""
        try:
            if len(row) > self.job.longest:
                result, text = Result(self.job.path, too_large(self.job).at_line(self.line), line=self.line), row
            else:
                result, text = self._fixed(row, ends=line.endswith(b"\n"))
        except Exception as error:
            self._fail(error)
            return "valid", None
        self._add(result)
        fixed = None if text == row else text + line[len(row) :]
        # A row is invalid though what is wrong with it is known.
        return "valid" if result.report.valid else "invalid", fixed

    def _fixed(self, row: bytes, *, ends: bool) -> tuple[Result, bytes]:
        """The result of a row, which is fixed if the job says so, and the row after its fixes."""
        job = self.job
        result = Result(job.path, self.rows.report(row, self.line), line=self.line)
        if job.fixing is None or not result.report.violations or not isinstance(self.rows, RowChecker):
            return result, row
        from recordlint.rows.fixing import difference, fix_row

        unsafe, shows = job.fixing
        text, report, applied, rules = fix_row(self.rows, result.report, self.line, unsafe=unsafe, longest=job.longest)
        if not applied:
            return result, row
        self.applied += applied
        if shows:
            # The file keeps the row as it is.
            return result._replace(report=report, diff=difference(job.path, self.line, row, text, ends=ends)), row
        return result._replace(report=report, fixed=applied, fixed_rules=rules), text

    def _set_aside(self, length: int, side: Side, fixed: bytes | None) -> None:
        last = self.aside[-1] if self.aside else None
        if fixed is not None:
            self.size += len(fixed)
        elif last and last.end == self.at and last.side == side and last.fixed is None:
            self.aside[-1] = last._replace(end=self.at + length)
            return
        self.aside.append(Aside(self.at, self.at + length, side, fixed))

    def _fail(self, error: Exception) -> None:
        """Note a row that could not be checked. The others are checked all the same, and the exit status tells."""
        where = f"{self.job.path}:{self.line}"
        if isinstance(error, UsageError):
            self.unchecked = self.unchecked or f"{where}: {error} (--object KEY)"
        elif isinstance(error, InputError):
            self.unchecked = self.unchecked or f"{where}: {error}"
        else:
            what = str(error) if isinstance(error, InternalError) else describe(error)
            self.faults.append(f"{where}: a fault of recordlint, not of your file: {what}. Please report it.")

    def _add(self, result: Result) -> None:
        if self.job.held:
            result = result._replace(report=self.job.held.without_known(result.report, self.line))
        for violation in result.report.violations:
            if violation.fix is not None:
                if violation.fix.safe:
                    self.fixable += 1
                else:
                    self.unsafely_fixable += 1
        self.groups.count(result)
        self.counts, shown = self.showing.shown(result, self.counts)
        for entries, format in zip(self.entries, self.job.formats, strict=True):
            entry = to_bytes(format.entry(shown))
            if entry:
                entries.append(entry)
                self.size += len(entry)

    def outcome(self) -> Outcome:
        """The result so far."""
        shown = zip(self.job.formats, self.entries, strict=True)
        return Outcome(
            self.line - self.first_line,
            self.start,
            self.at - self.start,
            self.counts.plus(Counts(checked=self.clean, valid=self.clean)),
            Fixes(self.applied, self.fixable, self.unsafely_fixable),
            tuple([to_bytes(format.separator).join(entries) for format, entries in shown]),
            tuple(self.aside),
            self.unchecked,
            tuple(self.faults),
            tuple(self.groups.by_kind.items()),
        )
