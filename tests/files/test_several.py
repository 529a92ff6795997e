"""Several files at once: all of them change, or none does."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from recordlint.errors import OutputError
from recordlint.files.several import write_together

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX here")
OLD = {"a.json": b"old a", "c.json": b"old c"}
NEW = {"a.json": b"new a", "b.json": b"new b", "c.json": b"new c", "d.json": b"new d"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in OLD.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def write(folder: Path) -> None:
    write_together({str(folder / name): data for name, data in NEW.items()})


def test_all_are_written(folder: Path) -> None:
    write(folder)
    assert contents(folder) == NEW


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("failing", range(4))
@pytest.mark.parametrize("after", [False, True], ids=["before the rename", "after the rename"])
def test_none_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int, error: BaseException, after: bool
) -> None:
    replace = os.replace
    renames = []

    def fail(source: str, target: str) -> None:
        renames.append(target)
        if len(renames) != failing + 1 or after:
            replace(source, target)
        if len(renames) == failing + 1:
            raise error

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputError if isinstance(error, OSError) else KeyboardInterrupt) as raised:
        write(folder)
    assert contents(folder) == OLD
    if isinstance(error, OSError):
        name = list(NEW)[failing]
        assert str(raised.value) == f"{folder / name}: cannot be written: no space left on device"


def test_none_is_written_where_one_cannot_be(folder: Path) -> None:
    (folder / "d.json").mkdir()
    with pytest.raises(OutputError, match=r"d\.json: cannot be written: is a directory"):
        write(folder)
    (folder / "d.json").rmdir()
    assert contents(folder) == OLD


@posix
def test_modes_and_links_stay(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (folder / "a.json").chmod(0o640)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "real.json"
    elsewhere.write_bytes(b"old c")
    (folder / "c.json").unlink()
    (folder / "c.json").symlink_to(elsewhere)
    write(folder)
    assert stat.S_IMODE((folder / "a.json").stat().st_mode) == 0o640
    assert (folder / "c.json").is_symlink()
    assert elsewhere.read_bytes() == b"new c"
    assert contents(folder) == NEW
