"""Turns of periodic work: on time, once, and said when they were missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import clock, schedule
from valtti.core.models import Slot, Task
from valtti.core.schedule import Rhythm, daily, every
from valtti.core.testing import CastTestCase
from valtti.core.tests import jobs

HELSINKI = ZoneInfo("Europe/Helsinki")
NOON = datetime(2026, 11, 25, 12, 0, 30, tzinfo=UTC)


def rhythm(seconds: float) -> Rhythm:
    """A rhythm of its own, not registered for the house."""
    return alone(every(seconds=seconds))


def alone(register: object) -> Rhythm:
    before = dict(schedule._rhythms)
    register(jobs.write_once)  # type: ignore[operator]
    found = schedule._rhythms[jobs.write_once.module_path]
    schedule._rhythms.clear()
    schedule._rhythms.update(before)
    return found


class ScheduleTestCase(CastTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.before = dict(schedule._rhythms)
        self.addCleanup(self.put_back)
        schedule._rhythms.clear()

    def put_back(self) -> None:
        schedule._rhythms.clear()
        schedule._rhythms.update(self.before)

    def tick(self, later: timedelta) -> int:
        with clock.at(NOON + later):
            return schedule.tick()

    def missed(self) -> int:
        return Slot.objects.exclude(missed_at=None).count()


class EveryTests(ScheduleTestCase):
    def setUp(self) -> None:
        super().setUp()
        every(minutes=5)(jobs.write)

    def test_a_turn_is_queued_once_whoever_asks(self) -> None:
        self.assertEqual(self.tick(timedelta()), 1)
        self.assertEqual(self.tick(timedelta()), 0)
        self.assertEqual(self.tick(timedelta(minutes=4)), 0)
        self.assertEqual(self.tick(timedelta(minutes=5)), 1)
        self.assertEqual(Task.objects.count(), 2)

    def test_after_a_long_silence_one_turn_is_run_and_the_others_are_written_down(self) -> None:
        self.tick(timedelta())

        self.assertEqual(self.tick(timedelta(hours=1)), 1)

        self.assertEqual(Task.objects.count(), 2)
        self.assertEqual(self.missed(), 11)

    def test_a_silence_of_a_week_does_not_fill_the_table(self) -> None:
        self.tick(timedelta())
        self.tick(timedelta(days=7))

        self.assertEqual(self.missed(), schedule.MOST_MISSED)

    def test_another_workers_turn_is_not_taken_again(self) -> None:
        """The other wrote its row between our look and ours."""
        found = schedule.rhythms()[0]
        due = found.last(NOON)
        Slot.objects.create(name=found.name, slot=due, queued_at=NOON)

        self.assertFalse(schedule._took(found, due, None, NOON, in_time=True))

        self.assertEqual(Task.objects.count(), 0)


class DailyTests(ScheduleTestCase):
    def test_a_new_house_has_missed_nothing(self) -> None:
        daily("03:10")(jobs.write)

        self.assertEqual(self.tick(timedelta()), 0)
        self.assertEqual(Slot.objects.count(), 0)

    def test_a_turn_later_than_its_grace_is_missed_and_said(self) -> None:
        daily("11:00", grace=timedelta(hours=2))(jobs.write)
        self.assertEqual(self.tick(timedelta(hours=-3)), 1)

        self.assertEqual(self.tick(timedelta(hours=24)), 0)

        self.assertEqual(self.missed(), 1)
        self.assertEqual(Task.objects.count(), 1)

    @override_settings(TIME_ZONE="Europe/Helsinki")
    def test_both_nights_when_clocks_change_have_one_turn(self) -> None:
        last = alone(daily("03:30")).last
        for night in (datetime(2026, 3, 29, tzinfo=HELSINKI), datetime(2026, 10, 25, tzinfo=HELSINKI)):
            began = night.astimezone(UTC)
            turns = {last(began + timedelta(minutes=minutes)) for minutes in range(60, 24 * 60, 15)}
            with self.subTest(night):
                todays = {turn for turn in turns if turn >= began}
                self.assertEqual(len(todays), 1)

    def test_the_clock_is_the_houses_own(self) -> None:
        with override_settings(TIME_ZONE="Europe/Helsinki"):
            self.assertEqual(alone(daily("03:10")).last(NOON), datetime(2026, 11, 25, 1, 10, tzinfo=UTC))


class RhythmTests(SimpleTestCase):
    @given(st.integers(0, 10**9), st.integers(1, 100_000))
    def test_the_last_turn_is_never_later_and_never_too_early(self, moment: int, seconds: int) -> None:
        now = schedule.EPOCH + timedelta(seconds=moment)
        last = rhythm(seconds=seconds).last(now)

        self.assertLessEqual(last, now)
        self.assertLess(now - last, timedelta(seconds=seconds))

    def test_more_than_once_a_second_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            every(seconds=0.2)
