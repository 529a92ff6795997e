"""The baseline of a run: what it holds back, what of it no longer occurs, and how it is written."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import click

from recordlint.baseline.files import Known, name_of, read_baseline, to_text
from recordlint.baseline.holding import Gone, Held, count_spots, hold
from recordlint.commands import _options
from recordlint.commands.check.payload_files import is_in_definitions
from recordlint.commands.check.plan import STDIN, Plan
from recordlint.files.paths import readable
from recordlint.reporters import Result, to_bytes
from recordlint.rules.kinds import Spot
from recordlint.rules.severities import ALWAYS_ERRORS
from recordlint.wording.phrases import as_json, count_of

LINES: Final = 20
"""Entries that are named one by one."""


class Baseline:
    """What is known of each file, and what a run finds of it.

    Attributes:
        path: the file.
        known: what it says.
        is_new: whether it is being written: then all is held back.
        judged: the rules that the run asks about; None for all.
        is_configured: whether the configuration names it.
        stays_so: whether the files are as the report says, once the run has ended: not where fixes are only shown.
        held: how many violations are held back.
    """

    def __init__(
        self,
        path: str,
        known: Known,
        *,
        is_new: bool,
        judged: Collection[str] | None,
        is_configured: bool,
        stays_so: bool,
    ) -> None:
        self.path: Final = path
        self.known: Final = known
        self.is_new: Final = is_new
        self.judged: Final = judged
        self.is_configured: Final = is_configured
        self.stays_so: Final = stays_so
        self.held = 0
        self._numbers: Final[dict[str, Mapping[Spot, int]]] = {}

    def says(self, path: str) -> bool:
        """Whether it matters what a file's violations are."""
        return self.is_new or name_of(path, self.path) in self.known

    def hold(self, path: str, numbers: Mapping[Spot, int], *, is_whole: bool = True) -> Held:
        """What is held back of a file's violations.

        Args:
            path: the file.
            numbers: of its violations, by spot.
            is_whole: whether all of it could be checked.
        """
        name = name_of(path, self.path)
        if is_whole:
            self._numbers[name] = numbers
        held = hold(numbers, numbers if self.is_new else self.known.get(name, {}))
        self.held += sum([numbers[spot] for spot in held.spots])
        return held

    def without_known(self, path: str, results: Sequence[Result], *, is_whole: bool) -> Sequence[Result]:
        """All results of a file without what is held back."""
        held = self.hold(path, count_spots([each.report for each in results]), is_whole=is_whole)
        return [each._replace(report=held.without_known(each.report)) for each in results]

    def gone(self) -> list[Gone]:
        """The entries of which not all violations are left, in the files that were checked or are gone."""
        return [] if self.is_new or not self.stays_so else [*self._gone()]

    def _gone(self) -> Iterator[Gone]:
        for path, spots in self.known.items():
            numbers = self._left(path)
            if numbers is None:
                continue
            is_unread = _is_unread(numbers)
            for spot, known in spots.items():
                left = numbers.get(spot, 0)
                if left < known and self._judges(spot) and (spot.rule in ALWAYS_ERRORS or not is_unread):
                    yield Gone(path, spot, known, left)

    def _left(self, path: str) -> Mapping[Spot, int] | None:
        """How many violations a file of the baseline has by now; None where that is not known."""
        # A name that is no UTF-8 is written in another way, so no file has it.
        if path in self._numbers or path == "-" or "\\udc" in path:
            return self._numbers.get(path)
        return None if os.path.lexists(os.path.join(os.path.dirname(os.path.realpath(self.path)), path)) else {}

    def _judges(self, spot: Spot) -> bool:
        return self.judged is None or spot.rule in self.judged

    def say_held(self) -> None:
        """Say how many violations are held back."""
        if self.held:
            _options.say(f"{self.path}: {count_of(self.held, 'known violation')} held back")

    def say_gone(self) -> None:
        """Say which entries no longer occur."""
        if not (gone := self.gone()):
            return
        number = sum([each.known - each.left for each in gone])
        what = (
            "no longer occurs; --prune-baseline drops it"
            if number == 1
            else "no longer occur; --prune-baseline drops them"
        )
        _options.say(f"{self.path}: {count_of(number, 'known violation')} {what}:")
        for path, spot, known, left in gone[:LINES]:
            where = f" at {spot.pointer}" if spot.pointer else ""
            _options.say(f"  {path}: {spot.rule}{where}{f' ({left:,} of {known:,} left)' if left else ''}")
        if len(gone) > LINES:
            _options.say(f"  and {len(gone) - LINES:,} more")

    def write(self, *, is_whole: bool) -> None:
        """Write the file: anew, or without what no longer occurs.

        Args:
            is_whole: whether all could be checked; otherwise, the file is left as it is.

        Raises:
            OutputError: it cannot be written.
        """
        if not is_whole:
            _options.say(f"{self.path}: not written, because some files could not be checked")
        elif self.is_new:
            self._record()
        else:
            self._prune()

    def _record(self) -> None:
        """Write what there is. What the file says of files that were not checked, and of other rules, stays in it."""
        written = {path: dict(spots) for path, spots in self.known.items() if self._left(path) is None}
        for path, numbers in self._numbers.items():
            is_unread = _is_unread(numbers)
            known = self.known.get(path, {}).items()
            others = {spot: number for spot, number in known if is_unread or not self._judges(spot)}
            written[path] = {**others, **numbers}
        self._write(written)
        number = sum([sum(spots.values()) for spots in written.values()])
        files = count_of(len([path for path, spots in written.items() if spots]), "file")
        _options.say(f"{self.path}: recorded {count_of(number, 'violation')} in {files}")
        if not self.is_configured:
            setting = f"baseline = {as_json(readable(self.path))}"
            _options.say(f"report only what is new with --baseline {self.path}, or with {setting} in the configuration")

    def _prune(self) -> None:
        """Write the file without what no longer occurs."""
        gone = self.gone()
        if not gone:
            _options.say(f"{self.path}: all of it still occurs")
            return
        known = {path: dict(spots) for path, spots in self.known.items()}
        for path, spot, _, left in gone:
            known[path][spot] = left
        self._write({path: {spot: number for spot, number in spots.items() if number} for path, spots in known.items()})
        number = sum([each.known - each.left for each in gone])
        _options.say(f"{self.path}: dropped {count_of(number, 'known violation')}")

    def _write(self, known: Known) -> None:
        from recordlint.files.atomic_write import atomic_write

        with atomic_write(self.path) as output:
            output.write(to_bytes(to_text(known)))


def _is_unread(numbers: Mapping[Spot, int]) -> bool:
    """Whether a text could not be read, so that little is known of what is in it."""
    return any(spot.rule in ALWAYS_ERRORS for spot in numbers)


def open_baseline(path: str, plan: Plan, *, is_new: bool, stays_so: bool) -> Baseline:
    """The baseline of a run.

    Args:
        path: the file.
        plan: how the run checks.
        is_new: whether the file is written at the end. What stands there has to be a baseline too, if anything.
        stays_so: whether the files are as the report says, once the run has ended.

    Raises:
        click.UsageError: the path is no file's, or would be among the definitions.
        InputError: the file cannot be read, or is no baseline.
    """
    name = "--write-baseline" if is_new else "--baseline"
    if path in ("", STDIN) or path.endswith(("/", os.sep)):
        raise click.UsageError(f"{name} takes a file, not {as_json(path)}")
    if is_in_definitions(path, plan):
        raise click.UsageError(f"the baseline {path} is in a folder of definitions: keep it elsewhere")
    # What is no file, such as a pipe, has nothing to say.
    known = {} if is_new and not os.path.isfile(path) and not os.path.isdir(path) else read_baseline(path)
    is_configured = path == plan.config.baseline
    return Baseline(path, known, is_new=is_new, judged=plan.judged, is_configured=is_configured, stays_so=stays_so)
