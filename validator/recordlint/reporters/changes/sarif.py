"""SARIF 2.1.0: a result for each change, at the definition, and one for each violation that it causes."""

from __future__ import annotations

from typing import Any, Final

from recordlint.drift.change import Change
from recordlint.reporters import Format, Result, Summary, sarif
from recordlint.reporters._json_line import json_line
from recordlint.reporters.changes import Compared
from recordlint.rules.catalogue import rule_ids
from recordlint.rules.change_pages import ChangePage, change_ids, change_pages

_LEVELS: Final[dict[str, str]] = {"breaking": "error", "dangerous": "warning", "safe": "note"}


def report(compared: Compared) -> Format:
    """The format of a comparison."""
    head = sarif.SEPARATOR.join([f"\n  {json_line(_result(each))}" for each in compared.changes])
    if not head:
        return Format(sarif.HEAD, sarif.entry, sarif.SEPARATOR, _tail)
    # The array has results already, so each entry begins with what separates it from them.
    return Format(sarif.HEAD + head, _entry, "", _tail)


def _entry(result: Result) -> str:
    text = sarif.entry(result)
    return sarif.SEPARATOR + text if text else ""


def _result(change: Change) -> dict[str, Any]:
    text = f"{change.message}; {change.hint}" if change.hint else change.message
    location = sarif.location_at_line(change.path, change.line)
    location["logicalLocations"] = [{"fullyQualifiedName": f"{change.object}.{change.field}".removesuffix(".")}]
    return {
        "ruleId": change.kind,
        "ruleIndex": len(rule_ids()) + change_ids().index(change.kind),
        "level": _LEVELS[change.level],
        "message": sarif.message(text),
        "locations": [location],
    }


def _tail(summary: Summary) -> str:
    return sarif.end(summary, [_rule(each) for each in change_pages()])


def _rule(page: ChangePage) -> dict[str, Any]:
    return {
        "id": page.id,
        "shortDescription": {"text": page.summary},
        "help": {"text": page.page, "markdown": page.page},
        "defaultConfiguration": {"level": _LEVELS[page.level]},
    }
