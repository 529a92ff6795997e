"""recordlint config: what it shows, and the lines that it says settings stand at."""

from __future__ import annotations

import json
import tomllib

from command_folder import OBJECTS, Folder

PYPROJECT = f"""[tool.other]
exclude = ["x"] # fail-on = "warning"
max-size = 5

[tool.recordlint]
objects = [{json.dumps(OBJECTS[1])}]

[[tool.recordlint.files]]
match = "new/*.json"
object = "custom_objects.ticket"
operation = "create"

[[tool.recordlint.files]]
match = "requests/*"

[tool.recordlint.severity]
no-op = "off"
record-id = "warning"
"""


def test_what_it_shows(folder: Folder) -> None:
    folder.write("pyproject.toml", PYPROJECT)
    folder.write("deep/down/x", "")
    for where in ((), ("deep/down",)):
        done = folder.run("config", *where)
        assert (done.status, done.err) == (0, "")
        assert done.out == (
            f"# {folder.path / 'pyproject.toml'}\n"
            f"{f'objects = [{json.dumps(OBJECTS[1])}]':40}  # line 6\n"
            f"{'exclude = []':40}  # default\n"
            f"{'fail-on = ' + json.dumps('error'):40}  # default\n"
            f"{'max-size = 10485760':40}  # default\n"
            'severity = {no-op = "off", record-id = "warning"}  # line 16\n'
            '[[files]]\nmatch = "new/*.json"\nobject = "custom_objects.ticket"\noperation = "create"\n'
            '[[files]]\nmatch = "requests/*"\noperation = "update"\n'
        )


def test_it_shows_a_configuration(folder: Folder) -> None:
    text = 'exclude = [\n  "a/**", "ü \\" # [x].json"\n]\nmax-size = "1K"\n[[files]]\nmatch = "b/"\n'
    folder.write("recordlint.toml", text)
    done = folder.run("config")
    data = tomllib.loads(done.out)
    assert data == {
        "objects": [],
        "exclude": ["a/**", 'ü " # [x].json'],
        "fail-on": "error",
        "max-size": 1024,
        "severity": {},
        "files": [{"match": "b/", "operation": "update"}],
    }
    folder.write("recordlint.toml", done.out)
    assert tomllib.loads(folder.run("config").out) == data


def test_where_there_is_none(folder: Folder) -> None:
    done = folder.run("config")
    assert done.status == 0
    assert done.out.startswith("# no recordlint.toml, and no [tool.recordlint] in a pyproject.toml\n")
    assert done.out.count("# default\n") == 5
