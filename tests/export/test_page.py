"""A page of documentation that a browser makes of the OpenAPI document shows every key and every label."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fixture_files import ROOT
from recordlint import Field, ObjectDefinition, Option
from recordlint.definitions.reading import load_objects
from recordlint.export.generated_files import as_document
from recordlint.export.openapi import openapi_document

BROWSER = shutil.which("chromium")
SWAGGER_UI = ROOT / "tests" / "peers" / "node_modules" / "swagger-ui-dist"
FIXTURES = load_objects([str(ROOT / "fixtures" / "objects")])
LABELS = ["<18 years", "*VIP*", "_internal_ only", "<unknown>", "5 * 3 * 2", "[x] done, see (list)", "A, B & C", "`a`"]
LAB = ObjectDefinition(
    "custom_objects.lab",
    "Lab",
    (
        Field("name", "Name", "TEXT", description="The <full> name, *as on* the passport", placeholder="Ada & Ada"),
        Field("age", "Age", "SINGLE_OPTIONS", options=tuple([Option(f"k{n}", each) for n, each in enumerate(LABELS)])),
        *[Field(each, each, "NUMERICAL") for each in ("examples", "enum", "const", "default", "properties")],
    ),
)
DEFINITIONS = (*FIXTURES, LAB)
PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><div id="page"></div>
<script src="swagger-ui-bundle.js"></script><script>
SwaggerUIBundle({url: "openapi.json", dom_id: "#page", docExpansion: "full", defaultModelRendering: "model",
  defaultModelExpandDepth: 9, defaultModelsExpandDepth: -1})
</script>"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="there is no chromium")]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    shutil.copy(SWAGGER_UI / "swagger-ui-bundle.js", tmp_path)
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "openapi.json").write_text(as_document(openapi_document(DEFINITIONS)), "utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


def page_of(url: str, profile: Path) -> str:
    """The HTML that Chromium has made of a page."""
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
    command += ["--allow-file-access-from-files", "--virtual-time-budget=30000", "--dump-dom", url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def missing_in(page: str) -> list[str]:
    """The keys, labels and descriptions that are not in a page's text."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", page)))
    text = " ".join(text.split())
    expected = [key for each in DEFINITIONS for key in each.by_property]
    expected += [
        " ".join(option.label.split()) for each in DEFINITIONS for field in each.fields for option in field.options
    ]
    expected += ["The <full> name, *as on* the passport", "Ada & Ada"]
    return [each for each in expected if each not in text]


def test_every_key_and_label_is_there(site: str, tmp_path: Path) -> None:
    page = page_of(site, tmp_path / "profile")
    assert "errors-wrapper" not in page, "there is a box of errors"
    assert missing_in(page) == []
