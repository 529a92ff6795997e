"""Markdown for a pull request: the changes by level, then the payloads that they break."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from recordlint.drift.change import LEVELS, Change
from recordlint.files.paths import readable
from recordlint.reporters import Format, Result, Summary, label
from recordlint.reporters.changes import Compared, headline, shortened, verdict
from recordlint.violations import Violation
from recordlint.wording.escape import escape
from recordlint.wording.markdown import as_markdown, code_span

LISTED_AT_MOST = 100
"""Violations that are listed: a comment has a length that it may not exceed."""


def report(compared: Compared) -> Format:
    """The format of a comparison."""
    return Format("".join(_changes(compared)), _entry, "", partial(_tail, compared))


def _changes(compared: Compared) -> Iterator[str]:
    first = headline(compared)
    yield f"### Definitions: {first}\n"
    for level in LEVELS:
        changes = [each for each in compared.changes if each.level == level]
        if changes:
            yield f"\n**{level.capitalize()}**\n\n"
        for change, more in shortened(changes):
            yield _line(change)
            if more:
                yield f"- … and {more:,} more {code_span(change.kind)}\n"
    if compared.has_payloads:
        yield "\n### Payloads that were right and are wrong now\n\n"


def _line(change: Change) -> str:
    what = f"{change.message}; {change.hint}" if change.hint else change.message
    key = f"{change.object}.{change.field}" if change.field else change.object
    return f"- {_code(key)}: {_text(what)} ({code_span(change.kind)})\n"


def _entry(result: Result) -> str:
    return "".join([_violation(result, each) for each in result.report.violations])


def _violation(result: Result, violation: Violation) -> str:
    place = f":{violation.place.line}:{violation.place.column}" if violation.place else ""
    what = "; ".join(filter(None, (violation.message, violation.hint)))
    return f"- {_code(readable(result.path) + place)}: {_text(label(result) + what)} ({code_span(violation.rule)})\n"


def _tail(compared: Compared, summary: Summary) -> str:
    if not compared.has_payloads:
        return ""
    said = verdict(summary)
    return f"\n{said[0].upper()}{said[1:]}.\n"


def _text(text: str) -> str:
    return as_markdown(escape(text))


def _code(text: str) -> str:
    return code_span(escape(text))
