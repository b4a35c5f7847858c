"""The balance as a drawing."""

from __future__ import annotations

from datetime import date, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.channels.bars import BOTTOM, TOP, Day, nice_step, plot

MONDAY = date(2026, 11, 16)


def day(number: int, filed: int, quarantined: int = 0, refused: int = 0) -> Day:
    received = filed + quarantined + refused
    return Day(MONDAY + timedelta(days=number), filed, quarantined + refused, received, quarantined, refused)


class BarsTests(TestCase):
    def test_a_scale_has_round_steps(self) -> None:
        """Worked by hand: between one and four lines above nought."""
        for most, step in [(0, 1), (3, 1), (4, 1), (5, 2), (9, 5), (20, 5), (121, 50), (999, 500)]:
            with self.subTest(most=most):
                self.assertEqual(nice_step(most), step)

    def test_days_without_letters_stand_on_the_line(self) -> None:
        bar = plot([day(0, 0), day(1, 10)]).bars[0]

        self.assertEqual((bar.filed_height, bar.aside_height), (0.0, 0.0))
        self.assertEqual(bar.filed_y, BOTTOM)

    def test_no_days_are_no_bars(self) -> None:
        self.assertEqual(plot([]).bars, ())

    @given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 50), st.integers(0, 50)), max_size=14))
    def test_nothing_leaves_the_frame(self, counts: list[tuple[int, int, int]]) -> None:
        drawn = plot([day(number, *count) for number, count in enumerate(counts)])

        for bar in drawn.bars:
            self.assertGreaterEqual(bar.aside_y, TOP - 0.1)
            self.assertLessEqual(bar.filed_y + bar.filed_height, BOTTOM + 0.1)
            self.assertGreaterEqual(bar.x, drawn.left - 0.1)
            self.assertLessEqual(bar.x + bar.width, drawn.right + 0.1)
