from __future__ import annotations

import time
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.core import search_text
from valtti.core.search_text import asked, tokens
from valtti.core.tests import dictionaries


def exact(text: str) -> list[str]:
    """The words of a text, without the mark between title and text."""
    return tokens("", text, "", None).exact.replace(search_text.TITLE_END, "").split()


class WordsTests(TestCase):
    def test_case_width_and_accents_do_not_matter_and_nordic_letters_do(self) -> None:
        for text, words in [
            ("Käyttäjä ÅSA Öljy", ["käyttäjä", "åsa", "öljy"]),
            ("Ёлка, ещё МОЙ", ["елка", "еще", "мой"]),
            ("Café crème naïve", ["cafe", "creme", "naive"]),
            ("ＡＢＣ１２３ ﬁ", ["abc123", "fi"]),
            ("Straße", ["strasse"]),
            ("Ka\u0308ytto\u0308", ["käyttö"]),
            ("e-lasku 1 234,50 €", ["e", "lasku", "1", "234", "50"]),
            ("a_b", ["a", "b"]),
            ("", []),
        ]:
            with self.subTest(text=text):
                self.assertEqual(exact(text), words)

    def test_title_and_text_do_not_run_into_one_phrase(self) -> None:
        self.assertEqual(tokens("punainen", "kissa", "fi", None).exact.split(), ["punainen", "x0x", "kissa"])

    def test_numbers_addresses_and_phones_are_words_of_their_own(self) -> None:
        for text, word in [
            ("Asia V-104317-F ja muuta", "xr104317"),
            ("Soita 040 123 4567.", "xp358401234567"),
            ("tel. +358 (0)40-123 4567", "xp358401234567"),
            ("тел. 8 (912) 345-67-89", "xp79123456789"),
            ("Kirjoita: Katja.Orlova@Example.ORG.", "xakatjax2eorlovax40examplex2eorg"),
        ]:
            with self.subTest(text=text):
                self.assertIn(word, exact(text))

    def test_a_wrong_number_is_only_its_words(self) -> None:
        self.assertEqual(exact("V-104317-G"), ["v", "104317", "g"])

    @given(st.text(max_size=300))
    def test_every_token_is_letters_and_digits_and_asked_the_same_way(self, text: str) -> None:
        made = tokens("", text, "fi", None)
        for line in (made.exact, made.lemmas, made.grams):
            self.assertTrue(all(token.isalnum() for token in line.split()), line)
        for word in exact(text):
            self.assertEqual(exact(word), [word])

    def test_ten_thousand_of_anything_is_quick(self) -> None:
        for sign in ("a", "@", "a@", "+", "0 ", "V-1", "(", "ä", "\u0308", "x.", "-"):
            began = time.monotonic()
            tokens("", sign * (100_000 // len(sign)), "fi", None)
            with self.subTest(sign=sign):
                self.assertLess(time.monotonic() - began, 2)


class FormsTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.lemmatise = dictionaries.built()

    def test_other_forms_lead_to_one_word(self) -> None:
        for kept, language, typed in [
            ("Laskutuksesta tuli virhe", "fi", "laskutus"),
            ("Laskutus", "fi", "laskutuksesta"),
            ("käyttäjälle", "fi", "käyttäjän"),
            ("из-за чайника", "ru", "чайник"),
            ("о счёте", "ru", "счета"),
            ("two kettles", "en", "kettle"),
            ("fakturan", "sv", "faktura"),
        ]:
            with self.subTest(kept=kept, typed=typed):
                made = tokens("", kept, language, self.lemmatise)
                (word,) = asked(typed, self.lemmatise)
                self.assertTrue({word.surface, *word.forms} & {*made.exact.split(), *made.lemmas.split()})

    def test_until_the_dictionaries_are_built_words_stand_as_written_and_say_so(self) -> None:
        made = tokens("", "laskutuksesta", "fi", None)
        self.assertNotIn("laskutus", made.lemmas.split())
        self.assertNotEqual(search_text.version(None), search_text.version(self.lemmatise))

    def test_the_titles_words_are_marked(self) -> None:
        made = tokens("Laskut", "chaos", "fi", self.lemmatise)
        self.assertLessEqual({"xtlaskut", "xtlasku"}, set(made.lemmas.split()))
        self.assertNotIn("xtchaos", made.lemmas.split())


class AskingTests(TestCase):
    def test_a_number_or_an_address_is_one_word(self) -> None:
        for typed, word in [("v-104317-f", "xr104317"), ("0401234567", "xp358401234567")]:
            with self.subTest(typed=typed):
                self.assertEqual([one.surface for one in asked(typed, None)], [word])

    def test_a_spaced_phone_number_is_joined_before_the_words_are_taken_apart(self) -> None:
        self.assertEqual(search_text.phones_joined("katja 040 123 4567 lasku"), "katja xp358401234567 lasku")
        self.assertEqual(search_text.phones_joined("after:2026-01-02 12 34"), "after:2026-01-02 12 34")

    def test_parts_of_words_are_without_dots(self) -> None:
        self.assertEqual(search_text.grams("työ"), {"xgtyo"})
        self.assertEqual(search_text.grams("ab"), set())
        self.assertEqual(search_text.folded("мой käyttäjä"), "мои kayttaja")
