"""Definition files as a commit of the git repository has them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from typing import Final

from recordlint.errors import UsageError
from recordlint.wording.escape import escape
from recordlint.wording.phrases import quoted

_ENVIRONMENT: Final = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",  # nothing is fetched, and nobody is asked
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",  # messages are read below
}
_OF_A_HOOK: Final = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git sets for its hooks: with these it takes the folder that it is asked from for the whole working tree."""

_LINK: Final = "120000"
"""The mode of a symbolic link."""


def files_at(revision: str, path: str) -> Iterator[tuple[str, bytes]]:
    """The file at a path, or all `*.json` files of the folder, as a commit has them; none before the first commit.

    Args:
        revision: as git takes it: `HEAD`, `main`, `v1.2`, a hash.
        path: a file or a folder of the working tree, which need not be there any more.

    Yields:
        A name such as `HEAD:objects/ticket.json`, and the bytes.

    Raises:
        UsageError: there is no git, no repository, or no such commit, or the commit does not have all that it names.
    """
    folder, name = _place(path)
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        if revision == "HEAD" and _git(folder, "rev-parse", "--git-dir"):
            return
        reason = f"git knows no commit {quoted(revision)} in the repository of {path}"
        if (_git(folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
            reason += ": it is a shallow clone, so fetch the commit first"
        raise UsageError(reason)
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-name", commit.decode().strip(), "--", name) or b""
    entries = [entry.partition(b"\t")[::2] for entry in listed.split(b"\0") if entry]
    blobs = [(*about.decode().split(), os.fsdecode(name)) for about, name in entries if about.split()[1] == b"blob"]
    if len(blobs) != 1 or os.path.isdir(path):
        blobs = [each for each in blobs if each[-1].lower().endswith(".json")]
    for mode, _, blob, name in sorted(blobs, key=lambda each: each[-1]):
        text = _linked(folder, commit.decode().strip(), name) if mode == _LINK else _blob(folder, blob, name)
        if text is not None:
            yield f"{revision}:{name}", text


def _blob(folder: str, blob: str, name: str) -> bytes:
    text = _git(folder, "cat-file", "blob", blob)
    if text is None:
        raise UsageError(f"git does not have the content of {escape(name)}: in a partial clone, fetch it first")
    return text


def _linked(folder: str, commit: str, name: str) -> bytes | None:
    """What a symbolic link of a commit leads to; None where that is a folder, as a link to one is not followed.

    Raises:
        UsageError: it leads to nothing that the commit has.
    """
    # Git follows links within the commit. It answers with a line about the object, then the object and a line feed.
    asked = f"{commit}:{name}\n"
    answer = _git(folder, "cat-file", "--batch", "--follow-symlinks", text=os.fsencode(asked)) or b""
    about, _, text = answer.partition(b"\n")
    if re.fullmatch(b"[0-9a-f]+ tree [0-9]+", about):
        return None
    if not re.fullmatch(b"[0-9a-f]+ blob [0-9]+", about):
        raise UsageError(f"{escape(name)} is a symbolic link to something that the commit does not have")
    return text[:-1]


def _place(path: str) -> tuple[str, str]:
    """The nearest folder that is there, and the path from it: git is asked from inside the repository."""
    whole = os.path.abspath(path)
    folder = whole if os.path.isdir(whole) else os.path.dirname(whole)
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder, os.path.relpath(whole, folder)


def _git(folder: str, *arguments: str, text: bytes = b"") -> bytes | None:
    """What git writes, which reads a text; None where it fails.

    Raises:
        UsageError: there is no git, or the folder is in no repository.
    """
    command: Sequence[str] = ("git", "-C", folder, *arguments)
    environment = {**os.environ, **_ENVIRONMENT}
    if "GIT_WORK_TREE" not in environment:
        environment = {name: value for name, value in environment.items() if name not in _OF_A_HOOK}
    try:
        # A list of arguments, and no shell.
        done = subprocess.run(command, input=text, capture_output=True, env=environment, check=False)  # noqa: S603
    except OSError as error:
        remedy = "save the old definitions to a folder instead"
        raise UsageError(f"--git needs git, which cannot be run: {remedy}") from error
    if done.returncode == 0:
        return done.stdout
    if b"not a git repository" in done.stderr:
        raise UsageError(f"{folder} is in no git repository: give the old definitions as a file or folder")
    if b"dubious ownership" in done.stderr:
        raise UsageError(f"git refuses the repository of {folder}, which another user owns: see git's safe.directory")
    return None
