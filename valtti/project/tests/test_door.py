"""The door: what gets in, and who the client is said to be."""

from __future__ import annotations

from http import HTTPStatus

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.project import door

HOST = (b"host", b"valtti.example")
PROXIES = door.networks(["10.0.0.0/8", "2001:db8:1::/48"])
addresses = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(str),
    st.text(max_size=8),
    st.sampled_from(["10.1.2.3", "10.9.9.9", "unknown", ""]),
)


def forwarded(*values: str) -> list[door.Header]:
    return [(b"x-forwarded-for", value.encode("utf-8", "replace")) for value in values]


class RefusalTests(SimpleTestCase):
    def status(self, method: str = "GET", version: str = "1.1", *headers: door.Header) -> HTTPStatus | None:
        refusal = door.refusal(method, version, headers)
        return refusal.status if refusal else None

    def test_an_ordinary_request_gets_in(self) -> None:
        self.assertIsNone(self.status("GET", "1.1", HOST))
        self.assertIsNone(self.status("POST", "1.1", HOST, (b"content-length", b"12")))
        self.assertIsNone(self.status("POST", "1.1", HOST, (b"transfer-encoding", b"chunked")))
        self.assertIsNone(self.status("GET", "1.0"))

    def test_methods_no_page_knows(self) -> None:
        for method in ("TRACE", "CONNECT"):
            self.assertEqual(self.status(method, "1.1", HOST), HTTPStatus.METHOD_NOT_ALLOWED)

    def test_without_a_host_or_with_two(self) -> None:
        self.assertEqual(self.status("GET", "1.1"), HTTPStatus.BAD_REQUEST)
        self.assertEqual(self.status("GET", "1.1", HOST, HOST), HTTPStatus.BAD_REQUEST)

    def test_lengths_that_lie(self) -> None:
        for lengths in ([b"1", b"2"], [b"-1"], [b"+1"], [b" 1"], [b"1_0"], [b"0x1"], [b""], [b"9" * 13]):
            with self.subTest(lengths):
                headers = [(b"content-length", length) for length in lengths]
                self.assertEqual(self.status("POST", "1.1", HOST, *headers), HTTPStatus.BAD_REQUEST)
        both = [(b"content-length", b"1"), (b"transfer-encoding", b"chunked")]
        self.assertEqual(self.status("POST", "1.1", HOST, *both), HTTPStatus.BAD_REQUEST)

    def test_thirty_megabytes_are_let_in_and_a_byte_more_is_not(self) -> None:
        for more, status in [(0, None), (1, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)]:
            length = (b"content-length", str(door.MOST_BODY + more).encode())
            self.assertEqual(self.status("POST", "1.1", HOST, length), status)

    def test_whether_a_body_follows(self) -> None:
        self.assertFalse(door.has_body([HOST]))
        self.assertFalse(door.has_body([(b"content-length", b"0")]))
        self.assertTrue(door.has_body([(b"content-length", b"1")]))
        self.assertTrue(door.has_body([(b"transfer-encoding", b"chunked")]))
        self.assertEqual(door.content_length([HOST, (b"content-length", b"7")]), 7)
        self.assertIsNone(door.content_length([HOST]))


class CallerTests(SimpleTestCase):
    def address(self, peer: str, *headers: door.Header) -> str:
        return door.caller(peer, headers, PROXIES).address

    def test_headers_of_a_stranger_count_for_nothing(self) -> None:
        said = [*forwarded("192.0.2.9"), (b"x-forwarded-proto", b"https"), (b"x-request-id", b"abcdef01")]
        caller = door.caller("203.0.113.5", said, PROXIES)

        self.assertEqual((caller.address, caller.is_secure), ("203.0.113.5", False))
        self.assertNotEqual(caller.request_id, "abcdef01")

    def test_a_trusted_proxy_says_who_asks_how_and_under_which_number(self) -> None:
        said = [*forwarded("192.0.2.9"), (b"x-forwarded-proto", b"HTTPS"), (b"x-request-id", b"abcdef01-23")]
        caller = door.caller("10.0.0.1", said, PROXIES)

        self.assertEqual(caller, door.Caller("192.0.2.9", True, "abcdef01-23"))

    def test_the_right_most_address_that_is_no_proxy(self) -> None:
        self.assertEqual(self.address("10.0.0.1", *forwarded("198.51.100.1, 192.0.2.9, 10.0.0.2")), "192.0.2.9")
        self.assertEqual(self.address("10.0.0.1", *forwarded("198.51.100.1", "192.0.2.9,10.0.0.2")), "192.0.2.9")
        self.assertEqual(self.address("10.0.0.1", *forwarded("10.0.0.3, 10.0.0.2")), "10.0.0.3")
        self.assertEqual(self.address("10.0.0.1"), "10.0.0.1")
        self.assertEqual(self.address("2001:db8:1::7", *forwarded("[2001:db8:2::1]")), "2001:db8:2::1")

    def test_what_stands_left_of_nonsense_is_not_believed(self) -> None:
        self.assertEqual(self.address("10.0.0.1", *forwarded("192.0.2.9, unknown, 10.0.0.2")), "10.0.0.2")
        self.assertEqual(self.address("10.0.0.1", *forwarded("<script>")), "10.0.0.1")

    def test_a_number_that_is_none_is_replaced(self) -> None:
        for wrong in (b"short", b"ABCDEF0123", b"a" * 65, b"abcdef01\r\nx"):
            caller = door.caller("10.0.0.1", [(b"x-request-id", wrong)], PROXIES)
            self.assertRegex(caller.request_id, r"^[0-9a-f]{32}$")

    @given(st.lists(addresses, max_size=5), st.lists(addresses, max_size=5))
    def test_nobody_chooses_an_address_left_of_the_one_our_proxy_saw(self, forged: list[str], hops: list[str]) -> None:
        """Whatever a client writes in front, the client's own address as the proxy appended it comes out."""
        clean = [text.replace(",", "") for text in forged]
        said = ", ".join([*clean, "203.0.113.5"])

        self.assertEqual(self.address("10.0.0.1", *forwarded(said)), "203.0.113.5")

    @given(addresses, st.lists(addresses, max_size=4))
    def test_it_is_always_an_address_or_the_peer(self, peer: str, said: list[str]) -> None:
        address = self.address(peer, *forwarded(*said))

        self.assertTrue(address == peer or door._is_address(address))

    def test_a_network_that_is_none_is_an_error_at_start(self) -> None:
        with self.assertRaises(ValueError):
            door.networks(["my-proxy"])
        self.assertFalse(door.is_in("", PROXIES))
