"""Asks the service over HTTP: with a time limit, again where that can help, and never more than an answer may hold.

httpx is imported where it is needed: it comes with the extra `recordlint[pull]`.
"""

from __future__ import annotations

import asyncio
import os
import time
import zlib
from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar

from recordlint.contract.operations import LOCATION
from recordlint.definitions.fetching.refusals import Answered, Asked, not_an_answer, refusal
from recordlint.definitions.fetching.waits import ATTEMPTS, LONGEST, asked_wait, is_day_over, may_pass, usual_wait
from recordlint.errors import ServiceError, UsageError
from recordlint.jsontext.parse import BOM, Unreadable, read_json

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Say = Callable[[str], None]

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of an answer, unpacked. Three times what 100,000 options need, and looked through for the token in seconds."""
LARGEST_REFUSAL: Final = 64 * 1024
"""Bytes of a refusal that are read."""
SILENCE: Final = 30.0
"""Seconds in which the service has to say something."""


class Fetcher:
    """Fetches JSON objects from the service.

    Args:
        asked: who is asked, and with what.
        client: sends the requests.
        timeout: seconds in which everything has to end, counted from now.
        say: is told of each wait.
    """

    def __init__(self, asked: Asked, client: httpx.AsyncClient, timeout: float, say: Say) -> None:
        self.asked: Final = asked
        self._client: Final = client
        self._timeout: Final = timeout
        self._end: Final = time.monotonic() + timeout
        self._say: Final = say

    async def fetch(self, path: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        """The JSON object that the service answers to a GET.

        Args:
            path: below the base URL; nothing in it has to be escaped.
            parameters: of the query, beside the location.

        Raises:
            ServiceError: the service refuses, cannot be reached, or answers with something else.
        """
        for attempt in range(1, ATTEMPTS + 1):
            answered, trouble = await self._attempt(path, parameters)
            if answered is not None and not may_pass(answered.status):
                return _value(self.asked, answered)
            if answered is not None:
                trouble = refusal(self.asked, answered)
                if answered.status == HTTPStatus.TOO_MANY_REQUESTS and is_day_over(answered.headers):
                    raise ServiceError("the requests of the day are used up; run the command again tomorrow")
            if attempt < ATTEMPTS:
                await self._wait(attempt, answered, trouble)
        raise ServiceError(trouble)

    async def _wait(self, attempt: int, answered: Answered | None, trouble: str) -> None:
        """Wait before the next attempt, or say at once that the time limit does not allow it."""
        usual = usual_wait(attempt)
        asked = None if answered is None else asked_wait(answered.headers, time.time())
        # A server in trouble may ask for no wait at all.
        seconds = max(usual, asked or 0)
        if time.monotonic() + seconds >= self._end:
            if seconds == usual:
                raise ServiceError(trouble)
            longer = ", or give a longer --timeout" if seconds < LONGEST else ""
            raise ServiceError(
                f"the service asks to wait {_seconds(seconds)}, and --timeout is {_seconds(self._timeout)}; "
                f"run the command again later{longer}"
            )
        self._say(f"{trouble.rpartition(';')[0]}; trying again in {_seconds(seconds)}")
        await asyncio.sleep(seconds)

    async def _attempt(self, path: str, parameters: Mapping[str, str]) -> tuple[Answered | None, str]:
        """What is answered to one request; None and the reason if that may be another one the next time.

        Raises:
            ServiceError: it will not be.
        """
        import httpx

        from recordlint.definitions.fetching.connections import is_lasting, why_not

        url = f"{self.asked.base_url}{path}"
        query = {LOCATION: self.asked.location, **parameters}
        try:
            async with self._client.stream("GET", url, params=query) as response:
                return await _answered(response), ""
        except httpx.HTTPError as error:
            trouble = why_not(self.asked.base_url, error)
            if is_lasting(error):
                raise ServiceError(trouble) from None
            return None, trouble


async def _answered(response: httpx.Response) -> Answered:
    """An answer, read as far as it is wanted. The status of a refusal tells enough if its body cannot be unpacked.

    Raises:
        ServiceError: it is too large, damaged, or packed in a way that was not asked for.
    """
    is_right = response.status_code == HTTPStatus.OK
    limit = LARGEST if is_right else LARGEST_REFUSAL
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        body = await _body(response, headers.get("content-encoding", "").strip().lower(), limit + 1)
    except ServiceError:
        if is_right:
            raise
        body = b""
    if is_right and len(body) > limit:
        size = limit // 1024**2
        raise ServiceError(f"the answer is larger than {size} MiB, and no definition is; correct --base-url")
    return Answered(response.url.path, response.status_code, headers, body)


async def _body(response: httpx.Response, packing: str, wanted: int) -> bytes:
    """The first bytes of an answer's body, unpacked.

    Args:
        response: the answer, of which the body is not read yet.
        packing: its Content-Encoding.
        wanted: how many bytes at most.

    Raises:
        ServiceError: it cannot be unpacked.
    """
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise ServiceError("the answer is packed in a way that was not asked for; correct the settings of the proxy")
    unpacker = zlib.decompressobj(wbits=31) if packing.endswith("gzip") else None
    body = bytearray()
    try:
        async for part in response.aiter_raw():
            body += unpacker.decompress(part, wanted - len(body)) if unpacker else part
            if len(body) >= wanted:
                break
    except zlib.error:
        raise ServiceError("the answer is damaged: it cannot be unpacked; run the command again") from None
    return bytes(body[:wanted])


def _value(asked: Asked, answered: Answered) -> dict[str, Any]:
    """The JSON object of an answer.

    Raises:
        ServiceError: it is none, or holds the token.
    """
    if answered.status != HTTPStatus.OK:
        raise ServiceError(refusal(asked, answered))
    try:
        value = read_json(answered.body.removeprefix(BOM))
    except Unreadable:
        raise ServiceError(not_an_answer(asked, answered)) from None
    if not isinstance(value, dict):
        raise ServiceError(f"{asked.base_url} answers with JSON that is no object; correct --base-url")
    if asked.token.is_in(answered.body.decode("utf-8", "replace")):
        raise ServiceError(f"{asked.base_url} repeats the token in its answer, so nothing is saved; correct --base-url")
    return value


def fetch_all(asked: Asked, timeout: float, say: Say, work: Callable[[Fetcher], Coroutine[Any, Any, T]]) -> T:
    """Do some work with a fetcher, within a time limit.

    Args:
        asked: who is asked, and with what.
        timeout: seconds.
        say: is told of each wait.
        work: what is done.

    Raises:
        ServiceError: as the work raises it, or the time is over.
        UsageError: the environment's proxy or certificates cannot be used.
    """

    async def within() -> T:
        async with _client(asked) as client, asyncio.timeout(timeout):
            return await work(Fetcher(asked, client, timeout, say))

    try:
        return _run(within())
    except TimeoutError:
        raise ServiceError(
            f"{asked.base_url} does not answer everything within {_seconds(timeout)}; "
            "run the command again, or give a longer --timeout"
        ) from None
    except OSError as error:
        # Of the system or of a library, whose text may hold anything.
        why = f": {os.strerror(error.errno).lower()}" if error.errno else ""
        raise ServiceError(f"{asked.base_url} cannot be asked{why}; run the command again") from None


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a loop of its own.

    asyncio.run would wait for the thread that looks up a host's name, which no time limit reaches.
    """
    try:
        loop = asyncio.new_event_loop()
    except BaseException:
        work.close()
        raise
    try:
        return loop.run_until_complete(work)
    finally:
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        if tasks:
            loop.run_until_complete(asyncio.wait(tasks))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _client(asked: Asked) -> httpx.AsyncClient:
    """A client that follows no redirect and takes no more than it asks for.

    Raises:
        UsageError: the environment's proxy or certificates cannot be used.
    """
    import httpx

    from recordlint.definitions.fetching.connections import verify_proxy
    from recordlint.files.installed import installed_version

    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "Authorization": asked.token.header,
        "User-Agent": f"recordlint/{installed_version()}",
        "Version": asked.api_version,
    }
    # Without TLS, this machine is asked, and no proxy is to read the token.
    is_encrypted = asked.base_url.startswith("https:")
    try:
        verify_proxy(asked.base_url)
        return httpx.AsyncClient(headers=headers, timeout=SILENCE, follow_redirects=False, trust_env=is_encrypted)
    except OSError:
        raise UsageError(
            "a file of the environment for TLS cannot be used; correct SSL_CERT_FILE, SSL_CERT_DIR or SSLKEYLOGFILE"
        ) from None
    except (ImportError, ValueError, httpx.InvalidURL):
        raise UsageError(
            "the proxy of the environment cannot be used; write the URL of an HTTP proxy to HTTPS_PROXY or ALL_PROXY, "
            "and names of hosts to NO_PROXY"
        ) from None


def _seconds(seconds: float) -> str:
    number = f"{seconds:,.1f}".removesuffix(".0") if seconds < 10 else f"{seconds:,.0f}"
    return f"{number} second" if number == "1" else f"{number} seconds"
