"""A line for each request, and why it was refused."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from http import HTTPMethod
from typing import Final, TextIO

from recordlint.checking.redaction import redacted
from recordlint.reporters._colours import BOLD, GREEN, RED, YELLOW, paint
from recordlint.sandbox.answers import BAD, MISSING, Answer
from recordlint.sandbox.arrived import Call
from recordlint.wording.escape import escape

LISTED: Final = 10
"""How many reasons of one refusal are written."""
_METHODS: Final = frozenset([each.value for each in HTTPMethod])
_NAMES: Final = re.compile(
    r"(?:^|(?<=/))(?!(?:|objects|records|search|custom-fields|object-key|business|custom_objects?\.[a-z0-9_]+)(?:/|$))[^/]+"
)
"""The parts of a path that are no words of the API, and no keys of objects: ids, and whatever else was sent."""


class Log:
    """Writes to a stream, and goes on where that takes nothing."""

    def __init__(self, stream: TextIO | None, *, is_redacted: bool = False, colour: bool = False) -> None:
        """Prepare to write.

        Args:
            stream: where to; None for nowhere.
            is_redacted: whether all values of requests are left out: queries, ids in paths, and hints with values.
            colour: whether the stream shows colours.
        """
        self._stream: Final = stream
        self._is_redacted: Final = is_redacted
        self._colour: Final = colour

    def write(self, call: Call, answer: Answer, seconds: float) -> None:
        """Write what became of a request."""
        if self._stream is None:
            return
        when, took = f"{datetime.now():%H:%M:%S}", f"{seconds * 1000:.1f} ms"
        method = "…" if self._is_redacted and call.method not in _METHODS else call.method
        lines = [f"{when} {method} {escape(self._url(call))} {self._status(answer)} {took}"]
        lines += [f"  {escape(each)}" for each in _reasons(answer)]
        for violation in answer.violations[:LISTED]:
            each = redacted(violation) if self._is_redacted else violation
            hint = f"; {each.hint}" if each.hint else ""
            lines.append(f"  {each.severity}[{each.rule}] {escape(f'{each.pointer}: {each.message}{hint}')}")
        if len(answer.violations) > LISTED:
            lines.append(f"  and {len(answer.violations) - LISTED} more")
        lines += [paint(f"  quirk {escape(each)}", RED, self._colour) for each in answer.quirks]
        with contextlib.suppress(OSError, ValueError):
            self._stream.write("".join([f"{line}\n" for line in lines]))
            self._stream.flush()

    def _url(self, call: Call) -> str:
        if not self._is_redacted:
            return call.url
        return _NAMES.sub("…", call.path)

    def _status(self, answer: Answer) -> str:
        tone = RED if answer.quirks or answer.status >= 500 else YELLOW if answer.status >= 400 else GREEN
        return paint(str(answer.status), tone, self._colour)


def _reasons(answer: Answer) -> list[str]:
    """The service's words where no rule says why a request is refused; none of a path, which the line before shows."""
    if answer.status < BAD or answer.status in (MISSING, 405) or answer.violations:
        return []
    message = answer.value["message"]
    return [message] if isinstance(message, str) else list(message)


def startup(url: str, keys: list[str], where: str, *, colour: bool = False) -> str:
    """What is said at the start: the URL, and what is served."""
    served = escape(f"serves the records of {', '.join(keys)}, {where}")
    return f"recordlint sandbox: {paint(url, BOLD, colour)} {served}\n"
