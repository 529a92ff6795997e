"""The header `Version`, without which the service answers nothing.

`check` does not ask for it, because clients and proxies add it. What arrives here has passed them all.
"""

from __future__ import annotations

from typing import Final

from recordlint.requests.headers import header_problems
from recordlint.sandbox.answers import UNAUTHORIZED, Answer, with_violations
from recordlint.sandbox.judging import violations_around

NO_VERSION: Final = "version header was not found."
UNKNOWN_VERSION: Final = "version header is invalid"


def wrong_version(version: str | None) -> Answer | None:
    """The refusal of a request for its version, as integrators saw it (observed); None where the version is known.

    The versions are those of the rule `version-header`.

    Args:
        version: the value of the header; None where there is no such header.

    Example:
        >>> wrong_version("2021-07-28")
        >>> wrong_version(None).value
        {'statusCode': 401, 'message': 'version header was not found.'}
    """
    if version is None or not version.strip(" \t"):
        return _refusal(NO_VERSION)
    problems = list(header_problems({"version": version}))
    return with_violations(_refusal(UNKNOWN_VERSION), violations_around(problems)) if problems else None


def _refusal(message: str) -> Answer:
    return Answer(UNAUTHORIZED, {"statusCode": UNAUTHORIZED, "message": message})
