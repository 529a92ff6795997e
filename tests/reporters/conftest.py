"""Chromium, for the tests of the HTML report. It is imported where it is used: most tests here need none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from report_pages import CHROMIUM, Open, Opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    # Not for the whole session: its event loop runs until it is stopped, and other tests have their own.
    with sync_playwright() as playwright:
        # Tests run as root in containers, where Chromium has no sandbox of its own.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a page, and sees at the end that it asked for nothing and that nothing went wrong."""
    pages: list[Opened] = []

    def open_page(path: Path, **options: Any) -> Opened:
        pages.append(Opened(browser.new_context(**options).new_page(), path))
        return pages[-1]

    yield open_page
    for each in pages:
        assert each.faults == []
        assert [url for url in each.requests if url != "data:,"] == [each.page.url.partition("#")[0]]
        each.page.context.close()
