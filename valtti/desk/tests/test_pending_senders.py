"""Strangers in a case: seen, named, and not taken for the customer."""

from __future__ import annotations

from datetime import timedelta

from valtti.core import cast, clock
from valtti.desk.actions import intake
from valtti.desk.impossible import AlreadyDecided
from valtti.desk.letter import Person
from valtti.desk.models import Case, CaseLink, Message, Participant
from valtti.desk.queries import pending_for
from valtti.desk.testing import MORNING, DeskTestCase, token_of

BROTHER = Person("igor@muualla.example", "igor@muualla.example", "Игорь Орлов")


class PendingTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.accepted()
        self.pass_time(hours=1)
        self.letter_at = clock.now()
        point = self.katja.contact_points.get()
        self.message = self.write(BROTHER, text="Это мой чайник.", token=token_of(self.kettle, point))
        self.run_tasks()

    @property
    def participant(self) -> Participant:
        return self.kettle.participants.get(contact_point__normal=BROTHER.address)

    def test_the_stranger_is_seen_and_moves_no_clock(self) -> None:
        case = self.again(self.kettle)
        self.assertEqual((case.turn, case.waiting_since, case.encounters.count()), ("customer", None, 1))
        self.assertEqual((self.message.pending, self.message.author_name), (True, "Игорь Орлов"))
        self.assertEqual(self.participant.state, "pending")
        self.assertTold("participant.pending", self.message, row=3)

    def test_gets_no_answer_of_ours_and_no_receipt(self) -> None:
        second = self.answer()
        self.assertEqual([person["address"] for person in second.to], [cast.KATJA.address])
        self.assertFalse(Message.objects.filter(automatic=True, to__icontains=BROTHER.address).exists())

    def test_waits_in_the_tray(self) -> None:
        (row,) = pending_for(self.veikko)
        self.assertEqual((row.case, row.participant, row.messages), (self.kettle, self.participant, [self.message]))
        self.assertEqual(pending_for(self.otto), [])

    def test_admitted_counts_from_the_receipt(self) -> None:
        self.pass_time(hours=3)

        intake.admit(participant=self.participant, by=self.veikko, role="colleague")

        case = self.again(self.kettle)
        self.message.refresh_from_db()
        self.assertEqual((case.waiting_since, case.turn), (self.letter_at, "ours"))
        self.assertEqual(self.message.encounter.opened_at if self.message.encounter else None, self.letter_at)
        self.assertEqual(self.kettle.pauses.get().ended_at, self.letter_at)
        self.assertEqual(pending_for(self.veikko), [])
        self.assertEqual(len(self.answer().to), 2)

    def test_admitted_once(self) -> None:
        intake.admit(participant=self.participant, by=self.veikko)
        with self.assertRaises(AlreadyDecided):
            intake.refuse(participant=self.participant, by=self.aino)

    def test_refused_is_put_aside_and_writes_a_case_of_their_own_next_time(self) -> None:
        intake.refuse(participant=self.participant, by=self.veikko)
        self.message.refresh_from_db()
        self.assertEqual((self.message.refused_by, self.participant.state), (self.veikko, "refused"))
        self.assertEqual(pending_for(self.veikko), [])

        again = self.write(BROTHER, token=token_of(self.kettle, self.katja.contact_points.get()))

        self.assertNotEqual(again.case, self.kettle)

    def test_a_case_of_their_own(self) -> None:
        self.pass_time(hours=2)

        case = intake.own_case(message=self.message, by=self.veikko)

        case = self.again(case)
        self.message.refresh_from_db()
        self.assertEqual((self.message.case, self.message.pending), (case, False))
        self.assertEqual(
            (case.waiting_since, case.customer.name if case.customer else ""), (self.letter_at, "Игорь Орлов")
        )
        self.assertTrue(CaseLink.objects.filter(a=self.kettle, b=case, kind="follows").exists())
        self.assertEqual(self.again(self.kettle).turn, "customer")

    def test_otto_sees_no_participant(self) -> None:
        self.assertFalse(Participant.objects.visible_to(self.otto).exists())


class ForgedTests(DeskTestCase):
    def test_her_address_with_a_failed_check_waits_and_can_be_put_aside(self) -> None:
        message = self.katja_writes("Пришлите деньги сюда.", trust="failed")
        self.assertTrue(message.pending)

        participant = self.kettle.participants.get()

        intake.refuse(participant=participant, by=self.veikko)

        self.assertEqual(self.kettle.participants.get().state, "admitted")
        self.assertEqual(self.again(self.kettle).encounters.count(), 1)
        with self.assertRaises(AlreadyDecided):
            intake.refuse(participant=participant, by=self.veikko)

    def test_or_let_in_after_all(self) -> None:
        message = self.katja_writes("Это правда я.", trust="failed")
        intake.admit(participant=self.kettle.participants.get(), by=self.veikko)
        message.refresh_from_db()
        self.assertFalse(message.pending)


class ConfirmingTests(DeskTestCase):
    def test_a_colleague_says_whose_matter_it_is(self) -> None:
        case = self.write(cast.KATJA, trust="failed", subject="Uusi tili").case

        intake.confirm_customer(case=case, customer=self.katja, by=self.aino)

        case = self.again(case)
        self.assertEqual((case.customer, case.encounters.get().customer), (self.katja, self.katja))
        self.assertTold("case.customer_set", case)


class HesitationTests(DeskTestCase):
    def test_a_letter_let_in_after_the_case_was_closed_reopens_it(self) -> None:
        from valtti.desk.actions import closures

        message = self.katja_writes("Ещё одно.", trust="failed")
        self.pass_time(hours=1)
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")

        intake.admit(participant=self.kettle.participants.get(), by=self.veikko)

        closure = self.kettle.closures.get()
        self.assertEqual(closure.reopened_at, closure.closed_at)
        self.assertEqual(self.again(self.kettle).waiting_since, MORNING)
        self.assertEqual(message.at, MORNING)
        self.assertGreater(closure.closed_at, MORNING + timedelta(minutes=59))
        self.assertTrue(Case.objects.open().filter(pk=self.kettle.pk).exists())
