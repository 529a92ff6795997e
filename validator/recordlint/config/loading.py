"""The configuration: `recordlint.toml`, or `[tool.recordlint]` in `pyproject.toml`; described by `spec/config.json`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from recordlint.config.sizes import to_bytes
from recordlint.contract.operations import UPDATE, find_operation
from recordlint.definitions.target import Claim
from recordlint.errors import ConfigError
from recordlint.files.paths import reason

NAMES: Final = ("recordlint.toml", "pyproject.toml")
MAX_SIZE: Final = 10 << 20
FAIL_ON: Final = "error"


class FileRule(NamedTuple):
    """An entry of `[[files]]`: which files are judged by which object."""

    match: str
    """A glob from the configuration's folder."""
    claim: Claim
    """Its object is None where the files are whole requests, or where one object is defined."""


class Config(NamedTuple):
    """What a configuration says; its defaults where there is none."""

    path: str = ""
    """The file; empty where there is none."""
    objects: tuple[str, ...] = ()
    """Paths of definitions, as they can be opened."""
    files: tuple[FileRule, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = FAIL_ON
    max_size: int = MAX_SIZE
    """In bytes."""
    severity: Mapping[str, str] = {}
    """By rule: error, warning or off."""
    lines: Mapping[str, int] = {}
    """Where each key that is given stands in the file."""

    def rule_for(self, path: str) -> FileRule | None:
        """The first entry that claims a file."""
        name = self._relative(path)
        return next((rule for rule in self.files if matches(rule.match, name)), None)

    def excludes(self, path: str) -> bool:
        """Whether a file is passed over."""
        name = self._relative(path) if self.exclude else ""
        return any(matches(glob, name) for glob in self.exclude)

    def _relative(self, path: str) -> str:
        """The path from the configuration's folder, with slashes."""
        folder = os.path.dirname(os.path.abspath(self.path))
        try:
            return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return path


def matches(glob: str, name: str) -> bool:
    """Whether a glob means a path: `*` and `?` stay in one folder, `**` goes through any number of them."""
    if "**" in glob:
        import pathspec  # 10 ms at start

        return bool(pathspec.PathSpec.from_lines("gitignore", [glob.replace("\\", "\\\\")]).match_file(name))
    from fnmatch import fnmatchcase

    parts, names = glob.split("/"), name.split("/")
    return len(parts) == len(names) and all(map(fnmatchcase, names, parts))


def find_config(folder: str) -> Config:
    """The configuration of the nearest folder that has one, from `folder` upward.

    Raises:
        ConfigError: it cannot be read, or says what it cannot say.
    """
    folder = os.path.abspath(folder)
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                found = read_config(path)
                if found is not None:
                    return found
        above = os.path.dirname(folder)
        if above == folder:
            return Config()
        folder = above


def read_config(path: str) -> Config | None:
    """The configuration in a file; None for a `pyproject.toml` that has none.

    Raises:
        ConfigError: it cannot be read, or says what it cannot say.
    """
    import tomllib

    try:
        with open(path, "rb") as file:
            text = file.read().decode()
        data: Any = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {reason(error)}") from error
    except ValueError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    if os.path.basename(path) == "pyproject.toml":
        tool = data.get("tool")
        data = tool.get("recordlint") if isinstance(tool, dict) else None
        if data is None:
            return None
    from recordlint.config.faults import faults, lines

    found = faults(data, text)
    if found:
        raise ConfigError("\n".join([f"{path}:{line}: {what}" for line, what in found]))
    return _config(path, data, lines(data, text))


def _config(path: str, data: Mapping[str, Any], lines: Mapping[str, int]) -> Config:
    folder = os.path.dirname(path)
    return Config(
        path,
        tuple([os.path.join(folder, each) for each in data.get("objects", ())]),
        tuple([_file_rule(each) for each in data.get("files", ())]),
        tuple(data.get("exclude", ())),
        data.get("fail-on", FAIL_ON),
        to_bytes(data.get("max-size", MAX_SIZE)),
        dict(data.get("severity", {})),
        lines,
    )


def _file_rule(entry: Mapping[str, Any]) -> FileRule:
    return FileRule(entry["match"], Claim(entry.get("object"), find_operation(entry.get("operation", UPDATE.name))))
