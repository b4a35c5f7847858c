from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import TestCase

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from valtti.core import calendar
from valtti.core.calendar import Hours, NeverOpen, Opening
from valtti.core.tests.wallclock import (
    HELSINKI,
    MINUTE,
    Plain,
    calendars,
    moments,
    open_minutes,
)

OFFICE = [[["08:00", "16:00"]]] * 5 + [[], []]


def office(**changes: Any) -> Hours:
    """A Finnish office, 8 to 16 on working days."""
    plain: Plain = {
        "valid_from": date(2020, 1, 1),
        "timezone": "Europe/Helsinki",
        "week": OFFICE,
    }
    return calendar.hours(**(plain | {"holiday_region": "FI"} | changes))


def helsinki(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


class AgainstTheClockOnTheWallTests(TestCase):
    """Every answer equals the one found by looking at the clock each minute."""

    @settings(max_examples=50, deadline=None)
    @given(calendars(), moments(), st.integers(0, 4000))
    def test_working_seconds(self, plain: list[Plain], start: datetime, minutes: int) -> None:
        end = start + minutes * MINUTE

        seconds = calendar.working_seconds(start, end, [calendar.hours(**version) for version in plain])

        self.assertEqual(seconds, 60 * len(list(open_minutes(start, end, plain))))

    @settings(max_examples=50, deadline=None)
    @given(calendars(), moments(), st.integers(1, 1500))
    def test_add(self, plain: list[Plain], start: datetime, minutes: int) -> None:
        seen = list(open_minutes(start, start + timedelta(days=4), plain))
        assume(len(seen) >= minutes)

        due = calendar.add(start, 60 * minutes, [calendar.hours(**version) for version in plain])

        self.assertEqual(due, seen[minutes - 1] + MINUTE)

    @settings(max_examples=50, deadline=None)
    @given(calendars(), moments())
    def test_is_open_and_next_opening(self, plain: list[Plain], at: datetime) -> None:
        versions = [calendar.hours(**version) for version in plain]
        seen = list(open_minutes(at, at + timedelta(days=3), plain))

        self.assertEqual(calendar.is_open(at, versions), at in seen[:1])
        if seen:
            self.assertEqual(calendar.next_opening(at, versions), seen[0])


class PropertyTests(TestCase):
    @settings(max_examples=50, deadline=None)
    @given(calendars(), moments(), st.integers(0, 10**6))
    def test_what_was_added_is_what_is_counted(self, plain: list[Plain], start: datetime, seconds: int) -> None:
        versions = [calendar.hours(**version) for version in plain]
        try:
            due = calendar.add(start, seconds, versions)
        except NeverOpen:
            assume(False)

        self.assertEqual(calendar.working_seconds(start, due, versions), seconds)

    @settings(max_examples=50, deadline=None)
    @given(calendars(), moments(), st.integers(0, 3000), st.integers(0, 3000))
    def test_two_halves_make_the_whole(self, plain: list[Plain], start: datetime, first: int, second: int) -> None:
        versions = [calendar.hours(**version) for version in plain]
        middle, end = start + first * MINUTE, start + (first + second) * MINUTE

        halves = calendar.working_seconds(start, middle, versions) + calendar.working_seconds(middle, end, versions)

        self.assertEqual(halves, calendar.working_seconds(start, end, versions))


class OfficeTests(TestCase):
    def test_a_letter_on_friday_evening_is_due_on_monday(self) -> None:
        due = calendar.add(helsinki("2026-09-18T17:30"), 2 * 3600, [office()])
        self.assertEqual(due, helsinki("2026-09-21T10:00"))

    def test_two_hours_that_end_at_closing_time_end_at_closing_time(self) -> None:
        due = calendar.add(helsinki("2026-09-18T14:00"), 2 * 3600, [office()])
        self.assertEqual(due, helsinki("2026-09-18T16:00"))

    def test_seconds_count_not_only_minutes(self) -> None:
        seconds = calendar.working_seconds(helsinki("2026-09-18T15:59:30"), helsinki("2026-09-21T08:00:15"), [office()])
        self.assertEqual(seconds, 45)

    def test_no_time_runs_backwards(self) -> None:
        self.assertEqual(
            calendar.working_seconds(helsinki("2026-09-18T12:00"), helsinki("2026-09-18T10:00"), [office()]),
            0,
        )

    def test_nothing_added_is_the_same_instant_even_at_night(self) -> None:
        night = helsinki("2026-09-19T03:00")
        self.assertEqual(calendar.add(night, 0, [office()]), night)

    def test_lunch_is_not_working_time(self) -> None:
        lunch = office(week=[[["08:00", "11:00"], ["12:00", "16:00"]]] * 7)
        self.assertEqual(
            calendar.add(helsinki("2026-09-16T10:30"), 3600, [lunch]),
            helsinki("2026-09-16T12:30"),
        )
        self.assertFalse(calendar.is_open(helsinki("2026-09-16T11:30"), [lunch]))

    def test_open_at_eight_sharp_and_closed_at_four_sharp(self) -> None:
        self.assertTrue(calendar.is_open(helsinki("2026-09-16T08:00"), [office()]))
        self.assertFalse(calendar.is_open(helsinki("2026-09-16T16:00"), [office()]))

    def test_overlapping_hours_are_counted_once(self) -> None:
        doubled = office(week=[[["08:00", "14:00"], ["12:00", "16:00"]]] * 7)
        self.assertEqual(
            calendar.day_openings(date(2026, 9, 16), [doubled]),
            [
                Opening(
                    helsinki("2026-09-16T08:00").astimezone(UTC),
                    helsinki("2026-09-16T16:00").astimezone(UTC),
                )
            ],
        )


class DaysTests(TestCase):
    def test_independence_day_falls_away_in_finland_and_not_in_russia(self) -> None:
        sunday_too = [[["08:00", "16:00"]]] * 7
        self.assertEqual(calendar.day_openings(date(2026, 12, 6), [office(week=sunday_too)]), [])
        self.assertTrue(calendar.day_openings(date(2026, 12, 6), [office(week=sunday_too, holiday_region="RU")]))

    def test_an_extra_day_wins_over_holiday_closed_day_and_week(self) -> None:
        special = office(closed_days=["2026-12-24"], extra_open=[["2026-12-24", "09:00", "12:00"]])
        self.assertEqual(
            calendar.working_seconds(helsinki("2026-12-24T00:00"), helsinki("2026-12-27T00:00"), [special]),
            3 * 3600,
        )

    def test_a_single_closed_day(self) -> None:
        self.assertEqual(
            calendar.day_openings(date(2026, 9, 16), [office(closed_days=["2026-09-16"])]),
            [],
        )

    def test_holidays_once_used_stay_as_they_were(self) -> None:
        kept = office(holidays=["2026-09-16"])
        self.assertEqual(calendar.day_openings(date(2026, 9, 16), [kept]), [])
        self.assertTrue(calendar.day_openings(date(2026, 12, 25), [kept]))
        self.assertEqual(calendar.day_openings(date(2025, 12, 25), [kept]), [])

    def test_a_night_shift_belongs_to_the_day_it_begins_on(self) -> None:
        night = office(week=[[], [], [], [], [["22:00", "06:00"]], [], []])
        (shift,) = calendar.day_openings(date(2026, 9, 18), [night])
        self.assertEqual(shift.end, helsinki("2026-09-19T06:00"))
        self.assertEqual(calendar.day_openings(date(2026, 9, 19), [night]), [])

    def test_new_hours_take_over_at_midnight_and_the_oldest_stand_for_all_before(
        self,
    ) -> None:
        later = office(valid_from=date(2026, 9, 16), week=[[["10:00", "12:00"]]] * 7)
        versions = [later, office(valid_from=date(2026, 9, 1))]
        self.assertEqual(
            calendar.next_opening(helsinki("2026-09-15T16:00"), versions),
            helsinki("2026-09-16T10:00"),
        )
        self.assertEqual(
            calendar.next_opening(helsinki("2025-02-03T07:00"), versions),
            helsinki("2025-02-03T08:00"),
        )


class ClockChangeTests(TestCase):
    """Helsinki: 29 March 2026 03:00 becomes 04:00, 25 October 2026 04:00 becomes 03:00."""

    def test_the_night_in_spring_is_an_hour_shorter(self) -> None:
        always = office(week=[[["00:00", "24:00"]]] * 7, holiday_region="")
        whole = calendar.working_seconds(helsinki("2026-03-29T00:00"), helsinki("2026-03-30T00:00"), [always])
        self.assertEqual(whole, 23 * 3600)

    def test_the_night_in_autumn_is_an_hour_longer(self) -> None:
        night = office(week=[[["22:00", "06:00"]]] * 7, holiday_region="")
        shift = calendar.working_seconds(helsinki("2026-10-24T22:00"), helsinki("2026-10-25T06:00"), [night])
        self.assertEqual(shift, 9 * 3600)

    def test_hours_that_open_in_the_missing_hour_open_when_the_clock_has_jumped(
        self,
    ) -> None:
        early = office(week=[[["03:20", "08:00"]]] * 7)
        self.assertEqual(
            calendar.next_opening(helsinki("2026-03-29T01:00"), [early]),
            helsinki("2026-03-29T04:00"),
        )

    def test_hours_wholly_inside_the_missing_hour_do_not_open(self) -> None:
        gone = office(week=[[["03:10", "03:50"]]] * 7)
        self.assertEqual(calendar.day_openings(date(2026, 3, 29), [gone]), [])

    def test_hours_of_the_doubled_hour_count_once(self) -> None:
        doubled = office(week=[[["03:10", "03:50"]]] * 7)
        (opening,) = calendar.day_openings(date(2026, 10, 25), [doubled])
        self.assertEqual(
            opening,
            Opening(
                datetime(2026, 10, 25, 0, 10, tzinfo=UTC),
                datetime(2026, 10, 25, 0, 50, tzinfo=UTC),
            ),
        )


class RefusalTests(TestCase):
    def test_a_calendar_that_never_opens_is_refused_and_not_looped_over(self) -> None:
        shut = office(week=[[]] * 7)
        for ask in (
            lambda: calendar.add(helsinki("2026-09-16T08:00"), 60, [shut]),
            lambda: calendar.next_opening(helsinki("2026-09-16T08:00"), [shut]),
            lambda: calendar.check(shut, helsinki("2026-09-16T08:00")),
            lambda: calendar.add(helsinki("2026-09-16T08:00"), 60, []),
        ):
            with self.assertRaises(NeverOpen):
                ask()

    def test_one_last_opening_and_then_none(self) -> None:
        last = office(week=[[]] * 7, extra_open=[["2026-09-16", "08:00", "09:00"]])
        self.assertEqual(
            calendar.add(helsinki("2026-09-15T08:00"), 3600, [last]),
            helsinki("2026-09-16T09:00"),
        )
        with self.assertRaises(NeverOpen):
            calendar.add(helsinki("2026-09-15T08:00"), 3601, [last])

    def test_more_than_ten_years_or_less_than_nothing(self) -> None:
        for seconds in (-1, 4000 * 86400):
            with self.assertRaises(ValueError):
                calendar.add(helsinki("2026-09-15T08:00"), seconds, [office()])

    def test_an_unknown_region_is_refused_when_it_is_saved(self) -> None:
        with self.assertRaises(calendar.BadHours) as refused:
            calendar.check(office(holiday_region="XX"), helsinki("2026-09-16T08:00"))
        self.assertEqual(refused.exception.code, "region")


class ReadingTests(TestCase):
    def test_wrong_hours_are_refused_with_the_kind_of_mistake(self) -> None:
        wrong: list[tuple[Plain, str]] = [
            ({"week": [[]] * 6}, "week"),
            ({"week": [[["08:00", "08:00"]]] * 7}, "times"),
            ({"week": [[["24:00", "08:00"]]] * 7}, "times"),
            ({"week": [[["8", "25:00"]]] * 7}, "times"),
            ({"week": [[["08:00:30", "09:00"]]] * 7}, "times"),
            ({"week": [[["08:00"]]] * 7}, "times"),
            ({"week": [[[8, 16]]] * 7}, "times"),
            ({"timezone": "Europe/Atlantis"}, "timezone"),
            ({"timezone": "../etc/passwd"}, "timezone"),
            ({"closed_days": ["2026-02-30"]}, "date"),
        ]
        for changes, code in wrong:
            with (
                self.subTest(changes=changes),
                self.assertRaises(calendar.BadHours) as refused,
            ):
                office(**changes)
            self.assertEqual(refused.exception.code, code)

    def test_hours_may_be_written_in_any_order(self) -> None:
        mixed = office(week=[[["12:00", "16:00"], ["08:00", "11:00"]]] * 7)
        self.assertEqual(mixed.week[0], ((480, 660), (720, 960)))
