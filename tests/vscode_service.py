"""VS Code's own JSON language service, which node runs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fixture_files import ROOT


def problem_counts(schemas: Sequence[Any], files: Mapping[str, str], folder: Path) -> dict[str, int]:
    """How many problems it sees in each file, by the schemas of `json.schemas` in a workspace's folder."""
    done = subprocess.run(
        ["node", "vscode.mjs"],
        input=json.dumps({"schemas": schemas, "files": files, "folder": str(folder)}),
        cwd=ROOT / "tests/peers",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


def words(schema: Any, *texts: str) -> list[dict[str, Any]]:
    """What it shows in texts with a ¦ where the cursor is: completions, hover, messages."""
    done = subprocess.run(
        ["node", "vscode_words.mjs"],
        input=json.dumps({"schema": schema, "texts": texts}),
        cwd=ROOT / "tests/peers",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    shown: list[dict[str, Any]] = json.loads(done.stdout)
    return shown
