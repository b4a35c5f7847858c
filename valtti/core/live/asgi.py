"""The live stream as a bare ASGI application: a ticket in, server-sent events out, no session, no Django stack."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from valtti.core import clock, metrics
from valtti.core.events import Cursor
from valtti.core.live import tickets
from valtti.core.live.feed import Feed, Gap, Stream, missed
from valtti.core.live.tickets import Ticket

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

KEEP_ALIVE_SECONDS = 15.0
RETRY_AFTER_SECONDS = 5
BEGIN_SECONDS = 3.0
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class LiveApp:
    """GET with a ticket: what was missed, then what moves, until the ticket runs out or the login ends."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = parse_qs(bytes(scope.get("query_string", b"")).decode("latin-1"))
        ticket = tickets.read(asked.get("ticket", [""])[-1], now=clock.now())
        if scope["method"] != "GET" or ticket is None:
            await refuse(send, 403 if scope["method"] == "GET" else 405)
            return
        if not self.feed.has_begun() and not await asyncio.to_thread(self.feed.has_begun, BEGIN_SECONDS):
            await refuse(send, 503)
            return
        if (status := self.feed.refusal(ticket)) is not None:
            await refuse(send, status)
            return
        await self._stream(ticket, _place(scope, asked, ticket), receive, send)

    async def _stream(self, ticket: Ticket, after: Cursor, receive: Receive, send: Send) -> None:
        stream = self.feed.join(ticket)
        metrics.count("valtti_streams_total")
        gone = asyncio.create_task(_until_gone(receive, stream))
        try:
            # The feed's place is read after joining: what it delivers later is not in the gap, what is in the gap was.
            gap = await asyncio.to_thread(_missed, after, self.feed.cursor)
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await _say(send, _opening(gap, ticket))
            await _flow(stream, ticket, send)
        finally:
            self.feed.leave(stream)
            gone.cancel()


async def _flow(stream: Stream, ticket: Ticket, send: Send) -> None:
    while not stream.ended:
        left = (ticket.until - clock.now()).total_seconds()
        if left <= 0:
            break
        text = await stream.take(min(KEEP_ALIVE_SECONDS, left))
        if not stream.ended:
            metrics.count("valtti_hints_total", text.count("\ndata:"))
            await _say(send, text or ":\n\n")
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _opening(gap: Gap, ticket: Ticket) -> str:
    """How soon to come again after a break, the place in the log, and what was missed."""
    lines = [f"retry: {random.randint(2000, 6000)}\n"]
    if not gap.whole:
        return "".join([*lines, f"id: {gap.cursor}\nevent: reset\ndata:\n\n"])
    lines += [hint.text_for(ticket.topics) for hint in gap.hints]
    return "".join([*lines, f"id: {gap.cursor}\nevent: hello\ndata:\n\n"])


def _place(scope: Scope, asked: dict[str, list[str]], ticket: Ticket) -> Cursor:
    """Where the page had got to: its own word, the browser's, or when the ticket was made."""
    header = next((value for name, value in scope["headers"] if name == b"last-event-id"), b"")
    said = [asked.get("after", [""])[-1], bytes(header).decode("latin-1")]
    places = [place for text in said if (place := Cursor.read(text)) is not None]
    return max(places, default=ticket.after)


def _missed(after: Cursor, until: Cursor) -> Gap:
    from django.db import connection

    try:
        return missed(after, until)
    finally:
        connection.close_if_unusable_or_obsolete()


async def _until_gone(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def refuse(send: Send, status: int) -> None:
    """An empty answer with a status."""
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    if status in {429, 503}:
        headers.append((b"retry-after", str(RETRY_AFTER_SECONDS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
