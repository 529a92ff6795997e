"""The pytest fixture, in a project of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from command_folder import ENVIRONMENT
from fixture_files import OBJECTS

TEST = """
import json, sys, urllib.request

def write(url, properties):
    data = json.dumps({"locationId": "l", "properties": properties}).encode()
    headers = {"Authorization": "Bearer t", "Version": "2021-07-28", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/objects/custom_objects.ticket/records", data, headers)
    with urllib.request.urlopen(request) as response:
        return response.status

def test_one(recordlint_sandbox):
    assert write(recordlint_sandbox.url, {"ticket_name": "A"}) == 201
    assert [each["properties"] for each in recordlint_sandbox.records()] == [{"ticket_name": "A"}]
    assert [each["status"] for each in recordlint_sandbox.requests] == [201]

def test_another_begins_without_records(recordlint_sandbox):
    assert recordlint_sandbox.records("custom_objects.ticket") == recordlint_sandbox.requests == []
"""
REGION = """
import httpx

def test_hint(recordlint_sandbox):
    headers = {"Authorization": "Bearer t", "Version": "2021-07-28"}
    body = {"locationId": "l", "properties": {"ticket_name": "A", "phone_number": "(202) 555-0125"}}
    url = f"{recordlint_sandbox.url}/objects/custom_objects.ticket/records"
    (violation,) = httpx.post(url, json=body, headers=headers).json()["recordlint"]
    assert "+12025550125" in violation["hint"]
"""
UNUSED = """
import sys

def test_nothing():
    assert not [name for name in sys.modules if name.split(".")[0] in ("starlette", "uvicorn", "jiter", "click")]
    assert [name for name in sys.modules if name.startswith("recordlint")] == ["recordlint", "recordlint.pytest_plugin"]
"""


def run(path: Path, test: str, *options: str) -> subprocess.CompletedProcess[str]:
    (path / "test_it.py").write_text(test)
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=path, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["pytest.ini", "recordlint.toml"])
def test_a_project_that_uses_it(tmp_path: Path, place: str) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    text = f"[pytest]\nrecordlint_objects = {OBJECTS}\n" if place == "pytest.ini" else f'objects = ["{OBJECTS}"]\n'
    (tmp_path / place).write_text(text)
    done = run(tmp_path, TEST)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


@pytest.mark.slow
def test_the_region_of_the_configuration(tmp_path: Path) -> None:
    """The hints are those of the command line."""
    (tmp_path / "pytest.ini").write_text(f"[pytest]\nrecordlint_objects = {OBJECTS}\n")
    (tmp_path / "recordlint.toml").write_text('phone-region = "US"\n')
    done = run(tmp_path, REGION)
    assert "1 passed" in done.stdout, done.stdout


@pytest.mark.slow
def test_a_project_without_definitions(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    done = run(tmp_path, TEST)
    assert "recordlint_sandbox needs object definitions: set recordlint_objects" in done.stdout
    assert "2 errors" in done.stdout


@pytest.mark.slow
def test_a_project_that_does_not_use_it(tmp_path: Path) -> None:
    done = run(tmp_path, UNUSED)
    assert "1 passed" in done.stdout, done.stdout
