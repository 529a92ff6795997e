"""What is measured, each tool in an environment of its own: what else is installed beside one can slow its start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work"
NPM = WORK / "npm"
PYTHON = {
    "recordlint": [str(HERE.parent)],
    "check-jsonschema": ["check-jsonschema"],
    "loops": ["jsonschema", "fastjsonschema"],
    "jsonvet": ["jsonvet"],
    "frictionless": ["frictionless"],
}
NODE = ["ajv", "ajv-cli", "@sourcemeta/jsonschema"]


def binary(environment: str, name: str) -> str:
    """The path of a command."""
    return str(WORK / environment / "bin" / name)


def node_binary(name: str) -> str:
    """The path of a command of npm's."""
    return str(NPM / "node_modules" / ".bin" / name)


def install() -> dict[str, str]:
    """Install all that can be; the version of each tool, and why one is missing."""
    versions = {"Python": sys.version.split()[0], "Node.js": _said(["node", "--version"])}
    for environment, packages in PYTHON.items():
        folder = WORK / environment
        if not folder.exists():
            _done([sys.executable, "-m", "venv", str(folder)])
        failure = _failure([binary(environment, "python"), "-m", "pip", "install", "-q", "-U", *packages])
        names = ["recordlint", "jsonschema-rs", "jiter", "orjson"] if environment == "recordlint" else packages
        for name in names:
            versions[name] = failure or _said([binary(environment, "python"), "-c", _VERSION, name])
    NPM.mkdir(parents=True, exist_ok=True)
    for package in NODE:
        failure = _failure(["npm", "install", "--silent", "--prefix", str(NPM), package])
        manifest = NPM / "node_modules" / package / "package.json"
        versions[package] = failure or _said(["node", "-p", f"require({str(manifest)!r}).version"])
    return versions


_VERSION = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"


def is_there(version: str) -> bool:
    """Whether a tool could be installed, by what `install` says of it."""
    return not version.startswith("not installed")


def _said(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _done(command: Sequence[str]) -> None:
    subprocess.run(command, check=True)


def _failure(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stderr.strip().splitlines()
    return "" if done.returncode == 0 else f"not installed: {lines[-1] if lines else done.returncode}"
