"""Days, moments and numbers that a recording leaves open are told when it is loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.channels.email.secrets import reply_keys
from valtti.channels.email.thread import read_token, token_of_id
from valtti.project.demo import marks
from valtti.project.demo.anchor import Anchor

ZONE = "Europe/Helsinki"
BASE, NOW = Anchor(date(2026, 9, 28), ZONE), Anchor(date(2026, 11, 23), ZONE)


class MarkTests(SimpleTestCase):
    def test_a_day_is_told_in_the_language_of_its_letter(self) -> None:
        text = f"Asennus {marks.day('fi', 5)}, visit {marks.day('en', 5)}."

        self.assertEqual(marks.shown(text, NOW), "Asennus 28.11., visit 28 November.")
        self.assertEqual(marks.shown(text, BASE), "Asennus 3.10., visit 3 October.")

    def test_a_moment_is_told_as_our_letters_say_it(self) -> None:
        mark = marks.moment("fi", 12 * 3600, 0)

        self.assertEqual(marks.shown(mark, NOW), "maanantaina 23.11. klo 12.00")

    def test_a_moment_of_another_year_says_so(self) -> None:
        spring = Anchor(date(2026, 12, 28), ZONE)

        self.assertIn("2027", marks.shown(marks.moment("en", 5 * 86_400, 0), spring))

    def test_our_number_is_signed_by_this_house(self) -> None:
        shown = marks.shown(f"<{marks.number(7, 9, 100, 3)}@kaiku.example>", NOW)

        token = token_of_id(shown.strip("<>"))
        read = read_token(token or "", keys=reply_keys(), today=NOW.monday)
        self.assertEqual((read.state, read.case_id, read.contact_point_id), ("true", 7, 9))
        self.assertEqual(read.expires_on, NOW.day(100))

    def test_two_letters_never_share_a_number(self) -> None:
        first, second = (marks.shown(marks.number(7, 9, 100, post), NOW) for post in (3, 4))

        self.assertEqual(first.partition(".")[0], second.partition(".")[0])
        self.assertNotEqual(first, second)

    def test_instants_inside_json_keep_the_way_they_are_written(self) -> None:
        there = datetime(2026, 9, 22, 6, 0, tzinfo=UTC)
        for written, told in [
            (there.isoformat(), "2026-11-17T07:00:00+00:00"),
            ("2026-09-22T09:00:00+03:00", "2026-11-17T09:00:00+02:00"),
        ]:
            self.assertEqual(marks.shown(marks.hidden(written, BASE), NOW), told)

    def test_everything_inside_a_value_is_reached(self) -> None:
        value = {"due_at": "2026-09-22T09:00:00+03:00", "n": 3, "all": ["2026-09-22T06:00:00+00:00", None, True]}

        kept = marks.everywhere(value, lambda text: marks.hidden(text, BASE))

        self.assertNotIn("2026", str(kept))
        self.assertEqual(marks.everywhere(kept, lambda text: marks.shown(text, BASE)), value)

    @given(st.text(st.characters(exclude_characters=marks.BEGIN + marks.END, exclude_categories=["Cs"])))
    def test_a_text_without_marks_is_left_alone(self, text: str) -> None:
        self.assertEqual(marks.shown(text, NOW), text)
        self.assertEqual(marks.shown(marks.hidden(text, BASE), BASE), text)
