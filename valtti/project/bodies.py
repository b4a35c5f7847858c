"""Receiving request bodies: under a cap, under a deadline, in slots, so that dripping uploads delay nobody."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from valtti.core import limits, metrics
from valtti.project.door import MOST_BODY, Refusal

type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

IN_MEMORY = 256 * 1024
SILENCE_SECONDS = 15.0
LEAST_BYTES_A_SECOND = 16 * 1024
FIRST_SECONDS = 30.0


class Gone(Exception):
    """The sender left before the body was whole: nothing is stored, nobody is answered."""


class NotReceived(Exception):
    """The body is not taken: `refusal` is the answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.refusal = Refusal(status)


class Slots:
    """So many bodies at one time, and so many of one client."""

    def __init__(self, most: int = 256, most_of_one: int = 8) -> None:
        self.most, self.most_of_one = most, most_of_one
        self._taken: Counter[str] = Counter()

    @asynccontextmanager
    async def one(self, address: str) -> AsyncIterator[None]:
        """Hold a slot. Raises NotReceived (503), unread, when there is none."""
        client = limits.network(address)
        if self._taken.total() >= self.most or self._taken[client] >= self.most_of_one:
            metrics.count("valtti_bodies_refused_total")
            raise NotReceived(HTTPStatus.SERVICE_UNAVAILABLE)
        self._taken[client] += 1
        try:
            yield
        finally:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]


async def collect(receive: Receive, length: int | None, seconds: float | None = None) -> tuple[IO[bytes], int]:
    """The whole body and its size, from the start. Raises NotReceived (408, 413, 400) or Gone."""
    body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    try:
        async with asyncio.timeout(seconds or _patience(length)):
            size = await _fill(body, receive)
    except TimeoutError:
        body.close()
        raise NotReceived(HTTPStatus.REQUEST_TIMEOUT) from None
    except BaseException:
        body.close()
        raise
    if length is not None and size != length:
        body.close()
        raise NotReceived(HTTPStatus.BAD_REQUEST)
    body.seek(0)
    return body, size


async def _fill(body: IO[bytes], receive: Receive) -> int:
    size = 0
    while True:
        async with asyncio.timeout(SILENCE_SECONDS):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MOST_BODY:
            raise NotReceived(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body.write(chunk)
        if not message.get("more_body"):
            return size


def _patience(length: int | None) -> float:
    return FIRST_SECONDS + (MOST_BODY if length is None else length) / LEAST_BYTES_A_SECOND
