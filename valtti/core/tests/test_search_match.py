from __future__ import annotations

from unittest import TestCase

from valtti.core.db import search_postgres, search_sqlite
from valtti.core.search_match import Anywhere, Asked, Beginning, Parts, Wanted, Written, worked_out
from valtti.core.search_query import parse


def asked(text: str) -> Asked:
    """The one term of a search, without dictionaries."""
    (term,) = worked_out(parse(text, ()).terms, None)
    return term


def bent(word: str, language: str) -> str:
    """A dictionary that knows one word."""
    return "lasku" if word == "laskun" and language == "fi" else word


class WorkingOutTests(TestCase):
    def test_a_word_is_looked_for_as_written_and_in_its_dictionary_form(self) -> None:
        (term,) = worked_out(parse("laskun", ()).terms, bent)
        self.assertEqual(term.in_any_form, (Anywhere("laskun"), Anywhere("lasku")))
        self.assertEqual(term.as_written, (Written(("laskun",)),))
        self.assertEqual(term.in_title, ((Anywhere("xtlaskun"), Anywhere("xtlasku")),))

    def test_a_phrase_and_a_joined_word_stand_as_written(self) -> None:
        for text in ('"e lasku"', "e-lasku"):
            with self.subTest(text=text):
                self.assertEqual(asked(text).in_any_form, (Written(("e", "lasku")),))
                self.assertIsNone(asked(text).parts)

    def test_a_part_is_looked_for_by_its_parts_and_then_at_its_place(self) -> None:
        for text, place in [("työ*", " tyo"), ("*työ", "tyo "), ("*työ*", "tyo")]:
            with self.subTest(text=text):
                term = asked(text)
                self.assertTrue(term.is_part)
                self.assertEqual(term.parts, (Parts(("xgtyo",)),))
                self.assertEqual(term.part(anywhere=False), place)

    def test_a_whole_word_may_be_found_inside_another(self) -> None:
        term = asked("työ")
        self.assertFalse(term.is_part)
        self.assertEqual(term.part(anywhere=True), "tyo")

    def test_two_letters_are_too_little_but_for_a_beginning(self) -> None:
        self.assertEqual(asked("yö*").parts, (Beginning("yö"),))
        self.assertIsNone(asked("*yö").parts)
        self.assertIsNone(asked("yö").parts)

    def test_terms_without_a_word_fall_away(self) -> None:
        self.assertEqual(worked_out(parse("--- *** lasku", ()).terms, None), [asked("lasku")])


WANTED: Wanted = ((Anywhere("a"), Written(("b", "c"))), (Beginning("d"),), (Parts(("xge", "xgf")),))


class StatementTests(TestCase):
    """The same wish in the words of each database."""

    def test_sqlite(self) -> None:
        sql, (match,) = search_sqlite.condition('"e"."id"', WANTED)
        self.assertEqual(sql, '"e"."id" IN (SELECT rowid FROM core_search_fts WHERE core_search_fts MATCH %s)')
        self.assertEqual(
            match,
            '({exact lemmas} : "a" OR exact : "b c") AND (exact : "d" *) AND (grams : ("xge" AND "xgf"))',
        )

    def test_postgresql(self) -> None:
        sql, (query,) = search_postgres.condition('"e"', WANTED)
        self.assertEqual(sql, '"e".words @@ %s::tsquery')
        self.assertEqual(query, "('a':AB | ('b':A <-> 'c':A)) & ('d':*A) & (('xge' & 'xgf'))")
