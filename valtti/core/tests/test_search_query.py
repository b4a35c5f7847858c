from __future__ import annotations

import time
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.core import caps
from valtti.core.search_query import Filter, Hint, Query, Term, parse

KNOWN = {"from", "is", "after", "mine"}


def terms(text: str) -> tuple[Term, ...]:
    return parse(text, KNOWN).terms


class ParsingTests(TestCase):
    def test_words_phrases_parts_and_what_must_not_be(self) -> None:
        for text, found in [
            ("kettle lid", (Term("kettle"), Term("lid"))),
            ('"red kettle" lid', (Term("red kettle", phrase=True), Term("lid"))),
            ('-lid -"red kettle"', (Term("lid", negated=True), Term("red kettle", phrase=True, negated=True))),
            ("lasku*", (Term("lasku", open_end=True),)),
            ("*lasku", (Term("lasku", open_start=True),)),
            ("*lasku*", (Term("lasku", open_start=True, open_end=True),)),
            ('"never closed', (Term("never closed", phrase=True),)),
            ("e-lasku", (Term("e-lasku"),)),
            (' - * "" -- "!" ', ()),
            ("", ()),
        ]:
            with self.subTest(text=text):
                self.assertEqual(terms(text), found)

    def test_operators(self) -> None:
        self.assertEqual(
            parse('From:"Katja Orlova" -is:promise-late mine: kettle', KNOWN),
            Query(
                (Term("kettle"),),
                (Filter("from", "Katja Orlova"), Filter("is", "promise-late", negated=True), Filter("mine", "")),
            ),
        )

    def test_an_unknown_operator_is_a_word_and_a_hint(self) -> None:
        self.assertEqual(
            parse("colour:red", KNOWN), Query((Term("colour red"),), (), (Hint("unknown_operator", "colour"),))
        )

    def test_a_web_address_is_no_operator(self) -> None:
        self.assertEqual(parse("http://example.org/a", KNOWN).hints, ())

    def test_what_is_too_long_is_cut_and_said(self) -> None:
        for text in ("a " * 100, "a" * 1000):
            query = parse(text, KNOWN)
            self.assertLessEqual(len(query.terms), caps.SEARCH_TERMS)
            self.assertEqual(query.hints, (Hint("too_long", ""),))

    @given(st.text('ab:"*- är', max_size=60))
    def test_anything_can_be_typed(self, text: str) -> None:
        for term in parse(text, KNOWN).terms:
            self.assertTrue(any(map(str.isalnum, term.text)))

    def test_a_long_search_is_quick(self) -> None:
        for sign in ("a", ":", '"', "-", "a:", '"a', "-a:"):
            began = time.monotonic()
            parse(sign * 100_000, KNOWN)
            self.assertLess(time.monotonic() - began, 0.5)
