"""Fixtures that several tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from command_folder import INVALID, VALID, WARNING, Folder

# The commands that tests run inherit what is ignored, as under nohup or in the background of a shell, but no handlers.
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, lambda *_: None)


# A machine that has other work to do is no fault of the code. In CI, the examples are the same each time, so that only
# a change makes a test fail; elsewhere they are new ones.
UNTIMED = settings(deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("untimed", UNTIMED)
settings.register_profile("quick", UNTIMED, max_examples=20)  # for .ci/run fast
settings.register_profile("few", UNTIMED, max_examples=5)  # for other versions, in .ci/run
settings.load_profile("untimed")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.write("valid.json", VALID)
    made.write("invalid.json", INVALID)
    made.write("warning.json", WARNING)
    return made
