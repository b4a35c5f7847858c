"""Closing and opening again."""

from __future__ import annotations

from valtti.core import clock
from valtti.desk.actions import closures
from valtti.desk.impossible import AlreadyClosed, CaseMoved, NotClosed
from valtti.desk.testing import DeskTestCase


class ClosingTests(DeskTestCase):
    def test_closing_keeps_who_and_tells_the_house(self) -> None:
        closure = closures.close_case(
            case=self.kettle, closed_by=self.aino, outcome="solved", solution="Uusi lähti.", beyond_first_line=True
        )

        case = self.again(self.kettle)
        self.assertEqual((closure.closed_by, closure.closed_at, closure.outcome), (self.aino, clock.now(), "solved"))
        self.assertEqual((case.turn, case.closed_at, case.next_due_at), ("nobody", clock.now(), None))
        self.assertTold("case.closed", self.kettle, outcome="solved")

    def test_closing_twice_is_refused(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        with self.assertRaises(AlreadyClosed):
            closures.close_case(case=self.kettle, closed_by=self.veikko, outcome="partly")

    def test_it_ends_the_pause(self) -> None:
        self.accepted()
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="no_answer")
        self.assertEqual(self.kettle.pauses.get().ended_by, "closure")

    def test_spam_owes_no_answer(self) -> None:
        closures.close_case(case=self.invoice, closed_by=self.aino, outcome="spam")
        self.again(self.invoice)
        self.assertFalse(self.invoice.milestones.exists())

    def test_a_case_that_moved_on_is_not_closed_unread(self) -> None:
        seen = self.again(self.kettle).last_event
        self.katja_writes("Подождите!")
        with self.assertRaises(CaseMoved):
            closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved", seen_event=seen)
        self.assertTrue(self.again(self.kettle).is_open)


class ReopeningTests(DeskTestCase):
    def test_reopening_keeps_the_closure(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        self.pass_time(hours=1)

        closures.reopen_case(case=self.kettle, by=self.veikko)

        closure = self.kettle.closures.get()
        self.assertEqual((closure.reopened_by, closure.reopen_cause), (self.veikko, "agent"))
        self.assertEqual(self.again(self.kettle).turn, "ours")
        self.assertTold("case.reopened", self.kettle, cause="agent")

    def test_an_open_case_is_not_reopened(self) -> None:
        with self.assertRaises(NotClosed):
            closures.reopen_case(case=self.kettle, by=self.aino)

    def test_it_can_be_closed_again(self) -> None:
        for _ in range(2):
            closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
            closures.reopen_case(case=self.kettle, by=self.aino)
        self.assertEqual(self.kettle.closures.count(), 2)
