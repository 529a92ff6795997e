"""--max-size: the longest row that is read."""

from __future__ import annotations

import gzip
import json

import pytest

from command_folder import Folder
from recordlint.rows.streams import BLOCK
from row_files import BAD, GOOD, report, rows

pytestmark = pytest.mark.slow


def test_a_line_that_is_too_long(folder: Folder) -> None:
    long = b'{"properties": {"ticket_name": "' + b"x" * 3 * BLOCK + b'"}}'
    folder.write("rows.ndjson", b"\n".join([GOOD, long, BAD, long[:100], long]))
    found = report(folder, "--max-size", "64", "rows.ndjson")
    assert rows(found) == [(2, ["too-large"]), (3, ["unknown-option"]), (4, ["too-large"]), (5, ["too-large"])]
    assert found["results"][0]["violations"][0]["message"] == "the row has more than 64 bytes"
    assert found["summary"]["checked"] == 5


def test_the_limit_is_exact(folder: Folder) -> None:
    folder.write("rows.ndjson", GOOD + b"\r\n" + GOOD)
    assert folder.check("--max-size", str(len(GOOD)), "rows.ndjson").status == 0
    assert folder.check("--max-size", str(len(GOOD) - 1), "rows.ndjson").out.count("error[too-large]") == 2


LIMIT = 40
EXACT = GOOD + b" " * (LIMIT - len(GOOD))
LONGER = EXACT + b" "
ENDINGS = {"lf": b"\n", "crlf": b"\r\n", "none": b"", "cr": b"\r"}
"""A line ending does not count. The last row of a file may have none, or a carriage return alone."""


@pytest.mark.parametrize("pad", [0, 64 << 10, 3 * BLOCK], ids=["small", "a block", "blocks"])
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("source", ["file", "gzip", "stdin"])
def test_the_limit_is_exact_for_every_line_ending(folder: Folder, source: str, ending: str, pad: int) -> None:
    """As large as the limit is a row, and one byte more is none: in the middle of a file, and at its end."""
    limit = str(LIMIT + pad)
    end, last = (b"\n", ENDINGS[ending]) if ending in ("none", "cr") else (ENDINGS[ending],) * 2
    exact, longer = EXACT + b" " * pad, LONGER + b" " * pad
    for final, expected in ((exact, 1), (longer, 2)):
        data = exact + end + longer + end + exact + end + final + last
        if source == "stdin":
            done = folder.check("--max-size", limit, "--format", "json", "--lines", "-", stdin=data)
        else:
            name = "rows.gz" if source == "gzip" else "rows.ndjson"
            folder.write(name, gzip.compress(data, 1) if source == "gzip" else data)
            done = folder.check("--max-size", limit, "--format", "json", name)
        found = json.loads(done.out)
        assert rows(found) == [(2, ["too-large"]), (4, ["too-large"])][:expected]
        assert found["summary"]["checked"] == 4
        message = found["results"][0]["violations"][0]["message"]
        assert message == f"the row has more than {LIMIT + pad:,} bytes"
