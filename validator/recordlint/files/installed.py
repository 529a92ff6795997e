"""The version of recordlint that is installed."""

from __future__ import annotations

import os
import sys


def installed_version() -> str:
    """The version, by the name of the folder of recordlint's metadata.

    To import importlib.metadata takes as long as to check a body, so it is asked only where there is no such folder.
    """
    for folder in sys.path:
        if os.path.isdir(folder):
            for name in os.listdir(folder):
                if name.startswith("recordlint-") and name.endswith(".dist-info"):
                    return name.removeprefix("recordlint-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("recordlint")
