"""What a start costs is decided by what it imports: a hook runs on every commit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BODY = ROOT / "fixtures/payloads/valid/page-example.json"
FOUR_PROBLEMS = {
    "properties": {
        "type_of_ticket": "Bug report",
        "customer_number": "12",
        "recieved_on": "2024/1/1",
        "phone_number": "+1 (415) 555-1234",
    },
}

NEVER = {
    "dataclasses",
    "importlib.metadata",
    "jsonschema",
    "openapi_spec_validator",
    "pathlib",
    "pathspec",
    "phonenumbers",
    "referencing",
    "rich",
    "yaml",
}
NOT_FOR_A_VALID_BODY = NEVER | {
    "recordlint.problems.problem",
    "recordlint.violations",
    "recordlint.commands.check.table_flags",
    "recordlint.commands.check.tables",
    "json",
    "orjson",
    "recordlint.checking.locate",
    "recordlint.body.top_level",
    "recordlint.export.schemas",
    "recordlint.rules.catalogue",
    "recordlint.checking.fixes",
    "recordlint.export.openapi",
    "recordlint.jsontext.unrepresentable",
    "recordlint.jsontext.positions",
    "recordlint.body.property_keys",
    "recordlint.requests.request",
    "recordlint.contract.placeholders",
    "recordlint.reporters._fixed",
    "recordlint.files.rewrite",
    "recordlint.jsontext.diagnose",
    "unicodedata",
}
ONLY_FOR_A_CONFIGURATION = {"recordlint.config.sizes", "recordlint.contract.phone_regions"}

RUN = """
import sys
from recordlint.cli import run
status = run(sys.argv[1:])
sys.stderr.write("\\n".join([str(status), *sorted(sys.modules)]))
"""


def started(code: str, *arguments: str) -> list[str]:
    """What a new interpreter writes on standard error."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()


def imported_by_click_and_the_engines() -> set[str]:
    code = "import sys, click, jiter, jsonschema_rs; sys.stderr.write('\\n'.join(sys.modules))"
    return set(started(code))


def check(file: Path, *options: str) -> tuple[str, set[str]]:
    """The exit status of a check, and the modules that it imported beyond those of click and the engines."""
    objects = str(ROOT / "fixtures/objects")
    given = ["check", "--objects", objects, "--object", "custom_objects.ticket", *options, str(file)]
    status, *modules = started(RUN, *given)
    assert "recordlint.checking.validator" in modules
    return status, set(modules) - imported_by_click_and_the_engines()


def test_a_valid_body() -> None:
    status, modules = check(BODY)
    assert status == "0"
    assert modules & (NOT_FOR_A_VALID_BODY | ONLY_FOR_A_CONFIGURATION) == set()
    assert "recordlint.reporters.json" not in modules


def test_no_field_type_needs_the_words_for_problems_to_make_its_schema() -> None:
    code = """
import sys
from recordlint.contract.spec_files import field_types
from recordlint.fieldtypes import field_type
for each in field_types(): field_type(each)
sys.stderr.write("\\n".join(sys.modules))
"""
    modules = set(started(code))
    assert "recordlint.fieldtypes.email" in modules
    assert "recordlint.problems.problem" not in modules


def test_a_valid_body_by_a_configuration(tmp_path: Path) -> None:
    objects = f"objects = [{json.dumps(str(ROOT / 'fixtures/objects'))}]\nexclude = ['old/']\n"
    entry = "[[files]]\nmatch = '**/a?/*.json'\nobject = 'custom_objects.ticket'\n"
    (tmp_path / "recordlint.toml").write_text(objects + entry)
    body = tmp_path / "deep/ab/c.json"
    body.parent.mkdir(parents=True)
    body.write_bytes(BODY.read_bytes())
    status, *modules = started(RUN, "check", str(body))
    assert status == "0"
    assert "recordlint.config.globs" in modules
    beyond = set(modules) - imported_by_click_and_the_engines()
    assert beyond & (NOT_FOR_A_VALID_BODY | {"recordlint.config.key_lines", "datetime"}) == set()


def test_a_valid_body_in_a_project_that_configures_nothing(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project.scripts]\nrecordlint = 'a:b'\n[tool.ruff]\nline-length = 120\n")
    body = tmp_path / "a.json"
    body.write_bytes(BODY.read_bytes())
    status, modules = check(body)
    assert status == "0"
    assert "tomllib" not in modules


def test_a_valid_body_and_a_report_in_json() -> None:
    status, modules = check(BODY, "--format", "json")
    assert status == "0"
    # orjson writes the report, and brings these two.
    assert modules & NOT_FOR_A_VALID_BODY <= {"orjson", "json", "dataclasses"}
    assert "orjson" in modules
    assert "recordlint.reporters.text" not in modules


def test_a_body_with_problems(tmp_path: Path) -> None:
    body = tmp_path / "four.json"
    body.write_text(json.dumps(FOUR_PROBLEMS))
    status, modules = check(body)
    assert status == "1"
    assert modules & NEVER == set()


def test_a_new_command_is_not_paid_for_by_the_others() -> None:
    _, modules = check(BODY)
    commands = {name for name in modules if name.startswith("recordlint.commands.")}
    assert commands == {
        "recordlint.commands._exit_status",
        "recordlint.commands._group",
        "recordlint.commands._interrupts",
        "recordlint.commands._options",
        "recordlint.commands.check",
        "recordlint.commands.check.plan",
        "recordlint.commands.check.reports",
        "recordlint.commands.check.run",
        "recordlint.commands.check.table_options",
        "recordlint.commands.check.tally",
        "recordlint.commands.check.payloads",
        "recordlint.commands.check.command",
    }


def test_signals_are_handled_before_anything_else_is_imported() -> None:
    """Before that a signal meets a module written in C in the middle of its import."""
    code = """
import sys
before = set(sys.modules)
import recordlint.cli
sys.stderr.write("\\n".join(sys.modules.keys() - before))
"""
    assert set(started(code)) - {"__future__", "errno"} == {
        "recordlint",
        "recordlint.cli",
        "recordlint.commands",
        "recordlint.commands._exit_status",
        "recordlint.commands._interrupts",
        "recordlint.files",
        "recordlint.files.temporary",
    }


@pytest.mark.parametrize(
    "name", ["recordlint.checking.validator", "recordlint.export.schemas", "recordlint.export.openapi"]
)
def test_the_library_imports_no_click(name: str) -> None:
    modules = started(f"import sys, {name}; sys.stderr.write('\\n'.join(sys.modules))")
    assert name in modules
    assert "click" not in modules


def test_the_public_names_import_no_click() -> None:
    modules = started("import sys; from recordlint import *; sys.stderr.write('\\n'.join(sys.modules))")
    assert "recordlint.checking.validator" in modules
    assert "click" not in modules


def test_each_public_name_is_imported_alone() -> None:
    """Each in an interpreter that has imported nothing else, and errors, as `recordlint.errors`."""
    code = """
import sys, recordlint
for name in [*recordlint.__all__, "errors"]:
    for module in [each for each in sys.modules if each.startswith("recordlint.")]:
        del sys.modules[module]
    del sys.modules["recordlint"]
    import recordlint
    value = getattr(recordlint, name)
    assert getattr(recordlint, name) is value, name
    assert name in dir(recordlint), name
    assert name in (getattr(value, "__name__", "").rpartition(".")[2], "Operation", "Severity"), (name, value)
try:
    recordlint.nonesuch
except AttributeError as error:
    sys.stderr.write(str(error))
"""
    assert started(code) == ["module recordlint has no attribute nonesuch"]


def test_a_judging_library_imports_no_click() -> None:
    code = f"""
import sys, recordlint
validator = recordlint.Validator.from_path({str(ROOT / "fixtures/objects")!r})
report = validator.check_json('{{"properties": {{"nme": 1}}}}', object="custom_objects.ticket")
sys.stderr.write("\\n".join([str(report.errors), *sys.modules]))
"""
    errors, *modules = started(code)
    assert errors == "1"
    assert "click" not in modules
