from __future__ import annotations

from collections import Counter
from unittest import TestCase

from valtti.core import personal
from valtti.core.personal import REGISTER, Basis, Erasure, Level, Whose


class RegisterTests(TestCase):
    def test_no_field_has_two_lines(self) -> None:
        doubled = [name for name, times in Counter((one.model, one.field) for one in REGISTER).items() if times > 1]
        self.assertEqual(doubled, [])

    def test_what_is_kept_of_a_person_says_why(self) -> None:
        for line in REGISTER:
            if line.whose is not Whose.NOBODY and line.on_erasure is Erasure.KEEP:
                self.assertTrue(line.reason, f"{line.model}.{line.field}")

    def test_personal_data_has_a_basis_and_an_end(self) -> None:
        for line in REGISTER:
            self.assertEqual(line.basis is Basis.NONE, line.whose is Whose.NOBODY, f"{line.model}.{line.field}")
            self.assertNotIn("for ever", line.keep)

    def test_secrets_are_in_no_export(self) -> None:
        self.assertEqual([line for line in REGISTER if line.level is Level.SECRET and line.exported], [])

    def test_other_peoples_words_are_in_nobodys_export(self) -> None:
        self.assertEqual([line for line in REGISTER if line.whose is Whose.THIRD and line.exported], [])

    def test_a_customers_words_and_contact_points_are_in_the_own_export(self) -> None:
        for model, field in [
            ("desk.Message", "text"),
            ("customers.ContactPoint", "value"),
            ("customers.Customer", "name"),
        ]:
            (line,) = [line for line in personal.lines_of(model) if line.field == field]
            self.assertTrue(line.exported and line.on_erasure is Erasure.BLANK)


class TableTests(TestCase):
    def test_the_table_names_persons_and_leaves_the_rest_out(self) -> None:
        table = personal.as_table().splitlines()
        self.assertTrue(any(row.startswith("| customers.Customer.name | customer |") for row in table))
        self.assertFalse(any("core.Bucket" in row for row in table))
        self.assertEqual({row.count("|") for row in table}, {9})
