"""Is this letter nothing but thanks? Written by hand in four languages."""

from __future__ import annotations

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.desk.thanks import is_thanks

ONLY_THANKS = [
    "Kiitos!",
    "Kiitos paljon nopeasta vastauksesta.",
    "Hei Aino,\n\nkiitoksia avusta!\n\nt. Pekka",
    "Suuret kiitokset teille, hyvää viikonloppua!",
    "Selvä, kiitos.",
    "Kiitos! Nyt toimii.",
    "Спасибо!",
    "Здравствуйте! Большое спасибо за помощь.",
    "Огромное спасибо вам за быстрый ответ, всё работает!\n\nС уважением,\nКатя",
    "Благодарю, всего доброго.",
    "Понятно, спасибо",
    "Спасибо, Айно!",
    "Kiitos!\n\nTerveisin\nSirkka-Liisa Niemi",
    "Thanks!",
    "Hi Aino,\nthank you so much for your quick reply.\nBest regards\nDavid",
    "Many thanks, have a nice day",
    "Great, thanks a lot 🙂",
    "Thank you for the help",
    "Tack!",
    "Hej, tack så mycket för hjälpen!\nMvh Gunnel",
    "Stort tack, nu fungerar det.",
    "Tusen tack, ha en trevlig helg!",
]
MORE_THAN_THANKS = [
    "",
    "Kiitos, mutta lasku on edelleen väärin.",
    "Kiitos. Milloin asentaja tulee?",
    "Kiitos! Tilausnumero on 2231.",
    "Kiitos ei riitä, haluan rahat takaisin.",
    "Ei kiitos.",
    "Спасибо, но чайник опять разбит.",
    "Спасибо. А когда вернёте деньги?",
    "Нет, спасибо, я ухожу к другому оператору.",
    "Thanks, still broken.",
    "Thanks for nothing.",
    "No thanks, cancel it.",
    "Thank you, please call me tomorrow",
    "Tack, men det fungerar inte.",
    "Tack. Kan ni ringa?",
    "Kiitos. Rikki.",
    "Спасибо, чайник не работает",
    "Hei Aino",
    "Ok",
    "terveisin Pekka",
    "Kiitos. " * 30,
]


class ThanksTests(TestCase):
    def test_nothing_but_thanks(self) -> None:
        for text in ONLY_THANKS:
            with self.subTest(text):
                self.assertTrue(
                    is_thanks(text, names=("Aino Korhonen", "Pekka Lehtonen", "David Osei", "Gunnel", "Катя"))
                )

    def test_anything_more_is_read(self) -> None:
        for text in MORE_THAN_THANKS:
            with self.subTest(text):
                self.assertFalse(is_thanks(text, names=("Aino Korhonen", "Pekka Lehtonen")))

    def test_a_file_is_never_thanks(self) -> None:
        self.assertFalse(is_thanks("Kiitos!", has_files=True))

    @given(
        st.sampled_from(ONLY_THANKS), st.sampled_from(["?", " 7", "\nAsia on kesken.", " и верните деньги", " but no"])
    )
    def test_thanks_with_a_question_a_figure_or_a_matter_is_read(self, thanks: str, more: str) -> None:
        self.assertFalse(is_thanks(thanks + more, names=("Aino", "Pekka")))

    @given(st.text(max_size=400))
    def test_any_text_gets_a_verdict(self, text: str) -> None:
        self.assertIn(is_thanks(text), (True, False))
