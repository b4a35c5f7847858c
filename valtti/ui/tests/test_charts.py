"""Gauge and spark: geometry worked by hand, gaps that stay gaps."""

from __future__ import annotations

import re

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.ui.charts.gauge import Bar, gauge
from valtti.ui.charts.spark import spark
from valtti.ui.tests.tiny import rendered


class GaugeTests(SimpleTestCase):
    def test_88_percent_with_its_range_and_the_line_of_89(self) -> None:
        """On 144 units: .83 and .92 stand at 119.5 and 132.5, the point round 126.7, the tick round 128.2."""
        drawn = gauge(0.88, 0.83, 0.92, 0.89)

        self.assertEqual(drawn.range, Bar("119.5", "13.0"))
        self.assertEqual(drawn.point, Bar("125.2", "3.0"))
        self.assertEqual(drawn.aim, Bar("127.4", "1.5"))

    def test_nobody_asked_leaves_the_scale_alone(self) -> None:
        drawn = gauge(None)

        self.assertEqual((drawn.range, drawn.point, drawn.aim), (None, None, None))
        self.assertTrue(drawn.scale.startswith("M0 18.5H144M0.5 12v6"))

    def test_the_ends_and_the_middle_of_the_scale_are_taller(self) -> None:
        self.assertEqual(gauge(None).scale.count("12v6"), 3)
        self.assertEqual(gauge(None).scale.count("14v4"), 8)

    def test_a_page_shows_only_what_there_is(self) -> None:
        self.assertEqual(rendered("{% gauge 0.5 %}").count("<rect"), 1)
        self.assertEqual(rendered("{% gauge 0.5 0.4 0.6 0.7 %}").count("<rect"), 3)


class SparkTests(SimpleTestCase):
    def test_three_values_worked_by_hand(self) -> None:
        """On 112 by 24 with a margin of 4: x 4, 56, 108; least at the bottom, 20, greatest at the top, 4."""
        drawn = spark([10, 30, 20])

        self.assertEqual(drawn.path, "M4.0 20.0L56.0 4.0L108.0 12.0")
        self.assertEqual(drawn.end, ("108.0", "12.0"))

    def test_a_month_without_answers_is_a_gap(self) -> None:
        self.assertEqual(spark([10, None, 20]).path, "M4.0 20.0M108.0 4.0")

    def test_the_last_value_of_all_carries_the_dot(self) -> None:
        self.assertEqual(spark([10, 20, None]).end, ("56.0", "4.0"))

    def test_no_value_no_drawing(self) -> None:
        for values in ([], [None, None]):
            self.assertEqual((spark(values).path, spark(values).end), ("", None))
        self.assertEqual(rendered("{% spark values %}", values=[None]).strip(), "")

    def test_thirteen_equal_months_are_a_level_line(self) -> None:
        self.assertEqual(set(re.findall(r"[ML][\d.]+ ([\d.]+)", spark([5.0] * 13).path)), {"20.0"})

    @given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=40))
    def test_every_value_is_drawn_once_and_within_the_cell(self, values: list[float | None]) -> None:
        points = re.findall(r"[ML]([\d.]+) ([\d.]+)", spark(values).path)

        self.assertEqual(len(points), sum(value is not None for value in values))
        self.assertTrue(all(0 <= float(x) <= 112 and 0 <= float(y) <= 24 for x, y in points))
