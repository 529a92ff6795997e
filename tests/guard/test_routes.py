"""Which requests write a record, on any spelling of a path that some server may read as a record's."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import THOROUGH, thorough
from recordlint.contract.operations import CREATE, UPDATE
from recordlint.definitions.target import Claim
from recordlint.requests.request import read_request
from recordlint.requests.routes import LAYERS, find_route, writes_record

HOST = "https://services.leadconnectorhq.com"
ID = "668d681f77af4e5229abd6c0"
RECORDS = "/objects/custom_objects.ticket/records"
RECORD = f"{RECORDS}/{ID}"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", RECORD),
        ("put", f"{RECORD}/"),
        ("Post", RECORDS),
        ("POST", f"{RECORDS}/"),
        ("PUT", f"/api/v1{RECORD}"),
        ("PUT", f"{RECORD}?locationId=/contacts/1"),
        ("PUT", f"{RECORD}#/contacts/1"),
        ("PUT", "/objects/custom_objects%2Eticket/records/1"),
        ("PUT", "/objects/a%20b/records/%C3%BC"),
    ],
)
@pytest.mark.parametrize("host", ["", HOST, "http://user:password@localhost:8080", "HTTP://[::1]:80"])
def test_plain_spellings(method: str, path: str, host: str) -> None:
    assert writes_record(method, host + path)
    route = find_route(host + path)
    assert route
    assert route.is_plain


ODD: dict[str, list[str]] = {
    "empty segments": [f"/{RECORD}", f"//{RECORD}", f"{RECORD}//", RECORD.replace("/records", "///records")],
    "another case": [RECORD.replace("/objects", "/OBJECTS"), RECORD.replace("/records", "/Records")],
    "a letter of another alphabet": [RECORD.replace("objects/", "object\u017f/")],
    "encoded letters": [RECORD.replace("/o", "/%6F"), RECORD.replace("/r", "/%72"), RECORD.replace("s/", "%73/")],
    "encoded slashes": ["/" + RECORD[1:].replace("/", "%2F"), RECORD.replace("/records", "%2frecords")],
    "encoded twice": [RECORD.replace("/o", "/%256F"), RECORD.replace("/records", "%252Frecords")],
    "encoded five times": [RECORD.replace("/o", "/%252525256F")],
    "backslashes": [RECORD.replace("/", "\\"), RECORD.replace("/records", "\\records"), f"{RECORD}\\"],
    "encoded backslashes": [RECORD.replace("/records", "%5Crecords"), RECORD.replace("/records", "%255crecords")],
    "dots": [f"/.{RECORD}", f"/x/..{RECORD}", RECORD.replace("/records", "/./records"), f"{RECORD}/x/.."],
    "encoded dots": [f"/x/%2e%2E{RECORD}", f"/x/.%2e{RECORD}", f"/x/%252e.{RECORD}", f"{RECORD}/%2e"],
    "dots that only some resolve": [
        f"{RECORDS}/%2e%2e",
        "/objects/%2E/records/1",
        "/objects/x/../y/records/%252e%252e",
    ],
    "dots and a slash in an id": ["/objects/x/%2e%2e/y/records/a%2Fb"],
    "matrix parameters": [f"{RECORD};x=1", RECORD.replace("/records", ";a;b/records"), f"/x/..;y{RECORD}"],
    "white space": [f" {RECORD}", f"{RECORD}\n", RECORD.replace("/rec", "/\trec"), f"{RECORD}%20", f"{RECORD}%0a"],
    "white space within": [RECORD.replace("/records", "%20/records"), RECORD.replace("/records", "/%09records")],
    "zero bytes": [RECORD.replace("/records", "%00/records"), f"{RECORD}\0"],
    "no slash in front": [RECORD[1:], f"http:{RECORD[1:]}", f"{{{{base}}}}{RECORD}"],
    "a host that could be a path": [
        f"//host{RECORD}",
        f"//.{RECORD}",
        "//objects/custom_objects.ticket/records/1",
        f"{HOST}%2F{RECORD[1:]}",
    ],
    "no host": [f"http:{RECORD}", f"https:///{RECORD[1:]}", f"//{RECORD}"],
    "backslashes behind the scheme": [f"http:\\\\host{RECORD}", f"http:\\\\host{RECORD}".replace("/", "\\")],
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_spellings(kind: str) -> None:
    for url in ODD[kind]:
        assert writes_record("PUT", url), url
        route = find_route(url, UPDATE)
        assert route, url
        assert not route.is_plain, url


def test_what_an_odd_spelling_means() -> None:
    url = f"/proxy//OBJECTS;a=1/%2563ustom_objects.ticket%20/./x/%2e%2e\\Records/{ID};v=1/?locationId=l"
    route = find_route(url, UPDATE)
    assert route == (UPDATE, "custom_objects.ticket", ID, "locationId=l", True, False)
    claim, problems, _ = read_request("PUT", url, proxied=True)
    assert claim == Claim("custom_objects.ticket", UPDATE)
    assert [(each.rule, each.severity, each.path) for each in problems] == [("request-operation", "error", ("url",))]
    assert problems[0].message == "the path in the URL has an unusual spelling, which servers read in different ways"
    assert problems[0].hint == (
        "write /objects/{customObjectKey}/records/{recordId}, without empty segments, dots, backslashes or needless "
        "escapes"
    )


def test_an_empty_key_is_one_error() -> None:
    route = find_route("/objects//records/1")
    assert route == (UPDATE, "", "1", "", False, False)
    problems = read_request("PUT", f"/objects//records/{ID}?locationId=l").problems
    assert [(each.rule, each.path) for each in problems] == [("object-key", ("url",))]


OTHERS = [
    "/contacts/668d681f77af4e5229abd6c0",
    "/objects/custom_objects.ticket",
    "/objects/custom_objects.ticket/recordss",
    "/xobjects/custom_objects.ticket/records",
    "/objects/records",
    "/objects",
    "/records/1",
    f"{RECORD}/notes",
    f"{RECORD}/notes/records",
    "/custom-fields/object-key/custom_objects.ticket",
    "/medias/upload-file",
    "",
    "/",
    f"/contacts/1?next={RECORD}",
    f"/contacts/1#{RECORD}",
    f"?{RECORD}",
    f"#{RECORD}",
]


@pytest.mark.parametrize("url", OTHERS)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_other_paths(method: str, url: str) -> None:
    assert not writes_record(method, url)
    assert not writes_record(method, HOST + url)


@pytest.mark.parametrize("method", ["GET", "DELETE", "HEAD", "OPTIONS", "PATCH", "", "PUTT"])
def test_other_methods(method: str) -> None:
    assert not writes_record(method, RECORD)
    assert not writes_record(method, "http://[")


def test_a_method_in_another_form() -> None:
    assert all(writes_record(method, RECORD) for method in ("PUT", "Put", "put", " PUT", "put\n"))


@pytest.mark.parametrize(
    ("path", "is_write"),
    [
        (f"{RECORDS}/search", False),
        (f"{RECORDS}/search/", False),
        (f"{RECORDS}//SEARCH", False),
        (f"{RECORDS}/%73earch", False),
        (f"{RECORDS}/search/..", True),
        (f"{RECORDS}/search/%2e%2e/", True),
        (f"{RECORDS}/search\\..", True),
        (f"{RECORDS}/search%2F..", True),
        ("/objects/search/records", True),
        (RECORD, True),
        (f"{RECORDS}/{ID[:-1]}", False),
        (f"{RECORDS}/%36{ID[1:]}", True),
    ],
)
def test_creating_and_searching(path: str, is_write: bool) -> None:
    """POST with a record's id is a mistake, and is told; POST to any other path below creates nothing."""
    assert writes_record("POST", path) == is_write


@pytest.mark.parametrize(
    "url", ["http://[", "http://[::1", "https://[x]/objects", "http://a]/x", "/%" + "25" * LAYERS + "41/x", "//[/x"]
)
def test_what_cannot_be_read_may_be_a_write(url: str) -> None:
    assert writes_record("PUT", url)
    assert writes_record("POST", url)
    with pytest.raises(ValueError, match=r"\w"):
        find_route(url)
    claim, (problem,), _ = read_request("PUT", url)
    assert claim == Claim()
    assert (problem.rule, problem.severity, problem.path) == ("request-operation", "error", ("url",))
    assert problem.message == "the request's URL cannot be parsed, so it might write a record"


# Random spellings that some server reads as the canonical one.

Respell = Callable[[st.DataObject, str], str]


def anywhere(data: st.DataObject, path: str) -> int:
    """Where a segment of the path begins."""
    return data.draw(st.sampled_from([match.start() for match in re.finditer("/", path)]))


def inserted(data: st.DataObject, path: str) -> str:
    at = anywhere(data, path)
    return path[:at] + data.draw(st.sampled_from(["/", "/.", "/zz/..", "/;v=1", "/%20", "/.;x", "/z/..;x"])) + path[at:]


def appended(data: st.DataObject, path: str) -> str:
    """Behind a segment that is not empty."""
    ends = [match.end() for match in re.finditer(r"[^/\\]+", path)]
    at = data.draw(st.sampled_from(ends))
    return path[:at] + data.draw(st.sampled_from([";", ";a=1", "%20", " ", "%09", "\t"])) + path[at:]


def closed(data: st.DataObject, path: str) -> str:
    return path + data.draw(st.sampled_from(["/", "//", "\\", "/./", "/zz/../", "\n", " "]))


def in_another_case(data: st.DataObject, path: str) -> str:
    """The literal segments; the others are in nobody's hand but the user's."""
    literal = data.draw(st.sampled_from(["objects", "records"]))
    other = "".join([data.draw(st.sampled_from([letter, letter.upper()])) for letter in literal])
    return re.sub(rf"(?<=/){literal}(?=[/\\]|$)", other, path)


def encoded(data: st.DataObject, path: str) -> str:
    at = data.draw(st.integers(1, len(path) - 1))
    if "%" in path[max(0, at - 2) : at + 1] or ord(path[at]) < 0x21 or path.count("%25") >= LAYERS - 1:
        return path
    escape = data.draw(st.sampled_from(["%{:02X}", "%{:02x}", "%25{:02x}"])).format(ord(path[at]))
    return path[:at] + escape + path[at + 1 :]


def backslashed(data: st.DataObject, path: str) -> str:
    at = anywhere(data, path)
    return path[:at] + "\\" + path[at + 1 :] if at else path


RESPELLINGS: list[Respell] = [inserted, appended, closed, in_another_case, encoded, backslashed]
KEYS = st.sampled_from(["custom_objects.ticket", "business", "records", "objects", "x"])
IDS = st.sampled_from([ID, "1", "search", "records"])


def respelled(data: st.DataObject, path: str) -> str:
    for respell in data.draw(st.lists(st.sampled_from(RESPELLINGS), max_size=6)):
        if "/" in path:
            path = respell(data, path)
    return path


@thorough(10)
@given(st.data(), KEYS, IDS, st.sampled_from(["", HOST, f"{HOST}/proxy"]), st.sampled_from(["PUT", "POST"]))
def test_a_write_stays_one_however_it_is_spelled(
    data: st.DataObject, key: str, record: str, host: str, method: str
) -> None:
    canonical = f"/objects/{key}/records" + (f"/{record}" if method == "PUT" else "")
    url = host + respelled(data, canonical) + data.draw(st.sampled_from(["", "?locationId=l", "#x"]))
    assert writes_record(method, url)
    operation = UPDATE if method == "PUT" else CREATE
    route = find_route(url, operation)
    assert route
    assert route.operation is operation
    if route.is_plain:
        assert unquote(url.partition("?")[0].partition("#")[0].removesuffix("/")) == host + canonical
    else:
        problems = read_request(method, url, proxied=True).problems
        assert ("request-operation" if route.object else "object-key") in [problem.rule for problem in problems]


@thorough(5)
@given(
    st.data(),
    st.sampled_from([f"/contacts/{ID}", "/objects/custom_objects.ticket", "/medias/upload-file"]),
    st.sampled_from(["", HOST]),
    st.sampled_from(["PUT", "POST"]),
)
def test_other_paths_stay_other_paths(data: st.DataObject, path: str, host: str, method: str) -> None:
    assert not writes_record(method, host + respelled(data, path))


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_path_below_a_record(method: str) -> None:
    assert not writes_record(method, f"{RECORD}/notes")
    # Servers that do not split at an encoded slash take it for a part of the record's id.
    assert writes_record("PUT", f"{RECORD}%2Fnotes")


@THOROUGH
@given(st.text(), st.text())
def test_any_text_is_answered(method: str, url: str) -> None:
    assert writes_record(method, url) in (True, False)
    assert writes_record("PUT", url) in (True, False)
    read_request("PUT", url)


@pytest.mark.parametrize(
    "part", ["/", "//objects", "/%2e", "/%252e%252e/x", "%25", "/objects/a/records", ";", "\\", "/../x", "a:", "/;/"]
)
def test_a_long_path_takes_no_more_than_its_length(part: str) -> None:
    """Three times the length would take nine times as long: minutes, where it is read in a second."""
    assert writes_record("PUT", part * (200_000 // len(part)) + "/objects/a/records/1")
