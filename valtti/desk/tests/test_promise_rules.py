"""Kept, late, moved with notice, broken: worked by hand from the rules of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.desk.promises import (
    Said,
    Word,
    chains,
    count,
    end_when_moved,
    end_when_shown,
    is_overdue,
    shows_kept,
    shows_wish,
)

DUE = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LATER = DUE + timedelta(hours=2)


class EndTests(TestCase):
    def test_shown_on_the_minute_is_kept_and_a_minute_later_is_late(self) -> None:
        self.assertEqual(end_when_shown(DUE, DUE), "kept")
        self.assertEqual(end_when_shown(DUE, DUE + MINUTE), "kept_late")

    def test_a_move_told_before_the_old_time_is_a_move_and_after_it_a_breach(self) -> None:
        self.assertEqual(end_when_moved(DUE, DUE - MINUTE), "moved")
        self.assertEqual(end_when_moved(DUE, DUE), "broken")
        self.assertEqual(end_when_moved(DUE, DUE + MINUTE), "broken")

    def test_overdue_is_standing_and_past(self) -> None:
        self.assertTrue(is_overdue(DUE, None, DUE + MINUTE))
        self.assertTrue(is_overdue(DUE, None, DUE))
        self.assertFalse(is_overdue(DUE, None, DUE - MINUTE))
        self.assertFalse(is_overdue(DUE, DUE, DUE + MINUTE))


class EvidenceTests(TestCase):
    def test_what_may_show_that_it_was_kept_and_what_that_she_did_not_want_it(self) -> None:
        letter, call = Word("out", "email", DUE), Word("note", "phone", DUE)
        theirs = Word("in", "email", DUE)
        for word, kept, wish in [
            (letter, True, False),
            (call, True, True),
            (theirs, False, True),
            (replace(letter, automatic=True), False, False),
            (replace(letter, is_void=True), False, False),
            (replace(letter, is_its_own=True), False, False),
            (replace(letter, at=DUE - 2 * MINUTE), False, False),
            (replace(theirs, at=DUE - 2 * MINUTE), False, False),
            (replace(theirs, pending=True), False, False),
            (replace(theirs, automatic=True), False, False),
            (Word("note", "email", DUE), False, False),
        ]:
            with self.subTest(word):
                self.assertEqual((shows_kept(word, DUE - MINUTE), shows_wish(word, DUE - MINUTE)), (kept, wish))


class ChainTests(TestCase):
    def test_a_chain_of_moves_is_one_promise(self) -> None:
        told = Said(1, DUE, "moved", DUE - MINUTE, told_before_due=True)
        again = Said(2, LATER, "moved", LATER - MINUTE, moved_from=1, told_before_due=True)
        kept = Said(3, LATER + MINUTE, "kept", LATER, moved_from=2)
        found = chains([kept, told, again])
        self.assertEqual([[link.number for link in chain] for chain in found], [[1, 2, 3]])
        counted = count(found[0], LATER)
        self.assertEqual((counted.verdict, counted.moves, counted.late_seconds), ("kept", 2, 0))

    def test_one_move_told_too_late_breaks_the_whole(self) -> None:
        late = Said(1, DUE, "broken", DUE + MINUTE, told_before_due=False)
        kept = Said(2, LATER, "kept", LATER - MINUTE, moved_from=1)
        self.assertEqual(count([late, kept], LATER).verdict, "broken")

    def test_an_undone_promise_counts_nowhere_and_gives_its_place_back(self) -> None:
        standing = Said(1, DUE)
        undone = Said(2, LATER, "undone", DUE, moved_from=1)
        self.assertEqual([[link.number for link in chain] for chain in chains([standing, undone])], [[1]])

    def test_kept_late_says_by_how_much(self) -> None:
        counted = count([Said(1, DUE, "kept_late", DUE + 5 * MINUTE)], LATER)
        self.assertEqual((counted.verdict, counted.late_seconds), ("kept_late", 300))

    def test_a_standing_one_is_late_once_its_time_has_passed(self) -> None:
        self.assertEqual(count([Said(1, DUE)], DUE - MINUTE).verdict, "standing")
        counted = count([Said(1, DUE)], DUE + MINUTE)
        self.assertEqual((counted.verdict, counted.late_seconds), ("late", 60))

    def test_withdrawn_is_never_late(self) -> None:
        counted = count([Said(1, DUE, "withdrawn", LATER)], LATER)
        self.assertEqual((counted.verdict, counted.late_seconds), ("withdrawn", 0))

    @given(
        st.lists(
            st.tuples(st.booleans(), st.sampled_from(["kept", "kept_late", "broken", "withdrawn", ""])), max_size=12
        )
    )
    def test_every_standing_link_lies_in_exactly_one_chain(self, drawn: list[tuple[bool, str]]) -> None:
        rows = [
            Said(
                number,
                DUE,
                "moved" if moves else end,
                moved_from=number - 1 if number and drawn[number - 1][0] else None,
            )
            for number, (moves, end) in enumerate(drawn)
        ]
        found = [link.number for chain in chains(rows) for link in chain]
        self.assertEqual(sorted(found), list(range(len(rows))))
