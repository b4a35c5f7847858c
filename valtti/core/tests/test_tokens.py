from __future__ import annotations

from django.test import SimpleTestCase, override_settings

from valtti.core import tokens


class TokenTests(SimpleTestCase):
    def test_what_is_kept_is_not_what_is_shown(self) -> None:
        token = tokens.new("matter")
        self.assertNotIn(token.shown, token.digest)
        self.assertEqual(tokens.digest("matter", token.shown), token.digest)

    def test_every_kind_is_long_enough_and_can_be_looked_up(self) -> None:
        for purpose, kind in tokens.KINDS.items():
            with self.subTest(purpose=purpose):
                token = tokens.new(purpose)
                self.assertGreaterEqual(kind.bits, 128)
                self.assertEqual(len(token.shown), kind.length)
                self.assertIsNotNone(tokens.digest(purpose, token.shown))

    def test_a_secret_opens_nothing_of_another_kind(self) -> None:
        shown = tokens.new("invitation").shown
        self.assertIsNone(tokens.digest("reset", shown))
        self.assertNotEqual(tokens.digest("reset", "r" + shown[1:]), tokens.digest("invitation", shown))

    def test_empty_cut_and_endless_ones_are_not_even_looked_up(self) -> None:
        shown = tokens.new("matter").shown
        for wrong in ("", "m", shown[:-1], shown + "x", shown * 1000, "x" + shown[1:]):
            self.assertIsNone(tokens.digest("matter", wrong))

    def test_a_thousand_are_all_different(self) -> None:
        self.assertEqual(len({tokens.new("matter").shown for _each in range(1000)}), 1000)

    def test_no_two_kinds_share_a_prefix(self) -> None:
        prefixes = [kind.prefix for kind in tokens.KINDS.values()]
        self.assertEqual(len(prefixes), len(set(prefixes)))


class CodeTests(SimpleTestCase):
    def test_six_digits_even_when_they_begin_with_zeros(self) -> None:
        for _each in range(200):
            self.assertRegex(tokens.new_code(), r"\A[0-9]{6}\Z")

    def test_a_code_holds_for_what_it_was_sent_for(self) -> None:
        kept = tokens.code_digest("matter", "012345", 7)
        self.assertEqual(tokens.code_digest("matter", " 012 345 ", 7), kept)
        self.assertNotEqual(tokens.code_digest("matter", "012345", 8), kept)
        self.assertNotEqual(tokens.code_digest("login", "012345", 7), kept)

    def test_without_the_houses_key_a_million_tries_find_nothing(self) -> None:
        kept = tokens.code_digest("matter", "012345", 7)
        with override_settings(SECRET_KEYS=["another"]):
            self.assertNotEqual(tokens.code_digest("matter", "012345", 7), kept)
