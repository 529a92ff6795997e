"""A fault of recordlint in one row of a table: it is said with its row, and is not the row's verdict."""

from __future__ import annotations

import os
from typing import Any

import pytest

from command_folder import OBJECTS, Folder
from recordlint.cli import run
from recordlint.tables.row_checker import TableRowChecker

TABLE = "Ticket name,Priority\nPrinter,low\nfatal,low\nScreen,high\n"


@pytest.fixture
def arguments(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    folder.write("t.csv", TABLE)
    real = TableRowChecker.check

    def broken(self: TableRowChecker, row: Any) -> Any:
        if row.cells[0] == "fatal":
            raise ZeroDivisionError
        return real(self, row)

    monkeypatch.setattr(TableRowChecker, "check", broken)
    return [*OBJECTS, "--object", "custom_objects.ticket", str(folder.path / "t.csv")]


def test_check_says_the_row_and_checks_the_others(arguments: list[str], capfd: Any) -> None:
    assert run(["check", *arguments]) == 3
    out, err = capfd.readouterr()
    assert "t.csv row 3: a fault of recordlint, not of your file: ZeroDivisionError at " in err
    assert out.endswith("2 rows checked, no problems\n")


def test_convert_writes_no_file(folder: Folder, arguments: list[str], capfd: Any) -> None:
    files = os.listdir(folder.path)
    outputs = ["-o", str(folder.path / "bodies.ndjson"), "--rejects", str(folder.path / "bad.csv")]
    assert run(["convert", *arguments, *outputs]) == 3
    out, err = capfd.readouterr()
    assert out == ""
    assert "t.csv row 3: a fault of recordlint, not of your file: ZeroDivisionError at " in err
    assert "some rows could not be looked at, so no file is written" in err
    assert os.listdir(folder.path) == files
