"""A letter comes in: where it goes, whose it is, what it starts and what it ends."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from valtti.core import cast, clock
from valtti.core.models import OutgoingPost
from valtti.desk.actions import closures, intake
from valtti.desk.letter import LetterFile, Person, TokenSeen
from valtti.desk.models import Case, CaseLink, Message
from valtti.desk.testing import MORNING, DeskTestCase, letter, token_of

STRANGER = Person("vieras@muualla.example", "vieras@muualla.example", "Vieras Vierasen")


class NewCaseTests(DeskTestCase):
    def test_a_first_letter_opens_case_encounter_and_clock(self) -> None:
        kettle = self.again(self.kettle)
        encounter = kettle.encounters.get()

        self.assertEqual(kettle.title, "Чайник пришёл разбитым")
        self.assertEqual((kettle.customer, kettle.team, kettle.language), (self.katja, self.north, "ru"))
        self.assertEqual((kettle.turn, kettle.waiting_since, encounter.opened_at), ("ours", MORNING, MORNING))
        self.assertEqual(kettle.next_due_at, MORNING + timedelta(hours=4))
        self.assertEqual((kettle.channel, kettle.last_line), ("email", "Что теперь делать?"))
        self.assertTold("case.opened", kettle)
        self.assertTold("encounter.opened", encounter)

    def test_its_number_is_for_people(self) -> None:
        self.assertRegex(self.kettle.reference or "", r"^V-1\d{5}-[0-9A-Z]$")

    def test_the_same_raw_item_twice_is_one_message(self) -> None:
        once = letter(self.north, cast.KATJA)

        first, second = intake.receive(letter=once), intake.receive(letter=once)

        self.assertEqual(first, second)
        self.assertEqual(Message.objects.filter(raw_item_id=once.raw_item_id).count(), 1)

    def test_a_letter_without_a_sender_is_still_a_case(self) -> None:
        message = self.write(cast.KATJA, sender=None, subject="Ilman lähettäjää")

        self.assertIsNone(message.case.customer)
        self.assertEqual(self.again(message.case).turn, "ours")

    def test_a_letter_without_a_subject_is_called_by_its_first_line(self) -> None:
        message = self.write(cast.PEKKA, subject="", subject_plain="", text="\nLaitteet seis.\nAuttakaa.")
        self.assertEqual(message.case.title, "Laitteet seis.")

    def test_a_nul_in_a_letter_stops_nothing(self) -> None:
        spoilt = Person("n@posti.example", "n@posti.example", "N\0ul")
        message = self.write(spoilt, text="a\0b", subject="S\0", subject_plain="S\0")
        self.assertEqual((message.text, message.case.title, message.author_name), ("a\ufffdb", "S\ufffd", "N\ufffdul"))

    def test_files_come_with_it(self) -> None:
        file = LetterFile("a" * 64, "lasku.pdf", "lasku.pdf", "application/pdf", "application/pdf", 120)
        message = self.write(cast.PEKKA, files=(file,))
        self.assertEqual(message.files.get().safe_name, "lasku.pdf")

    def test_the_team_may_see_the_customer_and_others_may_not(self) -> None:
        customers = type(self.katja).objects
        self.assertIn(self.katja, customers.visible_to(self.aino))
        self.assertNotIn(self.katja, customers.visible_to(self.otto))

    def test_a_forged_sender_is_suggested_not_identified(self) -> None:
        for trust in ("unverified", "failed"):
            with self.subTest(trust):
                case = self.write(cast.KATJA, trust=trust, subject=f"Uusi tili {trust}").case
                self.assertIsNone(case.customer)
                self.assertEqual(case.participants.get().contact_point.customer, self.katja)

    def test_somebody_new_is_identified_whatever_the_check_says(self) -> None:
        case = self.write(STRANGER, trust="unverified").case
        self.assertEqual(case.customer.name if case.customer else "", "Vieras Vierasen")

    def test_from_a_shared_address_we_ask_who_it_was(self) -> None:
        office = Person("info@helmi.example", "info@helmi.example", "Helmi")
        first = self.write(office).case

        second = self.write(office, subject="Toinen asia").case

        self.assertIsNotNone(first.customer)
        self.assertIsNone(second.customer)

    def test_copied_people_take_part_as_pending(self) -> None:
        case = self.write(cast.PEKKA, cc=(STRANGER, Person("aino.korhonen@kaiku.example", "Aino"))).case

        states = dict(case.participants.values_list("contact_point__normal", "state"))

        self.assertEqual(states, {cast.PEKKA.address: "admitted", STRANGER.address: "pending"})


class JoiningTests(DeskTestCase):
    def test_three_letters_before_our_answer_are_one_encounter(self) -> None:
        self.katja_writes()
        self.pass_time(hours=1)
        self.katja_writes("И ещё: коробка цела.")

        encounter = self.kettle.encounters.get()

        self.assertEqual(encounter.messages.filter(direction="in").count(), 3)
        self.assertEqual(self.again(self.kettle).waiting_since, MORNING)

    def test_a_letter_a_day_later_is_told_as_a_chase(self) -> None:
        self.pass_time(hours=23)
        self.assertTold("message.received", self.katja_writes(), chase=False)
        self.pass_time(hours=24)
        self.assertTold("message.received", self.katja_writes(), chase=True)

    def test_a_question_after_our_answer_is_the_next_encounter(self) -> None:
        self.accepted()
        asked_at = self.pass_time(hours=3)

        message = self.katja_writes()

        case = self.again(self.kettle)
        self.assertEqual(case.encounters.count(), 2)
        self.assertEqual((case.waiting_since, case.turn), (asked_at, "ours"))
        self.assertEqual(case.milestones.get(encounter=message.encounter).kind, "next_answer")

    def test_she_ends_the_pause_at_the_receipt_of_her_letter(self) -> None:
        self.accepted()
        received = clock.now() + timedelta(hours=2)
        self.pass_time(hours=30)

        self.katja_writes(received_at=received)

        pause = self.kettle.pauses.get()
        self.assertEqual((pause.ended_at, pause.ended_by), (received, "customer_message"))

    def test_by_references_alone_an_admitted_sender_joins(self) -> None:
        first = self.kettle.messages.get(direction="in")
        for trust, marked in (("verified", False), ("unknown", True)):
            with self.subTest(trust):
                message = self.write(cast.KATJA, earlier_ids=("nobody@x", first.message_id), trust=trust)
                self.assertEqual((message.case, message.marked), (self.kettle, marked))

    def test_by_references_an_unproven_sender_waits(self) -> None:
        first = self.kettle.messages.get(direction="in")
        for sender, trust in ((cast.KATJA, "unverified"), (cast.PEKKA, "verified")):
            with self.subTest(sender.name):
                message = self.write(sender, earlier_ids=(first.message_id,), trust=trust)
                self.assertEqual((message.case, message.pending), (self.kettle, True))

    def test_a_number_alone_opens_a_case_and_suggests(self) -> None:
        message = self.write(cast.PEKKA, subject=f"Asia {self.kettle.reference}")

        self.assertNotEqual(message.case, self.kettle)
        self.assertTrue(CaseLink.objects.filter(a=self.kettle, b=message.case, kind="perhaps").exists())

    def test_the_same_subject_of_the_same_sender_suggests(self) -> None:
        message = self.write(cast.KATJA)

        self.assertNotEqual(message.case, self.kettle)
        self.assertTrue(CaseLink.objects.filter(a=self.kettle, b=message.case, kind="perhaps").exists())

    def test_an_expired_token_makes_a_case_that_follows(self) -> None:
        point = self.katja.contact_points.get()
        message = self.write(cast.KATJA, token=TokenSeen(self.kettle.pk, point.pk, expired=True))

        self.assertEqual(message.notice, "token_expired")
        self.assertTrue(CaseLink.objects.filter(a=self.kettle, b=message.case, kind="follows").exists())

    def test_a_broken_token_is_noted_and_nothing_else(self) -> None:
        message = self.write(cast.KATJA, token_broken=True, subject="Ihan muuta")
        self.assertEqual((message.notice, message.case == self.kettle), ("token_broken", False))


class ClosedCaseTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.accepted(next_step="nothing")
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")

    def test_a_letter_within_two_weeks_reopens(self) -> None:
        self.pass_time(days=14)

        message = self.katja_writes()

        closure = self.kettle.closures.get()
        case = self.again(self.kettle)
        self.assertEqual((message.case, case.is_open, case.turn), (self.kettle, True, "ours"))
        self.assertEqual((closure.reopen_cause, closure.reopened_at), ("customer", clock.now()))
        self.assertTold("case.reopened", self.kettle)

    def test_a_later_letter_opens_a_case_that_follows(self) -> None:
        self.pass_time(days=14, minutes=1)

        message = self.katja_writes()

        self.assertNotEqual(message.case, self.kettle)
        self.assertTrue(CaseLink.objects.filter(a=self.kettle, b=message.case, kind="follows").exists())
        self.assertFalse(self.again(self.kettle).is_open)

    def test_it_is_written_once_and_where_it_belongs(self) -> None:
        self.pass_time(days=15)
        with CaptureQueriesContext(connection) as asked:
            self.katja_writes()
        self.assertEqual([query["sql"] for query in asked if query["sql"].startswith("DELETE")], [])

    def test_a_machine_reopens_nothing(self) -> None:
        self.katja_writes("Olen lomalla.", is_automatic=True, automatic_kind="vacation")
        self.assertFalse(self.again(self.kettle).is_open)

    def test_a_stranger_reopens_nothing(self) -> None:
        point = self.katja.contact_points.get()
        self.write(STRANGER, token=token_of(self.kettle, point))
        self.assertFalse(self.again(self.kettle).is_open)


class AutomaticTests(DeskTestCase):
    def test_a_vacation_note_opens_answers_and_ends_nothing(self) -> None:
        self.accepted()
        before = self.again(self.kettle)

        message = self.katja_writes("Olen lomalla.", is_automatic=True, automatic_kind="vacation")

        case = self.again(self.kettle)
        self.assertEqual((message.case, message.encounter), (self.kettle, None))
        self.assertEqual((case.turn, case.waiting_since, case.last_event), ("customer", None, before.last_event))
        self.assertEqual(case.encounters.count(), 1)
        self.assertTold("message.automatic", message)

    def test_it_does_not_join_a_waiting_encounter_either(self) -> None:
        message = self.katja_writes("Olen lomalla.", is_automatic=True)
        self.assertIsNone(message.encounter)
        self.assertEqual(self.again(self.kettle).last_line, "Что теперь делать?")

    def test_a_newsletter_is_a_case_in_which_nobody_waits(self) -> None:
        message = self.write(STRANGER, is_automatic=True, automatic_kind="list", subject="Uutiskirje")

        case = self.again(message.case)
        self.assertEqual((case.waiting_since, case.next_due_at, case.encounters.count()), (None, None, 0))


class OldMailTests(DeskTestCase):
    def test_mail_taken_over_is_history_and_sends_nothing(self) -> None:
        before = OutgoingPost.objects.count()
        long_ago = MORNING - timedelta(days=900)
        message = self.write(cast.PEKKA, silent=True, received_at=long_ago, subject="Vanha asia")
        self.run_tasks()

        case = self.again(message.case)
        self.assertEqual((case.turn, case.closed_at, case.waiting_since), ("nobody", long_ago, None))
        self.assertEqual(case.messages.count(), 1)
        self.assertEqual(case.milestones.filter(due_at__isnull=False).count(), 0)
        self.assertEqual(OutgoingPost.objects.count(), before)

    def test_old_mail_in_a_thread_moves_no_clock(self) -> None:
        self.accepted()
        self.katja_writes("старое", silent=True, received_at=MORNING - timedelta(days=3))
        case = self.again(self.kettle)
        self.assertEqual((case.turn, case.waiting_since), ("customer", None))

    def test_old_mail_does_not_make_her_wait_longer_than_she_does(self) -> None:
        before = self.again(self.kettle)
        self.katja_writes("старое", silent=True, received_at=MORNING - timedelta(days=3))
        case = self.again(self.kettle)
        self.assertEqual((case.waiting_since, case.next_due_at), (MORNING, before.next_due_at))

    def test_our_answer_is_to_what_she_asked_now_not_to_history(self) -> None:
        asked = self.kettle.encounters.get()
        self.katja_writes("старое", silent=True, received_at=MORNING - timedelta(days=3))

        message = self.accepted()

        self.assertEqual(message.encounter, asked)
        self.assertTold("encounter.answered", asked)
        self.assertIsNone(self.again(self.kettle).waiting_since)

    def test_her_next_letter_joins_the_waiting_one_past_old_mail(self) -> None:
        self.pass_time(hours=1)
        self.katja_writes("старое", silent=True)
        self.assertEqual(self.katja_writes().encounter, self.kettle.encounters.get(silent=False))


class StrangerTests(DeskTestCase):
    def test_otto_sees_no_case_and_no_message(self) -> None:
        self.assertFalse(Case.objects.visible_to(self.otto).exists())
        self.assertFalse(Message.objects.visible_to(self.otto).exists())
        self.assertFalse(Case.objects.visible_to(self.outi).exists())
