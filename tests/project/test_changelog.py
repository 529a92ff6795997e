"""CHANGELOG.md keeps the form of Keep a Changelog, and knows the version that is built."""

from __future__ import annotations

import re
import tomllib

from fixture_files import ROOT

PAGE = (ROOT / "CHANGELOG.md").read_text("utf-8")
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def test_the_version_has_a_heading() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)} - ", PAGE, re.MULTILINE)


def test_versions_have_dates_the_newest_first() -> None:
    first, *versions = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    assert first == "Unreleased"
    matches = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) - (\d{4}-\d\d-\d\d)", each) for each in versions]
    listed = [(tuple(map(int, match.groups()[:3])), match[4]) for match in matches if match]
    assert len(listed) == len(versions)
    assert listed == sorted(listed, reverse=True)


def test_changes_are_of_the_six_kinds_in_order() -> None:
    for version in PAGE.split("\n## ")[1:]:
        kinds = re.findall(r"^### (.*)$", version, re.MULTILINE)
        assert kinds == [kind for kind in KINDS if kind in kinds]
        assert kinds
