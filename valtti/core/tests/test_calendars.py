from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import IntegrityError
from django.test import TestCase

from valtti.core import calendar as reckoning
from valtti.core import calendars, clock
from valtti.core.models import Calendar

OFFICE = [[["08:00", "16:00"]]] * 5 + [[], []]


class PublishingTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.office = Calendar.objects.create(key="office", title="Toimisto", timezone="Europe/Helsinki")

    def test_new_hours_are_reckoned_with_from_their_day_on(self) -> None:
        calendars.publish_hours(calendar=self.office, valid_from=date(2026, 1, 1), week=OFFICE, holiday_region="FI")
        calendars.publish_hours(calendar=self.office, valid_from=date(2026, 10, 1), week=[[["10:00", "12:00"]]] * 7)

        versions = calendars.versions_of(self.office)

        self.assertEqual(
            reckoning.next_opening(datetime(2026, 9, 30, 14, tzinfo=UTC), versions),
            datetime(2026, 10, 1, 7, tzinfo=UTC),
        )

    def test_the_holidays_used_are_written_down(self) -> None:
        version = calendars.publish_hours(
            calendar=self.office, valid_from=date(2026, 1, 1), week=OFFICE, holiday_region="FI"
        )
        self.assertIn("2026-12-06", version.holidays)
        self.assertIn("2028-12-06", version.holidays)

    def test_hours_that_never_open_are_not_saved(self) -> None:
        with clock.at(datetime(2026, 9, 1, tzinfo=UTC)), self.assertRaises(reckoning.NeverOpen):
            calendars.publish_hours(calendar=self.office, valid_from=date(2026, 1, 1), week=[[]] * 7)
        self.assertFalse(self.office.versions.exists())

    def test_two_versions_cannot_begin_on_one_day(self) -> None:
        calendars.publish_hours(calendar=self.office, valid_from=date(2026, 1, 1), week=OFFICE)
        with self.assertRaises(IntegrityError):
            calendars.publish_hours(calendar=self.office, valid_from=date(2026, 1, 1), week=OFFICE)
