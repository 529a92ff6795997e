"""What check does with each file: its reports, its fixes, and the counts of all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from recordlint.checking.report import Report
from recordlint.checking.texts import Find, check_text, find_in_document, remembering_last
from recordlint.checking.validator import Validator
from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN, FAULT, UNUSABLE, VIOLATIONS
from recordlint.commands.check.payloads import read
from recordlint.commands.check.plan import STDIN, Plan
from recordlint.commands.check.tally import Tally
from recordlint.definitions.reading import ReadDefinitions
from recordlint.definitions.target import Claim
from recordlint.errors import InputError, InternalError, UsageError, describe
from recordlint.files.paths import holds_rows, holds_table, json_files
from recordlint.reporters import Format, Result, Summary
from recordlint.reporters._notes import Notes

if TYPE_CHECKING:
    from recordlint.checking.checkers import Checkers
    from recordlint.commands.check.baseline import Baseline
    from recordlint.commands.check.fixer import Fixer
    from recordlint.commands.check.split import Split
    from recordlint.commands.check.table_flags import TableFlags
    from recordlint.har.checking import Har
    from recordlint.records.reading import Records
    from recordlint.reporters._alike import Alike
    from recordlint.rows.outcomes import Fixes

HAR: Final = ".har"


class Run:
    """Checks files one after the other. Its tally makes the closing line and the exit status."""

    def __init__(self, validator: Validator, plan: Plan, fixer: Fixer | None) -> None:
        self.validator = validator
        self.plan = plan
        self.fixer = fixer
        self.split: Split | None = None
        self.baseline: Baseline | None = None
        self.records: Records | None = None
        """Those that updates go to; None where they are not known."""
        self.before: Validator | None = None
        """What judged before, by other definitions: only what it did not find is reported. None where nothing did."""
        self.table_options: Mapping[str, Any] = {}
        """What the options say of how tables are read."""
        self.tally: Final = Tally()
        self.fixable = self.unsafely_fixable = 0
        """In files that --fix rewrites or would rewrite: recorded requests it leaves alone."""
        self.refuses_fix = False
        self._validators: Final[dict[tuple[bool, tuple[tuple[str, str], ...]], Validator]] = {}

    @cached_property
    def alike(self) -> Alike:
        """The violations of the text report by their kinds."""
        from recordlint.reporters._alike import Alike

        return Alike()

    @cached_property
    def tables(self) -> TableFlags:
        """How tables are read, by the options."""
        from recordlint.commands.check.table_flags import TableFlags

        return TableFlags(**self.table_options)

    def pieces(self, paths: Sequence[str], formats: Sequence[Format]) -> Iterator[Sequence[bytes]]:
        """What each format writes about each result, as the results come."""
        self.refuses_fix = STDIN in paths or self.records is not None or self.before is not None
        for path in self.files(paths):
            notes = Notes()
            for entries in self.of_file(path, formats):
                yield [notes.once(self.alike.first(entry)) if entry else entry for entry in entries]

    def of_file(self, path: str, formats: Sequence[Format]) -> Iterator[Sequence[bytes]]:
        """What each format writes about a file."""
        if holds_table(self.plan.named(path)) and not self.plan.lines:
            from recordlint.commands.check.table_file import table_file

            yield from table_file(self, path, formats)
            return
        if self.plan.lines or holds_rows(path):
            yield from self.rows(path, formats)
            return
        complaints = self.tally.complaints
        results = self.results(path)
        if self.baseline and results is not None:
            is_whole = self.tally.complaints == complaints
            results = self.baseline.without_known(self.plan.named(path), results, is_whole=is_whole)
        for result in results or ():
            self.count_fixes(path, result.report)
            yield self.tally.show(result, self.plan.showing, formats)

    def rows(self, path: str, formats: Sequence[Format]) -> Iterator[Sequence[bytes]]:
        """What each format writes about a file's rows, some rows at a time."""
        from recordlint.commands.check.row_file import row_file

        named = self.plan.named(path)
        self.tally.units.add("row")
        try:
            claim = self.plan.claim(named)
        except InputError as error:
            self.tally.say_unreadable(str(error))
            return
        if claim is not None:
            yield from row_file(self, path, named, claim, formats)

    def validator_for(self, named: str) -> Validator:
        """What judges a file: its entry in the configuration may have severities of its own."""
        return self._for(named, self.validator)

    def before_for(self, named: str) -> Checkers | None:
        """What judged a file before; None where nothing did."""
        return self._for(named, self.before).checkers if self.before else None

    def _for(self, named: str, validator: Validator) -> Validator:
        severity = self.plan.config.severity_for(named)
        if severity is self.plan.config.severity:
            return validator
        key = validator is self.before, tuple(sorted(severity.items()))
        if key not in self._validators:
            objects = ReadDefinitions(validator.objects.values())
            self._validators[key] = Validator(objects, validator.engine, self.plan.chosen(severity))
        return self._validators[key]

    def files(self, paths: Sequence[str]) -> Iterator[str]:
        """The files that paths mean."""
        for path in paths:
            if path == STDIN or (self.plan.lines and os.path.isfile(path)):
                yield path
                continue
            try:
                yield from self.in_path(path)
            except InputError as error:
                self.tally.say_unreadable(str(error))

    def in_path(self, path: str) -> Sequence[str]:
        """The files that a path means; a folder's are its payloads.

        Raises:
            InputError: there is none, or they cannot be listed.
        """
        if not os.path.isdir(path):
            return json_files(path)
        from recordlint.commands.check.payload_files import payload_files

        return payload_files(path, self.plan)

    def results(self, path: str) -> Sequence[Result] | None:
        """The results of a file; None if it is passed over or cannot be checked."""
        named = self.plan.named(path)
        try:
            claim = self.plan.claim(named)
            if claim is None:
                return None
            data = read(path, self.plan.max_size)
            if named.lower().endswith(HAR) or b'"entries"' in data:
                results = self.har(named, data, claim)
                if results is not None:
                    self.tally.units.add("request")
                    return results
            result = self.result(path, named, data, claim)
            self.tally.units.add("file")
            return (result,)
        except OSError:
            raise  # A diff that nobody takes; an unreadable file is an InputError.
        except InputError as error:
            self.tally.say_unreadable(str(error))
        except UsageError as error:
            self.tally.say_unreadable(f"{path}: {error} (--object KEY)")
        except InternalError as error:
            self.tally.say_fault_of(path, str(error))
        except Exception as error:
            # The other files are checked all the same, and the exit status tells.
            self.tally.say_fault_of(path, describe(error))
        return None

    def har(self, path: str, data: bytes, claim: Claim) -> Sequence[Result] | None:
        """The results of a HAR file's requests; None if it is no HAR file.

        Raises:
            InputError: its name says that it is one, and it is another JSON document.
        """
        from recordlint.har.checking import check_har
        from recordlint.jsontext.parse import is_json

        har = check_har(self.validator_for(path), data, claim.phone_region)
        if har is not None and self.records is not None:
            raise InputError(f"{path}: --record is for updates that are about to be sent, and these were sent already")
        if har is None:
            if path.lower().endswith(HAR) and is_json(data):
                raise InputError(f"{path}: no HAR file: it has no log.entries")
            return None
        for what in har.unreadable:
            self.tally.say_unreadable(f"{path}: {what}")
        if not har.reports and not har.unreadable:
            _options.say(f"{path}: no request in it writes a record")
        reports = self.after(path, data, claim, har) if self.before else har.reports
        return [Result(path, report, entry=index) for index, report in reports]

    def after(self, path: str, data: bytes, claim: Claim, har: Har) -> Sequence[tuple[int, Report]]:
        """The reports of a HAR file's requests, of what was not wrong before."""
        from recordlint.checking.regressions import new_violations
        from recordlint.har.checking import check_har

        before = check_har(self._for(path, self.before or self.validator), data, claim.phone_region)
        then = dict(before.reports) if before else {}
        warns = self.plan.fail_on == "warning"
        return [
            (index, new_violations(then[index], now, warnings=warns) if _was_right(then, index) else Report(now.claim))
            for index, now in har.reports
        ]

    def result(self, path: str, named: str, data: bytes, claim: Claim) -> Result:
        """The result of a file's text, after its fixes."""
        if not self.fixer:
            return Result(named, self.report(named, data, claim, find_in_document))
        # Fixing asks again about the text, and the report of the fixed text asks about what fixing ends with.
        find = remembering_last(find_in_document)
        result = Result(named, self.report(named, data, claim, find))
        return self.after_fixes(path, result, self.fixer, claim, find) if result.report.violations else result

    def report(self, named: str, data: bytes, claim: Claim, find: Find) -> Report:
        """The report of a file's text."""
        before = self.before_for(named)
        if before is not None:
            from recordlint.checking.regressions import Regressions

            warns = self.plan.fail_on == "warning"
            return Regressions(before, self.validator_for(named).checkers, claim, warnings=warns).report(data)
        if self.records is not None:
            from recordlint.checking.records import finding_with_records

            try:
                with_record = finding_with_records(find, self.records.find)
                return check_text(self.validator_for(named).checkers, data, claim, with_record)
            except InputError as error:
                # What is wrong with the body by itself is said all the same.
                self.tally.say_unreadable(f"{named}: {error}")
        return check_text(self.validator_for(named).checkers, data, claim, find)

    def after_fixes(self, path: str, result: Result, fixer: Fixer, claim: Claim, find: Find) -> Result:
        """The result of a file after its fixes; of the file as it is if it could not be rewritten."""
        report = result.report
        try:
            after, applied = fixer(path, report)
        except InputError as error:
            self.tally.say_unreadable(str(error))
            return result
        remaining = self.report(result.path, after, claim, find) if applied else report
        if not applied or fixer.diffs:
            return result._replace(report=remaining)
        from recordlint.reporters._fixed import fixed_rules

        self.tally.fixed += applied
        return result._replace(report=remaining, fixed=applied, fixed_rules=fixed_rules(report, remaining))

    def count_fixes(self, path: str, report: Report | Fixes) -> None:
        """Count the fixes of a file or of its rows, unless it would be left alone."""
        if not report.fixable and not report.unsafely_fixable:
            return
        from recordlint.files.rewrite import is_rewritable

        if not self.split and not is_rewritable(path):
            return
        self.fixable += report.fixable
        self.unsafely_fixable += report.unsafely_fixable

    def summary(self) -> Summary:
        """The totals of everything that was checked."""
        counts, units = self.tally.counts, self.tally.units
        unit = next(iter(units), "file") if len(units) < 2 else "body"
        unlisted = 0 if self.plan.showing.at_most is None else counts.errors + counts.warnings - counts.listed
        return Summary(
            counts.checked,
            counts.valid,
            counts.errors,
            counts.warnings,
            unit,
            unlisted,
            # What is left after --fix is what it could not fix.
            fixable=0 if self.fixer else self.fixable,
            unsafely_fixable=0 if self.fixer and self.fixer.unsafe else self.unsafely_fixable,
            in_diff=self.fixer.pending if self.fixer else 0,
            fixed=self.fixed(),
            fix_options=self.fix_options(),
            groups=self.tally.groups.sorted() if counts.errors or counts.warnings else (),
            held_back=self.alike.held_back if counts.listed or self.fixer else (),
            known=self.baseline.held if self.baseline else 0,
            gone=self.baseline.gone() if self.baseline else (),
            definitions=tuple(self.validator.objects.values()),
        )

    def fixed(self) -> int:
        """How many violations were fixed. None if the files of --split-to do not appear."""
        is_lost = self.split and (self.tally.faulty or self.tally.unreadable)
        return 0 if is_lost else self.tally.fixed

    def fix_options(self) -> str:
        """The options that fix what was checked; empty where they are refused."""
        if self.refuses_fix:
            return ""
        return "--fix --unsafe-fixes" if self.fixer and self.fixer.unsafe else "--fix"

    def status(self) -> int:
        """The exit status."""
        if self.tally.faulty:
            return FAULT
        if self.tally.unreadable:
            return UNUSABLE
        pending = self.fixer and self.fixer.pending
        counts = self.tally.counts
        failed = counts.errors or (counts.warnings and self.plan.fail_on == "warning")
        return VIOLATIONS if failed or pending else CLEAN


def _was_right(then: Mapping[int, Report], index: int) -> bool:
    return index in then and then[index].valid
