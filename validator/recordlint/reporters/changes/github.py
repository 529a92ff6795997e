"""GitHub workflow commands: each change annotates the definition, and each violation the payload."""

from __future__ import annotations

from functools import partial
from typing import Final

from recordlint.drift.change import Change, Level
from recordlint.reporters import Format, Summary, github
from recordlint.reporters.changes import Compared, headline, verdict

_COMMANDS: Final[dict[Level, str]] = {"breaking": "error", "dangerous": "warning", "safe": "notice"}


def report(compared: Compared) -> Format:
    """The format of a comparison."""
    head = "".join([_command(each) for each in compared.changes])
    return Format(head, github.entry, github.SEPARATOR, partial(_tail, compared))


def _command(change: Change) -> str:
    region = {} if change.line is None else {"line": str(change.line), "endLine": str(change.line)}
    text = f"{change.message}; {change.hint}" if change.hint else change.message
    return github.command(_COMMANDS[change.level], change.path, {**region, "title": f"recordlint {change.kind}"}, text)


def _tail(compared: Compared, summary: Summary) -> str:
    payloads = f"{verdict(summary)}\n" if compared.has_payloads else ""
    return f"{headline(compared)}\n{payloads}"
