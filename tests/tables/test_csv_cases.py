"""CSV files as programs write them, and what can be wrong with one: rows, faults with their places, notes, errors.

`tests/data/tables/csv.json` has the cases. `text` is written in `encoding` (UTF-8 without it), or `hex` as it is.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from fixture_files import ROOT
from recordlint.errors import RecordlintError
from recordlint.tables.cell_places import cell_place, cell_places
from recordlint.tables.sources import open_table
from recordlint.tables.table_files import TableFile, TableRow

CASES = json.loads((ROOT / "tests/data/tables/csv.json").read_text("utf-8"))


def write(path: Path, case: dict[str, Any]) -> str:
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode(case.get("encoding", "utf-8"))
    file = path / case.get("name", "a.csv")
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
    return str(file)


def shown(table: TableFile, row: TableRow) -> list[Any]:
    """The number and the cells of a row, and each fault: where it is in the file, and all it says."""
    faults = []
    for fault in row.faults:
        at = cell_place(cell_places(row, table.layout.delimiter), fault.column_index)
        rule = f"{fault.severity}[{fault.rule}]"
        faults.append([f"{at.line}:{at.column}", fault.cell, fault.column, rule, fault.message, fault.hint])
    return [row.number, list(row.cells), *faults]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_file(case: dict[str, Any], tmp_path: Path) -> None:
    path = write(tmp_path, case)
    options = case.get("options", {})
    if "error" in case:
        with pytest.raises(RecordlintError) as raised, open_table(path, **options) as table:
            list(table.rows())
        assert str(raised.value).replace(f"{tmp_path}/", "") == case["error"]
        return
    with open_table(path, **options) as table:
        rows = [shown(table, row) for row in table.rows()]
        assert list(table.header) == case["header"]
        assert rows == case["rows"]
        assert list(table.notes()) == case.get("notes", [])
        table.verify()
