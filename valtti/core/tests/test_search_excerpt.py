from __future__ import annotations

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.core.search_excerpt import AFTER, BEFORE, MOST_WORDS, Piece, excerpt
from valtti.core.search_match import worked_out
from valtti.core.search_query import parse
from valtti.core.tests import dictionaries


def shown(text: str, typed: str) -> list[Piece]:
    """The pieces shown for a search, without dictionaries."""
    return excerpt(text, worked_out(parse(typed, ()).terms, None), "", None)


class ExcerptTests(TestCase):
    def test_a_short_text_is_shown_whole_with_the_word_marked(self) -> None:
        self.assertEqual(shown("Keitin on rikki.", "keitin"), [Piece("Keitin", marked=True), Piece(" on rikki.")])

    def test_from_a_long_text_the_place_is_cut_out_between_words(self) -> None:
        pieces = shown("sana " * 100 + "keitin" + " loppu" * 100, "keitin")
        whole = "".join(piece.text for piece in pieces)
        self.assertTrue(whole.startswith("… sana "))
        self.assertTrue(whole.endswith(" …"))
        self.assertIn(Piece("keitin", marked=True), pieces)

    def test_found_in_the_title_only_the_text_begins_at_its_beginning(self) -> None:
        self.assertEqual(shown("Hei vaan.", "keitin"), [Piece("Hei vaan.")])

    def test_lines_and_spaces_become_one_space(self) -> None:
        self.assertEqual(shown("a\n\n  b", "x"), [Piece("a b")])

    def test_another_form_is_marked_by_the_dictionary(self) -> None:
        lemmatise = dictionaries.built()
        pieces = excerpt("Laskusta puuttuu", worked_out(parse("lasku", ()).terms, lemmatise), "fi", lemmatise)
        self.assertEqual(pieces[0], Piece("Laskusta", marked=True))

    def test_nothing_to_show(self) -> None:
        self.assertEqual(shown("", "keitin"), [])

    def test_only_so_many_words_are_looked_at(self) -> None:
        pieces = shown("sana " * (MOST_WORDS + 10) + "keitin", "keitin")
        self.assertFalse(any(piece.marked for piece in pieces))

    @given(st.text("ab <&\n…", max_size=600), st.sampled_from(["ab", "a", "b*", '"a b"', "zz"]))
    def test_what_is_shown_stands_in_the_text_in_that_order(self, text: str, typed: str) -> None:
        pieces = [piece.text for piece in shown(text, typed)]
        bare = "".join(pieces).removeprefix("… ").removesuffix(" …")
        self.assertIn(" ".join(bare.split()), " ".join(text.split()) + " ".join(bare.split()) * (not bare.strip()))
        self.assertLessEqual(sum(map(len, pieces)), BEFORE + AFTER + 200)
