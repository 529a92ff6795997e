"""The fixture `recordlint_sandbox`: a sandbox for each test. Nothing is imported in a run that does not use it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from recordlint.sandbox.serving import Sandbox


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini option `recordlint_objects`."""
    parser.addini(
        "recordlint_objects",
        "files and folders of object definitions, for recordlint_sandbox; those of recordlint.toml by default",
        type="paths",
        default=[],
    )


@pytest.fixture(scope="session")
def recordlint_objects(pytestconfig: pytest.Config) -> list[str]:
    """The files and folders of object definitions. Override it to serve others."""
    listed = [str(each) for each in pytestconfig.getini("recordlint_objects")]
    if listed:
        return listed
    from recordlint.config.loading import find_config

    configured = find_config(str(pytestconfig.rootpath)).objects
    if not configured:
        raise pytest.UsageError(
            "recordlint_sandbox needs object definitions: set recordlint_objects in pytest's configuration, "
            "or objects in recordlint.toml"
        )
    return [os.path.join(str(pytestconfig.rootpath), each) for each in configured]


@pytest.fixture(scope="session")
def _recordlint_sandbox(pytestconfig: pytest.Config, recordlint_objects: list[str]) -> Iterator[Sandbox]:
    try:
        from recordlint.sandbox.serving import Sandbox
    except ModuleNotFoundError as error:
        raise pytest.UsageError("recordlint_sandbox needs pip install 'recordlint[sandbox]'") from error
    from recordlint.checking.validator import Validator
    from recordlint.config.loading import find_config

    region = find_config(str(pytestconfig.rootpath)).phone_region
    sandbox = Sandbox(Validator.from_path(*recordlint_objects, phone_region=region).checkers)
    yield sandbox
    sandbox.stop()


@pytest.fixture
def recordlint_sandbox(_recordlint_sandbox: Sandbox) -> Sandbox:
    """A sandbox without records, on a free port of this machine: `url`, `records()`, `requests`."""
    _recordlint_sandbox.reset()
    return _recordlint_sandbox
