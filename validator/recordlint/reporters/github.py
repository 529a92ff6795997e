"""GitHub workflow commands: each violation annotates its file in a pull request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recordlint.files.paths import readable
from recordlint.reporters import Result, Summary, closing, in_one_line, label
from recordlint.reporters._fixed import fixed_line
from recordlint.violations import Place, Violation
from recordlint.wording.escape import escape

_CONTROLS: Final = ("Cc", "Cs", "Zl", "Zp")
_DIRECTIONS: Final = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Unicode's embeddings, overrides and isolates; a mark such as U+200F is none of them."""

HEAD: Final = ""
SEPARATOR: Final = ""


def entry(result: Result) -> str:
    """What was fixed in a row, and one command per violation."""
    report = result.report
    commands = [fixed_line(result)]
    commands += [_command(result, violation) for violation in report.violations]
    if report.violations and report.omitted:
        commands.append(f"{escape(readable(result.path))}: and {report.omitted:,} more\n")
    return "".join(commands)


def tail(summary: Summary) -> str:
    """The closing line of the text report."""
    return closing(summary)


def _command(result: Result, violation: Violation) -> str:
    properties = {**_region(violation.place), "title": f"recordlint {violation.rule}"}
    return command(violation.severity, result.path, properties, label(result, violation) + in_one_line(violation))


def command(name: str, path: str, properties: Mapping[str, str], text: str) -> str:
    """A command such as `error` about a file, on a line of its own."""
    listed = ",".join([f"file={_file(path)}", *[f"{key}={value}" for key, value in properties.items()]])
    return f"::{name} {listed}::{_data(text)}\n"


def _region(place: Place | None) -> dict[str, str]:
    if place is None:
        return {}
    region = {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:
        # Columns are for one line alone.
        region |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return region


def _data(text: str) -> str:
    return escape(text).replace("%", "%25")


def _file(path: str) -> str:
    """The path in the runner's own escapes, so that it finds the file; only what could forge a line is replaced."""
    path = readable(path)
    if not path.isprintable():
        path = escape(path, keep="".join([character for character in path if not _forges(character)]))
    for character in "%\r\n:,":
        path = path.replace(character, f"%{ord(character):02X}")
    return path


def _forges(character: str) -> bool:
    """Whether a character could move the cursor, end a line or turn the direction of what follows in a log."""
    import unicodedata

    if character in "\r\n":
        return False  # The runner has escapes for these two.
    return unicodedata.category(character) in _CONTROLS or unicodedata.bidirectional(character) in _DIRECTIONS
