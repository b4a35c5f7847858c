"""The feed of one process: tails the log in a thread, hands hints to the streams of its event loop."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connection

from valtti.core import clock, events
from valtti.core.db import wake
from valtti.core.events import Cursor
from valtti.core.live.hints import LOGIN_ENDED, Hint, hints_of
from valtti.core.live.tickets import LASTS, Ticket
from valtti.core.models import Event

_log = logging.getLogger("valtti.live")
POLL_SECONDS = 1.0
MOST_BACKLOG_BYTES = 64 * 1024
MOST_STREAMS = 500
MOST_STREAMS_OF_ONE = 32
LONGEST_GAP = timedelta(days=7)
MOST_REPLAYED = 5000


@dataclass(eq=False, slots=True)
class Stream:
    """One listening page. Written to by the feed, emptied by the connection."""

    ticket: Ticket
    ended: bool = False
    _waiting: deque[str] = field(default_factory=deque)
    _bytes: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, text: str) -> None:
        """Queue a text; a reader too slow for 64 kB is cut off and will come again."""
        self._waiting.append(text)
        self._bytes += len(text)
        if self._bytes > MOST_BACKLOG_BYTES:
            self.ended = True
        self._news.set()

    def end(self) -> None:
        """Close it at once."""
        self.ended = True
        self._news.set()

    async def take(self, seconds: float) -> str:
        """What is waiting, all at once; empty after so many seconds of silence, or at the end."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return ""
        text = "".join(self._waiting)
        self._waiting.clear()
        self._bytes = 0
        self._news.clear()
        return text


@dataclass(frozen=True, slots=True)
class Gap:
    """What a page missed. `whole` False: too much or too old, the page loads its parts anew."""

    hints: list[Hint]
    cursor: Cursor
    whole: bool = True


class Feed:
    """All streams of one process."""

    def __init__(self) -> None:
        self.cursor = Cursor()
        self._streams: set[Stream] = set()
        self._ended_logins: deque[int] = deque(maxlen=1000)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = threading.Event()
        self._begun = threading.Event()

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to tail the log."""
        self._loop = loop
        threading.Thread(target=self._tail, name="live feed", daemon=True).start()

    def stop(self) -> None:
        """End every stream. Call it in the event loop."""
        self._stopped.set()
        for stream in list(self._streams):
            stream.end()

    def begin_at(self, cursor: Cursor) -> None:
        """From here on the log is told. Whoever listens before this would miss what came between."""
        self.cursor = cursor
        self._begun.set()

    def has_begun(self, seconds: float = 0.0) -> bool:
        """The feed knows its place in the log; waits so long for it."""
        return self._begun.wait(seconds)

    def refusal(self, ticket: Ticket) -> int | None:
        """The status with which one more stream is refused, if it is."""
        if ticket.login in self._ended_logins:
            return 403
        own = sum(stream.ticket.user == ticket.user for stream in self._streams)
        if own >= MOST_STREAMS_OF_ONE:
            return 429
        return 503 if len(self._streams) >= MOST_STREAMS or self._stopped.is_set() else None

    def join(self, ticket: Ticket) -> Stream:
        """A page listens from now on."""
        stream = Stream(ticket)
        self._streams.add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        """A page has gone."""
        self._streams.discard(stream)

    def __len__(self) -> int:
        return len(self._streams)

    def deliver(self, hints: Collection[Hint], cursor: Cursor) -> None:
        """In the event loop: hand hints to whom they concern, and end the streams of logins that ended."""
        self.cursor = cursor
        for hint in hints:
            if hint.ended_login is not None:
                self._ended_logins.append(hint.ended_login)
            for stream in self._streams:
                if stream.ticket.login == hint.ended_login:
                    stream.end()
                elif text := hint.text_for(stream.ticket.topics):
                    stream.put(text)

    def _tail(self) -> None:
        ears: wake.Ears | None = None
        cursor: Cursor | None = None
        while not self._stopped.is_set():
            try:
                ears = ears or wake.ears()
                cursor = self._begin() if cursor is None else self._go_on(cursor)
                close_old_connections()
                ears.wait(POLL_SECONDS)
            except DatabaseError as broken:
                _log.warning("the database is away: %s", type(broken).__name__)
                connection.close()
                self._stopped.wait(POLL_SECONDS)

    def _begin(self) -> Cursor:
        recent = Event.objects.filter(kind=LOGIN_ENDED, at__gte=clock.now() - LASTS)
        self._ended_logins.extend(row.facts.get("session_id", 0) for row in recent.order_by("-pk")[:1000])
        self.begin_at(events.latest())
        return self.cursor

    def _go_on(self, cursor: Cursor) -> Cursor:
        rows = events.since(cursor)
        if not rows or self._loop is None:
            return cursor
        cursor = Cursor.of(rows[-1])
        self._loop.call_soon_threadsafe(self.deliver, hints_of(rows), cursor)
        return cursor


def missed(after: Cursor, until: Cursor) -> Gap:
    """What was told after one place in the log and not later than another."""
    if after >= until:
        return Gap([], until)
    rows = [row for row in events.since(after, MOST_REPLAYED + 1) if Cursor.of(row) <= until]
    too_old = bool(rows) and clock.now() - rows[0].at > LONGEST_GAP
    if too_old or len(rows) > MOST_REPLAYED:
        return Gap([], until, whole=False)
    return Gap(hints_of(rows), until)
