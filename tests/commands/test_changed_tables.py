"""Tables that change between the look at their columns and the reading of their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_folder import OBJECTS
from recordlint import InputError, Validator
from recordlint.commands.check.tables import pages
from recordlint.contract.operations import UPDATE
from recordlint.definitions.target import Target
from recordlint.tables.mapping import TableMapping
from recordlint.tables.pages import TableJob
from recordlint.tables.preparing import Prepared, Source, prepare


def test_columns_that_have_changed_places(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Ticket name,Phone number\na,+442079460958\n", "utf-8")
    checkers = Validator.from_path(OBJECTS[1]).checkers
    source = Source(str(path), "t.csv")
    target = Target(checkers.require("custom_objects.ticket"), UPDATE)
    ready = prepare(source, target, TableMapping(), checkers, location=None)
    assert isinstance(ready, Prepared)
    job = TableJob("t.csv", ready.layout, ready.table, checkers, ready.asked, ready.repeats, (), writes=True)
    (page,) = pages(source, job, 1, lambda: None, lambda notes: None)
    assert page.bodies == b'{"properties":{"ticket_name":"a","phone_number":"+442079460958"}}\n'
    path.write_text("Phone number,Ticket name\n+442079460958,a\n", "utf-8")
    with pytest.raises(InputError, match=r"^t\.csv: was changed while it was read; check it again$"):
        [*pages(source, job, 1, lambda: None, lambda notes: None)]
