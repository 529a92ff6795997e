"""The HTML report in Chromium: it asks for nothing, and values that nobody should trust are text."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from command_folder import Folder
from report_pages import FILES, IN_A_BROWSER, MARKUP, Open, hostile_page, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = IN_A_BROWSER


def test_hostile_values_are_text(folder: Folder, opened: Open) -> None:
    shown = opened(hostile_page(folder))
    page = shown.page
    assert page.locator("article").count() >= 8
    assert page.evaluate("document.querySelectorAll('img, svg, iframe, object, embed, a:not(.skip)').length") == 0
    assert page.evaluate("document.scripts.length") == 3
    assert page.title() == "recordlint report"
    assert json.dumps(MARKUP) in page.locator("article mark").all_inner_texts()
    assert (
        MARKUP in page.locator("#field option").nth(1).inner_text() + page.locator("#field option").nth(2).inner_text()
    )
    text = page.inner_text("body")
    assert "\\u202egnp" in text
    assert not [each for each in text if not each.isprintable() and each not in "\n\t"]
    for name in ("rule", "field", "file"):
        for index in range(page.locator(f"#{name} option").count()):
            page.select_option(f"#{name}", index=index)
            assert page.locator("article").count() > 0
        page.select_option(f"#{name}", index=0)
    shown.filtered(MARKUP)
    for bar in range(page.locator("#bars button").count()):
        page.locator("#bars button").nth(bar).click()
    assert page.evaluate("document.querySelectorAll('img').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_script_from_elsewhere_does_not_run(folder: Folder, browser: Browser) -> None:
    """The policy holds even where a value came to be markup."""
    path = report(folder)
    text = path.read_text("utf-8").replace(
        "</main>", "</main><script>document.title = 'x'</script><img src='https://a.example/'>"
    )
    path.write_text(text, "utf-8")
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    assert page.title() == "recordlint report"
    assert len([each for each in refused if "Content Security Policy" in each]) == 2
    page.close()


def test_redacted(folder: Folder, opened: Open) -> None:
    shown = opened(report(folder, FILES, "--redact"))
    assert shown.status == "11 of 11 shown."
    assert shown.page.is_visible("#redacted")
    assert shown.page.locator(".source, .write").count() == 0
    shown.page.evaluate("document.querySelectorAll('template').forEach((each) => each.remove())")
    assert not [each for each in ("Bug report", "urgentt", "7946", "option_1") if each in shown.page.content()]


def test_nothing_is_asked_of_a_server(folder: Folder, browser: Browser) -> None:
    report(folder)
    asked: list[str] = []

    class Noting(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Noting, directory=str(folder.path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/report.html")
        page.wait_for_load_state("networkidle")
        assert page.inner_text("#status") == "11 of 11 shown."
        page.close()
        server.shutdown()
    assert asked == ["/report.html"]
