"""What is wrong with an e-mail address, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recordlint.contract.spec_files import read_spec
from recordlint.definitions.model import Field, title
from recordlint.fieldtypes._patterns import whole, within
from recordlint.problems.problem import Problem, ValueFix
from recordlint.wording.phrases import as_json, either

FILE: Final = "field-types/email.json"
EXAMPLE_HINT: Final = 'write an address such as "ada@example.com"'
KEEP_ONE: Final = "keep one of the addresses"
MOST: Final = 3
"""How many addresses a hint lists."""
LONGEST: Final = 500
"""No address, with a name and another address beside it, is longer than this."""
_ADDRESS: Final = r"[^\s,;:|/<>()\[\]\"']+@[^\s,;:|/<>()\[\]\"'@]*[^\s,;:|/<>()\[\]\"'@.]"


def email_problems(field: Field, value: object) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._texts import not_a_string

    if not isinstance(value, str):
        yield not_a_string(field, value, "an e-mail address as a string", EXAMPLE_HINT)
    elif not within(read_spec(FILE)["pattern"])(value) or "\n" in value:
        yield _not_an_address(field, value)
    elif not _is_plain(value):
        yield _unusual(field, value)


def _is_plain(value: str) -> bool:
    """Whether there is nothing to say about an address."""
    plain = read_spec(FILE)["$defs"]["clean"]
    return len(value) <= plain["maxLength"] and "\n" not in value and within(plain["pattern"])(value) is not None


def _not_an_address(field: Field, value: str) -> Problem:
    problem = Problem(
        "email-format",
        f"{title(field)} takes one e-mail address: a name, @ and a domain, without spaces",
        EXAMPLE_HINT,
    )
    if len(value) > LONGEST:
        return problem
    listed = list(dict.fromkeys(filter(_is_plain, re.findall(_ADDRESS, value))))
    if 1 < len(listed) <= MOST:
        return problem.with_hint(f"did you mean {either(map(as_json, listed))}? The field takes one address", KEEP_ONE)
    if len(listed) > MOST:
        return problem.with_hint(KEEP_ONE)
    return _one_address(problem, value) or _without_spaces(problem, value) or problem


def _one_address(problem: Problem, value: str) -> Problem | None:
    """An address with something around it: white space, mailto:, a name, quotes, punctuation."""
    bare = value.strip()
    for pattern in (r"(.*)", r"(?i:mailto:)([^?]*)(?:\?.*)?", r"[^<>@]*<\s*([^<>]*?)\s*>", r"[\"'(]*(.*?)[\"').,;:]*"):
        match = whole(pattern)(bare)
        if match and _is_plain(match[1]):
            return _rewritten(problem, match[1], "write the address alone", safe=match[1] == bare)
    return None


def _without_spaces(problem: Problem, value: str) -> Problem | None:
    joined = re.sub(r"\s*([@.])\s*", r"\1", value.strip())
    if not _is_plain(joined):
        return None
    return problem.with_hint(f"did you mean {as_json(joined)}?", "write it without spaces")


def _unusual(field: Field, value: str) -> Problem:
    from recordlint.fieldtypes._hosts import punycode

    problem = Problem(
        "email-format",
        f"{title(field)} has an e-mail address that few mail servers accept",
        "check the address: only ASCII characters, and a domain with an ending such as .com",
        severity="warning",
    )
    name, _, domain = value.rpartition("@")
    host = None if domain.isascii() else punycode(domain)
    written = f"{name}@{host}"
    if host is None or not _is_plain(written):
        return _one_address(problem, value) or problem
    return _rewritten(problem, written, "write the domain in punycode", safe=False)


def _rewritten(problem: Problem, address: str, description: str, *, safe: bool) -> Problem:
    fix = ValueFix(safe=safe, description=description, text=as_json(address))
    return problem.with_hint(f"write {fix.text}", description, fix)
