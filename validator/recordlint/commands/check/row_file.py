"""One file of rows: checked, and its fixes written, shown or refused."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from recordlint.commands import _options
from recordlint.commands.check.fixer import Diffs, in_colour
from recordlint.commands.check.rows import Results, Sink, pieces
from recordlint.definitions.target import Claim
from recordlint.errors import InputError, InternalError
from recordlint.files.lines import changed
from recordlint.reporters import Format, Result
from recordlint.rows.blocks import BlockChecker
from recordlint.rows.outcomes import Fixing, Job

if TYPE_CHECKING:
    from recordlint.commands.check.run import Run


def row_file(run: Run, path: str, named: str, claim: Claim, formats: Sequence[Format]) -> Iterator[Sequence[bytes]]:
    """What each format writes about a file's rows, some rows at a time. The fixed rows are written by then.

    Args:
        run: has the plan; its tally and counts of fixes are added to.
        path: the file.
        named: its name in reports.
        claim: what bare bodies are for.
        formats: those of the reports.
    """
    fixer, refusal = run.fixer, ""
    with ExitStack() as stack:
        sink: Sink | None = run.split
        fixing = Fixing(fixer.unsafe, shows=fixer.diffs is not None) if fixer else None
        if fixing and not fixing.shows and sink is None:
            from recordlint.commands.check.rewriting import rewriting

            try:
                sink = stack.enter_context(rewriting(path))
            except InputError as error:
                # What is there is reported. There may be nothing to fix.
                fixing, refusal = None, str(error)
        if fixer and fixer.diffs:
            formats = _with_diffs(formats, fixer.diffs)
        plan = run.plan
        job = Job(
            run.validator_for(named).checkers,
            named,
            claim,
            plan.max_size,
            tuple(formats),
            redact=plan.showing.redact,
            splits=run.split is not None,
            fixing=fixing,
            records=run.records,
            before=run.before_for(named),
            warns=plan.fail_on == "warning",
        )
        source = path
        if run.baseline and run.baseline.says(named):
            from recordlint.commands.check.row_spots import readable_twice, row_spots

            try:
                source = stack.enter_context(readable_twice(path))
            except InputError as error:
                run.tally.say_unreadable(str(error))
                return
            state = _state(source)
            numbers, is_whole = row_spots(source, job, plan)
            if state != _state(source):
                # Its rows are not those that were counted.
                run.tally.say_unreadable(str(changed(named)))
            job = job._replace(held=run.baseline.hold(named, numbers, is_whole=is_whole))
        results = Results(BlockChecker(job), plan, run.tally, sink)
        yield from _checked(run, source, named, results)
    fixes = results.fixes
    if refusal:
        if fixes.fixable or (fixes.unsafely_fixable and fixer and fixer.unsafe):
            run.tally.say_unreadable(refusal)
        return
    run.count_fixes(path, fixes)


def _state(path: str) -> tuple[int, int, int] | None:
    """What changes when a file does; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _checked(run: Run, path: str, named: str, results: Results) -> Iterator[Sequence[bytes]]:
    """What each format writes. In the end all is said and counted."""
    fixer = run.fixer
    is_written = False
    try:
        for entries in pieces(path, results):
            if fixer and fixer.diffs and fixer.diffs.place is None:
                *entries, diff = entries
                fixer.diffs.write(diff)
            yield entries
        is_written = not results.is_incomplete
    except InputError as error:
        run.tally.say_unreadable(str(error))
    except InternalError as error:
        # The report is still a whole document, of what came before.
        run.tally.say_fault_of(named, str(error))
    applied = results.fixes.applied
    if fixer and fixer.diffs:
        fixer.pending += applied
    elif fixer and applied and not is_written:
        _options.say(f"{named}: the reported fixes were not written")
    elif fixer and applied:
        run.tally.fixed += applied
        if run.split is None:
            fixer.say_fixed(named, applied)


def _with_diffs(formats: Sequence[Format], diffs: Diffs) -> Sequence[Format]:
    """The formats, of which one also writes the diffs of rows: that of the same stream, or one more."""
    place, colour = diffs.place, diffs.colour
    if place is None:
        return (*formats, Format("", partial(_diff, colour), "", formats[0].tail))
    text = formats[place]
    shown = text._replace(entry=partial(_with_diff, colour, text))
    return (*formats[:place], shown, *formats[place + 1 :])


def _diff(colour: bool, result: Result) -> str:
    return in_colour(result.diff, colour)


def _with_diff(colour: bool, format: Format, result: Result) -> str:
    return _diff(colour, result) + format.entry(result)
