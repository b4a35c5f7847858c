from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.core import csvsafe

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    " =1",
    "\u00a0=1",
    '=HYPERLINK("http://example.org","x")',
]


def read_back(rows: Iterable[Iterable[object]], delimiter: str = ",") -> list[list[str]]:
    text = "".join(csvsafe.lines(rows, delimiter=delimiter))
    return list(csv.reader(io.StringIO(text.removeprefix(csvsafe.BYTE_ORDER_MARK), newline=""), delimiter=delimiter))


class WritingTests(TestCase):
    def test_no_cell_begins_like_a_formula(self) -> None:
        for cell in FORMULAS:
            with self.subTest(cell=cell):
                self.assertEqual(read_back([[cell]]), [["'" + cell]])

    def test_headings_are_guarded_too(self) -> None:
        self.assertEqual(read_back([["=name"], ["Katja"]]), [["'=name"], ["Katja"]])

    def test_numbers_and_times_stay_what_they_are(self) -> None:
        row = [-5, -2.5, Decimal("-1.20"), True, None, date(2026, 2, 3), datetime(2026, 2, 3, 4, tzinfo=UTC)]
        self.assertEqual(
            read_back([row]), [["-5", "-2.5", "-1.20", "True", "", "2026-02-03", "2026-02-03T04:00:00+00:00"]]
        )

    def test_quotes_commas_and_lines_read_back(self) -> None:
        row = ['Pekka "Pena" Virta', "a,b;c", "first\nsecond", "Ääkköset, Ёлка"]
        for delimiter in (",", ";"):
            self.assertEqual(read_back([row], delimiter), [row])

    def test_excel_is_told_once_that_it_is_utf_8(self) -> None:
        first, second = csvsafe.lines([["a"], ["b"]])
        self.assertTrue(first.startswith(csvsafe.BYTE_ORDER_MARK))
        self.assertEqual(second, "b\r\n")

    @given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=4), max_size=4))
    def test_whatever_is_written_no_cell_runs(self, rows: list[list[str]]) -> None:
        for row in read_back(rows):
            for cell in row:
                self.assertFalse(cell.lstrip().startswith(tuple("=+-@＝＋－＠")), cell)
