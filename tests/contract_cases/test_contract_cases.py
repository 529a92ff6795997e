"""Cases written from the contract alone: what each body must give, and what its fixes make of it.

Each `*.json` beside this file holds cases about one subject; `objects/` holds the definitions that they are judged by.
A case has:

- `id`, `object` (null for a whole request), `operation`, and where they matter `phone_region`, `definitions` (the only
  files of `objects/` that are there), `encoding` of the text, and `repeat` (a word of the text and what it stands for:
  a text and how often).
- `text`, the exact text, or `body`, which is written as JSON. With `har`, it is a file of recorded requests.
- `violations`: all that must be there, in any order; null where nothing is asked. A `rule`, `severity` or `pointer` of
  null may be any. `say`: what must stand in the message or hint, a list within it being a choice; `never`: what must
  not; `note`: what must stand in the note; `at`: line and column, of which the latter may be null.
- `fixed`: the text after the safe fixes, which is that of before where it is left out, and not asked where it is null.
- `unsafely_fixed`: as `fixed`, but not asked where it is left out; what is no string is compared as JSON.

`definitions.json` holds `files` by name, and either `objects` that are read from them (with `warnings` and `options`)
or what the `faults` must say.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from command_folder import ROOT, Folder
from hints import UNREADABLE, require_that_hints_pass
from recordlint import DefinitionError, InvalidPayload, ObjectDefinition, Report, Validator, Violation

HERE = Path(__file__).parent
Case = dict[str, Any]


def load(name: str) -> list[Case]:
    cases: list[Case] = json.loads((HERE / name).read_text("utf-8"))
    return cases


SUBJECTS = sorted(path.name for path in HERE.glob("*.json") if path.name != "definitions.json")
CASES = [(name.removesuffix(".json"), case) for name in SUBJECTS for case in load(name)]


def parametrize(cases: list[tuple[str, Case]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=f"{subject}-{case['id']}") for subject, case in cases]
    )


def written(case: Case, value: Any) -> str:
    """The text that a case's value stands for."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    for word, (part, times) in case.get("repeat", {}).items():
        text = text.replace(word, part * times)
    return text


def data_of(case: Case) -> bytes:
    return written(case, case["text"] if "text" in case else case["body"]).encode(case.get("encoding", "utf-8"))


@cache
def definition(name: str) -> ObjectDefinition:
    (read,) = Validator.from_path(HERE / "objects" / f"{name}.json").objects.values()
    return read


@cache
def validator(names: tuple[str, ...], region: str | None) -> Validator:
    more: Any = {"phone_region": region} if region else {}
    return Validator(map(definition, names), **more)


def defined(case: Case) -> tuple[str, ...]:
    """The definitions of a case: those that it names, else its object's, else all."""
    if "definitions" in case:
        return tuple(case["definitions"])
    if case.get("object"):
        return (case["object"].removeprefix("custom_objects."),)
    return tuple(sorted(path.stem for path in (HERE / "objects").glob("*.json")))


def check(case: Case, data: bytes) -> Report:
    checker = validator(defined(case), case.get("phone_region"))
    return checker.check_document(data, object=case.get("object"), operation=case["operation"])


def recorded(case: Case, folder: Folder) -> list[dict[str, Any]]:
    """The violations of a file of recorded requests, as the command reports them."""
    folder.write("session.har", data_of(case))
    done = folder.run("check", "--objects", str(HERE / "objects"), "--format", "json", "session.har")
    return [each for result in json.loads(done.out)["results"] for each in result["violations"]]


def as_data(violation: Violation) -> dict[str, Any]:
    place = violation.place
    return {**violation._asdict(), "line": place and place.line, "column": place and place.column}


def fits(expected: Case, actual: dict[str, Any]) -> bool:
    return all(expected[name] in (None, actual[name]) for name in ("rule", "severity", "pointer"))


def faults(expected: Case, actual: dict[str, Any]) -> list[str]:
    """What is wrong with a violation that is the one that is expected."""
    words = f"{actual['message']} {actual['hint']}"
    wrong = []
    for choice in expected.get("say", ()):
        if not any(word in words for word in ([choice] if isinstance(choice, str) else choice)):
            wrong.append(f"does not say {choice!r}")
    wrong += [f"says {word!r}" for word in expected.get("never", ()) if word in words]
    wrong += [f"has no {word!r} in its note" for word in expected.get("note", ()) if word not in (actual["note"] or "")]
    if "at" in expected:
        line, column = expected["at"]
        if line != actual["line"] or column not in (None, actual["column"]):
            wrong.append(f"is at {actual['line']}:{actual['column']}, not at {line}:{column}")
    return [f"{actual['rule']} at {actual['pointer']!r} {each}: {words}" for each in wrong]


def differences(expected: list[Case], actual: list[dict[str, Any]]) -> list[str]:
    """What is missing, too many or wrong, one line each."""
    left, wrong = list(actual), []
    for each in sorted(expected, key=lambda each: [each["rule"], each["severity"], each["pointer"]].count(None)):
        same = next((one for one in left if fits(each, one)), None)
        if same is None:
            wrong.append(f"missing: {each['rule']} {each['severity']} at {each['pointer']!r}")
        else:
            left.remove(same)
            wrong += faults(each, same)
    wrong += [f"too many: {one['rule']} {one['severity']} at {one['pointer']!r}: {one['message']}" for one in left]
    return wrong


@parametrize([each for each in CASES if each[1]["violations"] is not None])
def test_violations(case: Case, folder: Folder) -> None:
    """Each violation that the contract asks for is there, and no other."""
    if case.get("har"):
        actual = recorded(case, folder)
    else:
        actual = [as_data(violation) for violation in check(case, data_of(case)).violations]
    wrong = differences(case["violations"], actual)
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@parametrize([each for each in CASES if "har" not in each[1]])
def test_fixes(case: Case) -> None:
    """The fixed text is what the contract says, has no new rule, and nothing safe is left to fix."""
    data = data_of(case)
    report = check(case, data)
    if "fixed" not in case:
        assert report.fixed() == data
    elif case["fixed"] is not None:
        assert report.fixed().decode() == written(case, case["fixed"])
    before = {violation.rule for violation in report.violations}
    for unsafe in (False, True):
        after = check(case, report.fixed(unsafe=unsafe))
        if not before & UNREADABLE:
            assert {violation.rule for violation in after.violations} <= before
        assert after.fixed(unsafe=unsafe) == after.text
    wanted = case.get("unsafely_fixed")
    if isinstance(wanted, str):
        assert report.fixed(unsafe=True).decode() == wanted
    elif wanted is not None:
        assert json.loads(report.fixed(unsafe=True)) == wanted


@parametrize([each for each in CASES if "har" not in each[1]])
def test_what_a_hint_tells_to_write_raises_nothing(case: Case) -> None:
    """What a hint says to write, written there, no longer raises the violation, and as a value nothing else either."""
    require_that_hints_pass(data_of(case), lambda data: check(case, data).violations)


DEFINITIONS = [("definitions", case) for case in load("definitions.json")]


def read_definitions(case: Case, folder: Path) -> Validator:
    for name, document in case["files"].items():
        text = document if isinstance(document, str) else json.dumps(document)
        (folder / name).write_bytes(text.encode(case.get("encoding", "utf-8")))
    return Validator.from_path(folder)


@parametrize([each for each in DEFINITIONS if "objects" in each[1]])
def test_definitions_are_read(case: Case, tmp_path: Path) -> None:
    objects = read_definitions(case, tmp_path).objects
    fields = {key: [field.key for field in each.fields] for key, each in objects.items()}
    required = {key: [field.key for field in each.required] for key, each in objects.items()}
    assert fields == {key: each["fields"] for key, each in case["objects"].items()}
    assert required == {key: each["required"] for key, each in case["objects"].items()}
    by_key = {field.key: field for each in objects.values() for field in each.fields}
    for key, options in case.get("options", {}).items():
        assert [list(option) for option in by_key[key].options] == options
    for key, name in case.get("names", {}).items():
        assert by_key[key].name == name
    warnings = [warning for each in objects.values() for warning in each.warnings]
    assert len(warnings) == len(case.get("warnings", ()))
    for warning, words in zip(warnings, case.get("warnings", ()), strict=True):
        assert words in warning


@parametrize([each for each in DEFINITIONS if "faults" in each[1]])
def test_definitions_are_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definitions(case, tmp_path)
    text = str(caught.value)
    for choice in case["faults"]:
        assert any(words in text for words in ([choice] if isinstance(choice, str) else choice)), text


class Odd:
    """A value that JSON does not know."""


UNREPRESENTABLE = [
    ({"crew_size": math.nan}, "/properties/crew_size"),
    ({"crew_size": -math.inf}, "/properties/crew_size"),
    ({"boat_name": "\ud83d"}, "/properties/boat_name"),
    ({"harbour_fee": {"currency": "default", "value": math.inf}}, "/properties/harbour_fee/value"),
    ({"boat_name": Odd()}, "/properties/boat_name"),
    ({"boat_name": b"Tern"}, "/properties/boat_name"),
    ({"equipment": {"add": ["radar", {"vhf"}]}}, "/properties/equipment/add/1"),
    ({5: "Tern"}, None),
]


@pytest.mark.parametrize(("properties", "pointer"), UNREPRESENTABLE)
def test_what_json_cannot_hold_in_a_parsed_body(properties: Any, pointer: str | None) -> None:
    report = validator(("boat",), None).check({"properties": properties})
    assert [(each.rule, each.severity) for each in report.violations] == [("invalid-json", "error")]
    if pointer is not None:
        assert report.violations[0].pointer == pointer


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"crew_size": math.nan}, "JSON has no NaN"),
        ({"crew_size": math.inf}, "a number is beyond the range of a double"),
        ({5: "Tern"}, "a key must be a string, not int"),
    ],
)
def test_what_is_said_of_a_value_that_json_cannot_hold(properties: Any, message: str) -> None:
    (violation,) = validator(("boat",), None).check({"properties": properties}).violations
    assert violation.message == message


def test_an_unknown_type_is_warned_about_and_not_judged(folder: Folder) -> None:
    definitions = ("--objects", str(HERE / "objects/lamp.json"))
    folder.write("lamp.json", '{"properties": {"place": 5}}')
    done = folder.run("check", *definitions, "--object", "custom_objects.lamp", "lamp.json")
    assert done.status == 0
    assert "GEO_POINT" in done.err
    assert "GEO_POINT" in folder.run("objects", *definitions).out


def test_a_note_is_in_each_violation_and_once_in_text(folder: Folder) -> None:
    folder.write("boat.json", '{"properties": {"equipment": "radar", "checks": "insured"}}')
    arguments = ("check", "--objects", str(HERE / "objects/boat.json"), "--object", "custom_objects.boat", "boat.json")
    (result,) = json.loads(folder.run(*arguments, "--format", "json").out)["results"]
    first, second = (each["note"] for each in result["violations"])
    assert "200" in first
    assert first == second
    assert " ".join(folder.run(*arguments).out.split()).count(first) == 1


def test_the_vendors_example_stays_valid(folder: Folder) -> None:
    done = folder.check(str(ROOT / "fixtures/payloads/invalid/owner-spelling-page-example.json"), "--format", "json")
    assert done.status == 0
    (result,) = json.loads(done.out)["results"]
    assert [(each["rule"], each["severity"], each["pointer"]) for each in result["violations"]] == [
        ("owner-spelling", "warning", "/owner")
    ]


def test_an_error_says_its_hints_and_redacted_says_none() -> None:
    report = validator(("boat",), None).check({"properties": {"hull": "Larch planks"}})
    with pytest.raises(InvalidPayload) as caught:
        report.raise_for_errors()
    assert report.violations[0].hint in str(caught.value)
    with pytest.raises(InvalidPayload) as redacted:
        report.redacted().raise_for_errors()
    assert "larch" not in str(redacted.value).lower()


def test_every_case_has_its_own_name() -> None:
    names = Counter((subject, case["id"]) for subject, case in [*CASES, *DEFINITIONS])
    assert [name for name, times in names.items() if times > 1] == []
