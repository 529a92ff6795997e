"""A terminal to run commands on, as people do."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

Done = TypeVar("Done")

END = b"\x00the end\x00"


def shown_on_a_terminal(run: Callable[[int], Done], size: tuple[int, int] | None = None) -> tuple[Done, bytes]:
    """What `run` returns, and what it shows. It is given the terminal as a file descriptor.

    Args:
        run: shows something.
        size: lines and columns of the terminal; None for one that does not know.

    The terminal stays open until all of it is read: what is written just before the last writer closes it may be lost.
    """
    pty = pytest.importorskip("pty")
    reader, terminal = pty.openpty()
    if size is not None:
        import termios

        termios.tcsetwinsize(terminal, size)
    try:
        with ThreadPoolExecutor(1) as pool:
            shown = pool.submit(_read_to_the_end, reader)
            try:
                done = run(terminal)
            finally:
                os.write(terminal, END)
            return done, shown.result()
    finally:
        os.close(terminal)
        os.close(reader)


def _read_to_the_end(reader: int) -> bytes:
    shown = b""
    while not shown.endswith(END):
        shown += os.read(reader, 65536)
    return shown.removesuffix(END)
