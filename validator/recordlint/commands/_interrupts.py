"""What a signal does: it ends the process with status 130, without a traceback, and leaves no temporary file.

Python's own handler of Ctrl-C raises KeyboardInterrupt wherever the process happens to be. In a module written in C or
Rust that is being imported, this is a crash or a panic. So KeyboardInterrupt is raised only within a command, where it
stops worker processes and says how far the command got, and never within an import. Everywhere else the process ends
at once.

A signal that comes before `catch_signals` has the interpreter's default action: a traceback for Ctrl-C, and the end of
the process for the others. That is why everything this module imports is small.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found] # signal itself imports enum, which takes 80 times as long
import os
import sys

from recordlint.commands._exit_status import INTERRUPTED
from recordlint.files import temporary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_raises = False
"""Whether a command is running that handles KeyboardInterrupt."""
_raised = False
"""Whether KeyboardInterrupt was raised already."""


def catch_signals() -> None:
    """Handle SIGINT, SIGTERM and SIGHUP from now on, unless the parent process ignores them, as nohup does."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP.
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _handle)
    sys.unraisablehook = _end_or_show


def raise_signals(*, whether: bool) -> None:
    """Let the first signal that comes raise KeyboardInterrupt from now on, or let it end the process."""
    global _raises
    _raises = whether


def _handle(number: int, frame: FrameType | None) -> None:
    global _raised
    if _raises and not _raised and not _in_import(frame):
        _raised = True
        raise KeyboardInterrupt
    _end()


def _in_import(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return True
        frame = frame.f_back
    return False


def _end() -> None:
    """End the process at once."""
    temporary.discard_all()
    try:
        # If this is the second signal, the first one already prints the message.
        if sys.stderr is not None and not _raised:
            os.write(2, b"recordlint: interrupted\n")
    finally:
        os._exit(INTERRUPTED)


def _end_or_show(unraisable: sys.UnraisableHookArgs) -> None:
    """Python drops what is raised in a destructor; a KeyboardInterrupt ends the process all the same."""
    if unraisable.exc_type is KeyboardInterrupt:
        _end()
    sys.__unraisablehook__(unraisable)
