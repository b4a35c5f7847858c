"""Which encounter a message belongs to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import TestCase

from valtti.desk.encounters import Place, counts_as_contact, is_chase, is_owed, place

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class PlacingTests(TestCase):
    def test_a_letter_before_our_answer_joins_and_any_other_opens(self) -> None:
        self.assertIs(place(is_owed=True, automatic=False, pending=False), Place.JOINS)
        self.assertIs(place(is_owed=False, automatic=False, pending=False), Place.OPENS)

    def test_machines_and_strangers_do_neither(self) -> None:
        for owed in (True, False):
            self.assertIs(place(is_owed=owed, automatic=True, pending=False), Place.NEITHER)
            self.assertIs(place(is_owed=owed, automatic=False, pending=True), Place.NEITHER)


class OwedTests(TestCase):
    def test_who_waits_for_an_answer(self) -> None:
        usual: dict[str, Any] = {"started_by": "customer", "thanks": "no", "silent": False, "answered_at": None}
        self.assertTrue(is_owed(**usual))
        self.assertTrue(is_owed(**(usual | {"thanks": "suggested"})))
        for change in ({"started_by": "company"}, {"thanks": "confirmed"}, {"silent": True}, {"answered_at": NOON}):
            with self.subTest(change):
                self.assertFalse(is_owed(**(usual | change)))


class ChasingTests(TestCase):
    def test_a_day_later_is_a_chase_and_an_hour_less_is_not(self) -> None:
        self.assertTrue(is_chase(NOON, NOON + timedelta(hours=24)))
        self.assertFalse(is_chase(NOON, NOON + timedelta(hours=23, minutes=59)))


class CountingTests(TestCase):
    def test_only_the_customers_own_word_is_a_contact(self) -> None:
        usual: dict[str, Any] = {"started_by": "customer", "thanks": "no"}
        self.assertTrue(counts_as_contact(**usual))
        self.assertTrue(counts_as_contact(**(usual | {"thanks": "suggested"})))
        for change in ({"started_by": "company"}, {"thanks": "confirmed"}):
            with self.subTest(change):
                self.assertFalse(counts_as_contact(**(usual | change)))
