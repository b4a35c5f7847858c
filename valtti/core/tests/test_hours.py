from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from unittest import TestCase
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from valtti.core.hours import BadHours, holiday_names, holidays_of, hours, instant

HELSINKI = ZoneInfo("Europe/Helsinki")
ZONES = ["Europe/Helsinki", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "Africa/Casablanca"]


def first_shown(local: datetime, zone: ZoneInfo) -> datetime:
    """Found by looking at the clock each minute for two days."""
    at = local.replace(tzinfo=UTC) - timedelta(days=1)
    while at.astimezone(zone).replace(tzinfo=None) < local:
        at += timedelta(minutes=1)
    return at


class InstantTests(TestCase):
    def test_ordinary_missing_and_doubled_times_of_helsinki(self) -> None:
        for local, at in [
            ("2026-09-16T08:00", "2026-09-16T05:00"),
            ("2026-03-29T02:59", "2026-03-29T00:59"),
            ("2026-03-29T03:00", "2026-03-29T01:00"),
            ("2026-03-29T03:30", "2026-03-29T01:00"),
            ("2026-03-29T04:00", "2026-03-29T01:00"),
            ("2026-10-25T03:30", "2026-10-25T00:30"),
            ("2026-10-25T04:00", "2026-10-25T02:00"),
        ]:
            with self.subTest(local=local):
                self.assertEqual(
                    instant(datetime.fromisoformat(local), HELSINKI), datetime.fromisoformat(at).replace(tzinfo=UTC)
                )

    @given(st.sampled_from(ZONES), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times())
    def test_in_every_zone_it_is_the_first_time_the_clock_shows_it(self, name: str, day: date, at: time) -> None:
        local, zone = datetime.combine(day, at.replace(second=0, microsecond=0)), ZoneInfo(name)
        self.assertEqual(instant(local, zone), first_shown(local, zone))

    def test_every_minute_of_both_nights_when_clocks_change(self) -> None:
        for name in ZONES:
            for night in map(datetime.fromisoformat, ("2026-03-29", "2026-10-25", "2026-04-05", "2026-03-08")):
                for minutes in range(0, 300, 7):
                    local, zone = night + timedelta(minutes=minutes), ZoneInfo(name)
                    self.assertEqual(instant(local, zone), first_shown(local, zone), (name, local))


class HolidayTests(TestCase):
    def test_finnish_days_as_the_calendar_has_them(self) -> None:
        """Days of 2026 from the almanac: Good Friday, Ascension, Midsummer, Independence Day, Christmas."""
        days = holidays_of("FI", 2026)
        for text in ("2026-04-03", "2026-05-14", "2026-06-20", "2026-12-06", "2026-12-25"):
            self.assertIn(date.fromisoformat(text), days)
        self.assertNotIn(date(2026, 9, 16), days)

    def test_moved_days_of_russia(self) -> None:
        """9 March 2026 is free because the 8th is a Sunday."""
        self.assertIn(date(2026, 3, 9), holidays_of("RU", 2026))

    def test_a_part_of_a_country_has_days_of_its_own(self) -> None:
        """Epiphany is a holiday in Bavaria, not in Berlin."""
        epiphany = date(2026, 1, 6)
        self.assertIn(epiphany, holidays_of("DE-BY", 2026))
        self.assertNotIn(epiphany, holidays_of("DE-BE", 2026))

    def test_names_in_the_languages_of_the_country(self) -> None:
        self.assertEqual(holiday_names("FI", 2026, "fi")[date(2026, 12, 6)], "Itsenäisyyspäivä")
        self.assertEqual(holiday_names("RU", 2026, "ru")[date(2026, 5, 9)], "День Победы")

    def test_places_nobody_knows(self) -> None:
        for region in ("XX", "DE-ZZ", "-", "Suomi", "FI-99"):
            with self.subTest(region=region), self.assertRaises(BadHours) as refused:
                holidays_of(region, 2026)
            self.assertEqual(refused.exception.code, "region")

    def test_without_a_region_there_are_no_holidays(self) -> None:
        plain = hours(valid_from=date(2026, 1, 1), timezone="UTC", week=[[["08:00", "16:00"]]] * 7)
        self.assertFalse(plain.is_holiday(date(2026, 12, 25)))
        self.assertEqual(plain.spans(date(2026, 12, 25)), ((480, 960),))
