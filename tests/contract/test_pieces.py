"""Long arrays are asked about piece by piece, with the refusals of the whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint.contract import pieces
from recordlint.contract.engines import compiled
from recordlint.contract.pieces import refusals_in_pieces
from recordlint.problems.pointers import Path

ITEM = {"type": "object", "properties": {"url": {"type": "string"}}, "additionalProperties": False}
ARRAY = {"type": "array", "items": ITEM, "maxItems": 12}
DELTA = {"type": "object", "properties": {"add": ARRAY, "remove": ARRAY}, "minProperties": 1}
SCHEMA = {"properties": {"files": DELTA, "more": ARRAY, "text": {"type": "string"}}}

ITEMS = st.lists(st.sampled_from([{}, {"url": "x"}, {"url": 1}, {"size": 1}, 5, []]), max_size=20)
DELTAS = st.dictionaries(st.sampled_from(["add", "remove", "x"]), ITEMS)
BODIES = st.dictionaries(st.sampled_from(["files", "more", "text"]), DELTAS | ITEMS | st.just("a")) | ITEMS


@given(BODIES, st.integers(1, 6))
def test_what_is_refused_of_the_whole(body: Any, length: int) -> None:
    whole = {*compiled(SCHEMA).iter_errors(body)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", length)
        in_pieces = {*compiled(SCHEMA).iter_errors(body)}
    assert in_pieces <= whole
    # An array counts as a whole only where none of its items is refused.
    for path, _ in whole - in_pieces:
        assert any(len(each) > len(path) and each[: len(path)] == path for each, _ in in_pieces)


def test_no_call_is_about_more_than_a_piece() -> None:
    asked: list[int] = []

    def ask(value: Any) -> list[tuple[Path, str]]:
        asked.append(len(value["a"]))
        return [(("a", at), "type") for at in range(len(value["a"]))]

    refusals = refusals_in_pieces(ask, {"a": [1] * (3 * pieces.PIECE + 1)})
    assert [path[1] for path, _ in refusals] == [*range(3 * pieces.PIECE + 1)]
    assert max(asked) == pieces.PIECE
    assert len(asked) == 5
