"""The HTML report in Chromium: what it shows, filters, counts and copies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_folder import Folder
from report_pages import FILES, IN_A_BROWSER, Open, data, report

pytestmark = IN_A_BROWSER

ROWS = 50_000


@pytest.fixture(scope="module")
def very_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with 100,000 violations."""
    folder = Folder(tmp_path_factory.mktemp("rows"))
    row = '{"properties": {"ticket_name": "%d", "type_of_ticket": "Bug report", "phone_number": "+44 20 7946 0958"}}\n'
    folder.write("rows.ndjson", "".join([row % number for number in range(ROWS)]))
    folder.check("--output", "html=report.html", "rows.ndjson")
    return folder.path / "report.html"


# What is shown.


def test_all_that_the_json_report_says(folder: Folder, opened: Open) -> None:
    shown, said = opened(report(folder)), data(folder)
    violations = [(result["path"], each) for result in said["results"] for each in result["violations"]]
    assert len(violations) == 11
    assert shown.messages == [each["message"] for _, each in violations]
    assert shown.rules == [each["rule"] for _, each in violations]
    places = [f"{path}:{each['line']}:{each['column']}" for path, each in violations]
    assert shown.page.locator("article .place").all_inner_texts() == places
    assert shown.status == "11 of 11 shown."
    closing = folder.check(*FILES).out.splitlines()[-1]
    assert shown.page.inner_text("#closing") == f"{closing}."
    assert shown.page.title() == "recordlint report"
    first = shown.page.locator("article").first
    assert first.locator(".source").inner_text().split() == ["3", '"type_of_ticket":', '"Bug', 'report",']
    assert first.locator("mark").inner_text() == '"Bug report"'
    assert first.locator(".write code").inner_text() == '"option_1_internal_key"'
    assert first.locator(".write").inner_text() == 'What to do: write "option_1_internal_key" Copy'
    articles = [article.inner_text() for article in shown.page.locator("article").all()]
    assert [
        each["hint"] for (_, each), text in zip(violations, articles, strict=True) if each["hint"] not in text
    ] == []
    notes = [each["note"] for _, each in violations if each["note"]]
    assert shown.page.locator("article .note span").all_inner_texts() == notes
    related = [
        f"{each['message']}, at line {each['line']} column {each['column']}"
        for _, v in violations
        for each in v["related"]
    ]
    assert shown.page.locator("article .related li").all_inner_texts() == related


def test_a_clean_run(folder: Folder, opened: Open) -> None:
    shown = opened(report(folder, {"valid.json": '{"properties": {"priority": "high"}}'}))
    assert shown.page.inner_text("#closing") == "1 file checked, no problems."
    assert shown.page.is_visible("#clean")
    assert not shown.page.is_visible("#filter")
    assert not shown.page.is_visible("#violations")


def test_the_page_of_a_rule(folder: Folder, opened: Open) -> None:
    page = opened(report(folder)).page
    first = page.locator("article").first
    assert page.locator(".page").count() == 0
    for _ in range(3):
        first.locator("summary").click()
    page.wait_for_selector(".page")
    assert first.locator(".page").count() == 1
    assert first.locator(".page h4").all_inner_texts() == ["Why", "Wrong", "Right", "How to fix it"]


def test_what_is_not_listed_is_counted(folder: Folder, opened: Open) -> None:
    shown = opened(report(folder, FILES, "--max-violations", "2"))
    assert shown.status == "2 of 2 shown."
    assert shown.page.inner_text("#unlisted") == "9 of them are counted, but not listed."
    bars = shown.page.locator("#bars li")
    assert bars.locator("visible=true").count() == 8
    assert shown.page.inner_text("#more-bars") == "Show all 10"
    shown.page.click("#more-bars")
    assert sum(map(int, bars.locator(".number").all_inner_texts())) == 11
    assert bars.locator("visible=true").count() == bars.count() == 10
    shown.page.click("#more-bars")
    assert bars.locator("visible=true").count() == 8


def test_what_is_not_listed_of_one_body(folder: Folder, opened: Open) -> None:
    body = json.dumps({"properties": {f"key_{number}": 1 for number in range(1_200)}})
    shown = opened(report(folder, {"a.json": body}))
    assert shown.status == "1,000 of 1,000 shown."
    assert shown.page.inner_text("#unlisted") == "200 of them are counted, but not listed."
    assert sum(int(each) for each in shown.page.locator("#bars .number").all_inner_texts()) == 200  # at most, of kinds
    shown.page.select_option("#severity", index=1)
    assert shown.status == "1,000 of 1,000 shown. Filter: severity error."
    fields = shown.page.locator("#field option")
    assert (fields.count(), fields.last.inner_text()) == (1_002, "200 more: type their names in the text filter")
    assert fields.last.is_disabled()


# The filter.


@pytest.mark.parametrize("name", ["severity", "rule", "field", "file"])
def test_a_filter(folder: Folder, opened: Open, name: str) -> None:
    shown, said = opened(report(folder)), data(folder)
    violations = [{**each, "file": result["path"]} for result in said["results"] for each in result["violations"]]
    options = shown.page.locator(f"#{name} option")
    for index in range(1, options.count()):
        label = options.nth(index).inner_text()
        shown.page.select_option(f"#{name}", index=index)
        value, _, count = label.rpartition(" ")
        if name != "field":
            assert shown.messages == [each["message"] for each in violations if each[name] == value]
        assert f"({len(shown.messages)})" == count
        assert shown.status == f"{len(shown.messages)} of {len(shown.messages)} shown. Filter: {name} {value}."
    shown.page.click("button[type=reset]")
    shown.page.wait_for_function("() => document.querySelectorAll('article').length === 11")


def test_the_text_filter(folder: Folder, opened: Open) -> None:
    shown = opened(report(folder))
    assert shown.filtered("BUG report").startswith("3 of 3 shown.")
    assert shown.filtered("d.json").startswith("4 of 4 shown.")
    assert shown.filtered("+442079460958").startswith("1 of 1 shown.")
    assert shown.filtered("<b>").startswith("No violation matches. Filter: text “<b>”.")
    shown.page.press("#text", "Enter")
    assert shown.filtered("").startswith("11 of 11 shown.")


def test_the_bars(folder: Folder, opened: Open) -> None:
    shown, said = opened(report(folder)), data(folder)
    page = shown.page
    page.click("#more-bars")
    bars = page.locator("#bars button")
    groups = said["summary"]["rules"]
    assert [int(each) for each in bars.locator(".number").all_inner_texts()] == [each["count"] for each in groups]
    assert bars.locator(".field").all_inner_texts() == [each["field"] or "whole body" for each in groups]
    widths = [bar.bounding_box()["width"] for bar in bars.locator(".bar").all()]  # type: ignore[index] - they are shown
    assert [round(width / widths[0], 1) for width in widths] == [each["count"] / groups[0]["count"] for each in groups]
    bars.first.click()
    assert shown.rules == ["option-label"] * 2
    assert page.locator("#bars [aria-pressed=true]").count() == 1
    assert bars.count() == len(groups), "the others are still there to choose"
    assert page.evaluate("document.activeElement.matches('#bars button')")
    page.keyboard.press("Enter")
    assert shown.status == "11 of 11 shown."
    page.mouse.wheel(0, 900)
    page.wait_for_function("() => scrollY > 100")
    page.select_option("#file", label="d.json (4)")
    assert page.evaluate("document.getElementById('status').getBoundingClientRect().top >= 0"), "the list begins anew"
    assert sum(map(int, bars.locator(".number").all_inner_texts())) == 4


def test_very_many(very_many: Path, opened: Open) -> None:
    shown = opened(very_many)
    page = shown.page
    assert shown.status == "1,000 of 100,000 shown."
    assert page.locator("article").count() == 1_000
    assert page.inner_text("#more") == "Show 1,000 more"
    page.click("#more")
    assert shown.status == "2,000 of 100,000 shown."
    assert page.evaluate("[...document.querySelectorAll('article')].indexOf(document.activeElement)") == 1_000
    assert shown.filtered("rows.ndjson:4999").startswith("22 of 22 shown.")
    assert not page.is_visible("#more")
    page.fill("#text", "")
    page.locator("#bars button").nth(1).click()
    page.wait_for_function("() => document.getElementById('status').textContent.includes('50,000')")
    assert page.locator("article").count() == 1_000
    assert page.locator("#bars .number").all_inner_texts() == ["50,000", "50,000"]


# Copying.


@pytest.mark.parametrize("is_old", [False, True])
def test_copying(folder: Folder, opened: Open, is_old: bool) -> None:
    array = '["option_3_internal_key",\n    "option_1_internal_key"]'
    files = {"a.json": f'{{"properties": {{"type_of_ticket": "Bug report", "section_of_app": {array}}}}}'}
    page = opened(report(folder, files), permissions=["clipboard-read", "clipboard-write"]).page
    page.evaluate("window.clipboard = navigator.clipboard")
    if is_old:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    buttons = page.locator(".write button")
    assert buttons.first.get_attribute("aria-label") == 'Copy "option_1_internal_key"'
    for index, text in enumerate(['"option_1_internal_key"', f'{{"add": {array}}}']):
        buttons.nth(index).click()
        page.wait_for_function("() => document.getElementById('copied').textContent === 'Copied.'")
        assert page.evaluate("clipboard.readText()") == text
        assert page.evaluate("document.activeElement.matches('.write button')")
        page.wait_for_function("() => document.getElementById('copied').textContent === ''")
    assert page.locator(".write em").nth(0).is_hidden()
    assert page.locator(".write em").nth(1).is_visible()
    assert page.locator("textarea").count() == 0
