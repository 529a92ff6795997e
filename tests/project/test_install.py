"""The wheel and an editable install carry all that a check needs, wherever it is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_TRACKED = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "dist", "build", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis"
)
VALID = "page-example.json"
INVALID = "option-label.json"

# One process runs them, so that the wheel is built once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*arguments: str | Path, cwd: Path, fails: bool = False) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run([*map(str, arguments)], cwd=cwd, env=environment, capture_output=True, text=True)
    assert fails or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a fresh checkout holds, so that nothing is left in this one."""
    copy = tmp_path_factory.mktemp("checkout") / "recordlint"
    shutil.copytree(ROOT, copy, ignore=NOT_TRACKED)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, checkout, cwd=folder)
    (built,) = folder.iterdir()
    return built


def installed(folder: Path, *what: str | Path) -> Path:
    """The scripts folder of a new environment that holds `what` and its dependencies."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", *what, cwd=folder)
    return scripts


def checks_from_another_folder(scripts: Path, elsewhere: Path) -> None:
    """A valid and an invalid fixture, copied out of the checkout, judged by the command that was installed."""
    fixtures = ROOT / "fixtures"
    shutil.copytree(fixtures / "objects", elsewhere / "objects")
    for name, kind in ((VALID, "valid"), (INVALID, "invalid")):
        shutil.copy(fixtures / "payloads" / kind / name, elsewhere / name)
    given = ("check", "--objects", "objects", "--object", "custom_objects.ticket")
    for engine in ("jsonschema-rs", "jsonschema"):
        right = run(scripts / "recordlint", *given, "--engine", engine, VALID, cwd=elsewhere)
        assert (right.stdout, right.stderr) == ("1 file checked, no problems\n", "")
        wrong = run(scripts / "recordlint", *given, "--engine", engine, "--quiet", INVALID, cwd=elsewhere, fails=True)
        assert wrong.returncode == 1
        assert wrong.stderr == ""
        line, rest = wrong.stdout.split("\n")
        assert line.startswith(f"{INVALID}:4:23: error[option-label]: ")
        assert rest == ""
    schemas = run(scripts / "recordlint", "schema", "--objects", "objects", "-o", "schemas", cwd=elsewhere)
    assert schemas.stderr == "recordlint: wrote 4 schemas to schemas\n"
    for path in (elsewhere / "schemas").iterdir():
        assert path.read_bytes() == (ROOT / "spec/objects" / path.name).read_bytes()
    openapi = run(scripts / "recordlint", "openapi", "--objects", "objects", cwd=elsewhere)
    assert openapi.stdout.startswith('{\n  "openapi": "3.1.')
    version = run(scripts / "recordlint", "--version", cwd=elsewhere)
    assert version.stdout == "recordlint 0.1.0\n"


def spec_folder(scripts: Path, elsewhere: Path) -> Path:
    code = "import recordlint.contract.spec_files as s; print(s.spec_folder())"
    return Path(run(scripts / "python", "-c", code, cwd=elsewhere).stdout.strip()).resolve()


def test_the_wheel_holds_the_package_and_the_spec_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    files = {name for name in names if name.startswith("recordlint/")}
    others = {name.partition("/")[0] for name in names - files}
    assert others == {"recordlint-0.1.0.dist-info"}
    package = ROOT / "validator/recordlint"
    kinds = (".py", ".md", ".html", ".css", ".js")
    sources = {
        f"recordlint/{path.relative_to(package).as_posix()}" for path in package.rglob("*") if path.suffix in kinds
    }
    assert "recordlint/reporters/page.css" in sources
    spec = {f"recordlint/spec/{path.relative_to(ROOT / 'spec').as_posix()}" for path in (ROOT / "spec").rglob("*.*")}
    assert "recordlint/spec/field-types/phone.json" in spec
    assert files - {"recordlint/py.typed"} >= sources | spec
    assert "recordlint/py.typed" in files
    assert "recordlint-0.1.0.dist-info/licenses/LICENSE" in names
    tests = [name for name in names if "test" in name.lower() or "fixture" in name]
    assert tests == ["recordlint/pytest_plugin.py"]


def test_a_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    scripts = installed(tmp_path / "env", wheel)
    checks_from_another_folder(scripts, elsewhere)
    inside = spec_folder(scripts, elsewhere)
    assert (tmp_path / "env").resolve() in inside.parents
    assert inside.parent.name == "recordlint"
    # A fresh environment holds what is declared, and no more is needed.
    assert run(scripts / "python", "-m", "pip", "check", cwd=elsewhere).stdout == "No broken requirements found.\n"


def test_an_editable_install_works_from_another_folder(checkout: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    scripts = installed(tmp_path / "env", "-e", checkout)
    checks_from_another_folder(scripts, elsewhere)
    assert spec_folder(scripts, elsewhere) == (checkout / "spec").resolve()
