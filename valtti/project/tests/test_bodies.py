"""Receiving bodies: whole, or not at all; in time; and not too many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.project import bodies
from valtti.project.bodies import Gone, NotReceived, Slots
from valtti.project.door import MOST_BODY

type Message = MutableMapping[str, Any]


def sender(*chunks: bytes, leaves: bool = False, stalls: bool = False) -> Callable[[], Awaitable[Message]]:
    """The other side: sends these, then the end, or leaves, or says nothing more."""
    messages: list[Message] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    messages.append({"type": "http.disconnect"} if leaves else {"type": "http.request", "body": b""})

    async def receive() -> Message:
        if stalls and len(messages) == 1:
            await asyncio.sleep(60)
        return messages.pop(0)

    return receive


def collected(receive: Callable[[], Awaitable[Message]], length: int | None, seconds: float | None = None) -> bytes:
    async def run() -> bytes:
        body, size = await bodies.collect(receive, length, seconds)
        with body:
            read = body.read()
        assert len(read) == size
        return read

    return asyncio.run(run())


class CollectTests(SimpleTestCase):
    @given(st.lists(st.binary(max_size=1000), max_size=8))
    def test_it_comes_out_as_it_went_in(self, chunks: list[bytes]) -> None:
        whole = b"".join(chunks)

        self.assertEqual(collected(sender(*chunks), len(whole)), whole)
        self.assertEqual(collected(sender(*chunks), None), whole)

    def test_a_large_one_lies_on_disk_meanwhile(self) -> None:
        self.assertEqual(collected(sender(b"x" * bodies.IN_MEMORY, b"y"), None)[-2:], b"xy")

    def refused(self, status: HTTPStatus, receive: Any, length: int | None, seconds: float | None = None) -> None:
        with self.assertRaises(NotReceived) as refused:
            collected(receive, length, seconds)
        self.assertEqual(refused.exception.refusal.status, status)

    def test_one_that_is_not_what_it_claimed_to_be(self) -> None:
        self.refused(HTTPStatus.BAD_REQUEST, sender(b"abc"), 4)
        self.refused(HTTPStatus.BAD_REQUEST, sender(b"abcde"), 4)

    def test_one_that_grows_beyond_the_cap(self) -> None:
        megabytes = [b"x" * 1024 * 1024] * (MOST_BODY // 1024 // 1024 + 1)
        self.refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sender(*megabytes), None)

    def test_one_that_stops_in_the_middle(self) -> None:
        self.refused(HTTPStatus.REQUEST_TIMEOUT, sender(b"abc", stalls=True), 10, 0.05)

    def test_one_whose_sender_leaves_is_nobodys(self) -> None:
        with self.assertRaises(Gone):
            collected(sender(b"abc", leaves=True), 10)

    def test_a_slow_line_has_the_time_it_needs(self) -> None:
        self.assertGreater(bodies._patience(MOST_BODY), 25 * 60)
        self.assertLess(bodies._patience(1000), 60)


class SlotTests(SimpleTestCase):
    def hold(self, slots: Slots, *addresses: str) -> list[bool]:
        """Try to hold a slot for each, all at once; which got one."""

        async def one(address: str) -> bool:
            try:
                async with slots.one(address):
                    await asyncio.sleep(0.01)
                    return True
            except NotReceived as refused:
                assert refused.refusal.status == HTTPStatus.SERVICE_UNAVAILABLE
                return False

        async def run() -> list[bool]:
            return list(await asyncio.gather(*(one(address) for address in addresses)))

        return asyncio.run(run())

    def test_one_client_has_its_own_and_no_more(self) -> None:
        slots = Slots(most=10, most_of_one=2)

        self.assertEqual(
            self.hold(slots, "192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"), [True, True, False, True]
        )
        self.assertEqual(self.hold(slots, "192.0.2.1", "192.0.2.1"), [True, True])

    def test_the_addresses_of_one_network_of_ipv6_are_one_client(self) -> None:
        slots = Slots(most=10, most_of_one=1)

        self.assertEqual(self.hold(slots, "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"), [True, False, True])

    def test_all_together_have_a_limit(self) -> None:
        slots = Slots(most=2, most_of_one=2)

        self.assertEqual(self.hold(slots, "192.0.2.1", "192.0.2.2", "192.0.2.3"), [True, True, False])

    @given(st.lists(st.sampled_from(["192.0.2.1", "192.0.2.2", "192.0.2.3"]), max_size=20))
    def test_every_slot_comes_back(self, addresses: list[str]) -> None:
        slots = Slots(most=4, most_of_one=2)

        self.hold(slots, *addresses)

        self.assertEqual(slots._taken.total(), 0)
        self.assertEqual(len(slots._taken), 0)
