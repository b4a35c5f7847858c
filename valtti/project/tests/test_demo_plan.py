"""What happens when: planned by a seed, whole in the past, alive today."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from valtti.core import calendar
from valtti.core.hours import hours
from valtti.project.demo.anchor import Anchor
from valtti.project.demo.house import WEEK, ZONE
from valtti.project.demo.library import threads
from valtti.project.demo.past import ALIVE_TODAY, STORIES, past
from valtti.project.demo.plan import Story, back, ends_at, says_tomorrow_rightly
from valtti.project.demo.today import AINO, LATE, SOON, WAITING, Today

HOURS = [hours(valid_from=date(2024, 1, 1), timezone=ZONE, week=WEEK)]
ANCHOR = Anchor(date(2026, 9, 28), ZONE)
WEDNESDAY, FRIDAY = (datetime(2026, 11, day, 11, 20, tzinfo=UTC) for day in (25, 27))
moments = st.integers(0, 720 * 1440).map(lambda minutes: datetime(2025, 1, 6, tzinfo=UTC) + timedelta(minutes=minutes))


def today(now: datetime, seed: int = 20) -> list[Story]:
    """The plan of that moment."""
    return Today(HOURS, now, seed).plan(Anchor.of(now, ZONE))


class PastTests(SimpleTestCase):
    plan: list[Story]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.plan = past(ANCHOR, HOURS, 20)

    def test_the_same_seed_gives_the_same_past(self) -> None:
        self.assertEqual(past(ANCHOR, HOURS, 20), self.plan)
        self.assertNotEqual(past(ANCHOR, HOURS, 21), self.plan)

    def test_every_story_ends_before_the_week_begins(self) -> None:
        self.assertEqual(len(self.plan), STORIES)
        for story in self.plan:
            self.assertTrue(story.is_whole)
            self.assertLess(ends_at(story.moments, HOURS), ANCHOR.begins)
            self.assertGreater(story.moments[0], ANCHOR.begins - timedelta(weeks=9))

    def test_each_story_goes_forward(self) -> None:
        for story in self.plan:
            self.assertEqual(sorted(story.moments), list(story.moments), story.thread.id)

    def test_our_people_work_in_opening_hours_only(self) -> None:
        for story in self.plan:
            for turn, moment in zip(story.thread.turns, story.moments, strict=True):
                if turn.by != "customer" or story.thread.channel == "phone":
                    a_minute = (moment - timedelta(minutes=1), moment)
                    self.assertTrue(any(calendar.is_open(one, HOURS) for one in a_minute), story.thread.id)

    def test_all_stories_of_the_cast_are_there_but_the_one_still_going_on(self) -> None:
        wanted = {one.id for one in threads() if one.customer and not one.only}

        self.assertEqual({story.thread.id for story in self.plan if story.thread.customer}, wanted - {ALIVE_TODAY})

    def test_mondays_are_heavy_and_nights_quiet(self) -> None:
        local = [ANCHOR.local(ANCHOR.seconds(story.moments[0])) for story in self.plan]
        days = Counter(moment.weekday() for moment in local)

        self.assertEqual(max(days, key=lambda day: days[day]), 0)
        self.assertGreater(days[0], 4 * (days[5] + days[6]))
        self.assertEqual([moment for moment in local if moment.hour < 5], [])
        self.assertGreater(len([moment for moment in local if not 8 <= moment.hour < 18]), 10)

    def test_four_languages_and_short_letters_first(self) -> None:
        spoken = Counter(story.thread.language for story in self.plan)

        self.assertEqual(set(spoken), {"fi", "ru", "en", "sv"})
        self.assertGreater(spoken["fi"], len(self.plan) / 2)
        self.assertGreater(sum(len(story.thread.turns) <= 3 for story in self.plan), len(self.plan) / 2)

    def test_no_conversation_is_told_too_often(self) -> None:
        told = Counter(story.thread.id for story in self.plan)

        self.assertLessEqual(max(told.values()), 4)

    def test_tomorrow_is_said_from_monday_to_thursday(self) -> None:
        self.assertTrue(all(says_tomorrow_rightly(story.thread, story.moments) for story in self.plan))


class TodayTests(SimpleTestCase):
    def test_the_same_seed_and_moment_give_the_same_day(self) -> None:
        self.assertEqual(today(WEDNESDAY), today(WEDNESDAY))
        self.assertNotEqual(today(WEDNESDAY), today(FRIDAY))

    def test_a_call_is_due_within_the_hour_and_aino_promised_it(self) -> None:
        soon = next(story for story in today(WEDNESDAY) if story.thread.id == SOON)

        self.assertEqual(soon.agent, AINO)
        self.assertLess(WEDNESDAY - soon.moments[-1], timedelta(minutes=6))

    def test_one_promise_is_late(self) -> None:
        late = next(story for story in today(WEDNESDAY) if story.thread.id == LATE)

        self.assertEqual(late.due, WEDNESDAY - timedelta(minutes=20))

    def test_the_cast_s_story_is_going_on(self) -> None:
        for now in (WEDNESDAY, FRIDAY):
            katja = next(story for story in today(now) if story.thread.id == ALIVE_TODAY)
            self.assertFalse(katja.is_whole)
            self.assertTrue(says_tomorrow_rightly(katja.thread, katja.moments))

    def test_what_was_done_grows_with_the_week(self) -> None:
        done = {now: sum(story.is_whole for story in today(now)) for now in (WEDNESDAY, FRIDAY)}

        self.assertGreater(done[FRIDAY], done[WEDNESDAY])
        self.assertGreater(done[WEDNESDAY], 3)

    def test_a_customer_s_last_word_waits_in_eleven_cases(self) -> None:
        waiting = [
            story
            for story in today(WEDNESDAY)
            if not story.is_whole and story.thread.turns[len(story.moments) - 1].by == "customer"
        ]

        self.assertEqual(len(waiting), WAITING)
        self.assertEqual({story.team for story in waiting}, {"north", "south", "business"})

    @hypothesis_settings(max_examples=25)
    @given(moments)
    def test_at_any_moment_nothing_lies_ahead_and_no_open_conversation_is_there_twice(self, now: datetime) -> None:
        plan = today(now)
        open_now = Counter(story.thread.id for story in plan if not story.is_whole)

        self.assertLessEqual(max(moment for story in plan for moment in story.moments), now)
        self.assertEqual(max(open_now.values()), 1)
        self.assertGreaterEqual(len(open_now), 22)
        self.assertEqual(len({story.number for story in plan}), len(plan))


class BackTests(SimpleTestCase):
    @hypothesis_settings(max_examples=50)
    @given(moments, st.integers(1, 200_000))
    def test_working_time_back_and_forth(self, at: datetime, seconds: int) -> None:
        began = back(at, seconds, HOURS)

        self.assertEqual(calendar.working_seconds(began, at, HOURS), seconds)

    def test_more_than_two_months_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            back(WEDNESDAY, 60 * 36_000, HOURS)
