"""Texts that are not JSON at all: what each kind is, what to do, and where JSON is in it, if it is."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from recordlint.jsontext.positions import Span
from recordlint.jsontext.text_kinds import KINDS
from recordlint.jsontext.tokens import ODD_SPACE, WHITE_SPACE


class OtherText(NamedTuple):
    """What a text is instead of JSON."""

    message: str
    hint: str
    span: Span
    inside: int | None = None
    """Where JSON begins in it, if it does."""
    end: int | None = None
    """Where the part with JSON ends, if that is clear from the outside."""
    behind: re.Pattern[str] | None = None
    """What may be after the JSON, as a whole; any text if None."""
    outside: tuple[Span, ...] = ()
    """What else to delete so that JSON is left; by default all that is before and after it."""


_FENCE: Final = re.compile(
    rf"(?<![^\n{ODD_SPACE}])[ \t{ODD_SPACE}]*(`{{3,}}|~{{3,}})[ \t]*[\w+.-]*[ \t]*\r?$", re.MULTILINE
)
_FENCE_ON_A_LINE: Final = re.compile(r"(`{3,})(?:json5?|jsonc)?[ \t]*(?=[{\[])")


def other_text(text: str, start: int) -> OtherText | None:
    """What a text is that does not begin with a bracket at `start`; None if nothing is known of it."""
    return (
        _fenced(text, start)
        or _known(text, start)
        or _in_quotes(text, start)
        or _data(text, start)
        or _prose(text, start)
    )


_OURS: Final = re.compile(r"^<{7} [^\r\n]*", re.MULTILINE)
_BETWEEN: Final = re.compile(r"^={7}\r?$", re.MULTILINE)


_SECTION: Final = re.compile(r"\s*(\[[\w.-]+\])[ \t]*\r?\n\s*[\w.-]+[ \t]*=")


def bracketed_text(text: str, start: int) -> OtherText | None:
    """What a text is that may begin with a bracket and is not JSON: a merge that was not finished, an INI file."""
    ours = _OURS.search(text, start)
    if ours and _BETWEEN.search(text, ours.end()):
        hint = "keep one side of each conflict, and delete the marks"
        return OtherText("this text has the marks of a merge conflict", hint, ours.span())
    section = _SECTION.match(text, start)
    if section:
        return OtherText("this is an INI or TOML file, not JSON", "write a JSON object", section.span(1))
    return None


def _fenced(text: str, start: int) -> OtherText | None:
    """A fenced block of Markdown, with or without text around it."""
    message, hint = "this is a fenced block of Markdown, not JSON alone", "delete the fence around the JSON"
    opening = _FENCE.search(text, start)
    if not opening:
        match = _FENCE_ON_A_LINE.match(text, start)
        closing = text.rfind(match[1], match.end()) if match else -1
        if not match or closing < 0 or text[closing:].strip("`" + " \t\r\n"):
            return None
        return OtherText(message, hint, (start, match.end(1)), match.end(), closing, None)
    inside = _next_line(text, opening.end())
    fences = [*islice((each for each in _FENCE.finditer(text, inside) if each[1].startswith(opening[1])), 2)]
    closing_at, behind = (fences[0].start(), _next_line(text, fences[0].end())) if fences else (len(text), len(text))
    before = text[start : opening.start()].strip()
    first = start if before else opening.start()
    if text[behind:].strip():
        hint = "delete the fence and the text around it"
    elif before:
        hint = "delete the fence and the text before it"
    if text[behind:].strip(WHITE_SPACE):
        behind = len(text)
    if len(fences) > 1:
        return OtherText(
            "this is Markdown with several fenced blocks, not JSON",
            "keep only one of them, without its fence",
            opening.span(1),
        )
    span = opening.start(1), len(text[: opening.end()].rstrip())
    return OtherText(message, hint, span, inside, closing_at, None, ((first, inside), (closing_at, behind)))


def _next_line(text: str, at: int) -> int:
    """Where the line begins after the one that ends at `at`."""
    return text.find("\n", at) + 1 or len(text)


def _known(text: str, start: int) -> OtherText | None:
    for pattern, message, hint, behind in KINDS:
        match = pattern.match(text, start)
        if match:
            span = start, start + len(match.group().rstrip()) or start + 1
            return OtherText(message, hint, span, match.end() if behind else None, None, behind)
    return None


_QUOTES: Final = re.compile(r"""b?('''|'|\"\"\"|`)(?=\s*[{\[])""")


def _in_quotes(text: str, start: int) -> OtherText | None:
    """JSON in single quotes or backquotes, as a shell or a program takes it."""
    match = _QUOTES.match(text, start)
    if not match or not re.search(re.escape(match[1]) + r"\s*;?\s*\Z", text[match.end() :]):
        return None
    behind = re.compile(rf"\s*{re.escape(match[1])}\s*;?\s*")
    return OtherText(
        "there are quotes around the JSON", "delete the quotes around it", match.span(), match.end(), None, behind
    )


_FORM: Final = re.compile(r"[\w.%\[\]+-]+=[^\s&{}\"]*(?:&[\w.%\[\]+-]+=[^\s&{}\"]*+)*+\s*\Z")
_YAML: Final = re.compile(r"(?:---[ \t]*(?:\r?\n|\Z)|%YAML|(?:- )?[\w.$-]+:(?:[ \t]|\r?\n|\Z)|- \S)")
_MEMBERS: Final = re.compile(r'"(?:[^"\\\n]++|\\.)*+"\s*:|\'[^\'\n]*\'\s*:|[A-Za-z_$][\w$]*\s*:\s*[{\[]')


def _data(text: str, start: int) -> OtherText | None:
    """Members without an object, a form, a table, YAML."""
    line_end = text.find("\n", start)
    line = text[start : len(text) if line_end < 0 else line_end].rstrip("\r")
    span = start, start + len(line.rstrip())
    if match := _MEMBERS.match(text, start):
        message = "there is no { before the first key"
        return OtherText(message, "write { before it, and } at the end", (start, start + len(match.group())), start)
    if _FORM.match(text, start):
        return OtherText("this is a form, not JSON", "write its fields as a JSON object with properties", span)
    following = text[start + len(line) :].lstrip()
    if not following.startswith(("{", "[")) and _is_header(line, following.split("\n", 1)[0]):
        hint = "write each row as a JSON object with properties: recordlint convert does that for a .csv file"
        return OtherText("this is a CSV table, not JSON", hint, span)
    if _YAML.match(text, start) and not following.startswith(("{", "[", "```")):
        return OtherText("this is YAML, not JSON", "write it as a JSON object", span)
    return None


def _is_header(line: str, following: str) -> bool:
    """Whether a line is the first of a table: as many cells as the next line, none of them empty."""
    if re.search(r"[{}\[\]]|[.!?:]$", line):
        return False
    for separator in ",\t;|":
        cells = line.split(separator)
        if len(cells) > 1 and all(cell.strip() for cell in cells):
            if following:
                return following.count(separator) == len(cells) - 1
            return separator == "\t" or not re.search(r"[,;|] ", line)
    return False


_BRACKET: Final = re.compile(r"(?<![^\n\ufeff])[ \t]*([{\[])|(\{)|(\[)(?=\s*[{\"])")
_BRACKET_ON_LINE: Final = re.compile(r"(?<![^\n\ufeff])[ \t]*([{\[])")


def _prose(text: str, start: int) -> OtherText | None:
    """Text, and perhaps JSON in it: at the beginning of a line, or else at the first bracket."""
    if not re.match(r"[^\W\d_]|[#>*\u2022\"“‘]", text[start : start + 1]):
        return None
    first = _BRACKET.search(text, start)
    if first is None:
        if not re.search(r"\S[ \t]+\S", text[start:]):
            return None
        line = text[start:].split("\n", 1)[0].rstrip()
        return OtherText("this is text, not JSON", "write a JSON object", (start, start + len(line)))
    on_line = _BRACKET_ON_LINE.search(text, start) or first
    at = on_line.start(on_line.lastindex or 0)
    before = len(text[:at].rstrip())
    return OtherText("there is text before the JSON", "delete the text around the JSON", (start, before), at)
