"""VS Code's settings for payloads: which files each schema is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from recordlint.config.loading import Config, FileRule, line_of, setting_lines
from recordlint.contract.operations import UPDATE
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.target import Target
from recordlint.errors import ConfigError
from recordlint.export.editor_globs import editor_glob
from recordlint.export.schemas import schema_file_name
from recordlint.files.paths import holds_rows

SECTION: Final = "json.schemas"
FOLDER: Final = ".vscode/recordlint"
"""Where the schemas stand, from the configuration's folder."""

Entry = dict[str, object]


class Association(NamedTuple):
    """Files that one schema is for."""

    target: Target
    patterns: tuple[str, ...]
    """As VS Code takes them: from the workspace's folder, `!` for files that are not meant."""

    @property
    def entry(self) -> Entry:
        """The entry of `json.schemas`."""
        return {"fileMatch": list(self.patterns), "url": f"./{FOLDER}/{schema_file_name(self.target)}"}


def associations(config: Config, objects: Mapping[str, ObjectDefinition]) -> tuple[list[Association], list[str]]:
    """The associations of a configuration's entries, and the globs of those that have none: whole requests, and rows.

    The first entry that claims a file holds, while VS Code would take all, so earlier globs are left out of later ones.

    Raises:
        ConfigError: an entry names an object that is not defined.
    """
    only = next(iter(objects)) if len(objects) == 1 else None
    listed: list[Association] = []
    omitted: list[str] = []
    for number, rule in enumerate(config.files):
        key = rule.claim.object or only
        if key is None or holds_rows(rule.match):
            omitted.append(rule.match)
            continue
        if key not in objects:
            line = line_of(setting_lines(config.path), ("files", number, "object"))
            raise ConfigError(f"{config.path}:{line}: files.object: no definition of {key}")
        earlier = [each.match for each in config.files[:number] if _may_overlap(each, rule)]
        patterns = [f"/{editor_glob(rule.match)}"]
        patterns += [f"!/{editor_glob(each)}" for each in (*earlier, *config.exclude)]
        listed.append(Association(Target(objects[key], rule.claim.operation or UPDATE), tuple(patterns)))
    return listed, omitted


def _may_overlap(one: FileRule, other: FileRule) -> bool:
    """Whether two globs may mean one file, as far as what stands before their first wildcard tells."""
    first, second = (re.split(r"[*?\[{]", each.match)[0] for each in (one, other))
    return first.startswith(second) or second.startswith(first)


def settings_text(entries: Sequence[Entry]) -> str:
    """A settings file with these entries alone."""
    import json

    return json.dumps({SECTION: list(entries)}, indent=4, ensure_ascii=False) + "\n"


def has_entries(settings: bytes, entries: Sequence[Entry]) -> bool:
    """Whether settings hold all these entries already; False where they have comments, so that it cannot be told."""
    import json

    try:
        section = json.loads(settings)[SECTION]
        return all(entry in section for entry in entries)
    except (ValueError, TypeError, LookupError):
        return False
