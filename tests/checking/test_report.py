"""Reports: what they count, what they list, and what is left of them once values are taken out."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from fixture_files import OBJECTS
from recordlint import Edit, Fix, InvalidPayload, Place, Related, Report, Validator, Violation
from recordlint.definitions.target import Claim

TICKET = "custom_objects.ticket"
VALIDATOR = Validator.from_path(OBJECTS)
RECORD = f"/objects/{TICKET}/records/668d681f77af4e5229abd6c0?locationId=l"


def body_of(errors: int, warnings: int) -> str:
    """A body with so many errors, and with up to two warnings."""
    doubtful = dict([("section_of_app", {}), ("affected_platforms", {"add": []})][:warnings])
    wrong = {f"no_{number}": 1 for number in range(errors)}
    return json.dumps({"properties": {"ticket_name": "x", **wrong, **doubtful}})


WAYS: dict[str, Callable[[str], Report]] = {
    "check": lambda text: VALIDATOR.check(json.loads(text), object=TICKET),
    "check_json": lambda text: VALIDATOR.check_json(text, object=TICKET),
    "check_document": lambda text: VALIDATOR.check_document(text, object=TICKET),
    "check_rows": lambda text: next(VALIDATOR.check_rows([text], object=TICKET))[1],
    "check_request": lambda text: VALIDATOR.check_request("PUT", RECORD, {}, text),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("errors", [0, 1, 999, 1_000, 1_001, 2_500])
def test_a_thousand_are_listed_and_all_are_counted(way: str, errors: int) -> None:
    report = WAYS[way](body_of(errors, 0))
    listed = min(errors, 1_000)
    assert (len(report.violations), report.omitted) == (listed, errors - listed)
    assert (report.errors, report.warnings, report.valid) == (errors, 0, errors == 0)
    redacted = report.redacted()
    assert (redacted.errors, redacted.warnings, redacted.omitted) == (errors, 0, errors - listed)
    assert (len(redacted.violations), redacted.valid) == (listed, errors == 0)
    assert (redacted.object, redacted.operation) == (TICKET, "update")


@pytest.mark.parametrize(("errors", "omitted"), [(999, 0), (1_000, 1), (1_200, 201)])
def test_what_is_wrong_with_the_text_is_one_of_the_thousand(errors: int, omitted: int) -> None:
    report = VALIDATOR.check_json("\ufeff" + body_of(errors, 0), object=TICKET)
    assert report.violations[0].rule == "encoding"
    assert (report.errors, report.omitted, len(report.violations)) == (errors + 1, omitted, errors + 1 - omitted)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("errors", "warnings"), [(0, 0), (0, 1), (1, 0), (2, 2), (1_000, 1)])
def test_errors_raise_and_warnings_do_not(way: str, errors: int, warnings: int) -> None:
    report = WAYS[way](body_of(errors, warnings))
    assert (report.errors, report.warnings, report.valid) == (errors, warnings, errors == 0)
    if errors:
        with pytest.raises(InvalidPayload) as raised:
            report.raise_for_errors()
        assert raised.value.report is report
        assert len(str(raised.value).splitlines()) == len(report.violations)
    else:
        report.raise_for_errors()


def test_an_error_that_is_not_listed_raises_too() -> None:
    report = Report(Claim(TICKET), errors=1)
    assert (report.omitted, report.valid) == (1, False)
    with pytest.raises(InvalidPayload):
        report.raise_for_errors()


PLACE = Place(1, 5, 2, 3, 4, 9)
VIOLATION = Violation(
    "option-label",
    "error",
    "/properties/a",
    "message",
    'write "secret"',
    PLACE,
    (Related("/properties/b", "the first is here", Place(1, 1, 1, 2, 0, 1)), Related("/c", "m", None)),
    Fix(True, "d", (Edit(4, 9, "secret"),)),
    "write the key",
)


def test_a_violation_of_a_later_line() -> None:
    assert VIOLATION.at_line(1) == VIOLATION
    moved = VIOLATION.at_line(7)
    assert moved.place == Place(7, 5, 8, 3, 4, 9)
    assert [each.place for each in moved.related] == [Place(7, 1, 7, 2, 0, 1), None]
    assert moved._replace(place=PLACE, related=VIOLATION.related) == VIOLATION
    assert VIOLATION._replace(place=None).at_line(7).place is None


def test_a_report_of_a_later_line() -> None:
    report = Report(Claim(TICKET), [VIOLATION], errors=3, warnings=2, text=b"x")
    moved = report.at_line(4)
    assert moved.violations == (VIOLATION.at_line(4),)
    assert (moved.errors, moved.warnings, moved.omitted, moved.text, moved.object) == (3, 2, 4, b"x", TICKET)
    assert report.at_line(1) is report


def test_rows_have_the_places_of_their_lines() -> None:
    rows = ['{"properties": {"priority": "LOW"}}', "", "{", '{"properties": {"priority": "high"}}', '{"owners": 1}']
    places = {
        line: [(each.rule, each.place and each.place[:5]) for each in report.violations]
        for line, report in VALIDATOR.check_rows(rows, object=TICKET)
    }
    assert places == {
        1: [("unknown-option", (1, 29, 1, 34, 28))],
        3: [("invalid-json", (3, 2, 3, 2, 1))],
        4: [],
        5: [("delta-expected", (5, 12, 5, 13, 11))],
    }


def test_redacted_reports_hold_no_value() -> None:
    redacted = Report(Claim(TICKET), [VIOLATION], errors=1, text=b"secret").redacted()
    (violation,) = redacted.violations
    assert (redacted.text, violation.fix, violation.hint) == (None, None, "write the key")
    assert violation._replace(hint=VIOLATION.hint, fix=VIOLATION.fix) == VIOLATION
    bare = VIOLATION._replace(redacted_hint=None, hint="write something")
    assert Report(Claim(TICKET), [bare], errors=1).redacted().violations[0].hint == "write something"
    empty = VIOLATION._replace(redacted_hint="")
    assert Report(Claim(TICKET), [empty], errors=1).redacted().violations[0].hint == ""


def test_what_can_be_fixed_is_counted() -> None:
    fixes = [Fix(True, "", ()), Fix(False, "", ()), None, Fix(True, "", ())]
    report = Report(Claim(TICKET), [VIOLATION._replace(fix=fix) for fix in fixes], errors=4)
    assert report.fixable == 2
