"""The times that are offered for a promise."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.desk.forms.moments import offers


class OffersTests(TestCase):
    def test_this_afternoon_while_it_is_not_too_near(self) -> None:
        for now, days in (
            (datetime(2026, 11, 18, 9, 0, tzinfo=UTC), [(18, 16), (19, 10), (20, 12)]),
            (datetime(2026, 11, 18, 15, 1, tzinfo=UTC), [(19, 10), (20, 12)]),
            (datetime(2026, 11, 20, 15, 0, tzinfo=UTC), [(20, 16), (23, 10), (24, 12)]),
            (datetime(2026, 11, 21, 9, 0, tzinfo=UTC), [(23, 10), (24, 12)]),
        ):
            with self.subTest(now):
                self.assertEqual([(at.day, at.hour) for at in offers(now)], days)

    @given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1900 < at.year < 2200))
    def test_all_lie_ahead_in_order_and_on_working_days(self, now: datetime) -> None:
        found = offers(now)
        self.assertEqual(found, sorted(found))
        self.assertTrue(all(at > now and at.weekday() < 5 and not at.minute for at in found))
