"""Which encounter a message belongs to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import TestCase

from valtti.desk.encounters import Latest, Place, counts_as_contact, is_chase, place

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class PlacingTests(TestCase):
    def test_the_first_letter_opens(self) -> None:
        self.assertIs(place(None, automatic=False, pending=False), Place.OPENS)

    def test_a_letter_before_our_answer_joins(self) -> None:
        waiting = Latest(started_by="customer", is_answered=False)
        self.assertIs(place(waiting, automatic=False, pending=False), Place.JOINS)

    def test_a_letter_after_our_answer_opens_the_next(self) -> None:
        answered = Latest(started_by="customer", is_answered=True)
        self.assertIs(place(answered, automatic=False, pending=False), Place.OPENS)

    def test_what_we_began_ourselves_is_not_joined(self) -> None:
        ours = Latest(started_by="company", is_answered=False)
        self.assertIs(place(ours, automatic=False, pending=False), Place.OPENS)

    def test_confirmed_thanks_are_over(self) -> None:
        thanked = Latest(started_by="customer", is_answered=False, is_thanks=True)
        self.assertIs(place(thanked, automatic=False, pending=False), Place.OPENS)

    def test_machines_and_strangers_do_neither(self) -> None:
        for latest in (None, Latest("customer", False), Latest("customer", True)):
            self.assertIs(place(latest, automatic=True, pending=False), Place.NEITHER)
            self.assertIs(place(latest, automatic=False, pending=True), Place.NEITHER)


class ChasingTests(TestCase):
    def test_a_day_later_is_a_chase_and_an_hour_less_is_not(self) -> None:
        self.assertTrue(is_chase(NOON, NOON + timedelta(hours=24)))
        self.assertFalse(is_chase(NOON, NOON + timedelta(hours=23, minutes=59)))


class CountingTests(TestCase):
    def test_only_the_customers_own_word_is_a_contact(self) -> None:
        usual: dict[str, Any] = {"started_by": "customer", "thanks": "no", "automatic": False, "doubled": False}
        self.assertTrue(counts_as_contact(**usual))
        self.assertTrue(counts_as_contact(**(usual | {"thanks": "suggested"})))
        for change in ({"started_by": "company"}, {"thanks": "confirmed"}, {"automatic": True}, {"doubled": True}):
            with self.subTest(change):
                self.assertFalse(counts_as_contact(**(usual | change)))
