"""A file that --fix rewrites is the same file with other bytes: its owner, mode and attributes are kept."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from command_folder import Folder
from recordlint.errors import InputError
from recordlint.files import rewrite as module
from recordlint.files.rewrite import rewrite

WRONG = '{\r\n\t"properties": {"priority": "LOW"}\r\n}\n\n'
RIGHT = WRONG.replace("LOW", "low")

posix = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX here")
root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")


def fixed(folder: Folder, name: str = "a.json") -> os.stat_result:
    """A file's status once --fix has rewritten it, whose line ends are kept and beside which nothing is left."""
    before = os.listdir(folder.path)
    done = folder.check("--fix", name)
    assert (done.status, done.err.count("\n")) == (0, 1)
    assert (folder.path / name).read_bytes().decode() == RIGHT
    assert sorted(os.listdir(folder.path)) == sorted(before)
    return os.stat(folder.path / name)


@pytest.fixture
def path(folder: Folder) -> Path:
    folder.write("a.json", WRONG)
    return folder.path / "a.json"


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755, 0o666])
def test_the_mode_is_kept(folder: Folder, path: Path, mode: int) -> None:
    path.chmod(mode)
    assert stat.S_IMODE(fixed(folder).st_mode) == mode


@root
@pytest.mark.parametrize(("owner", "group", "mode"), [(65534, 65533, 0o640), (0, 65533, 0o664), (65534, 0, 0o4755)])
def test_the_owner_and_the_group_are_kept(folder: Folder, path: Path, owner: int, group: int, mode: int) -> None:
    os.chown(path, owner, group)
    path.chmod(mode)  # After its owner, since to give a file away takes bits of its mode from it.
    status = fixed(folder)
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (owner, group, mode)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="there are no extended attributes here")
def test_extended_attributes_are_kept(folder: Folder, path: Path) -> None:
    attributes = {"user.origin": b"https://example.org/a", "user.empty": b"", "user.bytes": b"\x00\xff"}
    for name, value in attributes.items():
        try:
            os.setxattr(path, name, value)
        except OSError:
            pytest.skip("this file system has no extended attributes")
    fixed(folder)
    assert {name: os.getxattr(path, name) for name in os.listxattr(path)} == attributes


@root
def test_an_owner_that_cannot_be_kept_leaves_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a file of somebody else that this user may write to."""

    def refuse(path: str, owner: int, group: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    os.chown(path, 65534, 65534)
    monkeypatch.setattr(os, "chown", refuse)
    with pytest.raises(InputError, match=r"a\.json: left as it is: operation not permitted"):
        rewrite(str(path), WRONG.encode(), RIGHT.encode())
    assert path.read_bytes().decode() == WRONG
    assert [name for name in os.listdir(path.parent) if name[0] == "."] == []


@posix
def test_nobody_else_reads_a_private_file_in_between(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []

    def settle(file: object) -> None:
        modes.extend(stat.S_IMODE(os.stat(each).st_mode) for each in path.parent.glob(".recordlint-*"))

    path.chmod(0o600)
    monkeypatch.setattr(module, "settle", settle)
    rewrite(str(path), WRONG.encode(), RIGHT.encode())
    assert modes == [0o600]


@posix
@pytest.mark.parametrize("broken", ["chmod", "replace"])
def test_a_failure_at_any_step_leaves_the_file(path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(InputError, match=r"a\.json: left as it is: read-only file system"):
        rewrite(str(path), WRONG.encode(), RIGHT.encode())
    assert path.read_bytes().decode() == WRONG
    assert [name for name in os.listdir(path.parent) if name[0] == "."] == []


@posix
def test_a_link_to_a_file_in_another_folder(folder: Folder) -> None:
    folder.write("deep/a.json", WRONG)
    (folder.path / "link.json").symlink_to("deep/a.json")
    fixed(folder, "link.json")
    assert (folder.path / "link.json").is_symlink()
    assert os.listdir(folder.path / "deep") == ["a.json"]
