"""The configuration: `recordlint.toml`, or `[tool.recordlint]` in `pyproject.toml`; described by `spec/config.json`."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from recordlint.contract.operations import UPDATE, find_operation
from recordlint.definitions.target import Claim
from recordlint.errors import ConfigError
from recordlint.files.paths import reason

if TYPE_CHECKING:
    from recordlint.problems.pointers import Path

NAMES: Final = ("recordlint.toml", "pyproject.toml")
MAX_SIZE: Final = 10 << 20
FAIL_ON: Final = "error"


class FileRule(NamedTuple):
    """An entry of `[[files]]`: which object's rules its files follow."""

    match: str
    """A pattern from the configuration's folder: see `globs`."""
    claim: Claim
    """Its object is None where the files are whole requests, or where one object is defined."""
    severity: Mapping[str, str] = {}
    """By `RULE` or `RULE:FIELD`, where it is another for these files."""


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
    """By `RULE` or `RULE:FIELD`: error, warning or off."""
    phone_region: str | None = None
    """The region of phone numbers without a country code."""
    baseline: str | None = None
    """The path of the baseline, as it can be opened."""
    tables: tuple[Mapping[str, Any], ...] = ()
    """The entries of `[[tables]]`, without faults, as `spec/table.json` describes them, each with its `match`."""

    def rule_for(self, path: str) -> FileRule | None:
        """The first entry that claims a file."""
        if not self.files:
            return None
        from recordlint.config.globs import matches

        name = self._relative(path)
        return next((rule for rule in self.files if matches(rule.match, name)), None)

    def table_for(self, path: str) -> Mapping[str, Any] | None:
        """The first entry of `[[tables]]` that claims a file."""
        if not self.tables:
            return None
        from recordlint.config.globs import matches

        name = self._relative(path)
        return next((entry for entry in self.tables if matches(entry["match"], name)), None)

    def severity_for(self, path: str) -> Mapping[str, str]:
        """The severities for a file."""
        rule = self.rule_for(path) if any(each.severity for each in self.files) else None
        return {**self.severity, **rule.severity} if rule and rule.severity else self.severity

    def excludes(self, path: str) -> bool:
        """Whether a file is passed over."""
        if not self.exclude:
            return False
        from recordlint.config.globs import matches

        name = self._relative(path)
        return any(matches(glob, name) for glob in self.exclude)

    def _relative(self, path: str) -> str:
        """The path from the configuration's folder, with slashes; it begins with `..` for a file that is not below."""
        folder = os.path.dirname(os.path.abspath(self.path))
        try:
            return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return ".."


def find_config(folder: str) -> Config:
    """The configuration of the nearest folder that has one, from `folder` upward.

    Raises:
        ConfigError: it cannot be read, or it is wrong.
    """
    folder = os.path.abspath(folder)
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                config = read_config(path)
                if config is not None:
                    return config
        above = os.path.dirname(folder)
        if above == folder:
            return Config()
        folder = above


def read_config(path: str) -> Config | None:
    """The configuration in a file; None for a `pyproject.toml` that has none.

    Raises:
        ConfigError: it cannot be read, or it is wrong.
    """
    text = _read(path)
    table = _table(path)
    if table and not _may_configure(text):
        return None
    # To import tomllib costs as much as to check a body.
    import tomllib

    try:
        data: Any = tomllib.loads(text)
    except ValueError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: not TOML that can be read: its values are nested too deeply") from error
    for step in table:
        data = data.get(step) if isinstance(data, dict) else None
        if data is None:
            return None
    from recordlint.config.faults import find_faults

    faults = find_faults(data)
    if faults:
        lines = setting_lines(path, text)
        listed = sorted([(line_of(lines, fault.path), fault.reason) for fault in faults])
        raise ConfigError(*[f"{path}:{line}: {reason}" for line, reason in listed])
    return _config(path, data)


def setting_lines(path: str, text: str | None = None) -> "Mapping[Path, int]":
    """The line of each setting in a configuration's file, by its path from the configuration's own table.

    Args:
        path: the file.
        text: what is in it, where that is known.

    Raises:
        ConfigError: it cannot be read.
    """
    from recordlint.config.key_lines import key_lines

    table = _table(path)
    lines = key_lines(_read(path) if text is None else text)
    return {key[len(table) :]: line for key, line in lines.items() if key[: len(table)] == table}


def line_of(lines: "Mapping[Path, int]", path: "Path") -> int:
    """The line of a key, or of the nearest one above it that stands in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _table(path: str) -> "Path":
    """Where in a file the configuration is."""
    return ("tool", "recordlint") if os.path.basename(path) == "pyproject.toml" else ()


def _may_configure(text: str) -> bool:
    """Whether a TOML text may have the table `tool.recordlint`: false for most, true for each that has it.

    White space and quotes may stand around the steps of a key, and a quoted step may be written in escapes.
    """
    bare = text.encode().translate(None, b" \t\"'")
    return any(each in bare for each in (b"tool.recordlint", b"[tool]", b"tool=", b"\\u", b"\\U", b"\\x"))


def _read(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.read().decode()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {reason(error)}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: not TOML: a byte of this line is not UTF-8") from error


def _config(path: str, data: Mapping[str, Any]) -> Config:
    from recordlint.config.sizes import to_bytes

    folder = os.path.dirname(path)
    return Config(
        path,
        tuple([os.path.join(folder, each) for each in data.get("objects", ())]),
        tuple([_file_rule(each) for each in data.get("files", ())]),
        tuple(data.get("exclude", ())),
        data.get("fail-on", FAIL_ON),
        to_bytes(data.get("max-size", MAX_SIZE)),
        dict(data.get("severity", {})),
        _region(data),
        os.path.join(folder, data["baseline"]) if "baseline" in data else None,
        tuple(data.get("tables", ())),
    )


def _file_rule(entry: Mapping[str, Any]) -> FileRule:
    operation = find_operation(entry.get("operation", UPDATE.name))
    claim = Claim(entry.get("object"), operation, _region(entry))
    return FileRule(entry["match"], claim, dict(entry.get("severity", {})))


def _region(table: Mapping[str, Any]) -> str | None:
    region = table.get("phone-region")
    if region is None:
        return None
    from recordlint.contract.phone_regions import to_region

    return to_region(region)
