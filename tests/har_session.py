"""A HAR file of a session, for several tests."""

from __future__ import annotations

from typing import Any

HOST = "https://services.leadconnectorhq.com"
RECORDS = f"{HOST}/objects/custom_objects.ticket/records"
RECORD = f"{RECORDS}/668d681f77af4e5229abd6c0?locationId=x"
BAD = '{"properties": {\n  "ticket_name": "Ü 😀 \\"q\\"", "priority": "HIGH"}}'
GOOD = '{"properties": {"priority": "high"}}'


def entry(method: str, url: str, text: str | None = None, **data: Any) -> dict[str, Any]:
    request: dict[str, Any] = {"method": method, "url": url, "httpVersion": "HTTP/2", "headers": [], "queryString": []}
    if text is not None or data:
        request["postData"] = {"mimeType": "application/json", **({} if text is None else {"text": text}), **data}
    return {"startedDateTime": "2026-11-01T00:00:00Z", "time": 1, "request": request, "response": {"status": 200}}


def har(*entries: Any) -> dict[str, Any]:
    return {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": list(entries)}}


SESSION = har(
    entry("GET", RECORD),
    entry("PUT", RECORD, BAD),
    entry("OPTIONS", RECORD),
    entry("POST", f"{RECORDS}/search", "{}"),
    entry("PUT", RECORD, GOOD),
    entry("POST", f"{HOST}/contacts/", '{"x": '),
    entry("POST", RECORDS, mimeType="application/x-www-form-urlencoded", params=[]),
    entry("PUT", "http://localhost:8080/proxy/objects/custom_objects.asset/records/1?locationId=l", "{"),
)
