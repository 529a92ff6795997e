"""Values without quotes that are more than one token of JSON: dates, phone numbers, URLs, amounts with a unit."""

from __future__ import annotations

import re
from typing import Final

from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError, replaced
from recordlint.jsontext.tokens import NUMBER, ODD_SPACE, character_name

_URL: Final = rf"[a-zA-Z]{{2,9}}://[^\s\"'`{{}}\[\],;，\\{ODD_SPACE}]{{1,2000}}"
_CHARACTER: Final = rf"[^\s\"'`“”„‘’‚«»＂{{}}\[\],:;=#/\\，：；｛｝［］\x00-\x1f{ODD_SPACE}]"
_PIECE: Final = rf"(?:{_URL}|(?:{_CHARACTER}|(?<=[0-9]):(?=[0-9])|/(?![/*])){{1,200}})"
_RUN: Final = rf"({_PIECE})(?:[ \t]{{1,8}}({_PIECE}))?(?:[ \t]{{1,8}}{_PIECE}){{0,15}}"
# What it ends before: without it, it is not clear where it ends.
_NEXT_KEY: Final = r"[\w$-]+[ \t]*[:=]|[\"'`“”„‘’«]"
_COMMENT: Final = r"[ \t]+(?://|/\*|\#)"
_IN_OBJECT: Final = re.compile(
    rf"{_RUN}(?=[ \t\r\n]*(?:\}}|,[ \t\r\n]*(?:{_NEXT_KEY}|\}}|//|/\*|\#))"
    rf"|[ \t]*\r?\n[ \t\r\n]*(?:{_NEXT_KEY})|{_COMMENT})"
)
_IN_ARRAY: Final = re.compile(rf"{_RUN}(?=[ \t\r\n]*[\],]|{_COMMENT})")
_JSON: Final = re.compile(rf"\+?{NUMBER}|true|false|null")
_SEPARATE: Final = re.compile(rf"(?:{_JSON.pattern})[ \t]{{1,8}}(?:{_JSON.pattern})(?=[ \t\r\n,\]]|\Z)")
"""Two items without a comma between them. Where there are very many, this is all that is looked at of each."""
_MINUS: Final = re.compile(rf"[−–‒﹣－](?!-){NUMBER}")
"""A number with another sign than `-`."""
_GROUPED: Final = re.compile(
    r"-?[1-9][0-9]{0,2}(?:(?: [0-9]{3})+(?:,[0-9]+)?|(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})"
)
_GROUPS_END: Final = re.compile(rf"({_GROUPED.pattern})(?=[ \t\r\n]*[}},])(?![ \t\r\n]*,[ \t\r\n]*[0-9])")
_ONLY_TEXT: Final = re.compile(
    rf"""(?:[0-9]{{4}}([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}}|[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\2[0-9]{{4}})
        (?:[T\ ][0-9:.]+(?:Z|[+-][0-9:]+)?)?
    |[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?
    |[+(][0-9(][0-9\ ()./-]{{6,30}}
    |{_URL}
    |[\w.+-]+@[\w-]+(?:\.[\w-]+)+""",
    re.VERBOSE,
)
"""Dates, times, phone numbers, URLs and e-mail addresses: no number and no literal of JSON can be meant."""
_AMOUNT: Final = re.compile(r"[^\w\s]{0,3}[ \t]*[0-9][0-9.]*[ \t]*[^\s0-9]{0,4}")


def loose_value(text: str, start: int, *, is_item: bool) -> tuple[JsonSyntaxError, int] | None:
    """The error of such a value at `start`, and where it ends; None if there is none.

    Args:
        text: the text.
        start: where the value starts.
        is_item: it is an array's item, not an object's member.
    """
    if not is_item and (match := _GROUPS_END.match(text, start)):
        return _grouped(text, start, match.end()), match.end()
    if is_item and _SEPARATE.match(text, start):
        return None
    match = (_IN_ARRAY if is_item else _IN_OBJECT).match(text, start)
    if not match or _JSON.fullmatch(match.group()) or (is_item and match[2] and _JSON.fullmatch(match[2])):
        return None
    span, value = match.span(), match.group()
    message, hint = "this text is not in quotes", "put it in double quotes"
    if _MINUS.fullmatch(value):
        message = f"JSON does not take {character_name(value[0])} before a number"
        return JsonSyntaxError(message, "write -", (start, start + 1), (Change(start, start + 1, "-"),)), match.end()
    if _ONLY_TEXT.fullmatch(value):
        return JsonSyntaxError(message, hint, span, replaced(span, f'"{value}"')), match.end()
    if re.fullmatch(r"[\w.+$-]+|[()].*|[+-][ \t].*", value):
        return None  # A word, of which the words say more; or a tuple, a call, a sign alone.
    if _AMOUNT.fullmatch(value):
        hint = "write the number alone, or put the text in double quotes"
    return JsonSyntaxError(message, hint, span), match.end()


def _grouped(text: str, start: int, end: int) -> JsonSyntaxError:
    """The error of a number with thousands separators, or with a decimal comma too."""
    changes = tuple(
        [Change(at, at + 1, "." if text[at] == "," else "") for at in range(start, end) if text[at] in " .,"]
    )
    if "," in text[start:end]:
        hint = "write a decimal point, and no thousands separators"
        return JsonSyntaxError("the number has a decimal comma", hint, (start, end), changes)
    hint = "write the number without thousands separators"
    return JsonSyntaxError("the number has thousands separators", hint, (start, end), changes)
