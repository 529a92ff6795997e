"""Fixtures of rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from row_files import GOOD, MIXED


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of some blocks, with long lines, blank ones, and all kinds of faults."""
    path = tmp_path_factory.mktemp("many") / "many.ndjson"
    with open(path, "wb") as file:
        for number in range(400):
            file.write(MIXED + b"\n")
            file.write((GOOD[:-2] + b', "description": "%d%s"}}\n' % (number, b"x" * 500)) * 25)
            if number % 100 == 99:
                file.write(b'{"x": "' + b"y" * 200_000 + b'"}\n')
    return path
