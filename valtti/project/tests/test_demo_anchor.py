"""Wall time counted from a Monday holds weekdays and opening hours wherever the Monday is put."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.project.demo.anchor import Anchor

ZONE = "Europe/Helsinki"
SEPTEMBER, NOVEMBER = Anchor(date(2026, 9, 28), ZONE), Anchor(date(2026, 11, 23), ZONE)
seconds = st.integers(-60 * 86_400, 0)
mondays = st.integers(0, 500).map(lambda weeks: Anchor(date(2024, 1, 1) + timedelta(weeks=weeks), ZONE))


class AnchorTests(SimpleTestCase):
    def test_nine_in_the_morning_stays_nine_when_the_clocks_have_changed(self) -> None:
        nine = datetime(2026, 9, 22, 6, 0, tzinfo=UTC)

        told = NOVEMBER.moment(SEPTEMBER.seconds(nine))

        self.assertEqual(told, datetime(2026, 11, 17, 7, 0, tzinfo=UTC))
        self.assertEqual(NOVEMBER.local(SEPTEMBER.seconds(nine)).isoformat(), "2026-11-17T09:00:00+02:00")

    def test_the_week_of_a_sunday_evening_began_on_its_monday(self) -> None:
        sunday = datetime(2026, 11, 29, 21, 30, tzinfo=UTC)

        self.assertEqual(Anchor.of(sunday, ZONE), NOVEMBER)
        self.assertEqual(Anchor.of(sunday + timedelta(hours=1), ZONE).monday, date(2026, 11, 30))

    def test_microseconds_are_kept_and_whole_seconds_are_whole(self) -> None:
        begun = datetime(2026, 9, 1, 8, 17, 28, 785_961, tzinfo=UTC)

        self.assertEqual(SEPTEMBER.moment(SEPTEMBER.seconds(begun)), begun)
        self.assertEqual(repr(SEPTEMBER.seconds(SEPTEMBER.begins)), "0")

    def test_days_go_there_and_back(self) -> None:
        self.assertEqual(SEPTEMBER.days(date(2026, 9, 20)), -8)
        self.assertEqual(NOVEMBER.day(-8), date(2026, 11, 15))

    @given(seconds, mondays)
    def test_the_weekday_and_the_hour_never_change(self, passed: int, anchor: Anchor) -> None:
        here, there = SEPTEMBER.local(passed), anchor.local(passed)

        self.assertEqual((here.weekday(), here.time()), (there.weekday(), there.time()))

    @given(seconds, mondays)
    def test_what_was_counted_is_counted_alike_outside_the_hour_that_a_spring_night_leaves_out(
        self, passed: int, anchor: Anchor
    ) -> None:
        again = anchor.seconds(anchor.moment(passed))

        self.assertIn(again - passed, {0} if anchor.local(passed).hour != 3 else {0, 3600})
