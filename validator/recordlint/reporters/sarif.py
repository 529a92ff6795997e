"""SARIF 2.1.0, the OASIS standard that code scanning reads: rules with their pages, regions, and fixes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

from recordlint.catalogue import rule
from recordlint.printable import printable
from recordlint.reporters import Result, Summary
from recordlint.reporters._dumped import dumped
from recordlint.reporters._paths import readable
from recordlint.violations import Fix, Place, Violation

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """The log, a result a line; the rules that were met stand behind them. Columns are code points."""
    yield f'{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints","results":['
    met: dict[str, int] = {}
    separator = "\n  "
    for path, report in results:
        for violation in report.violations:
            index = met.setdefault(violation.rule, len(met))
            yield separator + dumped(_result(_uri(path), violation, index))
            separator = ",\n  "
    yield f'],\n "tool":{dumped({"driver": _driver(met)})}}}]}}\n'


def _driver(met: Iterable[str]) -> dict[str, Any]:
    from importlib.metadata import version

    return {"name": "recordlint", "version": version("recordlint"), "rules": [_rule(id) for id in met]}


def _rule(id: str) -> dict[str, Any]:
    found = rule(id)
    return {
        "id": id,
        "shortDescription": {"text": found.summary},
        "help": {"text": found.page, "markdown": found.page},
        "defaultConfiguration": {"level": found.severity[0]},
        "properties": {"tags": list(found.source)},
    }


def _result(uri: str, violation: Violation, index: int) -> dict[str, Any]:
    hint = f"; {violation.hint}" if violation.hint else ""
    # What looks like [text](link) would become one.
    text = printable(f"{violation.message}{hint}").replace("](", "] (")
    found: dict[str, Any] = {
        "ruleId": violation.rule,
        "ruleIndex": index,
        "level": violation.severity,
        "message": {"text": text},
        "locations": [_location(uri, violation.place, pointer=violation.pointer)],
    }
    if violation.related:
        found["relatedLocations"] = [
            {"id": number, **_location(uri, related.place), "message": {"text": related.message}}
            for number, related in enumerate(violation.related)
        ]
    if violation.fix:
        found["fixes"] = [_fix(uri, violation.fix)]
    return found


def _location(uri: str, place: Place | None, pointer: str | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if place:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
            "byteOffset": place.start,
            "byteLength": place.end - place.start,
        }
    location: dict[str, Any] = {"physicalLocation": physical}
    if pointer is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": pointer, "kind": "value"}]
    return location


def _fix(uri: str, fix: Fix) -> dict[str, Any]:
    return {
        "description": {"text": fix.description if fix.safe else f"{fix.description} (may not be what was meant)"},
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
