"""Answer clocks: worked by hand for one office, and against counting minute by minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st

from valtti.core.hours import Hours
from valtti.desk.clock import Met, after, before, milestones, over

OFFICE = Hours(valid_from=date(2020, 1, 1), timezone="Europe/Helsinki", week=(((480, 960),),) * 5 + ((), ()))
"""Weekdays eight to four in Helsinki."""

FRIDAY_15 = datetime(2026, 11, 20, 13, tzinfo=UTC)
MONDAY_9 = datetime(2026, 11, 23, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Goal:
    milestone: str
    seconds: int
    hours: str = "working"


TWO_HOURS = (Goal("first_answer", 7200), Goal("next_answer", 3600))


class MilestoneTests(TestCase):
    def test_a_letter_on_friday_afternoon_is_due_on_monday_morning(self) -> None:
        ((row, target),) = milestones([Met(1, FRIDAY_15, None)], TWO_HOURS, [OFFICE])
        self.assertEqual((row.kind, row.due_at, row.met_at, row.over_seconds), ("first_answer", MONDAY_9, None, 0))
        self.assertEqual(target, TWO_HOURS[0])

    def test_late_is_counted_in_opening_hours(self) -> None:
        answered = MONDAY_9 + timedelta(minutes=90)
        ((row, _),) = milestones([Met(1, FRIDAY_15, answered)], TWO_HOURS, [OFFICE])
        self.assertEqual((row.met_at, row.over_seconds), (answered, 5400))

    def test_calendar_hours_know_no_weekend(self) -> None:
        ((row, _),) = milestones([Met(1, FRIDAY_15, None)], [Goal("first_answer", 7200, "calendar")], [OFFICE])
        self.assertEqual(row.due_at, FRIDAY_15 + timedelta(hours=2))

    def test_the_first_is_the_earliest_and_the_rest_are_next(self) -> None:
        mets = [Met(2, MONDAY_9, None), Met(1, FRIDAY_15, MONDAY_9)]
        kinds = {row.encounter: row.kind for row, _ in milestones(mets, TWO_HOURS, [OFFICE])}
        self.assertEqual(kinds, {1: "first_answer", 2: "next_answer"})

    def test_nothing_is_owed_for_thanks_or_for_what_we_began(self) -> None:
        mets = [Met(1, FRIDAY_15, None, started_by="company"), Met(2, FRIDAY_15, None, is_void=True)]
        self.assertEqual(milestones(mets, TWO_HOURS, [OFFICE]), [])

    def test_without_a_target_the_answer_is_still_known(self) -> None:
        ((row, target),) = milestones([Met(1, FRIDAY_15, MONDAY_9)], [], [OFFICE])
        self.assertIsNone(target)
        self.assertEqual((row.due_at, row.met_at, row.over_seconds), (None, MONDAY_9, 0))

    def test_an_office_that_never_opens_owes_at_no_time(self) -> None:
        closed = Hours(valid_from=date(2020, 1, 1), timezone="Europe/Helsinki", week=((),) * 7)
        ((row, _),) = milestones([Met(1, FRIDAY_15, None)], TWO_HOURS, [closed])
        self.assertIsNone(row.due_at)


class WarningTests(TestCase):
    def test_two_working_hours_before_monday_nine_is_friday_three(self) -> None:
        self.assertEqual(before(MONDAY_9, 7200, [OFFICE]), FRIDAY_15)

    def test_few_hours_are_looked_back_for_two_weeks(self) -> None:
        closed = Hours(valid_from=date(2020, 1, 1), timezone="Europe/Helsinki", week=((),) * 7)
        self.assertEqual(before(MONDAY_9, 7200, [closed]), MONDAY_9 - timedelta(days=14))


MOMENTS = st.integers(0, 8 * 24 * 60).map(
    lambda minutes: datetime(2026, 3, 25, tzinfo=UTC) + timedelta(minutes=minutes)
)
"""Round the night in which Helsinki's clocks go forward."""

DAY = st.lists(st.integers(0, 95), min_size=0, max_size=4, unique=True).map(
    lambda quarters: tuple(
        (first * 15, second * 15) for first, second in zip(sorted(quarters)[::2], sorted(quarters)[1::2], strict=False)
    )
)
WEEKS = st.tuples(*[DAY] * 7).filter(lambda week: sum(end - start for day in week for start, end in day) >= 120)


def is_open(at: datetime, hours: Hours) -> bool:
    local = at.astimezone(hours.zone)
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in hours.week[local.weekday()])


class BruteForceTests(TestCase):
    @settings(max_examples=60)
    @given(MOMENTS, WEEKS, st.integers(1, 300))
    def test_due_times_are_those_of_counting_minutes(
        self, start: datetime, week: tuple[tuple[tuple[int, int], ...], ...], minutes: int
    ) -> None:
        hours = Hours(valid_from=date(2020, 1, 1), timezone="Europe/Helsinki", week=week)
        at, left = start, minutes
        while left:
            left -= is_open(at, hours)
            at += timedelta(minutes=1)
        self.assertEqual(after(start, minutes * 60, "working", [hours]), at)

    @settings(max_examples=60)
    @given(MOMENTS, WEEKS, st.integers(0, 3000))
    def test_lateness_is_that_of_counting_minutes(
        self, due: datetime, week: tuple[tuple[tuple[int, int], ...], ...], minutes: int
    ) -> None:
        hours = Hours(valid_from=date(2020, 1, 1), timezone="Europe/Helsinki", week=week)
        counted = sum(is_open(due + timedelta(minutes=n), hours) for n in range(minutes))
        self.assertEqual(over(due, due + timedelta(minutes=minutes), "working", [hours]), counted * 60)
