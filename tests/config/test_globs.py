"""The patterns of the configuration: what they match, and which of them are wrong."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from command_folder import Folder
from recordlint.config.globs import glob_fault, matches
from recordlint.config.loading import Config, FileRule
from recordlint.definitions.target import Claim


@pytest.mark.parametrize(
    ("glob", "matching", "others"),
    [
        ("a/*.json", ["a/x.json", "a/.json", "a/.x.json"], ["a/b/x.json", "b/a/x.json", "A/x.json", "a/x.JSON"]),
        ("*.json", ["x.json", ".x.json"], ["a/x.json", "x.jsonl", "../x.json"]),
        ("a/**/*.json", ["a/x.json", "a/b/c/x.json", "a/.b/x.json"], ["b/a/x.json", "ab/x.json", "a.json"]),
        ("**/*.json", ["x.json", "a/b/x.json", ".a/x.json"], ["../x.json", "../a/x.json", "x.txt"]),
        ("**/a/**/b/*", ["a/b/x", "x/a/y/b/z", "a/a/b/b/x"], ["a/b", "b/a/x", "a/x/b"]),
        ("a/**", ["a/x", "a/b/x.json", "a/.x"], ["a", "ab/x", "b/a/x"]),
        ("**", ["x", "a/b/x", ".a/.x"], ["../x"]),
        ("old/", ["old/x.json", "old/a/b"], ["old", "older/x", "a/old/x"]),
        ("*/", ["a/x", "a/b/x"], ["x"]),
        ("**/old/", ["old/x", "a/old/x", "a/old/b/x"], ["old", "a/old"]),
        ("a/?.json", ["a/x.json", "a/é.json", "a/😀.json"], ["a/xy.json", "a/.json", "a//.json"]),
        ("a?b", ["axb", "a.b"], ["a/b", "ab"]),
        ("a/[xy].json", ["a/x.json", "a/y.json"], ["a/z.json", "a/xy.json", "a/X.json"]),
        ("[a-c]x", ["ax", "cx"], ["dx", "-x", "x"]),
        ("[+-9]", ["+", ".", "9"], ["/", ":"]),
        ("[!a-c]x", ["dx", "-x", ".x"], ["ax", "x", "/x"]),
        ("[]-]", ["]", "-"], ["["]),
        ("[!]]", ["x"], ["]"]),
        ("[a^]", ["a", "^"], ["b"]),
        ("[!^a]", ["b", "!"], ["^", "a"]),
        ("[{]a,b}", ["{a,b}"], ["a", "b"]),
        ("[[][*][?]", ["[*?"], ["[xy"]),
        ("{{a}}/(x)+.$|^", ["{{a}}/(x)+.$|^"], ["a/x"]),
        ("a b/ü.json", ["a b/ü.json"], ["a b/u.json"]),
    ],
)
def test_what_a_pattern_matches(glob: str, matching: list[str], others: list[str]) -> None:
    assert glob_fault(glob) is None
    assert [name for name in matching if not matches(glob, name)] == []
    assert [name for name in others if matches(glob, name)] == []


# A second implementation, as the page says it.


def character_is(pattern: str, character: str) -> tuple[bool, str]:
    """Whether a pattern that does not begin with * takes a character, and what remains of the pattern."""
    if pattern[0] == "?":
        return True, pattern[1:]
    if pattern[0] != "[":
        return pattern[0] == character, pattern[1:]
    negated = pattern[1] == "!"
    start = 2 if negated else 1
    end = pattern.index("]", start + 1)
    characters = list(pattern[start:end])
    within = False
    while characters:
        first = characters.pop(0)
        last = first
        if characters[:1] == ["-"] and len(characters) > 1:
            last = characters[1]
            del characters[:2]
        within = within or first <= character <= last
    return within is not negated, pattern[end + 1 :]


def name_is(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    if pattern[0] == "*":
        return name_is(pattern[1:], name) or (name != "" and name_is(pattern, name[1:]))
    if not name:
        return False
    right, remaining = character_is(pattern, name[0])
    return right and name_is(remaining, name[1:])


def path_is(pattern: list[str], names: list[str]) -> bool:
    if not pattern:
        return not names
    if pattern in (["**"], [""]):
        return len(names) > 0
    if pattern[0] == "**":
        return path_is(pattern[1:], names) or (len(names) > 0 and path_is(pattern, names[1:]))
    return len(names) > 0 and name_is(pattern[0], names[0]) and path_is(pattern[1:], names[1:])


PIECES = ["a", "b", "-", ".", "]", "^", "{", "*", "?", "[ab]", "[!a]", "[a-b]", "[!b-]", "[]a]", "[.-b]", "[!]]"]
SEGMENTS = st.one_of(st.just("**"), st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join))
GLOBS = st.builds(
    lambda names, ending: "/".join(names) + ending,
    st.lists(SEGMENTS, min_size=1, max_size=4),
    st.sampled_from(["", "", "/", "/**"]),
).filter(lambda glob: glob_fault(glob) is None)
NAMES = st.lists(
    st.text("ab-.]^{A", min_size=1, max_size=4).filter(lambda name: name not in (".", "..")), min_size=1, max_size=5
).map("/".join)


@given(GLOBS, NAMES)
@example("**/a/**/a/**", "a/b/a/a")
@example("a/**", "a")
def test_a_pattern_means_what_the_page_says(glob: str, name: str) -> None:
    assert matches(glob, name) is path_is(glob.split("/"), name.split("/"))


def test_a_pattern_that_has_to_be_tried_in_many_ways() -> None:
    assert not matches("*a" * 40 + "b", "a" * 200)
    assert not matches("**/a/" * 40 + "b", "a/" * 200 + "a")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.json", True), ("x/../a.json", True), ("../a.json", False), ("../home/a.json", True), ("..a/b", True)],
)
def test_files_outside_match_nothing(tmp_path: Path, path: str, expected: bool) -> None:
    home = tmp_path / "home"
    config = Config(str(home / "recordlint.toml"), files=(FileRule("**", Claim()),), exclude=("**",))
    named = os.path.join(home, path)
    assert (config.rule_for(named) is not None, config.excludes(named)) == (expected, expected)


# Patterns that are wrong.

STARTS = "a pattern must not start with a slash: it is relative to the configuration's folder"
LEAVES = "a pattern cannot leave the configuration's folder"
DOT = 'a pattern must not contain the folder "."'
EMPTY = "a pattern must not contain //"
SLASH = "folders are separated by a slash, not by a backslash"
DRIVE = 'a pattern must be relative to the configuration\'s folder, such as "payloads/*.json"'
CLASS = "a class of characters begins with [ and ends with ] in the same name; write [[] for the character ["
CARET = "to exclude characters, write [!…], not [^…]"
STARS = "** must be a whole folder name"
BRACES = "braces have no meaning in a pattern: write one pattern for each choice, or [{] for the character"
NOT = "a pattern cannot start with !: negation is not supported"

WRONG = {
    "/a/*.json": f'{STARTS}; write "a/*.json"',
    "/": f'{STARTS}; write "**"',
    "//server/a": f'{STARTS}; write "server/a"',
    "./a/": f'{DOT}; write "a/"',
    "a/./b": f'{DOT}; write "a/b"',
    ".": f'{DOT}; write "**"',
    "../a": LEAVES,
    "../../a": LEAVES,
    "a/../../b": LEAVES,
    "a/../b": f'{LEAVES}; write "b"',
    "*/../b": LEAVES,
    "a//b": f'{EMPTY}; write "a/b"',
    "a//": f'{EMPTY}; write "a/"',
    "a\\b\\*.json": f'{SLASH}; write "a/b/*.json"',
    ".\\a": f'{SLASH}; write "a"',
    "C:/a/*.json": DRIVE,
    "c:\\a": DRIVE,
    "a/[b": CLASS,
    "a/[b/c]": CLASS,
    "[]": CLASS,
    "[!]": CLASS,
    "/[a": STARTS,
    "[^a]": CARET,
    "[z-a].json": "the range z-a runs backwards",
    "x[!ab-a]": "the range b-a runs backwards",
    "**.json": f'{STARS}; write "**/*.json"',
    "a/b**": f'{STARS}; write "a/b*/**"',
    "a**b": f'{STARS}; write "a*/**/*b"',
    "a/***/b": f'{STARS}; write "a/**/b"',
    "*.{json,txt}": BRACES,
    "{a/b,c}/*": BRACES,
    "day-{1..3}": BRACES,
    "!a/*.json": NOT,
}


@pytest.mark.parametrize("glob", WRONG)
def test_a_wrong_pattern(glob: str) -> None:
    assert glob_fault(glob) == WRONG[glob]


@given(st.text("a*?[]!^-{},./\\:C", min_size=1, max_size=8))
def test_what_to_write_is_right(glob: str) -> None:
    said = glob_fault(glob)
    written = re.search(r'; write "(.*)"$', said or "")
    if written:
        assert written[1] != glob
        assert glob_fault(written[1]) is None


@given(NAMES.filter(lambda name: "!" not in name))
def test_a_plain_path_is_a_pattern_for_itself(name: str) -> None:
    assert glob_fault(name) is None
    assert matches(name, name)


def test_a_folder_in_the_configuration(folder: Folder) -> None:
    folder.write("objects/ticket.json", (Path(__file__).parents[2] / "fixtures/objects/ticket.json").read_bytes())
    folder.write("recordlint.toml", 'objects = ["objects/"]\nexclude = ["p/old/"]\n[[files]]\nmatch = "p/"\n')
    folder.write("p/deep/a.json", "[]")
    folder.write("p/old/b.json", "[]")
    done = folder.run("check", "--quiet", "p")
    assert (done.status, done.out.count("\n"), done.out.split(":")[0], done.err) == (1, 1, "p/deep/a.json", "")
