"""Requests that drip, stop, lie about their length or never end: nobody else waits, nothing is stored."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

from tests.abuse.house import HouseTestCase
from tests.abuse.stores import SqliteStore

DRIPPING = 300


class SlowTests(HouseTestCase):
    def request(self, *lines: str, body: bytes = b"") -> bytes:
        head = "\r\n".join(lines) + "\r\n\r\n"
        return self.house.say(head.encode("latin-1") + body, 5)

    def status(self, answer: bytes) -> int:
        return int(answer.split(b" ", 2)[1]) if answer else 0

    def slowest_get(self, times: int = 20) -> float:
        slowest = 0.0
        for _ in range(times):
            began = time.monotonic()
            self.assertEqual(self.status(self.house.get("/health/live", 5)), 200)
            slowest = max(slowest, time.monotonic() - began)
        return slowest

    def open_many(self, lines: ExitStack, head: str) -> list[socket.socket]:
        opened = []
        for _ in range(DRIPPING):
            line = lines.enter_context(self.house.connect(10))
            line.sendall(head.encode())
            opened.append(line)
        return opened

    def post(self, length: int) -> str:
        return f"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1:{self.house.port}\r\nContent-Length: {length}\r\n\r\n"

    def test_300_dripping_bodies_keep_no_page_waiting(self) -> None:
        with ExitStack() as lines:
            for line in self.open_many(lines, self.post(1_000_000)):
                line.sendall(b"x")

            self.assertLess(self.slowest_get(), 1.0)

    def test_one_address_that_drips_takes_only_its_own_places(self) -> None:
        """The rest of its bodies are refused unread, with a word when to come again."""
        with ExitStack() as lines:
            self.open_many(lines, self.post(1000))[-1].sendall(b"x")
            time.sleep(0.3)

            answer = self.request(*self.post(5).split("\r\n")[:3], body=b"hello")

            self.assertEqual(self.status(answer), 503)
            self.assertIn(b"retry-after: 5", answer.lower())

    def test_300_half_open_heads_keep_no_page_waiting(self) -> None:
        with ExitStack() as lines:
            self.open_many(lines, "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ")

            self.assertLess(self.slowest_get(), 1.0)

    def test_a_body_cut_short_reaches_no_page(self) -> None:
        before = self.posts_answered()
        for leave in (lambda line: line.shutdown(socket.SHUT_WR), lambda line: line.close()):
            with self.house.connect() as line:
                line.sendall(self.post(100).encode() + b"login=aino")
                leave(line)
                time.sleep(0.5)

        self.assertEqual(self.posts_answered(), before)

    def posts_answered(self) -> int:
        """Lines of the log that speak of a POST."""
        return self.house.log.read_text(errors="replace").count('"method": "POST"')

    def test_heads_that_lie_or_are_too_large_are_refused(self) -> None:
        host = f"Host: 127.0.0.1:{self.house.port}"
        for what, lines, allowed in [
            ("two lengths", ["POST /login/ HTTP/1.1", host, "Content-Length: 5", "Content-Length: 6"], {400}),
            ("a length that is none", ["POST / HTTP/1.1", host, "Content-Length: five"], {400}),
            ("no host", ["GET /health/live HTTP/1.1", "Connection: close"], {400}),
            ("two hosts", ["GET /health/live HTTP/1.1", host, "Host: other", "Connection: close"], {400}),
            ("another host", ["GET /login/ HTTP/1.1", "Host: evil.example", "Connection: close"], {400}),
            ("a huge body", ["POST /login/ HTTP/1.1", host, "Content-Length: 40000000"], {413}),
            ("a huge head", ["GET /login/ HTTP/1.1", host, f"X-Long: {'x' * 1_000_000}"], {0, 431}),
            ("TRACE", ["TRACE /login/ HTTP/1.1", host, "Connection: close"], {405}),
            ("a folded header", ["GET /login/ HTTP/1.1", host, "X-A: a", " b", "Connection: close"], {400}),
        ]:
            with self.subTest(what):
                self.assertIn(self.status(self.request(*lines)), allowed)

    def test_chunked_and_a_length_counts_the_chunks_alone(self) -> None:
        """ODD: the server drops the length before we see it, as RFC 9112 allows; nothing is left for a next request."""
        head = ["POST /health/live HTTP/1.1", f"Host: 127.0.0.1:{self.house.port}", "Connection: close"]
        smuggled = b"0\r\n\r\nGET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n"

        answer = self.request(*head, "Content-Length: 60", "Transfer-Encoding: chunked", body=smuggled)

        self.assertIn(self.status(answer), {400, 403})
        self.assertEqual(answer.count(b"HTTP/1.1 "), 1)


class DatabaseAwayTests(HouseTestCase):
    def test_while_the_database_takes_no_writes_the_house_says_so_within_a_second_and_comes_back(self) -> None:
        self.house.until(lambda: b" 200 " in self.house.get("/health/ready"), "the house is ready")
        store = self.house.store
        if not isinstance(store, SqliteStore):
            self.skipTest("SQLite's one writer is what is taken away here")
        with store.opened() as database:
            database.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            answer = self.house.get("/health/ready", 5)

            self.assertIn(b" 503 ", answer.splitlines()[0])
            self.assertLess(time.monotonic() - began, 2.0)
            self.assertIn(b" 200 ", self.house.get("/login/", 5).splitlines()[0], "reading goes on")
            database.rollback()

        self.house.until(lambda: b" 200 " in self.house.get("/health/ready"), "the house is ready again", 5)
