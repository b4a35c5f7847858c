"""When something is, and what is left, in three languages. Most lines stand on the pages drawn for the design."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import SimpleTestCase, override_settings
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import clock
from valtti.ui import times
from valtti.ui.tests.tiny import rendered
from valtti.ui.tongues import ENGLISH, FINNISH, RUSSIAN, tongue

NOW = datetime(2026, 11, 20, 11, 35)  # noqa: DTZ001 - local time, a Friday
TODAY = NOW.replace(hour=12, minute=0)
THURSDAY = datetime(2026, 11, 19, 10, 17)  # noqa: DTZ001
MONDAY = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001
DECEMBER = datetime(2026, 12, 10, 9, 5)  # noqa: DTZ001
LAST_YEAR = datetime(2025, 9, 3, 8, 0)  # noqa: DTZ001
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001


class WhenTests(SimpleTestCase):
    def test_a_moment_in_full(self) -> None:
        for at, english, finnish, russian in (
            (TODAY, "today 12:00", "tänään klo 12.00", "сегодня, 12:00"),
            (THURSDAY, "Thu 19 Nov, 10:17", "to 19.11. klo 10.17", "чт 19 нояб., 10:17"),
            (DECEMBER, "Thu 10 Dec, 9:05", "to 10.12. klo 9.05", "чт 10 дек., 9:05"),
            (LAST_YEAR, "Wed 3 Sep 2025, 8:00", "ke 3.9.2025 klo 8.00", "ср 3 сент. 2025 г., 8:00"),
        ):
            with self.subTest(english):
                self.assertEqual(
                    [times.full(at, NOW, t) for t in (ENGLISH, FINNISH, RUSSIAN)], [english, finnish, russian]
                )

    def test_a_moment_in_short(self) -> None:
        for at, english, finnish, russian in (
            (TODAY, "today 12:00", "tänään klo 12.00", "сегодня, 12:00"),
            (THURSDAY, "Thu 10:17", "to klo 10.17", "чт 10:17"),
            (DECEMBER, "10 Dec", "10.12.", "10 дек."),
            (LAST_YEAR, "3 Sep 2025", "3.9.2025", "3 сент. 2025 г."),
        ):
            with self.subTest(english):
                self.assertEqual(
                    [times.short(at, NOW, t) for t in (ENGLISH, FINNISH, RUSSIAN)], [english, finnish, russian]
                )

    def test_the_hour_that_leads_a_row(self) -> None:
        for at, english, finnish, russian in (
            (TODAY, "12:00", "12.00", "12:00"),
            (MONDAY, "Mon 10:00", "ma klo 10.00", "пн 10:00"),
            (DECEMBER, "10 Dec", "10.12.", "10 дек."),
        ):
            with self.subTest(english):
                self.assertEqual(
                    [times.clock(at, NOW, t) for t in (ENGLISH, FINNISH, RUSSIAN)], [english, finnish, russian]
                )

    def test_the_hour_alone(self) -> None:
        self.assertEqual([times.time(DECEMBER, NOW, t) for t in (ENGLISH, FINNISH, RUSSIAN)], ["9:05", "9.05", "9:05"])

    def test_a_day(self) -> None:
        for on, full, brief in (
            (date(2026, 11, 20), "today", "today"),
            (date(2026, 11, 24), "Tue 24 Nov", "Tue"),
            (date(2026, 11, 14), "Sat 14 Nov", "Sat"),
            (date(2026, 11, 10), "Tue 10 Nov", "10 Nov"),
            (date(2027, 1, 4), "4 Jan 2027", "4 Jan 2027"),
        ):
            with self.subTest(full):
                self.assertEqual((times.day(on, NOW, ENGLISH), times.brief(on, NOW, ENGLISH)), (full, brief))

    def test_a_moment_may_stand_for_its_day(self) -> None:
        self.assertEqual((times.day(MONDAY, NOW, FINNISH), times.brief(MONDAY, NOW, RUSSIAN)), ("ma 23.11.", "пн"))

    @given(at=MOMENTS, now=MOMENTS)
    def test_no_moment_is_without_words(self, at: datetime, now: datetime) -> None:
        for words in (ENGLISH, FINNISH, RUSSIAN):
            for style in (times.full, times.short, times.clock, times.time, times.day, times.brief, times.left):
                self.assertNotIn("{", style(at, now, words))
                self.assertTrue(style(at, now, words).strip())

    @given(at=MOMENTS, now=MOMENTS)
    def test_a_weekday_alone_is_never_more_than_six_days_away(self, at: datetime, now: datetime) -> None:
        if times.brief(at, now, ENGLISH) in ENGLISH.weekdays:
            self.assertLess(abs(at.date() - now.date()), timedelta(days=7))


class LeftTests(SimpleTestCase):
    def test_what_is_left_for_a_cell(self) -> None:
        for at, english, finnish, russian in (
            (TODAY, "25 min", "25 min", "25 мин"),
            (NOW + timedelta(minutes=65), "1 h 05", "1 h 05", "1 ч 05"),
            (NOW + timedelta(minutes=175), "2 h 55", "2 h 55", "2 ч 55"),
            (NOW + timedelta(hours=4), "4 h", "4 h", "4 ч"),
            (NOW + timedelta(seconds=20), "1 min", "1 min", "1 мин"),
            (MONDAY, "Mon", "ma", "пн"),
            (DECEMBER, "10 Dec", "10.12.", "10 дек."),
            (NOW - timedelta(minutes=20), "20 min late", "20 min myöhässä", "опоздание 20 мин"),
            (NOW - timedelta(hours=26), "26 h late", "26 h myöhässä", "опоздание 26 ч"),
            (NOW - timedelta(days=3), "3 d late", "3 pv myöhässä", "опоздание 3 дн."),
        ):
            with self.subTest(english):
                self.assertEqual(
                    [times.left(at, NOW, t) for t in (ENGLISH, FINNISH, RUSSIAN)], [english, finnish, russian]
                )

    def test_the_early_hours_of_tomorrow_are_counted_and_not_named(self) -> None:
        evening = NOW.replace(hour=22, minute=0)

        self.assertEqual(times.left(evening + timedelta(hours=3), evening, ENGLISH), "3 h")

    def test_what_is_left_for_the_board(self) -> None:
        for at, english, finnish, russian in (
            (TODAY, "25 min left", "25 min jäljellä", "осталось 25 мин"),
            (MONDAY, "2 d left", "2 pv jäljellä", "осталось 2 дн."),
            (NOW - timedelta(minutes=20), "20 min late", "20 min myöhässä", "опоздание 20 мин"),
        ):
            with self.subTest(english):
                said = [times.left_in_words(at, NOW, words) for words in (ENGLISH, FINNISH, RUSSIAN)]
                self.assertEqual(said, [english, finnish, russian])

    @given(minutes=st.integers(0, 10**6))
    def test_a_span_never_shows_sixty_minutes(self, minutes: int) -> None:
        self.assertNotRegex(ENGLISH.span(minutes), r"\b60 min|h 60\b|^0 ")


class TongueTests(SimpleTestCase):
    def test_each_language_of_the_interface_has_its_own(self) -> None:
        self.assertIs(tongue("fi"), FINNISH)
        self.assertIs(tongue("ru"), RUSSIAN)
        self.assertIs(tongue("en-gb"), ENGLISH)

    def test_a_language_that_is_none_of_ours_reads_english(self) -> None:
        self.assertIs(tongue("sv"), ENGLISH)

    def test_a_week_has_seven_days_and_a_year_twelve_months(self) -> None:
        for words in (ENGLISH, FINNISH, RUSSIAN):
            self.assertEqual((len(words.weekdays), len(words.months)), (7, 12))


class TagTests(SimpleTestCase):
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

    def shown(self, text: str, language: str, **context: Any) -> str:
        with clock.at(datetime(2026, 11, 20, 9, 35, tzinfo=UTC)), translation.override(language):
            return rendered(text, at=self.at, **context)

    def test_a_moment_is_shown_in_the_reader_s_own_time_and_language(self) -> None:
        with timezone.override("Europe/Helsinki"):
            self.assertEqual(
                self.shown("{% when at %}", "fi"), '<time datetime="2026-11-20T12:00+02:00">tänään klo 12.00</time>'
            )
        with timezone.override("Europe/London"):
            self.assertIn("today 10:00", self.shown("{% when at %}", "en-gb"))

    def test_a_moment_takes_a_style(self) -> None:
        with timezone.override("Europe/Helsinki"):
            self.assertIn(">12:00<", self.shown('{% when at "clock" %}', "ru"))

    def test_the_hour_alone_is_plain_text_in_each_language(self) -> None:
        with timezone.override("Europe/Helsinki"):
            shown = [self.shown("{{ at|hour }}", language) for language in ("en-gb", "fi", "ru")]
        self.assertEqual(shown, ["12:00", "12.00", "12:00"])

    def test_a_day_without_an_hour(self) -> None:
        shown = self.shown('{% when on "day" %}', "en-gb", on=date(2026, 11, 24))

        self.assertEqual(shown, '<time datetime="2026-11-24">Tue 24 Nov</time>')

    def test_what_is_left_in_a_cell_and_in_words(self) -> None:
        self.assertEqual(self.shown("{% left at %}", "en-gb"), "25 min")
        self.assertEqual(self.shown('{% left at "words" %}', "fi"), "25 min jäljellä")

    def test_no_moment_is_shown_as_nothing(self) -> None:
        self.assertEqual(self.shown("{% when gone %}{% left gone %}", "fi", gone=None), "")

    @override_settings(TIME_ZONE="Europe/Helsinki")
    def test_midnight_parts_the_days_where_the_reader_is(self) -> None:
        late = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
        with clock.at(datetime(2026, 11, 20, 21, 0, tzinfo=UTC)), translation.override("en-gb"):
            with timezone.override("Europe/Helsinki"):
                self.assertIn("Sat 21 Nov, 0:30", rendered("{% when at %}", at=late))
            with timezone.override("Europe/London"):
                self.assertIn("today 22:30", rendered("{% when at %}", at=late))
