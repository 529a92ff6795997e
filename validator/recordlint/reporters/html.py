"""One page for the people who own the data: it needs no other file, and opens no connection.

Its template, style sheet and script are `page.html`, `page.css` and `page.js` beside this module; `rule_pages.html` is
generated from the rules' pages. What was checked is in the page only as JSON, from which the script writes text.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from json import JSONEncoder
from string import Template
from typing import Any, Final

from recordlint.files.paths import readable
from recordlint.jsontext.syntax_errors import apart
from recordlint.reporters import Result, Summary, closing, in_cell
from recordlint.reporters._excerpt import excerpt, source_lines
from recordlint.rules.catalogue import rule
from recordlint.rules.kinds import kind_of
from recordlint.violations import Violation
from recordlint.wording.escape import escape

WIDTH: Final = 160
"""Columns of a source line that are shown."""
LONGEST: Final = 10_000
"""Bytes of what to write. A longer text is not for the clipboard, and would be there for each violation in it."""
_RULE: Final = re.compile(r'<template id="rule-([a-z-]+)">\n.*?</template>\n', re.DOTALL)

_encoded: Final = JSONEncoder(separators=(",", ":")).encode
"""Made once: json.dumps would make an encoder per call."""


def _file(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def _source(text: str) -> str:
    """A source of the page's Content-Security-Policy: the script or style with this text, and no other."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


_SCRIPT: Final = _file("page.js")
_STYLE: Final = _file("page.css")
_BEFORE, _, _AFTER = _file("page.html").partition("$findings")

HEAD: Final = Template(_BEFORE).substitute(script_source=_source(_SCRIPT), style_source=_source(_STYLE), style=_STYLE)
SEPARATOR: Final = ","


def entry(result: Result) -> str:
    """The violations of a result, in the order in which the script reads their parts."""
    report = result.report
    if not report.violations:
        return ""
    about = (
        escape(readable(result.path)),
        result.line,
        result.entry,
        report.object and escape(report.object),
        report.operation,
        report.is_redacted,
    )
    lines = source_lines(report.text, result.line or 1) if report.text is not None else None
    listed = ",".join([f"\n  {_json(_violation(each, report.text, lines))}" for each in report.violations])
    return f"\n [{_json(about)[1:-1]},[{listed}]]"


def tail(summary: Summary) -> str:
    """The end of the page: the summary, the pages of the rules that were broken, and the script."""
    from recordlint.files.installed import installed_version

    broken = {kind.rule for kind, _ in summary.groups}
    data = {
        "closing": closing(summary).rstrip(),
        "checked": summary.checked,
        "problems": summary.errors + summary.warnings,
        "version": installed_version(),
        "kinds": [[kind.rule, escape(kind.field), *numbers] for kind, (*numbers, _) in summary.groups],
        "rules": {each: rule(each).summary for each in sorted(broken)},
    }
    pages = "".join([match[0] for match in _RULE.finditer(_file("rule_pages.html")) if match[1] in broken])
    return Template(_AFTER).substitute(summary=_json(data), pages=pages, script=_SCRIPT)


def _violation(violation: Violation, text: bytes | None, lines: Callable[[int], str] | None) -> list[Any]:
    place, fix = violation.place, violation.fix
    shown = excerpt(lines(place.line), place, WIDTH) if place and lines else None
    write = None if text is None else _what_to_write(violation, text)
    parts = [
        violation.rule,
        violation.severity,
        escape(violation.pointer),
        escape(kind_of(violation).field),
        escape(in_cell(violation) + violation.message),
        escape(violation.hint),
        escape(violation.note),
        place and place.line,
        place and place.column,
        [[escape(each.message), each.place.line, each.place.column] for each in violation.related if each.place],
        shown,
        write,
        write is not None and fix is not None and fix.safe,
    ]
    # Most violations have nothing at the end, and there may be very many.
    while not parts[-1]:
        parts.pop()
    return parts


def _what_to_write(violation: Violation, text: bytes) -> str | None:
    """What the marked part of a text becomes by the violation's fix.

    None where there is no fix, or where it changes other parts too, so that there is no one thing to write.
    """
    place, fix = violation.place, violation.fix
    if not place or not fix or any(edit.start < place.start or edit.end > place.end for edit in fix.edits):
        return None
    if place.end - place.start > LONGEST:
        return None
    parts: list[bytes] = []
    at = place.start
    try:
        for start, end, new in apart(fix.edits):
            parts += text[at:start], new.encode()
            at = end
        written = b"".join([*parts, text[at : place.end]]).decode()
    except UnicodeError:
        return None
    return written if 0 < len(written) <= LONGEST else None


def _json(value: object) -> str:
    """The value in JSON for a script element: ASCII that no HTML can begin or end in."""
    return _encoded(value).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
