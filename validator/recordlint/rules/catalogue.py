"""The rules' pages: `rules/ID.md`, one per rule. The file's name is the id, and nothing else lists the rules."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from recordlint.errors import UsageError
from recordlint.rules.severities import REPLACED
from recordlint.wording.phrases import quoted

FOLDER: Final = os.path.dirname(__file__)
SEVERITIES: Final = ("error", "warning")
SOURCES: Final = ("documented", "published", "observed", "judged")
"""The tags of a rule's source: the vendor's page, the vendor's OpenAPI, the live service, our own decision."""

_HEAD: Final = (
    r"# (?P<id>[a-z-]+)\n\n(?P<summary>\S[^\n]*(?:\n\S[^\n]*)*)\n\n"
    r"- Severity: (?P<severity>[^\n]*(?:\n  [^\n]*)*)\n- Source: (?P<source>[^\n]*(?:\n  [^\n]*)*)\n"
)
_SECTION: Final = r"^## (?P<title>.*)\n(?P<text>(?:(?!## ).*\n)*)"
_EXAMPLE: Final = r"^```(?P<kind>json|csv) *(?P<words>.*)\n(?P<text>(?:(?!```).*\n)*)```$"


class Example(NamedTuple):
    """A body on a rule's page, or a table, for the objects of `fixtures/objects`."""

    text: str
    """As the page shows it."""
    words: tuple[str, ...]
    """The words after `json` on the example's first line: `create`, `asset`, `bytes`, or `wanted` for a record.

    After `csv`: what the table declares, such as `date-order=dmy`; `typed` where cells hold JSON values.
    """
    record: str = ""
    """The record that the body is for, where the rule is about that: the last example above marked `record`."""
    is_table: bool = False
    """Whether it is the text of a CSV file, each row of which is an example."""


class Rule(NamedTuple):
    """A rule, as its page describes it."""

    id: str
    summary: str
    """What is wrong, one sentence."""
    severity: tuple[str, ...]
    """`error`, `warning`, or both."""
    source: tuple[str, ...]
    """Tags: documented, published, observed, judged."""
    page: str
    """The whole page, in Markdown."""

    @property
    def wrong(self) -> tuple[Example, ...]:
        """Bodies that raise the rule."""
        return _examples(self.page, "Wrong")

    @property
    def right(self) -> tuple[Example, ...]:
        """Clean bodies."""
        return _examples(self.page, "Right")


@cache
def rule_ids() -> tuple[str, ...]:
    """The ids of all rules, sorted."""
    return tuple(sorted(name.removesuffix(".md") for name in os.listdir(FOLDER) if name.endswith(".md")))


def rules() -> Iterator[Rule]:
    """All rules, by id."""
    return map(rule, rule_ids())


def rule(id: str) -> Rule:
    """The rule with this id.

    Raises:
        UsageError: there is none; its text names the nearest rules.
    """
    if id not in rule_ids():
        raise UsageError(f"there is no rule {quoted(id)}; {_meant(id)}")
    with open(os.path.join(FOLDER, f"{id}.md"), encoding="utf-8") as file:
        page = file.read()
    head = re.match(_HEAD, page)
    if not head:
        raise ValueError(f"{id}.md does not begin like a rule page")
    return Rule(
        head["id"],
        " ".join(head["summary"].split()),
        tuple([word for word in SEVERITIES if re.search(rf"\b{word}\b", head["severity"])]),
        tuple([tag for tag in SOURCES if re.search(rf"\b{tag}\b", head["source"])]),
        page,
    )


def _examples(page: str, title: str) -> tuple[Example, ...]:
    sections = {match["title"]: match["text"] for match in re.finditer(_SECTION, page, re.MULTILINE)}
    examples = []
    record = ""
    for match in re.finditer(_EXAMPLE, sections.get(title, ""), re.MULTILINE):
        text, words = match["text"].removesuffix("\n"), tuple(match["words"].split())
        if "record" in words:
            record = text
        else:
            examples.append(Example(text, words, record, match["kind"] == "csv"))
    return tuple(examples)


def _meant(id: str) -> str:
    from recordlint.wording.suggestions import nearest

    if id in REPLACED:
        return f"{REPLACED[id]} takes it in"
    near = nearest(id, rule_ids())
    return f"did you mean {' or '.join(near)}?" if near else "run recordlint rules to list them"
