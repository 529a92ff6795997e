"""Writes docs/rules.md and docs/changes.md, and the pages in HTML for the HTML report, from the rule pages.

With --check it writes nothing, and exits 1 if a file is out of date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from markdown_it import MarkdownIt

from recordlint.rules.catalogue import Rule, rules
from recordlint.rules.change_pages import ChangePage, change_pages

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "rules.md"
CHANGES = ROOT / "docs" / "changes.md"
HTML = ROOT / "validator" / "recordlint" / "reporters" / "rule_pages.html"
HEAD = """\
# The rules

`recordlint rules` lists the rules, and `recordlint explain RULE` prints a rule's page. An *error* breaks what the
vendor documents or publishes. A *warning* is for behaviour that was only observed, for what changes nothing, and for
suspicions. The source says how the rule is known:

- documented: the vendor's pages on *Update record* and *Create record*
- published: the vendor's OpenAPI documents
- observed: what integrators have seen the service do, which may change
- judged: recordlint's own decision, because the sources leave a gap

This page is generated: edit `validator/recordlint/rules/RULE.md` and run `python scripts/rules_page.py`.

| rule | severity | source | what is wrong |
| --- | --- | --- | --- |
"""
HEAD_OF_CHANGES = """\
# The kinds of changes

`recordlint drift` and `recordlint pull` say what changed in definitions, and `recordlint explain KIND` prints a kind's
page. The level says what a change does to bodies that were right:

- breaking: some of them are wrong now
- dangerous: they are right, but some of them get a warning, or a label means something else
- safe: nothing

This page is generated: edit `validator/recordlint/rules/changes/KIND.md` and run `python scripts/rules_page.py`.

| kind | level | what changed |
| --- | --- | --- |
"""


def main(arguments: list[str]) -> int:
    """Write the files, or compare them."""
    status = 0
    for path, text in ((PAGE, rules_page()), (CHANGES, changes_page()), (HTML, rules_html())):
        if arguments != ["--check"]:
            path.write_text(text, "utf-8")
        elif not path.is_file() or path.read_text("utf-8") != text:
            print(f"{path.relative_to(ROOT)} is out of date; run python scripts/rules_page.py", file=sys.stderr)
            status = 1
    return status


def rules_page() -> str:
    """A table of the rules, then all their pages."""
    listed = list(rules())
    return "\n".join([HEAD + "".join(map(_row, listed)), *[_lower(each.page) for each in listed]])


def changes_page() -> str:
    """A table of the kinds of changes, then all their pages."""
    listed = list(change_pages())
    return "\n".join([HEAD_OF_CHANGES + "".join(map(_row_of_change, listed)), *[_lower(each.page) for each in listed]])


def _row(rule: Rule) -> str:
    return f"| [{rule.id}](#{rule.id}) | {', '.join(rule.severity)} | {', '.join(rule.source)} | {rule.summary} |\n"


def _row_of_change(page: ChangePage) -> str:
    return f"| [{page.id}](#{page.id}) | {page.level} | {page.summary} |\n"


def _lower(page: str) -> str:
    """A page with its headings one level further down."""
    return "".join([f"#{line}" if line.startswith("#") else line for line in page.splitlines(keepends=True)])


def rules_html() -> str:
    """A template element for each rule, whose page is without its title: the report shows that above it."""
    return "".join([f'<template id="rule-{each.id}">\n{_html(each)}</template>\n' for each in rules()])


def _html(rule: Rule) -> str:
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(rule.page.partition("\n")[2])
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4"  # Below a violation, whose heading is an h3.
        if token.type == "fence":
            token.info = ""  # What an example is for matters to the tests alone.
    return str(markdown.renderer.render(tokens, markdown.options, {}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
