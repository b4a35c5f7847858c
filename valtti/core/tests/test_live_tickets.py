"""Tickets of the live stream: ours, unaltered, for ten minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from valtti.core.events import Cursor
from valtti.core.live import tickets

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
topics = st.lists(st.from_regex(r"(case|team|user):[1-9][0-9]{0,8}", fullmatch=True), max_size=5)


def made(*heard: str) -> str:
    return tickets.make(user=5, login=77, topics=heard, after=Cursor(3, 9), now=NOW)


class TicketTests(SimpleTestCase):
    @given(st.integers(1, 10**9), st.integers(0, 10**9), topics)
    def test_it_says_what_it_was_told(self, user: int, login: int, heard: list[str]) -> None:
        text = tickets.make(user=user, login=login, topics=heard, after=Cursor(3, 9), now=NOW)
        ticket = tickets.read(text, now=NOW)

        assert ticket is not None
        self.assertEqual((ticket.user, ticket.login, ticket.topics), (user, login, frozenset(heard)))
        self.assertEqual((ticket.after, ticket.until), (Cursor(3, 9), NOW + tickets.LASTS))

    def test_it_runs_out(self) -> None:
        self.assertIsNotNone(tickets.read(made(), now=NOW + timedelta(minutes=9, seconds=59)))
        self.assertIsNone(tickets.read(made(), now=NOW + timedelta(minutes=10)))

    @given(st.data())
    def test_altered_in_one_place_it_is_nothing(self, data: st.DataObject) -> None:
        text = made("team:3")
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.sampled_from("ABCabc019-_").filter(lambda sign: sign != text[place]))
        altered = tickets.read(text[:place] + other + text[place + 1 :], now=NOW)

        # The last sign of a part may carry idle bits: then it says the same as before, never anything else.
        self.assertIn(altered, [None, tickets.read(text, now=NOW)])

    @given(st.text(max_size=60))
    def test_anything_else_is_nothing(self, text: str) -> None:
        self.assertIsNone(tickets.read(text, now=NOW))

    def test_after_the_key_was_changed_old_ones_count_until_it_is_dropped(self) -> None:
        with override_settings(SECRET_KEYS=["old" * 12]):
            text = made("team:3")
        with override_settings(SECRET_KEYS=["new" * 12, "old" * 12]):
            self.assertIsNotNone(tickets.read(text, now=NOW))
        with override_settings(SECRET_KEYS=["new" * 12]):
            self.assertIsNone(tickets.read(text, now=NOW))
