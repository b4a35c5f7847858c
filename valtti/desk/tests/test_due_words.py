"""How a due time is told in a short word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest import TestCase

from django.utils import timezone, translation

from valtti.desk.dues import Due, moment, since, span

NOW = datetime(2026, 11, 20, 9, 35, tzinfo=UTC)


class WordTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.enterContext(translation.override("en-gb"))
        self.enterContext(timezone.override("Europe/Helsinki"))

    def test_near_things_are_spans_and_far_things_are_days(self) -> None:
        for length, words in (
            (timedelta(minutes=25), "25 min"),
            (timedelta(hours=1, minutes=55), "1 h 55"),
            (timedelta(hours=4, minutes=5), "4 h 05"),
            (timedelta(days=3), "Mon"),
            (timedelta(days=11), "1 Dec"),
        ):
            with self.subTest(words):
                self.assertEqual(Due("promise", NOW + length, NOW).left, words)

    def test_late_is_said(self) -> None:
        late = Due("promise", NOW - timedelta(minutes=20), NOW)
        self.assertEqual((late.left, late.tone, late.is_late), ("20 min late", "bad", True))

    def test_tones(self) -> None:
        for kind, minutes, tone in (
            ("promise", 50, "warn"),
            ("promise", 70, "live"),
            ("answer", 70, ""),
            ("turn", 5, "calm"),
        ):
            with self.subTest(kind=kind, minutes=minutes):
                self.assertEqual(Due(kind, NOW + timedelta(minutes=minutes), NOW).tone, tone)

    def test_since_when(self) -> None:
        self.assertEqual(since(NOW - timedelta(minutes=65), NOW), "for 1 h 05")
        self.assertEqual(since(NOW - timedelta(days=1), NOW), "since Thu")
        self.assertEqual(since(NOW - timedelta(days=20), NOW), "since 31 Oct")

    def test_long_spans_are_days(self) -> None:
        self.assertEqual(span(timedelta(days=4, hours=5)), "4 d")
        self.assertEqual(moment(NOW + timedelta(hours=9), NOW), "9 h 00")
