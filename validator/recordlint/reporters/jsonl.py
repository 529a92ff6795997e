"""JSON Lines: each file with violations on a line of its own, as in the results of the JSON report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from recordlint.reporters import Result, Summary
from recordlint.reporters._dumped import dumped
from recordlint.reporters.json import as_data


def render(results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """A line a file, as soon as it is judged; nothing at all where there is nothing to report."""
    for result in results:
        if result.report.violations:
            yield dumped(as_data(result)) + "\n"
