"""The board: a promise on a scale of opening hours."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import clock
from valtti.ui.board import MOST_TICKS, WIDTH, Board, Scale, scale
from valtti.ui.tests.tiny import rendered

HELSINKI = ZoneInfo("Europe/Helsinki")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HELSINKI)


OFFICE = [(at(day, 8), at(day, 18)) for day in (18, 19, 20)]
KATJA = Board(
    heading="Next for Katja",
    what="How and when the 9,80 € comes back",
    due_at=at(20, 12),
    promised_at=at(19, 10, 17),
    now=at(20, 11, 35),
    standing="standing, promised by Irina",
    reads="Katja reads",
    says="«Напишу завтра до 12:00»",
    language="ru",
    spans=OFFICE,
)


def drawn(**changes: datetime) -> Scale:
    """Katja's scale, with other times."""
    made = replace(KATJA, **changes).scale  # type: ignore[arg-type]
    assert made is not None
    return made


def places(path: str) -> list[float]:
    return [float(x) for x in re.findall(r"M([\d.]+) ", path)]


class ScaleTests(SimpleTestCase):
    def test_the_pointer_stands_where_the_opening_hours_have_got_to(self) -> None:
        """Of 11 h 43 min of opening hours 11 h 18 min have passed: 800 × 678 / 703 = 771.6."""
        self.assertEqual(drawn().now, "M771.6 0V12")

    def test_the_night_takes_no_room(self) -> None:
        evening, morning = drawn(now=at(19, 18)), drawn(now=at(20, 8))

        self.assertEqual(evening.now, morning.now)

    def test_ticks_begin_at_the_promise_and_end_when_it_is_due(self) -> None:
        ticks = places(drawn().ticks + drawn().rest)

        self.assertEqual((ticks[0], ticks[-1]), (0.5, 799.5))

    def test_what_is_behind_us_and_what_is_ahead_are_told_apart(self) -> None:
        made = drawn(now=at(19, 14))
        pointer = places(made.now)[0]

        self.assertLessEqual(max(places(made.ticks)), pointer)
        self.assertGreater(min(places(made.rest)), pointer)

    def test_past_due_the_rest_is_over(self) -> None:
        made = drawn(now=at(20, 15))

        self.assertEqual((made.now, made.rest), ("", ""))
        self.assertTrue(made.over.endswith("10.5H798V0"))
        self.assertLess(places(made.over)[0], WIDTH)

    def test_a_minute_late_can_be_seen_and_days_late_leave_the_promise_room(self) -> None:
        minute, days = drawn(now=at(20, 12, 1)), drawn(now=at(30, 12))

        self.assertLessEqual(places(minute.over)[0], 760)
        self.assertGreaterEqual(places(days.over)[0], 400)

    def test_just_promised_the_pointer_is_not_cut_in_half(self) -> None:
        self.assertEqual(drawn(now=KATJA.promised_at).now, "M1.5 0V12")

    def test_a_promise_within_one_closed_night_goes_by_the_clock_on_the_wall(self) -> None:
        made = drawn(promised_at=at(19, 20), due_at=at(20, 6), now=at(20, 1))

        self.assertEqual(made.now, "M400 0V12")

    def test_due_before_it_was_promised_there_is_no_drawing(self) -> None:
        backwards = scale(spans=OFFICE, promised_at=at(20, 12), due_at=at(20, 12), now=at(20, 12))

        self.assertIsNone(backwards)

    @given(
        promised=st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 28), timezones=st.just(UTC)),  # noqa: DTZ001
        lasts=st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
        since=st.timedeltas(timedelta(0), timedelta(days=60)),
    )
    def test_everything_stays_within_the_drawing(self, promised: datetime, lasts: timedelta, since: timedelta) -> None:
        made = scale(spans=OFFICE, promised_at=promised, due_at=promised + lasts, now=promised + since)

        assert made is not None
        everything = [*places(made.ticks), *places(made.rest), *places(made.now), *places(made.over)]
        self.assertTrue(all(0 <= x <= WIDTH for x in everything))
        self.assertLessEqual(len(places(made.ticks + made.rest)), MOST_TICKS + 2)
        self.assertEqual(bool(made.over), since > lasts)

    @given(earlier=st.integers(0, 700), more=st.integers(0, 700))
    def test_the_pointer_never_runs_backwards(self, earlier: int, more: int) -> None:
        first = drawn(now=min(at(19, 10, 17) + timedelta(minutes=earlier), KATJA.due_at))
        then = drawn(now=min(at(19, 10, 17) + timedelta(minutes=earlier + more), KATJA.due_at))

        self.assertLessEqual(places(first.now)[0], places(then.now)[0])


class BoardTests(SimpleTestCase):
    def shown(self, promise: Board) -> str:
        with clock.at(promise.now), timezone.override("Europe/Helsinki"), translation.override("en-gb"):
            return rendered("{% board promise %}<button>Kept</button>{% endboard %}", promise=promise)

    def test_time_what_is_left_and_what_she_reads(self) -> None:
        shown = self.shown(KATJA)

        self.assertIn('<p class="when"><time datetime="2026-11-20T12:00+02:00">12:00</time></p>', shown)
        self.assertIn('<p class="left">25 min left</p>', shown)
        self.assertIn('<span lang="ru">«Напишу завтра до 12:00»</span>', shown)
        self.assertIn("Thu 19 Nov, 10:17", shown)

    def test_its_buttons_stand_inside_it_unharmed(self) -> None:
        self.assertIn('<div class="acts"><button>Kept</button></div>', self.shown(KATJA))

    def test_what_was_typed_is_escaped(self) -> None:
        self.assertIn("&lt;script&gt;", self.shown(replace(KATJA, what="<script>")))

    def test_a_late_promise_looks_and_reads_late(self) -> None:
        shown = self.shown(replace(KATJA, now=at(20, 12, 20)))

        self.assertIn('class="board late"', shown)
        self.assertIn("20 min late", shown)
        self.assertIn("disc-late", shown)
        self.assertIn('class="over"', shown)

    def test_another_day_is_named_above_the_hour(self) -> None:
        shown = self.shown(replace(KATJA, due_at=at(23, 10)))

        self.assertIn("<small><time", shown)
        self.assertIn(">Mon</time></small>", shown)

    def test_the_day_is_the_reader_s_and_not_utc_s(self) -> None:
        """0.30 in Helsinki is still yesterday in UTC."""
        night = replace(
            KATJA, due_at=datetime(2026, 11, 20, 22, 30, tzinfo=UTC), now=datetime(2026, 11, 20, 21, tzinfo=UTC)
        )

        self.assertIn("<small>", self.shown(night))

    def test_the_line_that_waits_under_it_says_the_same(self) -> None:
        with clock.at(KATJA.now), timezone.override("Europe/Helsinki"), translation.override("en-gb"):
            line = rendered('{% include "ui/parts.html#board_line" with board=promise %}', promise=KATJA)

        self.assertIn(">12:00</time></b>", line)
        self.assertIn("25 min", line)
        self.assertIn('aria-hidden="true"', line)

    def test_the_language_of_what_is_promised_is_named(self) -> None:
        self.assertIn('<p class="what" lang="ru">', self.shown(replace(KATJA, what_language="ru")))
        self.assertIn('<p class="what">', self.shown(KATJA))
