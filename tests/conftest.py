"""Fixtures that several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_folder import INVALID, VALID, WARNING, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.write("valid.json", VALID)
    made.write("invalid.json", INVALID)
    made.write("warning.json", WARNING)
    return made
