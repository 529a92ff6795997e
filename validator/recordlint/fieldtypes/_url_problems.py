"""What is wrong with the URL of a file, in words: a hint names a URL only where that is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from recordlint.fieldtypes._file_endings import KINDS_OF_FILE
from recordlint.fieldtypes._hosts import punycode
from recordlint.fieldtypes._urls import BLANK, SECOND, SECOND_BEHIND_BLANK, Fault, encoded, split
from recordlint.problems.problem import Problem, ValueFix
from recordlint.wording.characters import character_name
from recordlint.wording.phrases import as_json

IsRight = Callable[[str], bool]
"""Whether there is nothing to say about a URL in this place."""

LONGEST: Final = 2_000
"""Hints write no URL longer than this."""
LONGEST_LIST: Final = 300
_SCHEME: Final = r"(?i)(?:h?t?tps?|https?)(?::/*|;/*|//+)"
"""http:// and https://, with a letter, the colon or a slash missing."""
_SCHEME_TWICE: Final = r"(?i)https?://(?=https?://)"
_PLACEHOLDER: Final = r"\{\{[^{}]+\}\}|\$\{[^{}]+\}"
"""What a template leaves within a text; percent-encoded, nobody would see any more that it was never filled in."""
_ON_DISK: Final = r"(?si)[a-z]:[\\/].*|\\\\.*|(?:file|data|blob|content|ftp|sftp|s3|gs|attachment|cid):.*|[./~].*|[^:]*"
"""Paths, and URLs that only one program can read."""
_EXAMPLE: Final = "EXAMPLE"
_MESSAGES: Final[Mapping[str, str]] = {
    "form": "must be an absolute http or https URL with a host",
    "second": "contains a second URL",
    "literal": "has no valid IPv6 address in its brackets",
    "port": "has a port above 65535",
    "unreachable": "has a host that the service cannot reach",
}
_HINTS: Final[Mapping[str, str]] = {
    "blank": f"write a URL such as {_EXAMPLE}",
    "second": "write one file for each URL",
    "literal": "write the name of the host instead",
    "port": "write a port from 1 to 65535, or none",
    "unreachable": f"put the file where the service can read it, at a URL such as {_EXAMPLE}",
}
_BETWEEN_URLS: Final = SECOND_BEHIND_BLANK + "|" + SECOND.removeprefix("(?i)")
_HOST_FIRST: Final = r"(?:[A-Za-z0-9_-]+\.)+[A-Za-z][A-Za-z0-9-]*(?::[0-9]+)?[/?#].*|www\..*"


def url_problems(what: str, url: str, listed: Iterable[Fault], example: str, *, is_right: IsRight) -> Iterator[Problem]:
    """What is wrong with a URL, in words.

    Args:
        what: how messages name the URL.
        url: the text.
        listed: what is wrong with it.
        example: a URL for hints to show, as JSON text.
        is_right: whether a URL could stand here instead.
    """
    for fault in listed:
        yield _problem(what, url, fault, example, is_right)


def _problem(what: str, url: str, fault: Fault, example: str, is_right: IsRight) -> Problem:
    problem = Problem(
        "file-url",
        _message(what, url, fault),
        _general_hint(url, fault, example),
        severity="error" if fault.is_error else "warning",
    )
    if len(url) > LONGEST or fault.kind in ("literal", "port"):
        return problem
    if fault.kind == "unreachable":
        return _question(problem, url, is_right) or problem if re.match(_SCHEME_TWICE, url) else problem
    if re.search(_PLACEHOLDER, url):
        return problem.with_hint("fill in the placeholder in it before you send the body")
    return (
        _several(problem, url, is_right)
        or _encoded(problem, url, is_right)
        or _question(problem, url, is_right)
        or problem
    )


def _message(what: str, url: str, fault: Fault) -> str:
    name = character_name(fault.character) if fault.character else ""
    if fault.kind == "blank":
        kind = "white space" if fault.character.isspace() else "a control character"
        second = ", and a second URL" if re.search(SECOND_BEHIND_BLANK, url.strip()) else ""
        return f"{what} contains {kind}: {name}{second}"
    if fault.kind == "character":
        if fault.character == "%":
            return f"{what} has a % without two hexadecimal digits after it"
        return f"{f'the host in {what}' if fault.in_host else what} has {name}, which URLs do not allow"
    if fault.kind == "form" and re.match(r"(?i)https?://[^/?#@:\[]+:[^/?#@]*([/?#]|$)", url):
        return f"{what} has a port that is not a number"
    return f"{what} {_MESSAGES[fault.kind]}"


def _general_hint(url: str, fault: Fault, example: str) -> str:
    """A hint without any value of the body."""
    if fault.kind == "form":
        is_on_disk = re.fullmatch(_ON_DISK, url) and not re.match(_SCHEME, url)
        return f"{'upload the file, and write its URL,' if is_on_disk else 'write a URL'} such as {example}"
    if fault.kind == "character":
        return "write the host in ASCII, as punycode does" if fault.in_host else "percent-encode it"
    return _HINTS[fault.kind].replace(_EXAMPLE, example)


def _several(problem: Problem, url: str, is_right: IsRight) -> Problem | None:
    """Two URLs in one text: an item for each."""
    if "http" not in url.strip()[1:].lower():
        return None
    texts = re.split(_BETWEEN_URLS, url.strip())
    if len(texts) == 1:
        return None
    redacted_hint = "write one file for each URL"
    texts = [re.sub(rf"^{BLANK}+|{BLANK}+$|[,;|]+$", "", text) for text in texts]
    items = ", ".join([f'{{"url": {as_json(text)}}}' for text in texts])
    if len(items) > LONGEST_LIST or not all(map(is_right, texts)):
        return problem.with_hint(redacted_hint)
    return problem.with_hint(f"{redacted_hint}: {items}", redacted_hint)


def _encoded(problem: Problem, url: str, is_right: IsRight) -> Problem | None:
    """The same URL in the characters that URLs allow: it means the same."""
    bare = url.strip()
    parts = split(bare)
    if parts is None or "\\" in bare or _invisible(bare):
        return None
    host = parts.host if parts.host.isascii() else punycode(parts.host)
    written = encoded(parts, host) if host else ""
    if written == url or not is_right(written):
        return None
    description = (
        "remove the white space around the URL" if written == bare
        else "write the host in punycode" if host != parts.host
        else "percent-encode what URLs do not allow"
    )  # fmt: skip
    text = as_json(written)
    return problem.with_hint(f"write {text}", description, ValueFix(safe=False, description=description, text=text))


def _question(problem: Problem, url: str, is_right: IsRight) -> Problem | None:
    """What may be meant, by a reading that changes more than characters."""
    bare = url.strip()
    invisible = _invisible(bare)
    joined = "".join([c for c in bare if c not in invisible]) if invisible else bare
    for written in (
        joined,
        re.sub(_SCHEME_TWICE, "", joined, count=1),
        re.sub(_SCHEME, lambda match: f"http{'s' if 's' in match[0].lower() else ''}://", joined, count=1)
        if re.match(_SCHEME, joined)
        else "",
        f"https:{bare}" if bare.startswith("//") else "",
        f"https://{bare}" if re.fullmatch(_HOST_FIRST, bare) else "",
        bare.replace("\\", "/"),
    ):
        if written and written != url and is_right(written) and not _is_file_name(written):
            return problem.with_hint(f"did you mean {as_json(written)}?", "write an absolute http or https URL")
    return None


def _is_file_name(url: str) -> bool:
    """Whether what looks like a host is the name of a file: there is nothing after it."""
    parts = split(url)
    return parts is not None and not parts.path and parts.host.rpartition(".")[2].lower() in KINDS_OF_FILE


def _invisible(text: str) -> set[str]:
    """Its characters that nobody means to be there: line breaks, control characters, marks without width."""
    if text.isprintable():
        return set()
    import unicodedata

    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")}
