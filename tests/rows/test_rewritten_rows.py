"""--fix on a file of rows: what becomes of the file itself, and what is left alone."""

from __future__ import annotations

import gzip
import os
import stat
from typing import Any

import pytest

from command_folder import USAGE, Folder
from row_files import GOOD, PARTLY_FIXED, TWO, TWO_FIXED, UNSAFE


def test_mode_and_link_are_kept(folder: Folder) -> None:
    folder.write("deep/rows.ndjson", TWO)
    target = folder.path / "deep" / "rows.ndjson"
    target.chmod(0o640)
    (folder.path / "link.ndjson").symlink_to("deep/rows.ndjson")
    assert folder.check("--fix", "link.ndjson").err == "recordlint: link.ndjson: fixed 2\n"
    assert (folder.path / "link.ndjson").is_symlink()
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (TWO_FIXED, 0o640)
    assert os.listdir(folder.path / "deep") == ["rows.ndjson"]


def test_gzip_stays_gzip_and_says_nothing_of_this_machine(folder: Folder) -> None:
    folder.write("rows.gz", gzip.compress(GOOD * 2) + gzip.compress(b"\n" + TWO))
    folder.check("--fix", "rows.gz")
    packed = (folder.path / "rows.gz").read_bytes()
    assert gzip.decompress(packed) == GOOD * 2 + b"\n" + TWO_FIXED
    assert packed[3:8] == bytes(5), "neither a name nor a time"


@pytest.mark.parametrize(
    ("refuse", "reason"),
    [
        (lambda path: path.chmod(0o444), "it is read-only"),
        (
            lambda path: os.link(path, path.with_name("b.ndjson")),
            "it has several names (hard links), and only one of them would get the change",
        ),
    ],
    ids=["read-only", "linked"],
)
def test_a_file_that_is_left_alone(folder: Folder, refuse: Any, reason: str) -> None:
    folder.write("rows.ndjson", TWO)
    refuse(folder.path / "rows.ndjson")
    done = folder.check("--fix", "rows.ndjson")
    assert (done.status, done.err) == (2, f"recordlint: rows.ndjson: left as it is: {reason}\n")
    assert done.out.count("error[unknown-option]") == 3, "what is there is reported"
    assert done.out.endswith("3 errors in 3 rows checked, 1 valid\n")
    assert (folder.path / "rows.ndjson").read_bytes() == TWO
    assert folder.check("--fix", "--split-to", "out", "rows.ndjson").status == 1
    assert (folder.path / "out/valid.ndjson").read_bytes() == GOOD + b"\n" + GOOD + b"\n"


def test_a_file_that_would_be_left_alone_and_has_nothing_to_fix(folder: Folder) -> None:
    folder.write("rows.ndjson", UNSAFE)
    (folder.path / "rows.ndjson").chmod(0o444)
    assert folder.check("--fix", "rows.ndjson").status == 1
    assert folder.check("--fix", "--unsafe-fixes", "rows.ndjson").status == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_a_read_only_folder(folder: Folder) -> None:
    folder.write("sub/rows.ndjson", TWO)
    (folder.path / "sub").chmod(0o555)
    done = folder.check("--fix", "sub/rows.ndjson")
    assert (done.status, done.err) == (2, "recordlint: sub/rows.ndjson: left as it is: permission denied\n")


def test_standard_input(folder: Folder) -> None:
    reason = "--fix rewrites files, and - is standard input: write its fixed rows to a folder with --split-to\n"
    assert folder.check("--fix", "--lines", "-", stdin=TWO) == (2, "", USAGE + reason)
    done = folder.check("--fix", "--lines", "--split-to", "out", "-", stdin=TWO)
    assert (done.status, done.err) == (1, "recordlint: out: fixed 2\n")
    assert (folder.path / "out/valid.ndjson").read_bytes() == GOOD + b"\n" + GOOD + b"\n"
    assert (folder.path / "out/invalid.ndjson").read_bytes() == PARTLY_FIXED + b"\n"


def test_diff_and_split(folder: Folder) -> None:
    folder.write("rows.ndjson", TWO)
    reason = "--diff writes nothing, and --split-to writes rows: leave one of the two out\n"
    assert folder.check("--diff", "--split-to", "out", "rows.ndjson") == (2, "", USAGE + reason)
    assert not (folder.path / "out").exists()
