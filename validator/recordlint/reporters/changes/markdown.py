"""Markdown for a pull request: the changes by level, then the payloads that they break."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from recordlint.drift.change import LEVELS, Change
from recordlint.files.paths import readable
from recordlint.reporters import Format, Result, Summary, label
from recordlint.reporters.changes import Compared, headline, shortened, verdict
from recordlint.violations import Violation
from recordlint.wording.escape import escape
from recordlint.wording.markdown import as_markdown, code_span
from recordlint.wording.phrases import count_of

ROOM: Final = 30_000
"""Characters of the changes that are listed. GitHub refuses a comment of more than 65,536, and payloads need some."""
WIDEST: Final = 320
"""Characters of a violation. A hundred of them, which `drift` lists at most, fit into a comment beside the changes."""

PLACE: Final = 100
"""Characters of a file or a key; of a longer one, the end is shown."""


def report(compared: Compared) -> Format:
    """The format of a comparison."""
    return Format("".join(_changes(compared)), _entry, "", partial(_tail, compared))


def _changes(compared: Compared) -> Iterator[str]:
    first = headline(compared)
    yield f"### Definitions: {first}\n"
    room = ROOM
    for level in LEVELS:
        changes = [each for each in compared.changes if each.level == level]
        if not changes:
            continue
        yield f"\n**{level.capitalize()}**\n\n"
        listed = 0
        for change, more in shortened(changes):
            line = _line(change) + (f"- … and {more:,} more {code_span(change.kind)}\n" if more else "")
            room -= len(line)
            if room < 0:
                break
            listed += 1 + more
            yield line
        if unlisted := len(changes) - listed:
            yield f"- {count_of(unlisted, 'more change' if listed else 'change')}, not listed here\n"
    if compared.has_payloads:
        yield "\n### Payloads that were right and are wrong now\n\n"


def _line(change: Change) -> str:
    what = f"{change.message}; {change.hint}" if change.hint else change.message
    key = f"{change.object}.{change.field}" if change.field else change.object
    return _item(key, what, change.kind, ROOM // 30)


def _entry(result: Result) -> str:
    return "".join([_violation(result, each) for each in result.report.violations])


def _violation(result: Result, violation: Violation) -> str:
    place = f":{violation.place.line}:{violation.place.column}" if violation.place else ""
    what = "; ".join(filter(None, (violation.message, violation.hint)))
    return _item(readable(result.path) + place, label(result, violation) + what, violation.rule, WIDEST)


def _item(where: str, what: str, kind: str, widest: int) -> str:
    """A line of a list. What does not fit is cut, and escaped text is longer than it looks."""
    place = _code(where if len(where) <= PLACE else f"…{where[-PLACE:]}")
    line = ""
    for size in range(widest, 0, -20):
        line = f"- {place}: {_text(what if len(what) <= size else f'{what[:size]}…')} ({code_span(kind)})\n"
        if len(line) <= widest:
            break
    return line


def _tail(compared: Compared, summary: Summary) -> str:
    if not compared.has_payloads:
        return ""
    said = verdict(summary)
    return f"\n{said[0].upper()}{said[1:]}.\n"


def _text(text: str) -> str:
    return as_markdown(escape(text))


def _code(text: str) -> str:
    return code_span(escape(text))
