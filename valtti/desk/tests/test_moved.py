"""The case moved on while somebody was writing."""

from __future__ import annotations

from datetime import timedelta

from django.test import TransactionTestCase

from valtti.core import clock
from valtti.core.models import OutgoingPost
from valtti.customers.testing import stage_customers
from valtti.desk.actions import assignments, notes, policies, replies
from valtti.desk.impossible import CaseMoved
from valtti.desk.models import Message
from valtti.desk.testing import MORNING, DeskTestCase, accepts, carried_by, fresh, stage_desk
from valtti.people.testing import stage_people


class MovedTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.seen = self.again(self.kettle).last_event
        self.pass_time(minutes=1)

    def test_a_colleague_was_faster(self) -> None:
        self.answer(author=self.veikko, text="Код уже у вас.")
        self.pass_time(seconds=12)

        with self.assertRaises(CaseMoved) as moved:
            self.answer(seen_event=self.seen)

        (difference,) = [found for found in moved.exception.differences if found.kind == "message.queued"]
        self.assertEqual((difference.who, difference.seconds_ago, difference.words), ("Veikko", 12, "Код уже у вас."))
        self.assertEqual(Message.objects.filter(author_user=self.aino).count(), 0)

    def test_the_customer_wrote_a_note_was_added_the_case_was_given_away(self) -> None:
        self.katja_writes("Подождите!")
        notes.note(case=self.kettle, author=self.veikko, text="odota")
        assignments.assign(case=self.kettle, to=self.veikko, by=self.veikko)
        with self.assertRaises(CaseMoved) as moved:
            self.answer(seen_event=self.seen)
        kinds = [found.kind for found in moved.exception.differences]
        self.assertEqual(kinds, ["message.received", "note.written", "case.assigned"])
        self.assertEqual(moved.exception.differences[0].who, "Katja Orlova")

    def test_sent_anyway_when_it_has_been_read(self) -> None:
        self.answer(author=self.veikko)
        self.answer(seen_event=self.seen, send_anyway=True)
        self.assertEqual(OutgoingPost.objects.filter(kind="answer").count(), 2)

    def test_ones_own_deeds_and_machines_move_nothing(self) -> None:
        notes.note(case=self.kettle, author=self.aino, text="minä")
        self.katja_writes("Olen lomalla", is_automatic=True)
        self.assertEqual(self.answer(seen_event=self.seen).case, self.kettle)

    def test_another_case_moves_nothing(self) -> None:
        notes.note(case=self.invoice, author=self.veikko, text="muualla")
        self.assertEqual(self.answer(seen_event=self.seen).case, self.kettle)


class BothOrdersTests(TransactionTestCase):
    """Two colleagues with the same page: whoever commits second is refused, in either order."""

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(clock.at(MORNING))
        self.enterContext(carried_by(accepts))
        self.people = stage_people()
        policies.publish_default()
        self.kettle, _ = stage_desk(self.people, stage_customers())
        self.seen = fresh(self.kettle).last_event
        self.enterContext(clock.at(MORNING + timedelta(minutes=1)))

    def answer_as(self, name: str) -> Message:
        return replies.reply(
            case=self.kettle,
            author=getattr(self.people, name),
            text=name,
            next_step="customer",
            key=f"draft-of-{name}",
            seen_event=self.seen,
        )

    def test_whoever_is_second_reads_first(self) -> None:
        for first, second in (("aino", "veikko"), ("veikko", "aino")):
            with self.subTest(first=first):
                self.seen = fresh(self.kettle).last_event
                before = OutgoingPost.objects.filter(kind="answer").count()
                Message.objects.filter(direction="out").update(idempotency_key=None)
                self.answer_as(first)
                with self.assertRaises(CaseMoved):
                    self.answer_as(second)
                self.assertEqual(OutgoingPost.objects.filter(kind="answer").count(), before + 1)

    def test_a_double_click_is_one_letter(self) -> None:
        self.assertEqual(self.answer_as("aino"), self.answer_as("aino"))
        self.assertEqual(OutgoingPost.objects.filter(kind="answer").count(), 1)
