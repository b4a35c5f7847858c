from __future__ import annotations

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.core import placeholders

VALUES = {"customer.called": "Катя", "reference": "V-104317-F"}


class FillingTests(TestCase):
    def test_known_names_are_filled(self) -> None:
        text = "Здравствуйте, {customer.called}! Номер обращения: {reference}."
        self.assertEqual(placeholders.fill(text, VALUES), "Здравствуйте, Катя! Номер обращения: V-104317-F.")

    def test_all_else_stays_as_typed(self) -> None:
        for text in (
            "{{7*7}}",
            "{settings.SECRET_KEY}",
            "{0.__class__}",
            "{reference!r:>9999999}",
            "{reference.__class__}",
            "{unknown}",
            "{ reference }",
            "{}",
            "100 % {",
            "%(reference)s",
            "${reference",
        ):
            with self.subTest(text=text):
                self.assertEqual(placeholders.fill(text, VALUES), text)

    def test_a_customers_name_is_not_filled_a_second_time(self) -> None:
        self.assertEqual(placeholders.fill("{called}", {"called": "{secret}", "secret": "x"}), "{secret}")

    @given(st.text("{}a.r_!:[]0", max_size=60))
    def test_without_values_nothing_changes(self, text: str) -> None:
        self.assertEqual(placeholders.fill(text, {}), text)


class CheckingTests(TestCase):
    def test_names_nobody_fills_are_named_when_a_text_is_saved(self) -> None:
        text = "{reference} {due} {reference} {agent.first_name}"
        self.assertEqual(placeholders.names_in(text), ["reference", "due", "agent.first_name"])
        self.assertEqual(placeholders.unknown_names(text, VALUES), ["due", "agent.first_name"])
