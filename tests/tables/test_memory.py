"""Memory does not grow with the table."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from row_files import linux
from workbooks import from_xml

pytestmark = pytest.mark.slow

SCRIPT = """
import sys
from recordlint.tables.sources import open_table

with open_table(sys.argv[1]) as table:
    count = sum(1 for _ in table.rows())
print(count, open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
"""


def csv(path: Path) -> int:
    with open(path, "w", encoding="utf-8") as file:
        file.write("Name,Price,Notes\n")
        file.writelines(f'n{number},{number},"a, ""b""\n{"x" * 60}"\n' for number in range(500_000))
    return 500_000


def xlsx(path: Path) -> int:
    """With the attributes that Excel gives to rows."""

    def rows() -> Iterator[str]:
        for number in range(2, 100_002):
            cells = f'<c r="A{number}" t="str"><v>n{number}</v></c><c r="B{number}"><v>{number}</v></c>'
            yield f'<row r="{number}" spans="1:2" ht="15.75" customHeight="1">{cells}</row>'

    from_xml(path, "".join(rows()))
    return 100_000


def parquet(path: Path) -> int:
    """In a single row group."""
    names = [f"name of a ticket {number}" for number in range(1_000_000)]
    pq.write_table(pa.table({"Name": names, "Price": range(1_000_000)}), path, row_group_size=1_000_000)
    return 1_000_000


@linux
@pytest.mark.parametrize(
    ("name", "make", "most"), [("a.csv", csv, 40), ("a.xlsx", xlsx, 50), ("a.parquet", parquet, 150)]
)
def test_memory(tmp_path: Path, name: str, make: Callable[[Path], int], most: int) -> None:
    path = tmp_path / name
    rows = make(path)
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, check=True)
    count, kilobytes = map(int, done.stdout.split())
    assert count == rows
    assert kilobytes < most * 1_000
