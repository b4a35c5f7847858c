from __future__ import annotations

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.core import references


class CheckSignTests(TestCase):
    def test_the_standards_own_example(self) -> None:
        """ISO/IEC 7064 as cited for the Global Release Identifier (ISRC handbook): A12425GABC1234002M."""
        self.assertEqual(references.check_sign("A12425GABC1234002"), "M")
        self.assertTrue(references.is_sound("A12425GABC1234002M"))

    def test_by_hand(self) -> None:
        """P starts at 36; for "1": (1 + 36) mod 36 = 1, twice 1 = 2; the sign is (37 - 2) mod 36 = 35, that is Z."""
        self.assertEqual(references.check_sign("1"), "Z")
        self.assertEqual(references.check_sign(""), references.ALPHABET[1])

    @given(st.text(references.ALPHABET, min_size=1, max_size=15), st.data())
    def test_one_wrong_sign_is_always_noticed(self, text: str, data: st.DataObject) -> None:
        whole = text + references.check_sign(text)
        place = data.draw(st.integers(0, len(whole) - 1))
        other = data.draw(st.sampled_from(references.ALPHABET.replace(whole[place], "")))

        self.assertFalse(references.is_sound(whole[:place] + other + whole[place + 1 :]))

    def test_of_swapped_neighbours_fewer_than_one_in_a_hundred_pass_unnoticed(self) -> None:
        swaps = missed = 0
        for number in range(1000, 10000):
            text = f"{number}{references.check_sign(str(number))}"
            for place in range(3):
                swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
                swaps += swapped != text
                missed += swapped != text and references.is_sound(swapped)
        self.assertLess(missed * 100, swaps)


class ReferenceTests(TestCase):
    def test_a_reference_reads_back(self) -> None:
        self.assertEqual(references.reference(104317), "V-104317-F")
        self.assertEqual(references.number_of("V-104317-F"), 104317)

    @given(st.integers(0, 10**15 - 1))
    def test_every_reference_reads_back(self, number: int) -> None:
        self.assertEqual(references.number_of(references.reference(number)), number)

    def test_as_people_type_it(self) -> None:
        for typed in ("v-104317-f", "V104317-F", "V 104317 F", " V–104317–F "):
            with self.subTest(typed=typed):
                self.assertEqual(references.number_of(typed), 104317)

    def test_what_is_no_reference(self) -> None:
        for typed in (
            "",
            "V-104317-G",
            "V-104317",
            "104317-F",
            "V--F",
            "V-1e5-F",
            "V-" + "9" * 40 + "-F",
            "W-104317-F",
        ):
            with self.subTest(typed=typed):
                self.assertIsNone(references.number_of(typed))

    def test_references_in_a_letter(self) -> None:
        letter = "Re: asia V-104317-F (ei V-104317-G). Aiemmin: v-1-z, XV-1-Z, V-1-ZZ"
        self.assertEqual(list(references.found_in(letter)), [104317, 1])

    def test_no_negative_numbers(self) -> None:
        with self.assertRaises(ValueError):
            references.reference(-1)
