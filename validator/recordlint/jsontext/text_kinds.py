"""Kinds of text that their first words show: commands, program code, pages, messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple


class Kind(NamedTuple):
    """A kind of text."""

    pattern: re.Pattern[str]
    """Matches at the beginning of such a text."""
    message: str
    hint: str
    behind: re.Pattern[str] | None = None
    """What follows JSON, whose beginning is where `pattern` ends; None if there may be none."""


_KEEP: Final = "keep only the JSON, from its first bracket to its last"
_ALONE: Final = "write the JSON body alone"
_NO_PAGE: Final = "save the JSON body itself: a server answers with a page when a request fails"
_AFTER_DATA: Final = "save only the JSON body, which follows -d or --data"
_COMMAND: Final = "this is a shell command, not JSON"
_JAVASCRIPT: Final = "this is JavaScript, not JSON"
_PYTHON: Final = "this is Python, not JSON"
_CODE: Final = "this is program code, not JSON"
_ERROR_PAGE: Final = "this is an error message of a server, not JSON"

_STATEMENT: Final = re.compile(r"\s*(?:as\s+const|satisfies\s+[\w<>.]+)?\s*;?\s*")
_CALL: Final = re.compile(r"\s*,?\s*\)\s*;?\s*")


def _kind(pattern: str, message: str, hint: str, behind: re.Pattern[str] | None = None) -> Kind:
    return Kind(re.compile(pattern, re.VERBOSE | re.DOTALL), message, hint, behind)


KINDS: Final[Sequence[Kind]] = (
    _kind(r"(?:[$>%\#][ ]?)?curl(?:\.exe)?(?=\s+[-'\"h^\\])", "this is a curl command, not JSON", _AFTER_DATA),
    _kind(
        r"(?:[$>%\#][ ]?)?(?:(?:wget|https?)(?=\s+[-'\"A-Zh])|(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)(?=\s))",
        _COMMAND,
        _ALONE,
    ),
    _kind(
        r"""(?:(?:export\s+)?(?:const|let|var)\s+[\w$]+(?:\s*:\s*[\w<>\[\],\ ]+?)?\s*=
        |(?:module\.)?exports(?:\.\w+)?\s*=
        |export\s+default\b)\s*(?=[{\[])""",
        _JAVASCRIPT,
        _KEEP,
        _STATEMENT,
    ),
    _kind(
        r"(?:(?:\$[\w:]+\s*=\s*)?\[\w+\]\s*|\$[\w:]+\s*=\s*)?@\{",
        "this is PowerShell, not JSON",
        "write what ConvertTo-Json -Depth 10 makes of it",
    ),
    _kind(r"JSON\.stringify\(\s*(?=[{\[])", _JAVASCRIPT, _KEEP, _CALL),
    _kind(r"json\.dumps\(\s*(?=[{\[])", _PYTHON, _KEEP, _CALL),
    _kind(r"(?:return\s+|\$?[A-Za-z_][\w$.]*\s*:?=\s*)(?=[{\[])", _CODE, _KEEP, _STATEMENT),
    _kind(r"(?:[A-Za-z_$][\w$.]*)?\(\s*(?=[{\[])", _CODE, _KEEP, _CALL),
    _kind(
        r"""(?:(?:export|const|let|var|function|async|class)\s+[\w${[*]
        |await\s+\w|(?:require|fetch|axios|document|window|console)[.(]|module\.exports)""",
        _JAVASCRIPT,
        _ALONE,
    ),
    _kind(r"import\s+[\w{*'\"]+[^\n]*\bfrom\s+['\"]", _JAVASCRIPT, _ALONE),
    _kind(
        r"""import\s+\w+(?:\.\w+|,\ ?\w+|\s+as\s+\w+)*\s*(?:\n|\Z)
        |from\s+\w[\w.]*\s+import\s|def\s+\w+\(|print\(|requests\.\w+\(""",
        _PYTHON,
        _ALONE,
    ),
    _kind(r"<\?php\b", "this is PHP, not JSON", _ALONE),
    _kind(r"\#!\S|\$\w+\s*=\s*\S|@\(", _CODE, _ALONE),
    _kind(
        r"""[A-Za-z]*(?:Error|Exception)(?:[ ]\[\w+\])?:[ ]|Traceback[ ]\(|curl:[ ]\([0-9]+\)
        |Cannot[ ](?:GET|PUT|POST)[ ]/""",
        "this is an error message, not JSON",
        _ALONE,
    ),
    _kind(
        r"""(?i:<(?:!doctype|html|head|body)\b
        (?=.*?<(?:title|h1)[^>]*>[^<]*
            (?:\b[45][0-9][0-9]\b|error|denied|forbidden|unavailable|not\ found|just\ a\ moment)))""",
        "this is an HTML error page of a server, not JSON",
        _NO_PAGE,
    ),
    _kind(r"(?i:<(?:!doctype\s+html|html|head|body)\b)", "this is an HTML page, not JSON", _NO_PAGE),
    _kind(r"<(?:\?xml\b|!--|!DOCTYPE\b|[A-Za-z_][\w:.-]*(?:\s[^<>]*)?>(?=.*</))", "this is XML, not JSON", _ALONE),
    _kind(
        r"HTTP/[0-9.]+[ ][0-9]{3}|(?:GET|POST|PUT|PATCH|DELETE)[ ]\S+[ ]HTTP/",
        "this is an HTTP message, not JSON",
        _ALONE,
    ),
    _kind(
        r"""(?:[45][0-9]{2}[ ])?(?:Bad\ Gateway|Bad\ Request|Gateway\ Time-?out|Internal\ Server\ Error
        |Service\ (?:Temporarily\ )?Unavailable|Not\ Found|Unauthorized|Forbidden|Too\ Many\ Requests
        |upstream\ \w+\ |error\ code:\ [0-9])""",
        _ERROR_PAGE,
        _NO_PAGE,
    ),
)
"""The first that matches is it."""
