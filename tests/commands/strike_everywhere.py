"""Runs the command line, and finds out what a signal does at each of its steps.

    python strike_everywhere.py SIGNAL FOLDER ARGUMENTS...

Steps are the import of each module, the first call of each function of recordlint, and the last calls of all. At each
one a process is forked that sends the signal to itself. What becomes of it is written to `FOLDER/outcomes.json`: the
step, the exit status, standard error, and the temporary files that are left in FOLDER.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from types import FrameType

NUMBER = signal.Signals[sys.argv[1]]
FOLDER = sys.argv[2]
DEFAULTS = (signal.SIG_DFL, signal.default_int_handler)
seen: set[object] = set()
outcomes: list[tuple[str, int, str, list[str]]] = []


def strike(step: str) -> None:
    if signal.getsignal(NUMBER) in DEFAULTS:
        return
    profile = sys.getprofile()
    sys.setprofile(None)
    before = [name for name in os.listdir(FOLDER) if name.endswith(".tmp")]
    err = os.path.join(FOLDER, "err")
    pid = os.fork()
    if pid == 0:
        sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, Imports)]
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        signal.alarm(30)
        os.kill(os.getpid(), NUMBER)
        return
    _, status = os.waitpid(pid, 0)
    left = [name for name in os.listdir(FOLDER) if name.endswith(".tmp")]
    for name in before:
        # For the next step, since it is this process's file too.
        os.close(os.open(os.path.join(FOLDER, name), os.O_WRONLY | os.O_CREAT))
    with open(err, encoding="utf-8") as file:
        outcomes.append((step, os.waitstatus_to_exitcode(status), file.read(), left))
    sys.setprofile(profile)


class Imports:
    """Strikes where a module is looked for, also by a module in C that is being imported."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        strike(f"import {name}")


def calls(frame: FrameType, event: str, argument: object) -> None:
    code = frame.f_code
    name = getattr(argument, "__name__", "")
    if event == "c_call" and code.co_name == "main" and code.co_filename.endswith("cli.py"):
        strike(f"{name} in main")
        if name == "_exit":
            with open(os.path.join(FOLDER, "outcomes.json"), "w", encoding="utf-8") as file:
                json.dump(outcomes, file)
    elif event == "call" and code not in seen and f"{os.sep}recordlint{os.sep}" in code.co_filename:
        seen.add(code)
        strike(f"call {code.co_qualname} of {os.path.basename(code.co_filename)}")


if __name__ == "__main__":
    sys.argv = ["recordlint", *sys.argv[3:]]
    sys.meta_path.insert(0, Imports)  # type: ignore[arg-type]
    from recordlint.cli import main

    sys.setprofile(calls)
    main()
