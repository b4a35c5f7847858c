"""The stream itself: what was missed, what moves, and when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import SimpleTestCase, TransactionTestCase

from valtti.core import clock, events
from valtti.core.events import Cursor
from valtti.core.live import feed as feeds
from valtti.core.live import tickets
from valtti.core.live.asgi import LiveApp
from valtti.core.live.feed import Feed, missed
from valtti.core.live.hints import Hint
from valtti.core.live.tickets import Ticket
from valtti.core.models import AuditEntry, Event

BEGIN = Cursor()


def ticket(*topics: str, login: int = 77, after: Cursor = BEGIN, user: int = 5, minutes: float = 10) -> str:
    """A ticket that lasts so many minutes more."""
    made_at = clock.now() - tickets.LASTS + timedelta(minutes=minutes)
    return tickets.make(user=user, login=login, topics=topics, after=after, now=made_at)


def hint(number: int, *topics: str, **more: Any) -> Hint:
    return Hint(Cursor(0, number), "case.moved", topics, **more)


def a_feed() -> Feed:
    """One that has begun, without a log to tail."""
    feed = Feed()
    feed.begin_at(BEGIN)
    return feed


class Browser:
    """The other end of one stream."""

    def __init__(self, feed: Feed, query: str, method: str = "GET", last_id: str = "") -> None:
        headers = [(b"last-event-id", last_id.encode())] if last_id else []
        self.scope = {
            "type": "http",
            "method": method,
            "path": "/live/",
            "query_string": query.encode(),
            "headers": headers,
        }
        self.app, self.feed = LiveApp(feed), feed
        self.sent: list[MutableMapping[str, Any]] = []
        self.gone = asyncio.Event()

    async def open(self) -> None:
        await self.app(self.scope, self._receive, self._send)

    async def _receive(self) -> MutableMapping[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent[1:]).decode()


class StreamTestCase(SimpleTestCase):
    """Without a database: a browser that gives its place in the log has missed nothing."""

    here = "&after=0.0"

    def play(self, browser: Browser, *deeds: Callable[[], object]) -> Browser:
        """Open the stream, do these things one after the other, and let it go."""

        async def run() -> None:
            opened = asyncio.create_task(browser.open())
            for deed in deeds:
                await asyncio.sleep(0.05)
                deed()
            await asyncio.sleep(0.05)
            browser.gone.set()
            await asyncio.wait_for(opened, 3)

        asyncio.run(run())
        return browser


class DoorTests(StreamTestCase):
    def test_without_a_ticket_or_with_an_old_one_there_is_no_stream(self) -> None:
        for query in ("", "ticket=", "ticket=abc.def", f"ticket={ticket(minutes=-1)}"):
            with self.subTest(query):
                self.assertEqual(self.play(Browser(a_feed(), query)).status, 403)

    def test_before_the_feed_knows_its_place_in_the_log_nobody_listens(self) -> None:
        feed = Feed()
        early = Browser(feed, f"ticket={ticket()}&after=0.7")

        async def run() -> None:
            opened = asyncio.create_task(early.open())
            await asyncio.sleep(0.05)
            self.assertEqual(early.sent, [])
            feed.begin_at(Cursor(0, 7))
            await asyncio.sleep(0.1)
            early.gone.set()
            await asyncio.wait_for(opened, 3)

        asyncio.run(run())

        self.assertIn("id: 0.7\nevent: hello", early.text)

    def test_only_get_opens_it(self) -> None:
        self.assertEqual(self.play(Browser(a_feed(), f"ticket={ticket()}", "POST")).status, 405)

    def test_a_login_that_has_ended_opens_no_more(self) -> None:
        feed = a_feed()
        feed.deliver([hint(1, "user:5", ended_login=77)], Cursor(0, 1))

        self.assertEqual(self.play(Browser(feed, f"ticket={ticket()}")).status, 403)
        self.assertEqual(self.play(Browser(feed, f"ticket={ticket(login=78)}&after=0.1")).status, 200)

    def test_one_person_has_32_and_a_process_500(self) -> None:
        feed = a_feed()
        for _ in range(feeds.MOST_STREAMS_OF_ONE):
            feed.join(self.read(ticket()))
        self.assertEqual(self.play(Browser(feed, f"ticket={ticket()}")).status, 429)
        for user in range(feeds.MOST_STREAMS - len(feed)):
            feed.join(self.read(ticket(user=100 + user)))

        refused = self.play(Browser(feed, f"ticket={ticket(user=6)}"))

        self.assertEqual(refused.status, 503)
        self.assertIn(b"retry-after", dict(refused.sent[0]["headers"]))

    def read(self, text: str) -> Ticket:
        read = tickets.read(text, now=clock.now())
        assert read is not None
        return read


class FlowTests(StreamTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.feed = a_feed()

    def test_hints_of_ones_own_topics_arrive_and_others_do_not(self) -> None:
        browser = Browser(self.feed, f"ticket={ticket('team:3')}{self.here}")

        self.play(browser, lambda: self.feed.deliver([hint(1, "case:42", "team:3"), hint(2, "team:4")], Cursor(0, 2)))

        self.assertIn('data: {"kind":"case.moved","subject":"case:42"}', browser.text)
        self.assertIn("id: 0.1\n", browser.text)
        self.assertNotIn("team:4", browser.text)

    def test_it_says_where_in_the_log_it_is_and_when_to_come_again(self) -> None:
        self.feed.cursor = Cursor(0, 0)
        browser = self.play(Browser(self.feed, f"ticket={ticket()}{self.here}"))

        self.assertRegex(browser.text, r"^retry: [2-6]\d{3}\n")
        self.assertIn("id: 0.0\nevent: hello\n", browser.text)
        self.assertEqual(dict(browser.sent[0]["headers"])[b"content-type"], b"text/event-stream")

    def test_the_end_of_a_login_ends_its_streams_at_once(self) -> None:
        mine, others = (Browser(self.feed, f"ticket={ticket('team:3', login=login)}{self.here}") for login in (77, 78))

        async def run() -> None:
            streams = [asyncio.create_task(browser.open()) for browser in (mine, others)]
            await asyncio.sleep(0.05)
            self.feed.deliver([hint(1, "user:5", ended_login=77)], Cursor(0, 1))
            await asyncio.wait_for(streams[0], 1)
            self.assertFalse(streams[1].done())
            others.gone.set()
            await asyncio.wait_for(streams[1], 1)

        asyncio.run(run())
        self.assertFalse(mine.sent[-1]["more_body"])
        self.assertEqual(len(self.feed), 0)

    def test_it_ends_with_its_ticket(self) -> None:
        browser = Browser(self.feed, f"ticket={ticket(minutes=0.02)}{self.here}")

        async def run() -> None:
            await asyncio.wait_for(browser.open(), 3)

        asyncio.run(run())
        self.assertFalse(browser.sent[-1]["more_body"])

    def test_a_reader_too_slow_for_64_kilobytes_is_cut_off(self) -> None:
        stream = self.feed.join(Ticket(5, 77, frozenset({"team:3"}), BEGIN, clock.now() + timedelta(minutes=5)))

        for number in range(2000):
            self.feed.deliver([hint(number, "team:3")], Cursor(0, number))

        self.assertTrue(stream.ended)

    def test_the_house_closes_and_all_streams_end(self) -> None:
        browser = Browser(self.feed, f"ticket={ticket('team:3')}{self.here}")

        self.play(browser, self.feed.stop)

        self.assertFalse(browser.sent[-1]["more_body"])


class GapTests(TransactionTestCase):
    """What a page missed while it was not listening, from the log itself."""

    def tell(self, *words: str) -> list[Event]:
        subject = AuditEntry.objects.create(what="row")
        told = []
        for word in words:
            with transaction.atomic():
                facts = {"case_id": 42, "word": word}
                told.append(events.record("post.accepted", subject=subject, team_id=3, facts=facts))
        return told

    def test_it_is_told_whole_and_in_order(self) -> None:
        begin = events.latest()
        self.tell("a", "b", "c")

        gap = missed(begin, events.latest())

        self.assertTrue(gap.whole)
        self.assertEqual(len(gap.hints), 3)
        self.assertEqual(gap.cursor, events.latest())
        self.assertEqual(missed(events.latest(), events.latest()).hints, [])

    def test_more_than_5000_or_older_than_a_week_is_a_reset(self) -> None:
        begin = events.latest()
        self.tell("a")
        with clock.at(clock.now() + timedelta(days=8)):
            self.assertFalse(missed(begin, events.latest()).whole)
        subject = {"subject_kind": "core.auditentry", "subject_id": 1, "kind": "post.accepted"}
        Event.objects.bulk_create([Event(**subject) for _ in range(feeds.MOST_REPLAYED + 1)])

        gap = missed(begin, events.latest())

        self.assertEqual((gap.whole, gap.hints), (False, []))

    def test_the_feed_hears_what_is_committed(self) -> None:
        self.tell("before")
        feed = Feed()

        async def run() -> str:
            feed.start(asyncio.get_running_loop())
            await asyncio.to_thread(feed.has_begun, 5)
            stream = feed.join(Ticket(5, 77, frozenset({"team:3"}), BEGIN, clock.now() + timedelta(minutes=5)))
            await asyncio.to_thread(in_its_own_thread(self.tell), "after")
            text = await stream.take(5)
            feed.stop()
            return text

        text = asyncio.run(run())

        self.assertEqual(text.count('"subject":"case:42"'), 1)
        self.assertEqual(text.count('"subject":"team:3"'), 1)


def in_its_own_thread(deed: Callable[..., object]) -> Callable[..., object]:
    """Close the connection that the thread opened."""
    from django.db import connection

    def run(*words: str) -> object:
        try:
            return deed(*words)
        finally:
            connection.close()

    return run
