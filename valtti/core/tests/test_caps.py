from __future__ import annotations

from unittest import TestCase

from valtti.core import caps


class CapsTests(TestCase):
    def test_every_cap_bounds_something_and_says_what(self) -> None:
        for cap in caps.CAPS.values():
            with self.subTest(cap=cap.name):
                self.assertGreater(cap.value, 0)
                self.assertTrue(cap.unit)
                self.assertTrue(cap.meaning.endswith("."))

    def test_the_constant_and_the_table_are_one(self) -> None:
        for name, cap in caps.CAPS.items():
            self.assertEqual(getattr(caps, name.upper()), cap.value)

    def test_a_letter_fits_into_a_request_and_a_picture_into_a_letter(self) -> None:
        self.assertLess(caps.LETTER_BYTES, caps.BODY_BYTES)
        self.assertLess(caps.FETCH_PICTURE_BYTES, caps.LETTER_BYTES)
