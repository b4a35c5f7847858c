from __future__ import annotations

import subprocess
import sys
from unittest import TestCase

from valtti.core.languages import is_cyrillic, language_of


class LanguageTests(TestCase):
    def test_letters_as_customers_write_them(self) -> None:
        for text, language in [
            ("Hei, vedenkeittimeni ei lämpene enää.", "fi"),
            ("Laskun summa on väärä", "fi"),
            ("Здравствуйте, чайник не греет", "ru"),
            ("My kettle does not heat any more.", "en"),
            ("Min vattenkokare fungerar inte längre.", "sv"),
            ("Чайник Bosch TWK7901 не греет", "ru"),
        ]:
            with self.subTest(text=text):
                self.assertEqual(language_of(text), language)

    def test_too_short_to_tell(self) -> None:
        for text in ("", "ok", "123 456", "!!!"):
            with self.subTest(text=text):
                self.assertEqual(language_of(text, "fi"), "fi")

    def test_russian_is_known_without_loading_anything(self) -> None:
        look = (
            "import sys; from valtti.core import languages as l; l.language_of('чайник'); print('numpy' in sys.modules)"
        )
        ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
        self.assertEqual(ran.stdout.strip(), "False")

    def test_mixed_letters(self) -> None:
        self.assertEqual(is_cyrillic("ёлка"), "ru")
        self.assertEqual(is_cyrillic("kettle чайник ja vedenkeitin"), "")
        self.assertEqual(is_cyrillic(""), "")
