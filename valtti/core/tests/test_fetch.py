from __future__ import annotations

import os
import socket
import tempfile
import time
from pathlib import Path

from django.test import SimpleTestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import fetch as out
from valtti.core.fetch import Failed, Refused, fetch
from valtti.core.tests.loopback import Behaviour, Server, answer, identity_of, moved_to

HERE = override_settings(REACH=["127.0.0.0/8"])
INWARD = [
    *("127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "①②⑦.⓪.⓪.①", "0", "localhost", "169.254.169.254"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fd00::1]"),
]


def says(*answers: str) -> out.Resolver:
    """A resolver that knows one name."""
    return lambda _host, _port: list(answers)


class InwardTests(SimpleTestCase):
    """With nothing opened: whatever the address is dressed up as, the server inside hears nothing."""

    def test_every_way_to_write_an_inner_address_is_refused(self) -> None:
        with Server(answer()) as inside:
            for host in INWARD:
                for look in (out.check, fetch):
                    with self.subTest(host=host, look=look.__name__), self.assertRaises(Refused) as refused:
                        look(inside.url(host=host))
                    self.assertIn(refused.exception.code, ("address", "name"))
        self.assertEqual(inside.heard, [])

    def test_a_name_with_one_good_and_one_bad_address_is_refused(self) -> None:
        for found in (["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["10.0.0.7"], ["2606:4700::1", "fe80::1%lo"]):
            with self.subTest(found=found), self.assertRaises(Refused):
                fetch("http://hook.example/", resolver=says(*found))

    @HERE
    def test_a_resolver_that_changes_its_mind_is_asked_only_once(self) -> None:
        asked: list[str] = []

        def fickle(host: str, _port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"] if len(asked) == 1 else ["10.9.9.9"]

        with Server(answer()) as good:
            reply = fetch(good.url(host="hook.example"), resolver=fickle)

        self.assertEqual((reply.body, asked), (b"hello", ["hook.example"]))
        self.assertIn(b"Host: hook.example:", good.heard[0])

    @override_settings(REACH=["127.0.0.2/32"])
    def test_a_redirect_inward_is_checked_like_the_first_address(self) -> None:
        def resolver(host: str, _port: int) -> list[str]:
            return {"open.example": ["127.0.0.2"], "inner.example": ["127.0.0.1"]}.get(host, [host])

        with Server(answer(b"secret")) as inside:
            for onward in (inside.url(), inside.url(host="inner.example"), "//127.1/", "file:///etc/passwd"):
                door = Server(moved_to(onward), address="127.0.0.2")
                with self.subTest(onward=onward), door, self.assertRaises(Refused):
                    fetch(door.url(host="open.example"), redirects=3, resolver=resolver)
        self.assertEqual(inside.heard, [])

    def test_a_port_of_its_own_is_for_opened_networks_only(self) -> None:
        with self.assertRaises(Refused) as refused:
            fetch("http://hook.example:8025/", resolver=says("8.8.8.8"))
        self.assertEqual(refused.exception.code, "port")

    def test_every_refusal_has_words(self) -> None:
        for code in Refused.WORDS:
            self.assertTrue(str(Refused(code).words).endswith("."))


class FormTests(SimpleTestCase):
    def test_addresses_that_two_readers_could_read_differently(self) -> None:
        for url in (
            *("", "example.org", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org", "javascript:1"),
            *(
                "http://",
                "http:///x",
                "http://user@example.org/",
                "http://user:word@example.org/",
                "http://@example.org",
            ),
            *(
                "http://example.org\\@127.0.0.1/",
                "http://exa mple.org/",
                "http://example.org/\r\nHost: x",
                "http://a\tb/",
            ),
            *("http://example.org:0/", "http://example.org:99999/", "http://example.org:8O/", "http://a..b/"),
            *("http://[::1", "http://[fe80::1%25eth0]/", "http://[::1]x/", "http://" + "a" * 70 + ".example/"),
            *("http://example.org\x00/", "http://example.org/" + "a" * 3000, "http://exam\u2100ple.org/"),
        ):
            with self.subTest(url=url), self.assertRaises(Refused):
                out.parse(url)

    def test_names_and_paths_in_any_script(self) -> None:
        self.assertEqual(
            out.parse("HTTPS://Пример.РФ/путь?a=ä&b=1#part"),
            out.Place("https", "xn--e1afmkfd.xn--p1ai", 443, "/%D0%BF%D1%83%D1%82%D1%8C?a=%C3%A4&b=1"),
        )
        self.assertEqual(out.parse("http://example.org").target, "/")
        self.assertEqual(out.parse("http://example.org?a=b%20c").target, "/?a=b%20c")

    @given(st.text(max_size=80))
    def test_whatever_is_typed_is_a_place_or_refused(self, typed: str) -> None:
        for url in (typed, "http://" + typed, "https://example.org/" + typed):
            try:
                place = out.parse(url)
            except Refused:
                continue
            whole = place.host + place.target
            self.assertTrue(whole.isascii() and whole.isprintable() and " " not in whole, whole)

    def test_our_own_headers_and_line_breaks_are_not_for_callers(self) -> None:
        for headers in ({"Host": "x"}, {"content-length": "1"}, {"X-A": "b\r\nC: d"}, {"X\n": "b"}, {"Cookie": "a=b"}):
            with self.subTest(headers=headers), self.assertRaises(ValueError):
                fetch("http://hook.example/", headers=headers, resolver=says("127.0.0.1"))


@HERE
class TalkingTests(SimpleTestCase):
    def test_a_letter_out_and_its_answer(self) -> None:
        with Server(answer(b'{"ok": true}', "202 Accepted", X_Id="7")) as sink:
            reply = fetch(
                sink.url("/hooks?a=1"), method="POST", body=b"{}", headers={"Content-Type": "application/json"}
            )

        self.assertEqual((reply.status, reply.body, reply.headers["x-id"]), (202, b'{"ok": true}', "7"))
        head = sink.heard[0].decode().replace("\r\n", "\n")
        self.assertTrue(head.startswith("POST /hooks?a=1 HTTP/1.1\n"))
        for line in ("Content-Length: 2\n", "Accept-Encoding: identity\n", "Connection: close\n"):
            self.assertIn(line, head)

    def test_chunks_and_answers_without_length(self) -> None:
        chunked = answer(b"5\r\nhello\r\n0\r\n\r\n", Transfer_Encoding="chunked", Content_Length="0")
        with Server(chunked) as sink:
            self.assertEqual(fetch(sink.url()).body, b"hello")
        with Server(lambda talking, _request: talking.sendall(b"HTTP/1.0 200 OK\r\n\r\nhello")) as sink:
            self.assertEqual(fetch(sink.url()).body, b"hello")

    def test_redirects_are_answers_unless_asked_for(self) -> None:
        with Server(answer(b"there")) as there, Server(moved_to(there.url("/b"))) as here:
            self.assertEqual(fetch(here.url()).status, 302)
            self.assertEqual(there.heard, [])
            followed = fetch(here.url(), redirects=3)
        self.assertEqual((followed.body, followed.url), (b"there", there.url("/b")))

    def test_a_circle_ends_after_three(self) -> None:
        with Server(moved_to("/again")) as circle, self.assertRaises(Failed) as failed:
            fetch(circle.url(), redirects=99)
        self.assertEqual((failed.exception.code, len(circle.heard)), ("redirects", 4))

    def test_no_proxy_of_the_environment_is_used(self) -> None:
        with Server(answer(b"proxied")) as proxy, Server(answer(b"direct")) as sink:
            before = dict(os.environ)
            os.environ["http_proxy"] = os.environ["HTTP_PROXY"] = proxy.url()
            try:
                self.assertEqual(fetch(sink.url()).body, b"direct")
            finally:
                os.environ.clear()
                os.environ.update(before)
        self.assertEqual(proxy.heard, [])

    def test_the_second_address_is_tried_when_the_first_is_silent(self) -> None:
        with Server(answer()) as sink:
            self.assertEqual(
                fetch(sink.url(host="hook.example"), resolver=says("127.9.9.9", "127.0.0.1")).body, b"hello"
            )


@HERE
class BadServerTests(SimpleTestCase):
    def assertFails(self, code: str, behave: Behaviour, *, seconds: float = 0.6, most: int = 1000) -> None:
        with Server(behave) as bad:
            began = time.monotonic()
            with self.assertRaises(Failed) as failed:
                fetch(bad.url(), seconds=seconds, most_bytes=most)
            took = time.monotonic() - began
        self.assertEqual(failed.exception.code, code)
        self.assertLess(took, seconds + 1)

    def test_one_that_hangs(self) -> None:
        self.assertFails("timeout", lambda _talking, _request: time.sleep(5))

    def test_one_that_drips_its_headers(self) -> None:
        self.assertFails("timeout", _drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 500))

    def test_one_that_drips_its_body(self) -> None:
        self.assertFails("timeout", _drip(b"a" * 500, first=b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"))

    def test_one_that_names_a_gigabyte(self) -> None:
        self.assertFails("too_big", answer(b"a", Content_Length=str(2**30)))

    def test_one_that_sends_without_end(self) -> None:
        self.assertFails("too_big", _endless(b"HTTP/1.1 200 OK\r\n\r\n"), seconds=5)

    def test_one_whose_headers_have_no_end(self) -> None:
        self.assertFails("too_big", _endless(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\n" * 500), seconds=5)

    def test_one_with_a_header_line_without_end(self) -> None:
        self.assertFails("protocol", _endless(b"HTTP/1.1 200 OK\r\nX: "), seconds=5, most=10_000_000)

    def test_one_that_stops_short(self) -> None:
        self.assertFails("cut_short", answer(b"half", Content_Length="8"))

    def test_one_that_packs_a_bomb(self) -> None:
        self.assertFails("encoding", answer(b"\x1f\x8b", Content_Encoding="gzip"))

    def test_one_that_talks_nonsense(self) -> None:
        self.assertFails("protocol", lambda talking, _request: talking.sendall(b"220 smtp ready\r\n\r\n"))

    def test_one_that_hangs_up(self) -> None:
        self.assertFails("protocol", lambda _talking, _request: None)

    def test_nobody_there(self) -> None:
        with Server(answer()) as gone:
            pass
        with self.assertRaises(Failed) as failed:
            fetch(gone.url(), seconds=2)
        self.assertEqual(failed.exception.code, "connection")

    def test_a_resolver_that_hangs(self) -> None:
        def slow(_host: str, _port: int) -> list[str]:
            time.sleep(3)
            return []

        began = time.monotonic()
        with self.assertRaises(Failed) as failed:
            fetch("http://hook.example/", seconds=0.3, resolver=slow)
        self.assertEqual(failed.exception.code, "timeout")
        self.assertLess(time.monotonic() - began, 1)

    def test_a_name_that_is_not_there(self) -> None:
        def unknown(_host: str, _port: int) -> list[str]:
            raise socket.gaierror(-2, "Name or service not known")

        with self.assertRaises(Refused) as refused:
            fetch("http://hook.example/", resolver=unknown)
        self.assertEqual(refused.exception.code, "name")


@HERE
class SecuredTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.identity, self.trust = identity_of("hook.example", Path(folder.name))

    def test_the_certificate_is_for_the_name_and_not_for_the_address(self) -> None:
        with Server(answer(b"safe"), identity=self.identity) as sink:
            url = sink.url(host="hook.example", scheme="https")
            self.assertEqual(fetch(url, resolver=says("127.0.0.1"), trust=self.trust).body, b"safe")

    def test_another_name_or_an_unknown_signer_is_no_answer(self) -> None:
        with Server(answer(b"safe"), identity=self.identity) as sink:
            for host, trust in (("other.example", self.trust), ("hook.example", None)):
                with self.subTest(host=host), self.assertRaises(Failed) as failed:
                    fetch(sink.url(host=host, scheme="https"), resolver=says("127.0.0.1"), trust=trust)
                self.assertEqual(failed.exception.code, "tls")
        self.assertEqual(sink.heard, [])

    def test_a_handshake_that_never_ends(self) -> None:
        with Server(lambda _talking, _request: time.sleep(3)) as mute, self.assertRaises(Failed) as failed:
            fetch(mute.url(scheme="https"), seconds=0.4, trust=self.trust)
        self.assertEqual(failed.exception.code, "timeout")

    def test_a_redirect_does_not_lead_from_a_safe_line_to_an_open_one(self) -> None:
        with Server(answer()) as plain, Server(moved_to(plain.url()), identity=self.identity) as safe:
            url = safe.url(host="hook.example", scheme="https")
            with self.assertRaises(Refused):
                fetch(url, redirects=3, resolver=says("127.0.0.1"), trust=self.trust)
        self.assertEqual(plain.heard, [])


def _drip(whole: bytes, first: bytes = b"") -> Behaviour:
    def behave(talking: socket.socket, _request: bytes) -> None:
        talking.sendall(first)
        for place in range(len(whole)):
            talking.sendall(whole[place : place + 1])
            time.sleep(0.05)

    return behave


def _endless(first: bytes, again: bytes = b"a" * 65536) -> Behaviour:
    def behave(talking: socket.socket, _request: bytes) -> None:
        talking.sendall(first)
        for _each in range(2**30 // len(again)):
            talking.sendall(again)

    return behave
