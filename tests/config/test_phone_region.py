"""The region of phone numbers without a country code: where it is said, and what wins."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path

import phonenumbers
import pytest

from command_folder import OBJECTS, ROOT, Folder
from har_session import RECORD, entry, har
from recordlint import UsageError, Validator
from recordlint.checking.rows import RowChecker
from recordlint.commands.check.plan import make_plan
from recordlint.config.loading import read_config
from recordlint.contract.operations import UPDATE
from recordlint.contract.phone_regions import to_region
from recordlint.definitions.target import Claim
from recordlint.errors import WrongType
from recordlint.reporters._totals import Showing

TICKET = "custom_objects.ticket"
CONFIG = f"""objects = ["{ROOT / "fixtures/objects"}"]
phone-region = "us"
[[files]]
match = "uk/**"
object = "{TICKET}"
phone-region = "Gb"
[[files]]
match = "**"
object = "{TICKET}"
"""


def claim(folder: Path, path: str, flag: str | None) -> Claim | None:
    plan = make_plan(
        [os.path.join(folder, path)],
        objects=(),
        asked=Claim(phone_region=flag),
        max_size=None,
        fail_on=None,
        showing=Showing(redact=False, at_most=None),
        ignore_unmatched=False,
        stdin_name=None,
        lines=False,
        jobs=None,
        select=(),
        ignore=(),
    )
    return plan.claim(os.path.join(folder, path))


@pytest.mark.parametrize(
    ("path", "flag", "region"),
    [("a.json", None, "US"), ("uk/a.json", None, "GB"), ("a.json", "FR", "FR"), ("uk/a.json", "FR", "FR")],
)
def test_a_flag_wins_then_the_entry(tmp_path: Path, path: str, flag: str | None, region: str) -> None:
    (tmp_path / "recordlint.toml").write_text(CONFIG)
    assert claim(tmp_path, path, flag) == Claim(TICKET, UPDATE, region)


def test_where_nothing_says_it(tmp_path: Path) -> None:
    (tmp_path / "recordlint.toml").write_text(CONFIG.replace('phone-region = "us"', "").replace("Gb", "de"))
    assert claim(tmp_path, "a.json", None) == Claim(TICKET, UPDATE)
    assert claim(tmp_path, "uk/a.json", None) == Claim(TICKET, UPDATE, "DE")
    config = read_config(str(tmp_path / "recordlint.toml"))
    assert config
    assert config.phone_region is None


def test_regions_are_those_of_phonenumbers() -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        assert to_region(region) == to_region(region.lower()) == region
    for wrong in ("", "U", "USA", "UK", "001", "+1", "ÜS", "ZZ", "us ", "\n"):
        with pytest.raises(UsageError, match="write the two letters of ISO 3166-1, such as US or GB"):
            to_region(wrong)


def test_a_validator_has_one() -> None:
    objects = ROOT / "fixtures/objects"
    validator = Validator.from_path(objects, phone_region="us")
    for each in (validator, pickle.loads(pickle.dumps(validator))):  # noqa: S301 - our own bytes
        assert each.phone_region == each.checkers.phone_region == "US"
        for asked, region in ((None, "US"), ("GB", "GB")):
            checker = each.checkers.get(Claim(TICKET, UPDATE, asked))
            assert checker.target.phone_region == checker.claim.phone_region == region
            assert each.checkers.get(Claim(TICKET, UPDATE, asked)) is checker
    checkers = pickle.loads(pickle.dumps(validator.checkers))  # noqa: S301
    assert RowChecker(checkers, Claim(TICKET, UPDATE)).claim == Claim(TICKET, UPDATE, "US")
    assert Validator.from_path(objects).phone_region is None
    assert Validator(validator.objects.values(), phone_region="fr").phone_region == "FR"
    with pytest.raises(UsageError, match="there is no phone region 'UK'"):
        Validator.from_path(objects, phone_region="UK")
    with pytest.raises(WrongType, match="phone_region takes two letters, such as 'US', not int"):
        Validator([], phone_region=1)  # type: ignore[arg-type]


def test_the_command(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"ticket_name": "x"}}')
    for region in ("US", "us"):
        assert folder.check("--phone-region", region, "a.json").status == 0
    done = folder.check("--phone-region", "USA", "a.json")
    assert done.status == 2
    assert "'USA'; write the two letters of ISO 3166-1, such as US or GB" in " ".join(done.err.split())


def test_the_configuration_is_shown(folder: Folder) -> None:
    folder.write("recordlint.toml", CONFIG)
    shown = folder.run("config").out
    (line,) = [line for line in shown.splitlines() if line.startswith('phone-region = "US" ')]
    assert line.endswith(" # line 2")
    assert 'operation = "update"\nphone-region = "GB"\n[[files]]' in shown
    folder.write("recordlint.toml", shown)
    assert 'operation = "update"\nphone-region = "GB"\n[[files]]' in folder.run("config").out
    assert folder.run("check", *OBJECTS, "a.json").status == 2


# What it changes.

NATIONAL = '{"properties": {"phone_number": "020 7946 0018"}}'
RIGHT = '{"properties": {"phone_number": "+442079460018"}}'


def test_a_flag_makes_a_number_right(folder: Folder) -> None:
    folder.write("a.json", NATIONAL)
    assert "phone-region" in folder.check("a.json").out
    assert folder.check("--fix", "a.json").status == 1
    assert folder.check("--fix", "--phone-region", "US", "a.json").status == 1
    assert (folder.path / "a.json").read_text() == NATIONAL
    assert folder.check("--fix", "--phone-region", "gb", "a.json").status == 0
    assert (folder.path / "a.json").read_text() == RIGHT


def test_an_entry_is_for_its_files_alone(folder: Folder) -> None:
    folder.write("recordlint.toml", CONFIG)
    for name in ("uk/a.json", "other/a.json"):
        folder.write(name, NATIONAL)
    assert folder.run("check", "--fix", "uk", "other").status == 1
    assert (folder.path / "uk/a.json").read_text() == RIGHT
    assert (folder.path / "other/a.json").read_text() == NATIONAL
    folder.write("uk/a.json", NATIONAL)
    assert folder.run("check", "--fix", "--phone-region", "US", "uk").status == 1
    assert (folder.path / "uk/a.json").read_text() == NATIONAL


def test_an_entry_is_for_requests_too(folder: Folder) -> None:
    folder.write("recordlint.toml", CONFIG)
    request = f'{{"method": "PUT", "url": "{RECORD}", "body": {NATIONAL}}}'
    for name in ("uk/r.json", "other/r.json"):
        folder.write(name, request)
    assert folder.run("check", "--fix", "uk", "other").status == 1
    assert (folder.path / "uk/r.json").read_text() == request.replace(NATIONAL, RIGHT)
    assert (folder.path / "other/r.json").read_text() == request


def test_an_entry_is_for_recorded_traffic_too(folder: Folder) -> None:
    folder.write("recordlint.toml", CONFIG)
    session = json.dumps(har(entry("PUT", RECORD, NATIONAL)))
    for name in ("uk/s.har", "other/s.har"):
        folder.write(name, session)
    assert 'hint: write "+442079460018"' in folder.run("check", "uk/s.har").out
    assert 'hint: write "+442079460018"' not in folder.run("check", "other/s.har").out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_entry_is_for_rows_too(folder: Folder, jobs: str) -> None:
    folder.write("recordlint.toml", CONFIG)
    for name in ("uk/a.ndjson", "other/a.ndjson"):
        folder.write(name, f"{NATIONAL}\n{RIGHT}\n" * 3)
    for name, times in (("uk/a.ndjson", 3), ("other/a.ndjson", 0)):
        done = folder.run("check", "--jobs", jobs, name)
        assert done.status == 1
        assert done.out.count('hint: write "+442079460018"') == times


def test_a_validator_uses_it() -> None:
    objects = ROOT / "fixtures/objects"
    body = json.loads(NATIONAL)
    for region, hint in (
        ("GB", 'write "+442079460018"'),
        ("US", "check the number"),
        (None, "write + and the country"),
    ):
        validator = Validator.from_path(objects, phone_region=region)
        reports = [
            validator.check(body, object=TICKET),
            validator.check_json(NATIONAL, object=TICKET),
            validator.check_json(NATIONAL, object=TICKET),
            validator.check_document(NATIONAL, object=TICKET),
            validator.check_request("PUT", RECORD, None, NATIONAL),
            *[report for _, report in validator.check_rows([NATIONAL, NATIONAL], object=TICKET)],
        ]
        for report in reports:
            (violation,) = report.violations
            assert violation.hint.startswith(hint)
            assert bool(violation.fix) == (region == "GB" and violation.place is not None)
        for report in reports[1:]:
            assert report.fixed() == (RIGHT if region == "GB" else NATIONAL).encode()
