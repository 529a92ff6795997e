"""Text in Markdown reads as it is, by a parser of CommonMark and by one of GitHub's Markdown."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from recordlint.wording.markdown import as_markdown, code_span

TEXTS = st.text(st.sampled_from(list("ab1 \n\t\\`*_{}[]()<>#+-.!|~&=:/;'\"é")), max_size=20)
READERS = [MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})]


def lines_of(rendered: str) -> list[str]:
    """The lines that a page shows, if it has nothing but text in paragraphs."""
    assert not re.search(r"<(?!/?p>|br />)", rendered), rendered
    text = re.sub(r"<br />\n?|</p>\n?<p>", "\n", rendered).replace("<p>", "").replace("</p>", "")
    return [line for each in html.unescape(text).split("\n") if (line := " ".join(each.split()))]


@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "gfm"])
@given(TEXTS)
@example("1. First\n2) Second\n- item\n# Heading\n===\n    code")
@example("<unknown> *VIP* `a` [x](y) &lt; a_b_c ~~d~~ ![i](u) <!-- x -->")
@example("a\n---\n| b | c |\n| - | - |\n")
def test_it_reads_as_it_is(reader: MarkdownIt, text: str) -> None:
    expected = [line for each in text.splitlines() if (line := " ".join(each.split()))]
    assert lines_of(reader.render(as_markdown(text))) == expected
    assert lines_of(
        reader.render(f"Before it.\n\n- `key`: {' '.join(as_markdown(text).split())}")
        .replace("<ul>", "")
        .replace("</ul>", "")
        .replace("<li>", "")
        .replace("</li>", "")
        .replace("<code>", "")
        .replace("</code>", "")
    )[1:] == [" ".join(["key:", *text.split()])]


@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "gfm"])
@given(st.text(st.sampled_from(list("ab`*_ <")), min_size=1, max_size=8).filter(lambda text: text.strip()))
def test_a_code_span_shows_what_is_in_it(reader: MarkdownIt, text: str) -> None:
    rendered = reader.renderInline(f"a {code_span(text)} b")
    match = re.fullmatch("a <code>(.*)</code> b", rendered)
    assert match, rendered
    assert html.unescape(match[1]) == text
