"""Which rows a tool calls bad, out of what it prints."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

Rows = frozenset[int]


def of_loop(output: bytes) -> Rows:
    """Line numbers with spaces between, as the loops print them."""
    return frozenset(map(int, output.split()))


def of_recordlint(output: bytes) -> Rows:
    """The JSON report."""
    return frozenset(result["line"] for result in json.loads(output)["results"] if not result["valid"])


def of_jsonvet(output: bytes) -> Rows:
    """Its JSON report."""
    return frozenset(each["line"] for each in json.loads(output)["diagnostics"])


def of_sourcemeta(output: bytes) -> Rows:
    """What it prints of each entry."""
    return frozenset(int(each) for each in re.findall(rb"\(entry #(\d+)\)", output))


def of_files(output: bytes) -> Rows:
    """Files that are named for their row, each on a line that calls it invalid."""
    return frozenset(int(each) for each in re.findall(rb"(\d+)\.json(?:::| invalid)", output))


def disagreement(found: Mapping[str, Rows], bad: Rows) -> str:
    """Who calls other rows bad than those that were made so, and an example each; empty for none."""
    lines = []
    for name, rows in found.items():
        if rows != bad:
            lines.append(f"{name}: missed {sorted(bad - rows)[:3]}, refused {sorted(rows - bad)[:3]}")
    return "; ".join(lines)
