"""Writes docs/rules.md from the rule pages. With --check it writes nothing, and exits 1 if the file is out of date."""

from __future__ import annotations

import sys
from pathlib import Path

from recordlint.rules.catalogue import Rule, rules

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
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


def main(arguments: list[str]) -> int:
    """Write the page, or compare it."""
    text = rules_page()
    if arguments != ["--check"]:
        PAGE.write_text(text, "utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == text:
        return 0
    print("docs/rules.md is out of date; run python scripts/rules_page.py", file=sys.stderr)
    return 1


def rules_page() -> str:
    """A table of the rules, then all their pages."""
    listed = list(rules())
    return HEAD + "".join(map(_row, listed)) + "\n" + "\n".join(map(_section, listed))


def _row(rule: Rule) -> str:
    return f"| [{rule.id}](#{rule.id}) | {', '.join(rule.severity)} | {', '.join(rule.source)} | {rule.summary} |\n"


def _section(rule: Rule) -> str:
    return "".join([f"#{line}" if line.startswith("#") else line for line in rule.page.splitlines(keepends=True)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
