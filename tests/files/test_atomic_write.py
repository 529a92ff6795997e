"""Whole files: a file takes its name once it is whole, keeps what it had, and every failure names it."""

from __future__ import annotations

import ast
import os
import stat
import subprocess
from pathlib import Path

import pytest

from command_folder import COMMAND, ENVIRONMENT, OBJECTS, ROOT, TICKET, Done, Folder
from recordlint.errors import OutputError
from recordlint.files.atomic_write import atomic_write

PACKAGE = ROOT / "validator/recordlint"
CONFIG = 'objects = ["objects"]\n[[files]]\nmatch = "*.json"\nobject = "custom_objects.ticket"\n'
LINK = ("link.json", "target.json")

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX here")


def write(path: Path, data: bytes = b"new") -> None:
    with atomic_write(str(path)) as output:
        output.write(data)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_has_its_name_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with atomic_write(str(path)) as output:
        output.write(b"one ")
        output.flush()
        assert not path.exists()
        output.write(b"two")
    assert path.read_bytes() == b"one two"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_what_was_there(tmp_path: Path, error: type[BaseException]) -> None:
    def fail(name: str) -> None:
        with atomic_write(str(tmp_path / name)) as output:
            output.write(b"half")
            raise error

    (tmp_path / "a.json").write_bytes(b"before")
    for name in ("a.json", "b.json"):
        with pytest.raises(error):
            fail(name)
    assert os.listdir(tmp_path) == ["a.json"]
    assert (tmp_path / "a.json").read_bytes() == b"before"


@posix
@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664), (0, 0o666)])
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path, umask: int, expected: int) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "a.json")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a.json") == expected


@posix
@pytest.mark.parametrize("kept", [0o600, 0o640, 0o664, 0o755])
def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"before")
    path.chmod(kept)
    with atomic_write(str(path)) as output:
        (temporary,) = [tmp_path / name for name in os.listdir(tmp_path) if name != "a.json"]
        assert mode(temporary) == 0o600, "nobody else reads it before it has the mode that it should have"
        output.write(b"new")
    assert (mode(path), path.read_bytes()) == (kept, b"new")


@posix
@pytest.mark.parametrize("dangling", [True, False])
def test_a_link_stays_a_link(tmp_path: Path, dangling: bool) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "link.json").symlink_to("deep/a.json")
    if not dangling:
        (tmp_path / "deep/a.json").write_bytes(b"before")
    write(tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "deep/a.json").read_bytes() == b"new"
    assert os.listdir(tmp_path / "deep") == ["a.json"]


@posix
@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (lambda path: path.mkdir(), "is a directory"),
        (lambda path: path.symlink_to(path.name), "too many levels of symbolic links"),
        (lambda path: path.symlink_to("gone/a.json"), "no such file or directory"),
    ],
    ids=["a folder", "a link to itself", "a link into no folder"],
)
def test_what_cannot_be_written_is_named(tmp_path: Path, made: object, reason: str) -> None:
    path = tmp_path / "a.json"
    made(path)  # type: ignore[operator]
    with pytest.raises(OutputError) as error, atomic_write(str(path)):
        raise AssertionError("the block is not begun")
    assert str(error.value) == f"{path}: cannot be written: {reason}"
    assert os.listdir(tmp_path) == ["a.json"]


@posix
def test_a_folder_that_takes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write everywhere, so that the system's answer is given here."""

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutputError) as error, atomic_write(str(tmp_path / "a.json")):
        raise AssertionError("the block is not begun")
    assert str(error.value) == f"{tmp_path / 'a.json'}: cannot be written: permission denied"


# What cannot be replaced is written to as it is.


def openapi(folder: Folder, output: str, redirection: str = "") -> Done:
    """The OpenAPI document, written to `output` with the streams that a shell gives it."""
    line = f'exec "$0" openapi --objects "$1" -o {output} {redirection}'
    done = subprocess.run(
        ["sh", "-c", line, COMMAND, OBJECTS[1]], cwd=folder.path, env=ENVIRONMENT, capture_output=True, text=True
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def document() -> str:
    return (ROOT / "spec/objects/openapi.json").read_text("utf-8")


@posix
def test_a_device_and_a_pipe(folder: Folder, document: str) -> None:
    assert openapi(folder, "/dev/null") == (0, "", "")
    assert os.path.exists("/dev/null")
    assert openapi(folder, "/dev/stdout") == (0, document, "")
    assert openapi(folder, "/dev/stdout", "| cat") == (0, document, "")
    assert openapi(folder, "/dev/stderr") == (0, "", document)


@posix
def test_standard_output_that_is_a_file(folder: Folder, document: str) -> None:
    """It is not replaced: what it held before is kept."""
    folder.write("log.txt", "before\n")
    assert openapi(folder, "/dev/stdout", ">> log.txt").status == 0
    assert (folder.path / "log.txt").read_text("utf-8") == f"before\n{document}"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_device_that_is_full(folder: Folder) -> None:
    assert openapi(folder, "/dev/full") == (
        2,
        "",
        "recordlint: /dev/full: cannot be written: no space left on device\n",
    )


# Every command, where there is no room.


def without_room(folder: Folder, *arguments: str) -> Done:
    """A command that can make no file longer than 4 KiB, as if the disk were full there."""
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 4 && exec "$0" "$@"', COMMAND, *arguments],
        cwd=folder.path,
        # Python would leave compiled modules half-written.
        env={**ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def content(path: Path) -> dict[str, bytes]:
    return {str(each.relative_to(path)): each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()}


SCHEMA = "custom_objects.ticket.update.schema.json"
LONG = '{"properties": {"priority": "LOW", "description": "' + "x" * 8000 + '"}}'


@posix
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("schema", *TICKET, "--operation", "update", "-o", "out"), f"out/{SCHEMA}: cannot be written"),
        (("openapi", *OBJECTS, "-o", "out/openapi.json"), "out/openapi.json: cannot be written"),
        (("vscode",), f".vscode/recordlint/{SCHEMA}: cannot be written"),
        (("check", *TICKET, "--output", "sarif=out/report.sarif", "long.json"), "out/report.sarif: cannot be written"),
        (("check", *TICKET, "--fix", "long.json"), "long.json: left as it is"),
    ],
    ids=lambda value: " ".join(value[::9]) if isinstance(value, tuple) else "",
)
def test_a_full_disk_leaves_what_was_there(folder: Folder, arguments: tuple[str, ...], named: str) -> None:
    folder.write("recordlint.toml", CONFIG)
    folder.write("objects/ticket.json", (ROOT / "fixtures/objects/ticket.json").read_text("utf-8"))
    folder.write("long.json", LONG)
    for name in (f"out/{SCHEMA}", f".vscode/recordlint/{SCHEMA}", "out/openapi.json", "out/report.sarif"):
        folder.write(name, "before")
    before = content(folder.path)
    done = without_room(folder, *arguments)
    assert done.status == 2
    assert done.err.endswith(f"{named}: file too large\n")
    assert done.err.startswith("recordlint: ")
    assert done.err.count("\n") == 1
    assert content(folder.path) == before


# There is one writer.


def writes(node: ast.AST) -> bool:
    """Whether a call opens a file to write to it, or makes one."""
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func).rpartition(".")[2]
    if name in ("write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "TemporaryFile", "copyfile", "copy"):
        return name != "copy"
    if name not in ("open", "fdopen"):
        return False
    given = [each.value for each in [*node.args, *node.keywords] if isinstance(each, ast.keyword)]
    texts = [each for each in [*node.args, *given] if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    modes = [each.value for each in texts if set(each.value) <= set("rwxabt+")]
    flags = ast.unparse(node)
    return any(set(each) & set("wxa+") for each in modes) or any(f"O_{flag}" in flags for flag in ("WRONLY", "RDWR"))


def test_all_whole_files_go_through_one_writer() -> None:
    writers = {
        str(path.relative_to(PACKAGE)): [
            node.lineno for node in ast.walk(ast.parse(path.read_text("utf-8"))) if writes(node)
        ]
        for path in PACKAGE.rglob("*.py")
    }
    assert {name for name, lines in writers.items() if lines} == {"files/atomic_write.py", "files/temporary.py"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('open(path, "wb")', True),
        ('open(path, mode="x")', True),
        ('io.open(path, "r+")', True),
        ('gzip.open(path, "at")', True),
        ("os.open(path, os.O_WRONLY | os.O_CREAT)", True),
        ('Path(path).write_text("x")', True),
        ("mkstemp()", True),
        ('open(path, "rb")', False),
        ("open(path)", False),
        ('values.copy("w")', False),
    ],
)
def test_what_a_writer_is(code: str, expected: bool) -> None:
    assert writes(ast.parse(code, mode="eval").body) == expected
