"""Sandboxes in this process, for every test of the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fixture_files import OBJECTS
from recordlint import Validator
from recordlint.sandbox.serving import Sandbox
from sandbox_client import Client

CHECKERS = Validator.from_path(OBJECTS).checkers


@pytest.fixture
def start() -> Iterator[Callable[..., Client]]:
    """Start a sandbox with options; it ends with the test."""
    started: list[Client] = []

    def started_with(**options: Any) -> Client:
        started.append(Client(Sandbox(options.pop("checkers", CHECKERS), **options)))
        return started[-1]

    yield started_with
    for each in started:
        each.http.close()
        each.sandbox.stop()


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    made = Sandbox(CHECKERS)
    yield made
    made.stop()


@pytest.fixture
def sandbox(shared: Sandbox) -> Iterator[Client]:
    shared.reset()
    client = Client(shared)
    yield client
    client.http.close()
