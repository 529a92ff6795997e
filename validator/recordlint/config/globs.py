"""The patterns of the configuration, for files below its folder.

`*` and `?` stay in one folder, `**` stands for any number of folders, `[…]` and `[!…]` are classes of characters, and
a slash at the end means everything below the folder. Upper and lower case differ, and hidden files are no exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

ANY_FOLDERS: Final = "**"
CLASS: Final = re.compile(r"\[(?P<negated>!?+)(?P<characters>.[^\]]*)\]", re.DOTALL)

_DRIVE: Final = re.compile(r"[A-Za-z]:[/\\]")
_ALTERNATIVES: Final = re.compile(r"\{[^{}]*(,|\.\.)[^{}]*\}")
_WILDCARD: Final = re.compile(r"[*?\[]")


def matches(glob: str, name: str) -> bool:
    """Whether a pattern means a file.

    Args:
        glob: a pattern without a fault.
        name: the file's path from the configuration's folder, with slashes.
    """
    pattern = segments(glob)
    names = name.split("/")
    if names[0] == "..":
        return False
    positions = {0}
    for part in names:
        following = set()
        for position in _past_folders(pattern, positions):
            if position == len(pattern):
                continue
            segment = pattern[position]
            if segment == ANY_FOLDERS:
                following.add(position)
            elif segment == part or fnmatchcase(part, segment):
                following.add(position + 1)
        if not following:
            return False
        positions = following
    return len(pattern) in positions


def _past_folders(pattern: list[str], positions: set[int]) -> Iterator[int]:
    """The positions, and those behind each `**`, which may stand for no folder."""
    for position in positions:
        yield position
        while position < len(pattern) and pattern[position] == ANY_FOLDERS:
            position += 1
            yield position


def segments(glob: str) -> list[str]:
    """A pattern by folders; its last segment is a file's name."""
    parts = glob.split("/")
    return [*parts[:-1], ANY_FOLDERS, "*"] if parts[-1] in ("", ANY_FOLDERS) else parts


def class_ranges(characters: str) -> list[tuple[str, str]]:
    """What a class holds, as pairs of the first character and the last."""
    ranges = []
    at = 0
    while at < len(characters):
        end = at + 2 if characters[at + 1 : at + 2] == "-" and at + 2 < len(characters) else at
        ranges.append((characters[at], characters[end]))
        at = end + 1
    return ranges


def glob_fault(glob: str) -> str | None:
    """What is wrong with a pattern that never matches, or not what it seems to, and what to write; None if nothing."""
    reason = _reason(glob)
    if reason is None:
        return None
    from recordlint.wording.phrases import as_json

    repaired = _repaired(glob)
    return reason if _reason(repaired) else f"{reason}; write {as_json(repaired)}"


def _reason(glob: str) -> str | None:
    names = glob.removesuffix("/").split("/")
    if _DRIVE.match(glob):
        return 'a pattern must be relative to the configuration\'s folder, such as "payloads/*.json"'
    if "\\" in glob:
        return "folders are separated by a slash, not by a backslash"
    if names[0] == "":
        return "a pattern must not start with a slash: it is relative to the configuration's folder"
    if ".." in names:
        return "a pattern cannot leave the configuration's folder"
    if "." in names:
        return 'a pattern must not contain the folder "."'
    if "" in names:
        return "a pattern must not contain //"
    if glob[0] == "!":
        return "a pattern cannot start with !: negation is not supported"
    if _ALTERNATIVES.search(CLASS.sub("x", glob)):
        return "braces have no meaning in a pattern: write one pattern for each choice, or [{] for the character"
    return next((reason for name in names if (reason := _segment_reason(name))), None)


def _segment_reason(segment: str) -> str | None:
    for match in CLASS.finditer(segment):
        characters = match["characters"]
        if characters[0] == "^" and not match["negated"]:
            return "to exclude characters, write [!…], not [^…]"
        for first, last in class_ranges(characters):
            if first > last:
                return f"the range {first}-{last} runs backwards"
    others = CLASS.sub("x", segment)
    if "[" in others:
        return "a class of characters begins with [ and ends with ] in the same name; write [[] for the character ["
    if "**" in others and segment != ANY_FOLDERS:
        return "** must be a whole folder name"
    return None


def _repaired(glob: str) -> str:
    """The pattern that was probably meant; it may still have a fault."""
    names = glob.replace("\\", "/").split("/")
    kept: list[str] = []
    for name in names:
        if name == ".." and kept and kept[-1] != ".." and not _WILDCARD.search(kept[-1]):
            kept.pop()
        elif name not in ("", "."):
            kept.append(_with_stars_alone(name))
    if kept and names[-1] == "":
        kept.append("")
    return "/".join(kept) or ANY_FOLDERS


def _with_stars_alone(name: str) -> str:
    """`**.json` as `**/*.json`, and `old**` as `old*/**`."""
    before, stars, after = re.split(r"(\*{2,}|$)", name, maxsplit=1)
    if not stars:
        return name
    return "/".join([*([f"{before}*"] if before else []), ANY_FOLDERS, *([f"*{after}"] if after else [])])
