"""The pages about changes of definitions: `rules/changes/ID.md`, one per kind that `drift` tells apart."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from recordlint.errors import UsageError
from recordlint.rules.catalogue import rule, rule_ids
from recordlint.wording.phrases import either, quoted
from recordlint.wording.suggestions import nearest

FOLDER: Final = os.path.join(os.path.dirname(__file__), "changes")
_HEAD: Final = r"# (?P<id>[a-z-]+)\n\n(?P<summary>\S[^\n]*(?:\n\S[^\n]*)*)\n\n- Level: (?P<level>[a-z]+)\n"
_EXAMPLE: Final = r"^## {title}\n\n```json\n(?P<text>(?:(?!```).*\n)*)```$"


class ChangePage(NamedTuple):
    """A kind of change, as its page describes it."""

    id: str
    summary: str
    """What changed, one sentence."""
    level: str
    """`breaking`, `dangerous` or `safe`."""
    page: str
    """The whole page, in Markdown."""

    @property
    def before(self) -> str:
        """The example's field, or its whole definition, as JSON text; empty if the object has no definition."""
        return self._example("Before")

    @property
    def after(self) -> str:
        """The same after the change."""
        return self._example("After")

    def _example(self, title: str) -> str:
        match = re.search(_EXAMPLE.format(title=title), self.page, re.MULTILINE)
        return match["text"] if match else ""


@cache
def change_ids() -> tuple[str, ...]:
    """The ids of all kinds of changes, sorted."""
    return tuple(sorted([name.removesuffix(".md") for name in os.listdir(FOLDER) if name.endswith(".md")]))


def change_pages() -> Iterator[ChangePage]:
    """All pages, by id."""
    return map(change_page, change_ids())


def page(id: str) -> str:
    """The page of a rule, or of a kind of change.

    Raises:
        UsageError: there is none; its text names the nearest.
    """
    if id in change_ids():
        return change_page(id).page
    near = nearest(id, (*rule_ids(), *change_ids()))
    if any(each in change_ids() for each in near):
        raise UsageError(f"there is no page {quoted(id)}; did you mean {either(near)}?")
    return rule(id).page


def change_page(id: str) -> ChangePage:
    """The page of a kind of change, one of `change_ids()`."""
    with open(os.path.join(FOLDER, f"{id}.md"), encoding="utf-8") as file:
        page = file.read()
    head = re.match(_HEAD, page)
    if not head:
        raise ValueError(f"{id}.md does not begin like a page about a change")
    return ChangePage(head["id"], " ".join(head["summary"].split()), head["level"], page)
