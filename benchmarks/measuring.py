"""Commands timed side by side: in rounds, each command once a round, so that a slow minute is everyone's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from typing import NamedTuple

Command = Sequence[str]
METER = str(Path(__file__).resolve().with_name("meter.py"))
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


class Timed(NamedTuple):
    """What a command took."""

    seconds: tuple[float, ...]
    """Of each round."""
    megabytes: float
    """The most memory that its largest process held."""
    output: bytes
    """Standard output of the last round."""

    @property
    def median(self) -> float:
        """Seconds."""
        return median(self.seconds)

    def over(self, other: Timed) -> float:
        """The median, over the rounds, of how many times the other's time it took."""
        return median(ours / theirs for ours, theirs in zip(self.seconds, other.seconds, strict=True))


def side_by_side(commands: Mapping[str, Command], rounds: int, statuses: Sequence[int] = (0, 1)) -> dict[str, Timed]:
    """Run each command once a round; the first runs are not counted.

    Raises:
        RuntimeError: one ended with another exit status than it may.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    memory = dict.fromkeys(commands, 0.0)
    output = dict.fromkeys(commands, b"")
    for turn in range(rounds + 1):
        for name, command in commands.items():
            took, held, output[name] = _run(name, command, statuses)
            memory[name] = max(memory[name], held)
            if turn:
                seconds[name].append(took)
    return {name: Timed(tuple(seconds[name]), memory[name], output[name]) for name in commands}


def _run(name: str, command: Command, statuses: Sequence[int]) -> tuple[float, float, bytes]:
    with TemporaryFile() as out, TemporaryFile() as err, TemporaryFile() as report:
        metered = [sys.executable, "-I", "-S", METER, str(report.fileno()), *command]
        subprocess.run(metered, stdout=out, stderr=err, env=ENVIRONMENT, pass_fds=[report.fileno()], check=False)
        for file in (out, err, report):
            file.seek(0)
        took, kilobytes, status = report.read().split() or (0, 0, -1)
        if int(status) not in statuses:
            said = err.read().decode(errors="replace")[-2_000:]
            raise RuntimeError(f"{name} ended with {int(status)}: {said}")
        return float(took), int(kilobytes) / 1024, out.read()
