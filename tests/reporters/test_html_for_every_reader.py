"""The HTML report in Chromium: dark and light, on a telephone, on paper, by keyboard, and read aloud."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command_folder import Folder
from fixture_files import ROOT
from report_pages import IN_A_BROWSER, Open, hostile_page, report

pytestmark = IN_A_BROWSER

AXE = ROOT / "tests/peers/node_modules/axe-core/axe.min.js"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing(folder: Folder, opened: Open, scheme: str, width: int) -> None:
    page = opened(report(folder), color_scheme=scheme, viewport={"width": width, "height": 900}).page
    page.locator("summary").first.click()
    page.wait_for_selector(".page")
    page.evaluate(AXE.read_text("utf-8"))
    answer = page.evaluate("axe.run()")
    listed = [(each["id"], each["nodes"]) for kind in ("violations", "incomplete") for each in answer[kind]]
    assert listed == []
    assert len(answer["passes"]) > 20


def test_dark_and_light(folder: Folder, opened: Open) -> None:
    page = opened(report(folder)).page
    seen = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] - one of the two
        seen.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert seen == ["rgb(246, 247, 249)", "rgb(15, 19, 24)"]


@pytest.mark.parametrize("make", [report, hostile_page])
def test_nothing_is_wider_than_a_telephone(folder: Folder, opened: Open, make: Callable[[Folder], Path]) -> None:
    page = opened(make(folder), viewport={"width": 400, "height": 800}).page
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.wait_for_selector(".page")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_bar_leads_to_what_it_counts(folder: Folder, opened: Open) -> None:
    """On a telephone, the list is far below."""
    page = opened(report(folder), viewport={"width": 400, "height": 800}).page
    page.locator("#bars button").nth(1).click()
    page.wait_for_function("() => document.getElementById('status').getBoundingClientRect().bottom < innerHeight")
    assert page.locator("article").count() == 1
    page.locator("#bars button").nth(1).click()
    assert page.locator("article").count() == 11
    assert page.evaluate("document.getElementById('bars').getBoundingClientRect().bottom > 0"), (
        "the bars are still there"
    )


def test_print(folder: Folder, opened: Open) -> None:
    page = opened(report(folder)).page
    page.locator("summary").first.click()
    page.wait_for_selector(".page")
    page.emulate_media(media="print")
    assert page.locator("#bars li").locator("visible=true").count() == 10
    for selector in ("form", "#more", "#more-bars", ".write button", "details:not([open])"):
        assert not page.locator(selector).first.is_visible(), selector
    for selector in ("#closing", "#counts", "#bars .number", "#bars .bar", "#status", ".source", ".page"):
        assert page.locator(selector).first.is_visible(), selector
    breaks = page.evaluate(
        "[...document.querySelectorAll('article')].map((each) => getComputedStyle(each).breakInside)"
    )
    assert breaks == ["auto", *["avoid"] * 10], "only one with an open page may be on two sheets"
    assert page.pdf(width="210mm", height="297mm").startswith(b"%PDF")


def test_the_keyboard_reaches_everything(folder: Folder, opened: Open) -> None:
    page = opened(report(folder)).page
    names = []
    for _ in range(18):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert names[0] == "Skip to the violations"
    assert names[1:7] == ["text", "severity", "rule", "field", "file", "Show everything"]
    assert names[7].startswith("An option's label is used instead of its key.")
    assert names[15:] == ["more-bars", "Copy", "About the rule option-label"]
    page.keyboard.press("Space")
    page.wait_for_selector(".page")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "violations"


def test_headings_and_landmarks(folder: Folder, opened: Open) -> None:
    page = opened(report(folder)).page
    headings = page.locator("h1, h2, h3, h4").locator("visible=true").all()
    levels = [int(each.evaluate("(heading) => heading.tagName[1]")) for each in headings]
    assert levels == [1, 2, 2, 2, *[3] * 11]
    for name in ("Text", "Severity", "Rule", "Field", "File"):
        assert page.locator("label", has_text=name).evaluate("(label) => label.control.id") == name.lower()
    for role in ("main", "banner", "contentinfo", "search"):
        assert page.get_by_role(role).count() == 1  # type: ignore[arg-type] - a name of a role
    assert page.get_by_role("region").count() == 2
    assert [each.get_attribute("id") for each in page.get_by_role("status").all()] == ["status", "copied"]
    assert page.evaluate("document.documentElement.lang") == "en"
