"""One JSON document, version 1, described by `spec/report.json`. Its results are files with violations or fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from recordlint.checking.report import Report
from recordlint.files.paths import readable
from recordlint.reporters import Result, Summary
from recordlint.reporters._json_line import json_line

if TYPE_CHECKING:
    from recordlint.violations import Related, Violation

HEAD: Final = '{"version":1,\n "results":['
SEPARATOR: Final = ","
NOWHERE: Final = (None,) * 6
"""The place of a violation of a parsed body."""


def entry(result: Result) -> str:
    """A result, on a line of its own."""
    return f"\n  {json_line(as_data(result))}" if result.report.violations or result.fixed else ""


def tail(summary: Summary) -> str:
    """The end of the document, with the summary."""
    return f'],\n "summary":{json_line(totals(summary))}}}\n'


def totals(summary: Summary) -> dict[str, Any]:
    """The summary, with the violations by rule and field."""
    data: dict[str, Any] = {
        "checked": summary.checked,
        "valid": summary.valid,
        "errors": summary.errors,
        "warnings": summary.warnings,
    }
    if summary.unlisted:
        data["unlisted"] = summary.unlisted
    if summary.fixed:
        data["fixed"] = summary.fixed
    if summary.known:
        data["known"] = summary.known
    if summary.gone:
        data["gone"] = [
            {"path": path, "rule": spot.rule, "pointer": spot.pointer, "known": known, "left": left}
            for path, spot, known, left in summary.gone
        ]
    if summary.definitions:
        from recordlint.definitions.digest import named_digest

        data["definitions"] = {each.key: named_digest(each) for each in summary.definitions}
    return {**data, "rules": groups(summary)}


def groups(summary: Summary) -> list[dict[str, Any]]:
    """The violations by rule and field, the largest group first."""
    return [
        {
            "rule": rule,
            "field": field,
            "count": number,
            "fixable": fixable,
            "unsafely_fixable": unsafely_fixable,
            "first": {"path": readable(path), "line": line, "column": column, "entry": entry},
        }
        for (rule, field), (number, fixable, unsafely_fixable, (path, line, column, entry)) in summary.groups
    ]


def as_data(result: Result) -> dict[str, Any]:
    """One file's part of the report."""
    report: Report = result.report
    data: dict[str, Any] = {"path": readable(result.path)}
    if result.line is not None:
        data["line"] = result.line
    elif result.entry is not None:
        data["entry"] = result.entry
    data["object"] = report.object
    data["operation"] = report.operation
    data["valid"] = not report.errors
    data["violations"] = [_violation(violation) for violation in report.violations]
    if report.omitted:
        data["omitted"] = report.omitted
    if result.fixed:
        data["fixed"] = result.fixed
    if result.fixed_rules:
        data["fixed_rules"] = result.fixed_rules
    return data


def _violation(violation: Violation) -> dict[str, Any]:
    rule, severity, pointer, message, hint, place, related, fix, _, note, cell = violation
    line, column, end_line, end_column, _, _ = place or NOWHERE
    change = None
    if fix is not None:
        safe, description, edits = fix
        listed = [{"start": start, "end": end, "text": text} for start, end, text in edits]
        change = {"safe": safe, "description": description, "edits": listed}
    data = {
        "rule": rule,
        "severity": severity,
        "pointer": pointer,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "message": message,
        "hint": hint,
        "note": note,
        "related": [_related(each) for each in related] if related else [],
        "fix": change,
    }
    if cell is not None:
        data["cell"] = cell._asdict()
    return data


def _related(related: Related) -> dict[str, Any]:
    line, column, end_line, end_column, _, _ = related.place or NOWHERE
    return {
        "pointer": related.pointer,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "message": related.message,
    }
