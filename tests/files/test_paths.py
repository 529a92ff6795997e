"""What the names of files say about their content."""

from __future__ import annotations

import pytest

from recordlint.files.paths import holds_table


@pytest.mark.parametrize("name", ["a.csv", "A.TSV", "a.csv.gz", "folder/a.tsv.GZ", "a.xlsx", "a.xlsm", "a.parquet"])
def test_tables(name: str) -> None:
    assert holds_table(name)


@pytest.mark.parametrize("name", ["a.json", "a.ndjson.gz", "a.gz", "a.csv.json", "csv", "a.xls", "a.xlsx.gz", "-"])
def test_other_files(name: str) -> None:
    assert not holds_table(name)
