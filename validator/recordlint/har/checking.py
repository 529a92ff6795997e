"""The report of a HAR file: one for each of its requests that write records."""

from __future__ import annotations

from typing import NamedTuple

from recordlint.checking.report import Report
from recordlint.checking.validator import Validator
from recordlint.har.entries import is_har, read_entries
from recordlint.har.places import place_in_file
from recordlint.jsontext.parse import BOM, Unreadable, read_json


class Har(NamedTuple):
    """What a HAR file holds."""

    reports: tuple[tuple[int, Report], ...]
    """Of each request that writes a record, by its index in `log.entries`."""
    unreadable: tuple[str, ...]
    """Why an entry could not be judged."""


def check_har(validator: Validator, data: bytes, phone_region: str | None = None) -> Har | None:
    """Judge the requests of a HAR file that write records; None for another document, or text that is not JSON.

    The violations' pointers begin with `/url`, `/headers` or `/body`; their places are those in the file. They have
    no fixes: the requests were sent long ago.

    Args:
        validator: judges them.
        data: the file's bytes; a byte order mark is skipped.
        phone_region: of phone numbers without a country code; None for the validator's.
    """
    text = data.removeprefix(BOM)
    try:
        value = read_json(text)
    except Unreadable:
        return None
    if not is_har(value):
        return None
    if phone_region not in (None, validator.phone_region):
        validator = Validator(validator.objects.values(), validator.engine, validator.severity, phone_region)
    unreadable: list[str] = []
    checked = [
        (entry, validator.check_request(entry.method, entry.url, entry.headers, entry.body))
        for entry in read_entries(value["log"]["entries"], unreadable)
    ]
    return Har(place_in_file(text.decode(), checked, data), tuple(unreadable))
