"""Promises: kept, late, moved with notice, broken, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from valtti.core import clock
from valtti.core.models import Event
from valtti.desk.actions import closures, notes, promises
from valtti.desk.impossible import EvidenceMissing, PromiseIsSettled, PromisesStand, PromiseWithoutTime
from valtti.desk.models import Promise
from valtti.desk.queries import customers_words_since, evidence_for
from valtti.desk.testing import MORNING, DeskTestCase


class MakingTests(DeskTestCase):
    def test_it_is_due_before_any_target(self) -> None:
        promise = self.promise(hours=2)
        case = self.again(self.kettle)
        self.assertEqual((case.promise_due_at, case.next_due_at), (promise.due_at, promise.due_at))
        self.assertEqual((case.turn, promise.owner, promise.language), ("ours", self.aino, "ru"))

    def test_the_owner_is_told_before_and_the_house_after(self) -> None:
        promise = self.promise(hours=4)
        for hours, kind in ((2.0, "promise.due"), (3.5, "promise.due"), (4.0, "promise.overdue")):
            self.set_clock(MORNING + timedelta(hours=hours))
            self.assertNotTold("promise.overdue")
            self.run_tasks()
            self.assertTold(kind, promise)

    def test_a_kept_one_is_not_told_as_due(self) -> None:
        promise = self.promise(hours=4)
        self.accepted(keeps=[promise])
        self.pass_time(hours=5)
        self.run_tasks()
        self.assertNotTold("promise.due")
        self.assertNotTold("promise.overdue")


class KeepingTests(DeskTestCase):
    def test_a_letter_keeps_it_once_accepted(self) -> None:
        promise = self.promise(hours=2)
        message = self.answer(keeps=[promise], next_step="nothing")
        promise.refresh_from_db()
        self.assertEqual((promise.end, promise.evidence_message), ("", message))

        self.pass_time(hours=1)
        self.settled(message)

        promise.refresh_from_db()
        self.assertEqual((promise.end, promise.ended_at), ("kept", clock.now()))
        self.assertTold("promise.kept", promise, end="kept", late_seconds=0)

    def test_accepted_after_its_time_is_kept_late(self) -> None:
        promise = self.promise(hours=1)
        message = self.answer(keeps=[promise], next_step="nothing")
        self.pass_time(hours=1, minutes=5)
        self.settled(message)
        promise.refresh_from_db()
        self.assertEqual(promise.end, "kept_late")
        self.assertTold("promise.kept", promise, end="kept_late", late_seconds=300)

    def test_a_letter_from_before_the_promise_does_not_show_that_it_was_kept(self) -> None:
        before = self.accepted(next_step="nothing")
        self.pass_time(minutes=5)
        promise = self.promise()
        with self.assertRaises(EvidenceMissing):
            promises.keep(promise=promise, by=self.aino, evidence=before)

    def test_a_call_written_down_keeps_it_at_once(self) -> None:
        promise = self.promise()
        kept = promises.keep(promise=promise, by=self.aino, call="Soitin, kaikki selvää.")
        self.assertEqual((kept.end, kept.evidence_message.direction if kept.evidence_message else ""), ("kept", "note"))
        self.assertIsNone(self.again(self.kettle).promise_due_at)

    def test_when_the_letter_that_kept_it_comes_back_it_stands_and_is_told_late_again(self) -> None:
        promise = self.promise(hours=2)
        message = self.accepted(keeps=[promise], next_step="nothing")
        self.pass_time(hours=3)
        self.run_tasks()
        self.assertNotTold("promise.overdue")

        self.refuse(message)

        self.assertTold("promise.reinstated", promise, why="not_arrived")
        self.assertTold("promise.overdue", promise)
        self.assertEqual(self.again(self.kettle).promise_due_at, promise.due_at)

    def test_one_that_stands_again_in_good_time_is_told_once_at_each_moment(self) -> None:
        promise = self.promise(hours=4)
        message = self.accepted(keeps=[promise], next_step="nothing")
        self.refuse(message)
        self.pass_time(hours=5)
        self.run_tasks()
        told = Event.objects.filter(subject_id=promise.pk, kind__in=("promise.due", "promise.overdue"))
        self.assertEqual(sorted(event.facts["stage"] for event in told), ["half_hour", "overdue", "two_hours"])

    def test_an_earlier_letter_can_be_named(self) -> None:
        promise = self.promise()
        self.pass_time(minutes=10)
        message = self.accepted(next_step="nothing")
        self.assertIn(message, evidence_for(promise))
        self.pass_time(hours=5)
        self.assertEqual(promises.keep(promise=promise, by=self.aino, evidence=message).end, "kept")

    def test_what_shows_nothing_is_refused(self) -> None:
        promise = self.promise()
        silent_note = notes.note(case=self.kettle, author=self.aino, text="vain meille")
        for evidence in (None, silent_note, promise.said_in, self.kettle.messages.get(direction="in")):
            with self.subTest(evidence), self.assertRaises(EvidenceMissing):
                promises.keep(promise=promise, by=self.aino, evidence=evidence)

    def test_it_ends_once(self) -> None:
        promise = self.promise()
        promises.keep(promise=promise, by=self.aino, call="Soitin.")
        with self.assertRaises(PromiseIsSettled):
            promises.give_up(promise=promise, by=self.aino)


class MovingTests(DeskTestCase):
    def test_told_before_its_time_is_a_move_with_notice(self) -> None:
        promise = self.promise(hours=2)
        later = promise.due_at + timedelta(hours=4)
        message = self.answer(next_step="promise", promise_due=later, moves=promise)
        promise.refresh_from_db()
        self.assertEqual((promise.end, promise.told_before_due), ("moved", None))

        self.pass_time(hours=1)
        self.settled(message)

        promise.refresh_from_db()
        moved = promise.moves.get()
        self.assertEqual((promise.end, promise.told_before_due), ("moved", True))
        self.assertEqual((moved.text, moved.owner, moved.due_at), (promise.text, self.aino, later))
        self.assertEqual(self.again(self.kettle).promise_due_at, later)

    def test_told_after_its_time_breaks_it(self) -> None:
        promise = self.promise(hours=2)
        later = promise.due_at + timedelta(hours=4)
        message = self.answer(next_step="promise", promise_due=later, moves=promise)
        self.pass_time(hours=2)
        self.settled(message)
        promise.refresh_from_db()
        self.assertEqual((promise.end, promise.told_before_due), ("broken", False))
        self.assertTold("promise.broken", promise, end="broken", late_seconds=0, reason="")

    def test_by_phone_it_is_told_at_once(self) -> None:
        promise = self.promise(hours=2)
        later = promise.due_at + timedelta(hours=4)
        moved = promises.move(promise=promise, due_at=later, by=self.aino, call="Sovimme kuudesta.")
        promise.refresh_from_db()
        self.assertEqual((promise.told_before_due, moved.moved_from), (True, promise))

    def test_without_telling_there_is_no_move(self) -> None:
        promise = self.promise(hours=2)
        with self.assertRaises(EvidenceMissing):
            promises.move(promise=promise, due_at=promise.due_at + timedelta(hours=1), by=self.aino, call=" ")

    def test_a_move_needs_a_time_to_come(self) -> None:
        promise = self.promise(hours=2)
        with self.assertRaises(PromiseWithoutTime):
            promises.move(promise=promise, due_at=MORNING, by=self.aino, call="Soitin.")
        promise.refresh_from_db()
        self.assertEqual(promise.end, "")


class EndingTests(DeskTestCase):
    def test_withdrawn_at_her_wish_only(self) -> None:
        promise = self.promise()
        with self.assertRaises(EvidenceMissing):
            promises.withdraw(promise=promise, by=self.aino, evidence=self.accepted(next_step="nothing"))
        self.pass_time(minutes=1)
        wish = self.katja_writes("Уже не нужно, не пишите.")
        self.assertEqual(customers_words_since(promise), [wish])

        withdrawn = promises.withdraw(promise=promise, by=self.aino, evidence=wish)

        self.assertEqual((withdrawn.end, withdrawn.evidence_message), ("withdrawn", wish))
        self.assertTold("promise.withdrawn", promise)

    def test_given_up_is_broken(self) -> None:
        promise = promises.give_up(promise=self.promise(), by=self.aino, reason="Tavara loppui.")
        self.assertEqual(promise.end, "broken")
        self.assertTold("promise.broken", promise, reason="Tavara loppui.")


class ClosingTests(DeskTestCase):
    def test_a_standing_promise_is_settled_first(self) -> None:
        self.promise()
        with self.assertRaises(PromisesStand):
            closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")

    def test_settled_in_any_way_it_closes(self) -> None:
        ways: tuple[Callable[[Promise], object], ...] = (
            lambda promise: promises.keep(promise=promise, by=self.aino, call="Soitin."),
            lambda promise: promises.give_up(promise=promise, by=self.aino),
        )
        for way in ways:
            way(self.promise())
            closures.close_case(case=self.kettle, closed_by=self.aino, outcome="partly")
            self.assertFalse(self.again(self.kettle).is_open)
            closures.reopen_case(case=self.kettle, by=self.aino)
