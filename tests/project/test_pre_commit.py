"""The hooks under the real pre-commit: a commit that is refused, one that passes, and one that is mended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixture_files import ROOT

GIT = shutil.which("git")
BAD = '{"properties": {"priority": "LOW"}}\n'
GOOD = '{"properties": {"priority": "low"}}\n'
TABLES = '[[tables]]\nmatch = "exports/"\nobject = "custom_objects.ticket"\n'
CONFIG = 'objects = ["objects/"]\n\n[[files]]\nmatch = "payloads/"\nobject = "custom_objects.ticket"\n'

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("pre-commit"),
    pytest.mark.skipif(
        GIT is None or not (ROOT / ".git").exists(), reason="pre-commit installs a hook from a git checkout"
    ),
]


class Repository:
    """A scratch repository whose hook comes from this project's last commit."""

    def __init__(self, path: Path, home: Path) -> None:
        self.path = path
        here = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        names = [f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
        self.environment = {
            **here,
            **dict.fromkeys(names, "test@example.com"),
            "PRE_COMMIT_HOME": str(home),
            "PATH": f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.path, env=self.environment, capture_output=True, text=True, timeout=600, check=False
        )

    def write(self, name: str, text: str) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def commit(self) -> subprocess.CompletedProcess[str]:
        self.run("git", "add", "-A")
        return self.run("git", "commit", "-m", "x")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


def repository(path: Path, home: Path, hook: str) -> Repository:
    made = Repository(path, home)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    made.write(
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {ROOT.as_uri()}\n  rev: {head.stdout.strip()}\n  hooks:\n  - id: {hook}\n",
    )
    made.write("recordlint.toml", CONFIG)
    for name in ("ticket", "asset"):
        made.write(f"objects/{name}.json", (ROOT / f"fixtures/objects/{name}.json").read_text("utf-8"))
    assert made.run("git", "init", "-q").returncode == 0
    installed = made.run("pre-commit", "install", "--install-hooks")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return made


def test_a_commit_is_refused_and_one_passes(tmp_path: Path, home: Path) -> None:
    made = repository(tmp_path, home, "recordlint")
    made.write("payloads/a.json", BAD)
    made.write("package.json", BAD)
    refused = made.commit()
    assert refused.returncode == 1
    assert "payloads/a.json:1:29: error[unknown-option]" in refused.stderr + refused.stdout
    assert "package.json" not in refused.stderr + refused.stdout, "no entry claims it"
    assert (tmp_path / "payloads/a.json").read_text() == BAD
    made.write("payloads/a.json", GOOD)
    passed = made.commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr


@pytest.mark.parametrize("name", ["payloads/rows.ndjson", "payloads/ROWS.JSONL"])
def test_rows_are_payloads_too(tmp_path: Path, home: Path, name: str) -> None:
    made = repository(tmp_path, home, "recordlint")
    made.write(name, GOOD + BAD)
    refused = made.commit()
    assert refused.returncode == 1
    assert f"{name}:2:29: error[unknown-option]" in refused.stderr + refused.stdout
    made.write("payloads/notes.txt", BAD)
    made.write(name, GOOD)
    assert made.commit().returncode == 0


def test_tables_are_checked_where_an_entry_claims_them(tmp_path: Path, home: Path) -> None:
    made = repository(tmp_path, home, "recordlint")
    made.write("recordlint.toml", CONFIG.partition("[[files]]")[0] + TABLES)
    made.write("exports/t.csv", "Priority\nnope\n")
    made.write("other.csv", "Priority\nnope\n")
    made.write("package.json", BAD)
    refused = made.commit()
    assert refused.returncode == 1
    said = refused.stderr + refused.stdout
    assert "exports/t.csv:2:1: error[unknown-option]" in said
    assert "other.csv" not in said
    assert "package.json" not in said
    made.write("exports/t.csv", "Priority\nhigh\n")
    assert made.commit().returncode == 0


def test_a_commit_is_mended(tmp_path: Path, home: Path) -> None:
    made = repository(tmp_path, home, "recordlint-fix")
    made.write("payloads/deep/a.json", BAD)
    assert made.commit().returncode == 1
    assert (tmp_path / "payloads/deep/a.json").read_text() == GOOD
    assert made.commit().returncode == 0


def test_a_breaking_change_is_refused(tmp_path: Path, home: Path) -> None:
    made = repository(tmp_path, home, "recordlint-drift")
    first = made.commit()
    assert first.returncode == 0, first.stdout + first.stderr
    definition = (ROOT / "fixtures/objects/ticket.json").read_text("utf-8")
    made.write("objects/ticket.json", definition.replace('"label": "Low, can wait"', '"label": "Low"'))
    passed = made.commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    made.write("objects/ticket.json", definition.replace('"key": "low"', '"key": "top"'))
    made.run("git", "add", "-A")
    made.write("objects/ticket.json", definition)  # What is not staged does not count.
    refused = made.run("git", "commit", "-m", "x")
    assert refused.returncode == 1
    assert "breaking[option-gone]" in refused.stderr + refused.stdout


def test_all_payloads_are_checked_when_a_definition_changes(tmp_path: Path, home: Path) -> None:
    made = repository(tmp_path, home, "recordlint-all")
    made.write("payloads/a.json", GOOD)
    passed = made.commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    made.write("payloads/b.json", BAD)
    assert made.commit().returncode == 0, "it is the other hook that looks at payloads"
    made.write("payloads/b.json", GOOD)
    assert made.commit().returncode == 0
    definition = (ROOT / "fixtures/objects/ticket.json").read_text("utf-8")
    made.write("objects/ticket.json", definition.replace('"key": "low"', '"key": "top"'))
    refused = made.commit()
    assert refused.returncode == 1
    for name in ("a", "b"):
        assert f"payloads/{name}.json:1:29: error[unknown-option]" in refused.stderr + refused.stdout
