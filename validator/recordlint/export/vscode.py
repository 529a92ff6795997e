"""The json.schemas of VS Code's settings: which files each schema is for, and the section in the text of the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from recordlint.config.loading import Config, FileRule
from recordlint.definitions.model import ObjectDefinition
from recordlint.errors import InputError
from recordlint.export.jsonc import Member, Node, read
from recordlint.files.paths import holds_rows
from recordlint.violations import Operation

SECTION: Final = "json.schemas"
FOLDER: Final = ".vscode/recordlint"
"""Where the schemas stand, from the configuration's folder. An entry that leads there is recordlint's own."""

Entry = dict[str, object]
Edit = tuple[int, int, str]


class Association(NamedTuple):
    """Files that one schema is for."""

    object: str
    operation: Operation
    patterns: tuple[str, ...]
    """As VS Code takes them: from the workspace's folder, `!` for files that are not meant."""

    @property
    def file(self) -> str:
        """The schema's file name."""
        return f"{self.object}.{self.operation}.schema.json"


def associations(config: Config, objects: Sequence[ObjectDefinition]) -> tuple[list[Association], list[str]]:
    """The associations of a configuration's entries, and the globs of those that have none: whole requests, and rows.

    The first entry that claims a file holds, while VS Code would take all, so earlier globs are left out of later ones.
    """
    only = objects[0].key if len(objects) == 1 else None
    found: list[Association] = []
    left: list[str] = []
    for number, rule in enumerate(config.files):
        key = rule.object or only
        if key is None or holds_rows(rule.match):
            left.append(rule.match)
            continue
        earlier = [each.match for each in config.files[:number] if _may_overlap(each, rule)]
        patterns = [f"/{rule.match}", *[f"!/{each}" for each in (*earlier, *config.exclude)]]
        found.append(Association(key, rule.operation, tuple(patterns)))
    return found, left


def _may_overlap(one: FileRule, other: FileRule) -> bool:
    """Whether two globs may mean one file, as far as what stands before their first wildcard tells."""
    first, second = (re.split(r"[*?\[{]", each.match)[0] for each in (one, other))
    return first.startswith(second) or second.startswith(first)


def to_entries(found: Iterable[Association]) -> list[Entry]:
    """The entries of `json.schemas`."""
    return [{"fileMatch": list(each.patterns), "url": f"./{FOLDER}/{each.file}"} for each in found]


def with_section(text: str, entries: Sequence[Entry], path: str) -> str:
    """The settings with these entries in `json.schemas`; all else stays, to the byte.

    Entries of others stay too; what recordlint wrote before is replaced.

    Args:
        text: of the file, JSON with comments; empty where there is none.
        entries: may be empty.
        path: what an error calls the file.

    Raises:
        InputError: the text, or its section, is not what it should be.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    if not text.strip("\ufeff \t\r\n"):
        return f"{{\n{_member(entries, '    ')}\n}}\n" if entries else text
    settings = read(text, path)
    if text[settings.start] != "{":
        raise InputError(f"{path}: the settings are no object, so they are left as they are")
    section = next((each for each in reversed(settings.members) if each.name == SECTION), None)
    indent = _indent(text, settings)
    if section is None:
        added = _member(entries, indent) if entries else ""
        edits = _appended(text, settings, added, "") if entries else []
    elif text[section.value.start] != "[":
        raise InputError(f"{path}: {SECTION} is no array, so it is left as it is")
    else:
        edits = _in_section(text, section.value, entries, indent)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new.replace("\n", newline) + text[end:]
    return text


def _in_section(text: str, section: Node, entries: Sequence[Entry], indent: str) -> list[Edit]:
    """What changes in the array."""
    inner = _indent(text, section) if section.members else indent * 2
    listed = ",\n".join([_entry(each, inner, indent) for each in entries])
    own = [number for number, item in enumerate(section.members) if _is_own(text, item)]
    if [_read(text, section.members[number].value) for number in own] == list(entries):
        return []
    if not own:
        return _appended(text, section, listed, indent)
    gone = own[1:] if entries else own
    edits = [edit for number in gone for edit in _removed(text, section, number)]
    if entries:
        first = section.members[own[0]].value
        edits.append((first.start, first.end, listed.lstrip()))
    kept = [number for number in range(len(section.members)) if number not in gone]
    last = section.members[kept[-1]] if kept else None
    if last and last.comma is not None and section.members[-1].comma is None:
        edits.append((last.comma, last.comma + 1, ""))
    return edits


def _read(text: str, node: Node) -> object:
    try:
        value: object = json.loads(text[node.start : node.end])
    except ValueError:
        return None
    return value


def _is_own(text: str, item: Member) -> bool:
    url = next((each.value for each in item.value.members if each.name == "url"), None)
    return url is not None and text[url.start : url.end].startswith(f'"./{FOLDER}/')


def _appended(text: str, node: Node, added: str, indent: str) -> list[Edit]:
    """`added` as the last member, on lines of its own; `indent` is that of the closing bracket."""
    if not node.members:
        return [(node.start + 1, node.end - 1, f"{text[node.start + 1 : node.end - 1].rstrip()}\n{added}\n{indent}")]
    last = node.members[-1]
    behind = last.value.end if last.comma is None else last.comma + 1
    comma = "," if last.comma is None else ""
    # A comment behind the last member on its line is about that one.
    rest = re.match(r"[ \t]*(?://[^\n\r]*|/\*[^\n]*?\*/[ \t]*)?(?=\r?\n)", text[behind:])
    at = behind + (rest.end() if rest else 0)
    closed = "" if "\n" in text[at : node.end - 1] else f"\n{indent}"
    if at == behind:
        return [(at, at, f"{comma}\n{added}{closed}")]
    return [(behind, behind, comma), (at, at, f"\n{added}{closed}")]


def _removed(text: str, node: Node, number: int) -> list[Edit]:
    """A member, the white space before it, and the comma behind it."""
    item = node.members[number]
    start = item.start
    while text[start - 1] in " \t\r\n":
        start -= 1
    edits = [(start, item.value.end, "")]
    return edits if item.comma is None else [*edits, (item.comma, item.comma + 1, "")]


def _indent(text: str, node: Node) -> str:
    """What stands before the first member on its line; four spaces where there is none."""
    if node.members:
        start = node.members[0].start
        before = text[text.rfind("\n", 0, start) + 1 : start]
        if before and not before.strip():
            return before
    return "    "


def _member(entries: Sequence[Entry], indent: str) -> str:
    listed = ",\n".join([_entry(each, indent * 2, indent) for each in entries])
    return f'{indent}"{SECTION}": [\n{listed}\n{indent}]'


def _entry(entry: Entry, indent: str, step: str) -> str:
    step = "\t" if "\t" in step else step
    lines = [f"{indent}{step}{json.dumps(name)}: {json.dumps(value)}" for name, value in entry.items()]
    return f"{indent}{{\n" + ",\n".join(lines) + f"\n{indent}}}"
