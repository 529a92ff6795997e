"""One table: each row checked as the body that it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from recordlint.checking.report import Report
from recordlint.commands.check.progress import Progress
from recordlint.commands.check.tables import pages, say_notes, tallied
from recordlint.contract.operations import UPDATE, find_operation
from recordlint.definitions.target import Claim, Target
from recordlint.errors import ConfigError, InputError, InternalError, UsageError
from recordlint.reporters import Format, Result

ANY: Final = "location"
"""A location's id, where none is said: what cells hold does not depend on it."""

NOT_HELD: Final = "the baseline of the configuration holds nothing back of a table"

if TYPE_CHECKING:
    from recordlint.checking.checkers import Checkers
    from recordlint.commands.check.run import Run
    from recordlint.tables.mapping import TableMapping
    from recordlint.tables.preparing import Prepared


def table_file(run: Run, path: str, formats: Sequence[Format]) -> Iterator[Sequence[bytes]]:
    """What each format writes about a table's rows, some at a time.

    Args:
        run: has the plan; its tally is added to.
        path: the file.
        formats: those of the reports.
    """
    from recordlint.commands.check.row_spots import readable_twice

    named = run.plan.named(path)
    run.tally.units.add("row")
    refusal = _refusal(run)
    if refusal:
        run.tally.say_unreadable(f"{named}: {refusal}")
        return
    try:
        mapping = run.tables.mapping(named, run.plan.config, run.plan.asked.phone_region)
        claim = claim_of(run, named, mapping)
        if claim is None:
            return
        checkers = run.validator_for(named).checkers
        target = target_of(claim, mapping, checkers)
        with readable_twice(path) as twice:
            yield from _table(run, twice, named, target, mapping, checkers, formats)
    except ConfigError:
        raise
    except InputError as error:
        run.tally.say_unreadable(str(error))
    except UsageError as error:
        run.tally.say_unreadable(f"{named}: {error}")
    except InternalError as error:
        run.tally.say_fault_of(named, str(error))


def target_of(claim: Claim, mapping: TableMapping, checkers: Checkers) -> Target:
    """What the rows of a table are for: by the flags and the configuration, or else by the mapping.

    Raises:
        UsageError: nothing names the object, or there is none of that name.
    """
    key = claim.object or mapping.object
    definition = checkers.require(checkers.only() if key is None else key)
    operation = claim.operation or (find_operation(mapping.operation) if mapping.operation else UPDATE)
    return Target(definition, operation, claim.phone_region or checkers.phone_region)


def claim_of(run: Run, named: str, mapping: TableMapping) -> Claim | None:
    """What the rows are for; None if the file is passed over. A mapping claims a table as an entry of files does."""
    plan = run.plan
    if plan.config.excludes(named):
        return None
    region = plan.asked.phone_region or plan.config.phone_region
    said = Claim(plan.asked.object or mapping.object, plan.asked.operation, region)
    rule = plan.config.rule_for(named)
    is_claimed = rule is not None or plan.config.table_for(named) is not None
    if said.object is None and not is_claimed and (plan.config.files or plan.ignore_unmatched):
        return plan.claim(named)
    by_rule = rule.claim if rule else Claim()
    operation = plan.asked.operation or (None if mapping.operation else by_rule.operation)
    return Claim(said.object or by_rule.object, operation, plan.asked.phone_region or by_rule.phone_region or region)


def _refusal(run: Run) -> str:
    """Why a table cannot be checked with what is asked for; empty if it can."""
    if run.fixer:
        return "no fix changes a table: correct it in the program that it comes from, or leave --fix out"
    if run.records is not None:
        return "--record is for updates as JSON: convert the table first"
    if run.before is not None:
        return "drift compares bodies and requests: convert the table first, and name what it becomes"
    if run.baseline and (run.baseline.is_new or not run.baseline.is_configured):
        return "a baseline knows no rows of tables: convert the table, or check it without a baseline"
    if run.split is not None:
        return "--split-to takes rows of JSON: recordlint convert writes the right rows and the rejected ones"
    return ""


def show_questions(run: Run, named: str, ready: Prepared, formats: Sequence[Format]) -> Iterator[Sequence[bytes]]:
    """What each format writes about what the columns have to declare. No row is counted for it."""
    before = run.tally.counts
    for violation, text in ready.questions:
        errors = int(violation.severity == "error")
        report = Report(Claim(), [violation], errors=errors, warnings=1 - errors, text=text)
        result = Result(named, report, line=violation.place and violation.place.line)
        yield run.tally.show(result, run.plan.showing, formats)
        run.tally.counts = run.tally.counts._replace(checked=before.checked, valid=before.valid)


def _table(
    run: Run,
    path: str,
    named: str,
    target: Target,
    mapping: TableMapping,
    checkers: Checkers,
    formats: Sequence[Format],
) -> Iterator[Sequence[bytes]]:
    from recordlint.tables.pages import TableJob
    from recordlint.tables.preparing import Unready, prepare

    plan, tally = run.plan, run.tally
    source = run.tables.source(path, named, plan.max_size)
    ready = prepare(source, target, mapping, checkers, location=mapping.location or ANY)
    say = partial(say_notes, named, said=set())
    say([*ready.notes, *([NOT_HELD] if run.baseline else [])])
    if isinstance(ready, Unready):
        for reason in ready.reasons:
            tally.say_unreadable(f"{named}: {reason}")
        return
    yield from show_questions(run, named, ready, formats)
    job = TableJob(
        named,
        ready.layout,
        ready.table,
        checkers,
        ready.asked,
        ready.repeats,
        tuple(formats),
        redact=plan.showing.redact,
    )
    with Progress(None) as progress:
        checked = pages(source, job, plan.jobs, lambda: tally.room(plan.showing), say)
        for page in tallied(checked, tally, progress):
            yield page.entries
