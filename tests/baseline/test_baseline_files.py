"""Baselines as files: what is written is read again, and what is no baseline is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixture_files import ROOT
from recordlint.baseline.files import name_of, read_baseline, to_text
from recordlint.errors import InputError
from recordlint.rules.kinds import Spot

SCHEMA = json.loads((ROOT / "spec/baseline.json").read_text("utf-8"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SPOTS = st.builds(Spot, TEXTS.filter(len), TEXTS.map(lambda text: f"/{text}") | st.just(""))
KNOWN = st.dictionaries(
    TEXTS.filter(len), st.dictionaries(SPOTS, st.integers(1, 10**9), min_size=1, max_size=3), max_size=4
)


@given(KNOWN)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, known: dict[str, dict[Spot, int]]
) -> None:
    path = tmp_path_factory.mktemp("baseline") / "baseline.json"
    text = to_text(known)
    path.write_text(text, "utf-8")
    assert read_baseline(str(path)) == known
    value = json.loads(text)
    jsonschema.validate(value, SCHEMA, cls=jsonschema.Draft202012Validator)
    entries = [(each["path"], each["rule"], each["pointer"]) for each in value["violations"]]
    assert entries == sorted(entries)
    assert text.count("\n") == len(entries) + (5 if entries else 4)


def test_the_text() -> None:
    assert to_text({}) == '{\n  "version": 1,\n  "violations": []\n}\n'
    known = {"b.json": {Spot("no-op", ""): 1}, "a.json": {Spot("no-op", "/b"): 2, Spot("empty-id", "/a"): 1000}}
    assert to_text(known) == (
        '{\n  "version": 1,\n  "violations": [\n'
        '    {"path": "a.json", "rule": "empty-id", "pointer": "/a", "count": 1000},\n'
        '    {"path": "a.json", "rule": "no-op", "pointer": "/b", "count": 2},\n'
        '    {"path": "b.json", "rule": "no-op", "pointer": "", "count": 1}\n'
        "  ]\n}\n"
    )


def test_an_entry_that_a_merge_has_left_twice(tmp_path: Path) -> None:
    entry = {"path": "a.json", "rule": "no-op", "pointer": "", "count": 2}
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps({"version": 1, "violations": [entry, {**entry, "count": 3}, entry]}), "utf-8")
    assert read_baseline(str(path)) == {"a.json": {Spot("no-op", ""): 3}}


ENTRY = {"path": "a.json", "rule": "no-op", "pointer": "", "count": 1}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "{0}:1: not JSON: {1}"),
        ('{\n<<<<<<< HEAD\n"version": 1}', "{0}:2: not JSON: {1}"),
        (b"\xff\xfe", "{0}: not JSON: {1}"),
        ("[" * 100_000, "{0}: not JSON: {1}"),
        ("[]", "{0}: no baseline: {1}"),
        ('{"properties": {}}', "{0}: no baseline: {1}"),
        (
            {"version": 1, "violations": [ENTRY, {**ENTRY, "count": 0}]},
            "{0}: no baseline: see /violations/1/count in it: {1}",
        ),
        (
            {"version": 1, "violations": [{**ENTRY, "pointer": "x"}]},
            "{0}: no baseline: see /violations/0/pointer in it: {1}",
        ),
        ('{"version": 1, "violations": [], "\\ud800": 1}', "{0}: no baseline: {1}"),
        ('{"version": 1, "violations": [' + "[" * 900 + "]" * 900 + "]}", "{0}: no baseline: {1}"),
        ({"version": 0, "violations": []}, "{0}: no baseline: see /version in it: {1}"),
        ({"version": 2, "entries": []}, "{0}: a newer recordlint wrote this baseline: install that version, or {1}"),
    ],
)
def test_what_is_no_baseline(tmp_path: Path, text: str | bytes | dict[str, object], reason: str) -> None:
    path = tmp_path / "baseline.json"
    data = json.dumps(text) if isinstance(text, dict) else text
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(InputError) as caught:
        read_baseline(str(path))
    assert str(caught.value) == reason.format(path, f"remove it, and write a new one with --write-baseline {path}")


def test_a_baseline_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"b\.json: no such file; --write-baseline .*b\.json writes it$"):
        read_baseline(str(tmp_path / "b.json"))
    with pytest.raises(InputError, match="cannot be read: is a directory"):
        read_baseline(str(tmp_path))


def test_names_start_at_the_baselines_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real/payloads").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path / "real")
    baseline = os.path.join("config", "baseline.json")
    assert name_of("-", baseline) == "-"
    assert name_of("payloads/a.json", "baseline.json") == "payloads/a.json"
    assert name_of("./payloads/../payloads/a.json", "baseline.json") == "payloads/a.json"
    assert name_of("payloads/a.json", baseline) == "../payloads/a.json"
    assert name_of(str(tmp_path / "link/payloads/a.json"), "baseline.json") == "payloads/a.json"
    assert name_of("payloads/a.json", str(tmp_path / "link/baseline.json")) == "payloads/a.json"
    assert name_of(os.fsdecode(b"\xff.json"), "baseline.json") == "\\udcff.json"


def test_what_would_turn_the_direction_is_escaped() -> None:
    text = to_text({"a.json": {Spot("unknown-property", "/properties/\u202e\u2028é"): 1}})
    assert r"/properties/\u202e\u2028é" in text
    assert text.replace("\n", "").isprintable()
