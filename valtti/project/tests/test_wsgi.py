"""The same door for other servers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.test import SimpleTestCase

from valtti.project import door
from valtti.project.wsgi import Guard

PROXIES = door.networks(["10.0.0.0/8"])


class GuardTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.seen: dict[str, Any] | None = None
        self.status = ""

    def page(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.seen = environ
        start("200 OK", [])
        return [environ["wsgi.input"].read()]

    def start(self, status: str, _headers: list[tuple[str, str]]) -> None:
        self.status = status

    def ask(self, body: bytes = b"", **more: Any) -> bytes:
        environ = {
            "REQUEST_METHOD": "POST",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "valtti.example",
            "REMOTE_ADDR": "192.0.2.7",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http",
        } | more
        return b"".join(Guard(self.page, PROXIES)(environ, self.start))

    def test_a_whole_body_reaches_the_page(self) -> None:
        self.assertEqual(self.ask(b"a=1"), b"a=1")
        self.assertEqual(self.ask(CONTENT_LENGTH=""), b"")

    def test_a_body_cut_short_does_not(self) -> None:
        self.assertEqual(self.ask(b"a=1", CONTENT_LENGTH="10"), b"")
        self.assertEqual((self.status[:3], self.seen), ("400", None))

    def test_what_the_door_refuses(self) -> None:
        refused: list[tuple[dict[str, Any], str]] = [
            ({"REQUEST_METHOD": "TRACE"}, "405"),
            ({"CONTENT_LENGTH": "99999999"}, "413"),
            ({"CONTENT_LENGTH": "-1"}, "400"),
        ]
        for more, status in refused:
            self.ask(**more)
            self.assertEqual((self.status[:3], self.seen), (status, None))

    def test_the_machines_environment_stays_outside(self) -> None:
        os.environ["HTTP_X_FORWARDED_PROTO"] = "https"
        os.environ["HTTP_PROXY"] = "http://evil.example"
        self.addCleanup(os.environ.pop, "HTTP_X_FORWARDED_PROTO")
        self.addCleanup(os.environ.pop, "HTTP_PROXY")

        told: dict[str, Any] = {**os.environ, "REMOTE_ADDR": "10.0.0.1"}
        self.ask(**told)

        assert self.seen is not None
        self.assertFalse(set(self.seen) & set(os.environ))
        self.assertEqual(self.seen["wsgi.url_scheme"], "http")

    def test_a_trusted_proxy_is_believed(self) -> None:
        self.ask(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.9", HTTP_X_FORWARDED_PROTO="https")

        assert self.seen is not None
        self.assertEqual((self.seen["REMOTE_ADDR"], self.seen["wsgi.url_scheme"]), ("192.0.2.9", "https"))
        self.assertRegex(self.seen["valtti.request_id"], r"^[0-9a-f]{32}$")
