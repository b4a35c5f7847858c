"""What is no number of a row is none, and never an error."""

from __future__ import annotations

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.core.numbers import row_number

MOST = 2**63 - 1


class RowNumberTests(SimpleTestCase):
    def test_plain_digits_are_a_number(self) -> None:
        self.assertEqual([row_number(text) for text in ("0", "7", "007", "9" * 18)], [0, 7, 7, 10**18 - 1])

    def test_anything_else_is_none(self) -> None:
        for written in ("", "x", "-1", "+1", "1.0", "²", "٣", " 7", "7\n", "9" * 19, "9" * 5000, None, 7):
            self.assertIsNone(row_number(written), repr(written)[:20])

    @given(st.text(max_size=40))
    def test_whatever_is_read_fits_into_a_database(self, text: str) -> None:
        self.assertLessEqual(row_number(text) or 0, MOST)
