"""SARIF 2.1.0, the OASIS standard that code scanning reads: results with regions and fixes, rules with pages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from recordlint.files.paths import readable
from recordlint.reporters import Result, Summary, in_one_line, label
from recordlint.reporters._json_line import json_line
from recordlint.reporters.json import groups
from recordlint.rules.catalogue import Rule, rule_ids, rules
from recordlint.violations import Fix, Place, Violation
from recordlint.wording.escape import escape

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

HEAD: Final = f'{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints","results":['
SEPARATOR: Final = ","


def entry(result: Result) -> str:
    """One line per violation. Columns are code points."""
    uri = _uri(result.path)
    return SEPARATOR.join([f"\n  {json_line(_result(uri, result, each))}" for each in result.report.violations])


def tail(summary: Summary) -> str:
    """The end of the log: the tool, with all its rules."""
    return end(summary)


def end(summary: Summary, more_rules: Sequence[dict[str, Any]] = ()) -> str:
    """The end of a log, with more rules behind those of `rules`."""
    from recordlint.files.installed import installed_version

    listed = [*[_rule(each) for each in rules()], *more_rules]
    driver = {"name": "recordlint", "version": installed_version(), "rules": listed}
    properties: dict[str, Any] = {"fixed": summary.fixed} if summary.fixed else {}
    properties["rules"] = groups(summary)
    return f'],\n "tool":{json_line({"driver": driver})},\n "properties":{json_line(properties)}}}]}}\n'


def _rule(rule: Rule) -> dict[str, Any]:
    # No message refers to these texts, so they have no placeholders, and are shown with their braces as they are.
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": rule.severity[0]},
        "properties": {"tags": list(rule.source)},
    }


def _result(uri: str, result: Result, violation: Violation) -> dict[str, Any]:
    in_bytes = result.line is None
    data: dict[str, Any] = {
        "ruleId": violation.rule,
        "ruleIndex": rule_ids().index(violation.rule),
        "level": violation.severity,
        "message": message(f"{label(result, violation)}{in_one_line(violation)}"),
        "locations": [_location(uri, violation.place, in_bytes, violation.pointer)],
    }
    if violation.related:
        data["relatedLocations"] = [
            {"id": number, **_location(uri, related.place, in_bytes), "message": message(related.message)}
            for number, related in enumerate(violation.related)
        ]
    if violation.fix and in_bytes:
        data["fixes"] = [_fix(uri, violation.fix)]
    return data


def message(text: str) -> dict[str, str]:
    """A message object. `{0}` in it would be a placeholder, and `[text](link)` a link: neither is meant."""
    return {"text": escape(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def location_at_line(path: str, line: int | None) -> dict[str, Any]:
    """The location of a line of a file, or of the whole file."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if line is not None:
        physical["region"] = {"startLine": line}
    return {"physicalLocation": physical}


def _location(uri: str, place: Place | None, in_bytes: bool, pointer: str | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if place:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
        if in_bytes:
            physical["region"] |= {"byteOffset": place.start, "byteLength": place.end - place.start}
    location: dict[str, Any] = {"physicalLocation": physical}
    if pointer is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": pointer, "kind": "value"}]
    return location


def _fix(uri: str, fix: Fix) -> dict[str, Any]:
    return {
        "description": message(fix.description if fix.safe else f"{fix.description} (may not be what was meant)"),
        "artifactChanges": [
            {
                "artifactLocation": {"uri": uri},
                "replacements": [
                    {
                        "deletedRegion": {"byteOffset": edit.start, "byteLength": edit.end - edit.start},
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ],
    }


def _uri(path: str) -> str:
    """The path as a URI reference; a file's name need not be UTF-8, and may hold anything."""
    return quote(readable(path).replace(os.sep, "/"))
