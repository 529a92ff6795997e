"""Writes what `spec/field-types/phone.json` says about countries, from the metadata of phonenumbers.

`fieldtypes/_phone_lengths.py` too. With --check it writes nothing, and exits 1 if a file is out of date.

A phone number is clean if its country code exists, its length is possible there, and phonenumbers writes it back as it
is, with no 0 after the country code unless the number is valid. Where a few numbers are written back as others, the
pattern refuses all that begin like them, which is safe: a number that it refuses is only looked at more closely.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from re import _constants as op  # the standard library has no public parser of regular expressions
from re import _parser as parser
from typing import Any

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, SUPPORTED_REGIONS, PhoneMetadata
from phonenumbers.phonenumberutil import REGION_CODE_FOR_NON_GEO_ENTITY

ROOT = Path(__file__).parent.parent
FILE = ROOT / "spec/field-types/phone.json"
LENGTHS_FILE = ROOT / "validator/recordlint/fieldtypes/_phone_lengths.py"
DIGITS = frozenset("0123456789")
E164 = 15
"""The most digits of a number, country code included."""
DEPTH = 3
"""How many digits are looked at to tell numbers apart that might be written back as others."""
USUAL = (9, 10)
"""How many digits most numbers have after the country code."""
TYPES = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)

LENGTHS_MODULE = '''\
"""How many digits phone numbers have after each country code. Written by scripts/phone_schema.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_CODES_BY_LENGTHS: Final = """
LINES
"""

LENGTHS: Final[Mapping[str, frozenset[int]]] = {
    code: frozenset(map(int, lengths.split()))
    for lengths, codes in [line.split(": ") for line in _CODES_BY_LENGTHS.strip().splitlines()]
    for code in codes.split()
}
"""The possible numbers of digits by country code."""
'''

Text = Sequence[frozenset[str]]
"""Which digits each place of a number may have."""
State = tuple[int, int]
"""How many digits are matched, and how many of them the group that the number is rewritten with."""
Trie = tuple[tuple[str, Any], ...]
"""Which digits a number may begin with, and what may follow them; empty for anything."""


def main(arguments: list[str]) -> int:
    """Write the file, or compare it."""
    document = json.loads(FILE.read_text("utf-8"))
    document["$defs"]["clean"]["pattern"] = pattern()
    document["$defs"]["usual"]["pattern"] = usual_pattern()
    document["$defs"]["region"]["enum"] = sorted(SUPPORTED_REGIONS)
    texts = {FILE: json.dumps(document, indent=2, ensure_ascii=False) + "\n", LENGTHS_FILE: lengths_module()}
    if arguments != ["--check"]:
        for file, text in texts.items():
            file.write_text(text, "utf-8")
        return 0
    outdated = [str(file.relative_to(ROOT)) for file, text in texts.items() if file.read_text("utf-8") != text]
    for name in outdated:
        print(f"{name} is out of date; run python scripts/phone_schema.py", file=sys.stderr)
    return 1 if outdated else 0


def lengths_module() -> str:
    """The module that has the possible lengths of the numbers of each country code, without it."""
    codes: dict[str, list[str]] = {}
    for code in sorted(COUNTRY_CODE_TO_REGION_CODE):
        main = next(_metadata(code))
        codes.setdefault(" ".join(map(str, main.general_desc.possible_length)), []).append(str(code))
    lines = [f"{lengths}: {' '.join(each)}" for lengths, each in codes.items()]
    return LENGTHS_MODULE.replace("LINES", "\n".join(lines))


def pattern() -> str:
    """The clean pattern: the numbers of each country code. Codes share what their numbers look like."""
    codes: dict[str, list[str]] = {}
    for code in COUNTRY_CODE_TO_REGION_CODE:
        for way in dict.fromkeys(national_patterns(code)):
            codes.setdefault(way, []).append(str(code))
    return f"^\\+({'|'.join([f'{_any(sorted(each))}{way}' for way, each in sorted(codes.items())])})$"


def usual_pattern() -> str:
    """Those of the clean numbers that have usual lengths: a pattern that is compiled in a fraction of the time."""
    ways = {}
    for length in USUAL:
        codes = [str(code) for code in COUNTRY_CODE_TO_REGION_CODE if _is_plain(next(_metadata(code)), length)]
        ways[_any_code(sorted(codes))] = length
    return f"^\\+({'|'.join([f'{codes}[1-9]{_repeated([length - 1])}' for codes, length in ways.items()])})$"


def _is_plain(metadata: Any, length: int) -> bool:
    """Whether every number of this length that does not begin with 0 is clean."""
    lengths = metadata.general_desc.possible_length
    return length in lengths and not any(_is_rewritten(metadata, digit, length) for digit in DIGITS - {"0"})


def _any_code(codes: Sequence[str]) -> str:
    """Any of some codes. What begins alike is written once, which makes the pattern small when it is compiled."""
    below: dict[str, str] = {}
    for digit in dict.fromkeys([code[0] for code in codes]):
        after = [code[1:] for code in codes if code[0] == digit and len(code) > 1]
        tail = _any_code(after) if after else ""
        below[tail] = below.get(tail, "") + digit
    return _any([f"{_class(digits)}{tail}" for tail, digits in below.items()])


def national_patterns(code: int) -> Iterator[str]:
    """The numbers of a country code, without it."""
    metadata = list(_metadata(code))
    main = metadata[0]
    lengths = [each for each in main.general_desc.possible_length if each <= E164 - len(str(code))]
    tries: dict[Trie, list[int]] = {}
    for length in lengths:
        trie = _trie(lambda prefix, length=length: _is_rewritten(main, prefix, length), "")
        tries.setdefault(trie or (), []).append(length)
    for trie, each in tries.items():
        if trie:
            yield from [f"{_start(trie)}{rest}" for rest in _rests(_depth(trie), each)]
    # Of the others, those are right that are valid, which other regions of the country code may decide.
    others = [each for each in range(2, E164 - len(str(code)) + 1) if each not in lengths]
    valid = [way for region in metadata for type in TYPES for way in _ways(getattr(region, type))]
    for length, first in [*((each, "0") for each in lengths), *((each, "") for each in others)]:
        if not any(_is_rewritten(main, first or digit, length) for digit in DIGITS):
            yield from [each for each in valid if _accepts(each, first, length)]


def _metadata(code: int) -> Iterator[Any]:
    """The metadata of a country code's regions. The first decides about lengths and prefixes."""
    for region in COUNTRY_CODE_TO_REGION_CODE[code]:
        if region == REGION_CODE_FOR_NON_GEO_ENTITY:
            yield PhoneMetadata.metadata_for_nongeo_region(code)
        else:
            yield PhoneMetadata.metadata_for_region(region)


def _is_rewritten(metadata: Any, prefix: str, length: int) -> bool:
    """Whether phonenumbers may take something away from a number of this length that begins so."""
    if not prefix:
        return True  # A first 0 needs a closer look everywhere.
    prefixes = metadata.national_prefix_for_parsing
    if not prefixes:
        return False
    text = [*map(frozenset, prefix), *[DIGITS] * (length - len(prefix))]
    rule = metadata.national_prefix_transform_rule or ""
    group = int(rule[-1]) if rule else -1
    for end, kept in _match(parser.parse(prefixes), text, {(0, 0)}, group):
        added = len(rule) - 2 + kept if kept else 0
        if end and length - end + added in metadata.general_desc.possible_length:
            return True
    return False


def _match(tree: Iterable[Any], text: Text, states: set[State], group: int) -> set[State]:
    """Where matches of a regular expression of digits may end."""
    for kind, value in tree:
        if kind is op.SUBPATTERN:
            number, *_, inner = value
            after = {
                (end, end - start if number == group else max(kept, inside))
                for start, kept in states
                for end, inside in _match(inner, text, {(start, 0)}, group)
            }
        elif kind is op.BRANCH:
            after = set().union(*[_match(each, text, states, group) for each in value[1]])
        elif kind is op.MAX_REPEAT:
            least, most, inner = value
            after = set()
            repeated = states
            for times in range(min(most, len(text)) + 1):
                after |= repeated if times >= least else set()
                repeated = _match(inner, text, repeated, group)
        elif kind is op.AT:
            after = {state for state in states if state[0] == len(text)}
        else:
            digits = _digits(kind, value)
            after = {(end + 1, kept) for end, kept in states if end < len(text) and digits & text[end]}
        states = after
    return states


def _digits(kind: Any, value: Any) -> frozenset[str]:
    if kind is op.LITERAL:
        return frozenset(chr(value))
    if kind is op.RANGE:
        return frozenset(map(chr, range(value[0], value[1] + 1)))
    if kind is op.CATEGORY:
        return DIGITS
    if kind is op.IN:
        return frozenset().union(*[_digits(*each) for each in value])
    raise ValueError(f"no part of a number's pattern: {kind}")


def _trie(is_refused: Callable[[str], bool], prefix: str) -> Trie | None:
    """What follows a prefix; None if nothing that begins with it may be accepted."""
    if not is_refused(prefix):
        return ()
    if len(prefix) == DEPTH:
        return None
    below: dict[Trie, str] = {}
    for digit in sorted(DIGITS if prefix else DIGITS - {"0"}):
        trie = _trie(is_refused, prefix + digit)
        if trie is not None:
            below[trie] = below.get(trie, "") + digit
    return tuple([(_class(digits), trie) for trie, digits in below.items()]) or None


def _depth(trie: Trie) -> int:
    return 1 + max([_depth(each) for _, each in trie]) if trie else 0


def _start(trie: Trie, depth: int | None = None) -> str:
    """The first digits, as many for each way as for the longest."""
    depth = _depth(trie) if depth is None else depth
    if not trie:
        return _repeated([depth])
    return _any([f"{digits}{_start(each, depth - 1)}" for digits, each in trie])


def _rests(start: int, lengths: Sequence[int]) -> list[str]:
    """The digits behind the first, once for each run of lengths."""
    runs: list[list[int]] = []
    for length in lengths:
        if runs and runs[-1][-1] == length - 1:
            runs[-1].append(length)
        else:
            runs.append([length])
    return [_repeated([each - start for each in run]) for run in runs]


def _repeated(times: Sequence[int]) -> str:
    if times[-1] == 0:
        return ""
    if times == [1]:
        return "[0-9]"
    return f"[0-9]{{{times[0]}}}" if len(times) == 1 else f"[0-9]{{{times[0]},{times[-1]}}}"


def _accepts(way: str, prefix: str, length: int) -> bool:
    """Whether a pattern accepts some number of this length that begins so."""
    text = [*map(frozenset, prefix), *[DIGITS] * (length - len(prefix))]
    return (length, 0) in _match(parser.parse(way), text, {(0, 0)}, -1)


def _ways(described: Any) -> list[str]:
    """The outermost alternatives of a type's pattern, in the spelling of the contract's patterns."""
    depth, ways = 0, [""]
    for character in (described and described.national_number_pattern) or "":
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            ways.append("")
        else:
            ways[-1] += character
    return [each.replace("\\d", "[0-9]").replace("(?:", "(") for each in ways if each]


def _class(digits: str) -> str:
    if len(digits) == 1:
        return digits
    runs: list[str] = []
    for digit in digits:
        if runs and ord(runs[-1][-1]) == ord(digit) - 1:
            runs[-1] += digit
        else:
            runs.append(digit)
    return f"[{''.join([f'{run[0]}-{run[-1]}' if len(run) > 2 else run for run in runs])}]"


def _any(ways: Iterable[str]) -> str:
    listed = list(dict.fromkeys(ways))
    return listed[0] if len(listed) == 1 else f"({'|'.join(listed)})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
