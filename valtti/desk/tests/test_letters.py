"""What our letters say besides the agent's own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import TestCase

from valtti.desk import letters
from valtti.desk.letters import LANGUAGES, NextStep

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
ZONE = "Europe/Helsinki"
DUE = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def answer(language: str, step: NextStep, **changes: Any) -> letters.Written:
    fields: dict[str, Any] = {
        "words": "Hei.",
        "writer": "Aino",
        "title": "Kattila",
        "reference": "V-100042-K",
        "zone": ZONE,
        "now": NOW,
    }
    return letters.answer(language=language, step=step, **(fields | changes))


class AnswerTests(TestCase):
    def test_a_promise_in_four_languages(self) -> None:
        for language, when, note in (
            ("fi", "tiistaina 1.12. klo 12.00", "Kirjoitamme viimeistään silloin"),
            ("ru", "вторник, 1 декабря, 12:00", "Напишем не позднее этого времени"),
            ("en", "Tuesday 1 December, 12:00", "We will write to you by then"),
            ("sv", "tisdag den 1 december kl. 12.00", "Vi hör av oss senast då"),
        ):
            with self.subTest(language):
                written = answer(language, NextStep("promise", "Tarkistamme laskun", DUE))
                for words in ("Hei.", "Aino", when, "Tarkistamme laskun", note, "V-100042-K"):
                    self.assertIn(words, written.body)

    def test_each_kind_of_promise_has_its_own_words(self) -> None:
        for language in LANGUAGES:
            notes = {
                answer(language, NextStep("promise", "x", DUE, kind)).step
                for kind in ("answer", "call_back", "update", "delivery", "visit", "decision")
            }
            self.assertEqual(len(notes), 6)

    def test_the_customers_turn_and_nothing_more(self) -> None:
        self.assertIn("Odotamme nyt vastaustasi", answer("fi", NextStep("customer")).body)
        written = answer("fi", NextStep("nothing"))
        self.assertIn("Meidän puolestamme asia on valmis", written.body)
        self.assertEqual(written.body.count("vastaa tähän viestiin"), 1)

    def test_another_year_is_said(self) -> None:
        shown = letters.moment("fi", datetime(2027, 1, 4, 7, 5, tzinfo=UTC), ZONE, NOW)
        self.assertEqual(shown, "maanantaina 4.1.2027 klo 9.05")

    def test_other_languages_get_english(self) -> None:
        self.assertEqual(letters.language_for("de-AT"), "en")
        self.assertEqual(letters.language_for("sv-FI"), "sv")

    def test_a_subject_is_one_line(self) -> None:
        written = answer("fi", NextStep("customer"), title="Kattila\r\nBcc: x@y")
        self.assertEqual(written.subject, "Re: Kattila Bcc: x@y [V-100042-K]")

    def test_the_house_stands_beside_the_writer(self) -> None:
        written = answer("fi", NextStep("customer"), house="Kaiku Kuitu")
        self.assertEqual(written.writer, "Vastaaja: Aino, Kaiku Kuitu")

    def test_who_has_signed_by_hand_is_not_named_twice(self) -> None:
        for words in ("Hei.\n\nAino", "Hei.\n– Aino\n", "Hei.\naino."):
            with self.subTest(words):
                written = answer("fi", NextStep("customer"), words=words, house="Kaiku Kuitu")
                self.assertEqual(written.writer, "Kaiku Kuitu")
                self.assertNotIn("Vastaaja", written.body)
        for words in ("Hei Aino", "Ainola"):
            with self.subTest(words):
                self.assertIn("Vastaaja: Aino", answer("fi", NextStep("customer"), words=words, house="K").body)

    def test_a_house_without_a_name_signs_nothing(self) -> None:
        self.assertEqual(answer("fi", NextStep("customer"), words="Hei.\n\nAino").writer, "Vastaaja: Aino")

    def test_what_stands_in_names_and_titles_is_never_a_pattern(self) -> None:
        written = answer("fi", NextStep("promise", "{when}", DUE), writer="{name}", title="{0}")
        self.assertIn("{when}", written.body)
        self.assertIn("Vastaaja: {name}", written.body)


class ReceiptTests(TestCase):
    def test_in_four_languages_with_and_without_a_time(self) -> None:
        for language, hello in (("fi", "Hei,"), ("ru", "Здравствуйте!"), ("en", "Hello,"), ("sv", "Hej!")):
            for due in (None, NOW + timedelta(hours=3)):
                with self.subTest(language=language, due=due):
                    written = letters.receipt(
                        language=language, receiver="North", reference="V-100042-K", answer_due=due, zone=ZONE, now=NOW
                    )
                    for words in (hello, "North", "V-100042-K"):
                        self.assertIn(words, written.body)
                    self.assertEqual("13" in written.body, due is not None)

    def test_every_language_has_the_same_texts(self) -> None:
        shapes = [
            {
                section: set(texts) - {"months"}
                for section, texts in letters._read(language).items()
                if isinstance(texts, dict)
            }
            for language in LANGUAGES
        ]
        self.assertTrue(all(shape == shapes[0] for shape in shapes))
