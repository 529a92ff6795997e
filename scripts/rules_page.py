"""Writes docs/rules.md from the rules' pages. With --check it writes nothing, and exits 1 where the file is stale."""

from __future__ import annotations

import sys
from pathlib import Path

from recordlint.rules.catalogue import Rule, rules

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
HEAD = """\
# The rules

`recordlint explain RULE` prints a rule's page, `recordlint rules` lists them. An *error* breaks what the vendor
documents or publishes; a *warning* is for what was only observed, for what changes nothing, and for suspicions. The
source says how we know:

- documented: the vendor's pages on *Update record* and *Create record*
- published: the vendor's OpenAPI documents
- observed: what integrators have seen the service do; it may change
- judged: our own decision, where the sources leave a gap

This page is generated: edit `validator/recordlint/rules/RULE.md`, and run `python scripts/rules_page.py`.

| rule | severity | source | what is wrong |
| --- | --- | --- | --- |
"""


def main(arguments: list[str]) -> int:
    """Write the page, or compare it."""
    text = rules_page()
    if arguments != ["--check"]:
        PAGE.write_text(text, "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == text:
        return 0
    print("docs/rules.md is stale; run python scripts/rules_page.py", file=sys.stderr)
    return 1


def rules_page() -> str:
    """All pages in one, behind a table of them."""
    found = list(rules())
    return HEAD + "".join(map(_row, found)) + "\n" + "\n".join(map(_section, found))


def _row(rule: Rule) -> str:
    return f"| [{rule.id}](#{rule.id}) | {', '.join(rule.severity)} | {', '.join(rule.source)} | {rule.summary} |\n"


def _section(rule: Rule) -> str:
    return "".join([f"#{line}" if line.startswith("#") else line for line in rule.page.splitlines(keepends=True)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
