"""Pages over ASGI: Django's own handler, in threads, without the process's environment."""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

from django.test import SimpleTestCase

from valtti.project import pages
from valtti.project.pages import PagesApp, header_fields

type Message = MutableMapping[str, Any]
type Start = Callable[[str, list[tuple[str, str]]], object]


class Asking:
    """A browser that asks once; `answered` holds status, headers and body."""

    def __init__(self, handler: Any, threads: int = 2) -> None:
        self.app = PagesApp(handler, threads, [])
        self.sent: list[Message] = []

    def ask(self, method: str = "GET", path: str = "/", body: bytes = b"", **more: Any) -> Asking:
        headers = [(b"host", b"valtti.example"), *more.pop("headers", [])]
        headers += [(b"content-length", str(len(body)).encode())] if body else []
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": headers,
            "client": ("192.0.2.7", 5000),
            "server": ("127.0.0.1", 8000),
        } | more
        asyncio.run(self._run(scope, body))
        return self

    async def _run(self, scope: dict[str, Any], body: bytes) -> None:
        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            self.sent.append(message)

        await self.app(scope, receive, send)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])


class Site:
    """A site that remembers what it was asked, and answers as it was told."""

    def __init__(self, answer: Callable[[], Iterable[bytes]] = lambda: [b"hello"], length: int = 5) -> None:
        self.answer, self.length = answer, length
        self.environ: dict[str, Any] = {}
        self.read = b""

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.environ = environ
        self.read = environ["wsgi.input"].read()
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(self.length))])
        return self.answer()


class RequestTests(SimpleTestCase):
    def test_a_page_is_answered(self) -> None:
        asking = Asking(Site()).ask()

        self.assertEqual((asking.status, asking.body), (200, b"hello"))
        self.assertEqual(asking.headers[b"content-type"], b"text/plain")

    def test_the_page_gets_path_query_body_and_who_asks(self) -> None:
        site = Site()
        Asking(site).ask("POST", "/asiat/p%C3%A4iv%C3%A4/", b"a=1", query_string=b"x=%20y")

        environ = site.environ
        self.assertEqual(environ["PATH_INFO"].encode("latin-1").decode(), "/asiat/päivä/")
        self.assertEqual((environ["QUERY_STRING"], environ["CONTENT_LENGTH"]), ("x=%20y", "3"))
        self.assertEqual((environ["REQUEST_METHOD"], environ["REMOTE_ADDR"]), ("POST", "192.0.2.7"))
        self.assertEqual(site.read, b"a=1")
        self.assertRegex(environ["valtti.request_id"], r"^[0-9a-f]{32}$")

    def test_nothing_of_the_machines_environment_is_in_it(self) -> None:
        site = Site()
        os.environ["HTTP_PROXY"] = "http://evil.example"
        self.addCleanup(os.environ.pop, "HTTP_PROXY")

        Asking(site).ask()

        self.assertEqual({name for name in site.environ if name in os.environ}, set())

    def test_a_name_with_an_underscore_does_not_pass_for_one_with_a_hyphen(self) -> None:
        fields = header_fields(
            [(b"x_forwarded_for", b"forged"), (b"x-forwarded-for", b"true"), (b"content-type", b"a/b")]
        )

        self.assertEqual(fields, {"HTTP_X_FORWARDED_FOR": "true", "CONTENT_TYPE": "a/b"})

    def test_headers_said_twice_are_joined(self) -> None:
        fields = header_fields([(b"accept", b"a"), (b"accept", b"b"), (b"cookie", b"c=1"), (b"cookie", b"d=2")])

        self.assertEqual(fields, {"HTTP_ACCEPT": "a,b", "HTTP_COOKIE": "c=1; d=2"})

    def test_what_the_door_refuses_reaches_no_page(self) -> None:
        def never(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
            raise AssertionError("no page is asked")

        for method, headers, status in [("TRACE", [], 405), ("POST", [(b"content-length", b"99999999")], 413)]:
            asking = Asking(never).ask(method, headers=headers)
            self.assertEqual(asking.status, status)
            self.assertIn(str(status).encode(), asking.body)

    def test_a_body_cut_short_reaches_no_page_either(self) -> None:
        asking = Asking(Site()).ask("POST", headers=[(b"content-length", b"10")])

        self.assertEqual(asking.status, 400)

    def test_the_outside_is_secure_when_the_server_says_so(self) -> None:
        site = Site()
        Asking(site).ask(scheme="https")
        self.assertEqual(site.environ["wsgi.url_scheme"], "https")


class AnswerTests(SimpleTestCase):
    def test_a_page_that_breaks_is_a_bare_500(self) -> None:
        def broken(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
            raise RuntimeError("a mistake")

        with self.assertLogs("valtti.pages", "ERROR"):
            asking = Asking(broken).ask()

        self.assertEqual((asking.status, asking.body), (500, b""))

    def file(self, size: int) -> Path:
        handle, name = tempfile.mkstemp()
        os.close(handle)
        path = Path(name)
        self.addCleanup(path.unlink)
        path.write_bytes(os.urandom(size))
        return path

    def test_small_and_large_files_arrive_whole_and_are_closed(self) -> None:
        for size in (0, 1000, pages.AT_ONCE, pages.AT_ONCE + pages.CHUNK + 1):
            with self.subTest(size):
                path = self.file(size)
                file = path.open("rb")
                asking = Asking(Site(lambda file=file: FileWrapper(file), size)).ask()  # type: ignore[misc]
                self.assertEqual(asking.body, path.read_bytes())
                self.assertTrue(file.closed)

    def test_what_is_made_piece_by_piece_is_sent_so_from_one_thread(self) -> None:
        threads: set[int] = set()

        class Pieces:
            streaming = True
            closed = False

            def __iter__(self) -> Iterator[bytes]:
                for piece in (b"a", b"b", b"c"):
                    threads.add(threading.get_ident())
                    yield piece

            def close(self) -> None:
                Pieces.closed = True

        asking = Asking(Site(Pieces)).ask()

        self.assertEqual([message["body"] for message in asking.sent[1:]], [b"a", b"b", b"c", b""])
        self.assertEqual((len(threads), Pieces.closed), (1, True))

    def test_a_full_house_asks_to_come_again(self) -> None:
        asking = Asking(Site())
        asking.app._waiting = pages.MOST_WAITING
        asking.ask()

        self.assertEqual(asking.status, 503)
        self.assertEqual(asking.headers[b"retry-after"], b"5")
