"""Reading a payload: a file, or standard input."""

from __future__ import annotations

import os
import sys

from recordlint.commands.check.plan import STDIN
from recordlint.errors import InputError
from recordlint.files.paths import reason


def read(path: str, max_size: int) -> bytes:
    """The bytes of a payload file, or of standard input.

    Raises:
        InputError: it cannot be read, or is larger than `max_size` bytes.
    """
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise InputError("-: cannot be read: standard input is closed")
            data = sys.stdin.buffer.read(max_size + 1)
        else:
            with open(path, "rb") as file:
                # read() allocates what it is asked for, so ask for no more than there is. A pipe has size 0.
                size = os.fstat(file.fileno()).st_size
                data = file.read(min(size, max_size) + 1)
                if len(data) > size:
                    data += file.read(max_size + 1 - len(data))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    if len(data) > max_size:
        raise InputError(f"{path}: larger than {max_size:,} bytes; raise the limit with --max-size")
    return data
