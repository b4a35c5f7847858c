"""Calls, visits and notes that a colleague enters; who has a case; waiting for others."""

from __future__ import annotations

from datetime import timedelta

from valtti.core import cast, clock
from valtti.desk.actions import assignments, drafts, intake, notes, pauses, presence
from valtti.desk.impossible import (
    CaseMoved,
    DraftTooLong,
    NotAssigned,
    NothingWritten,
    NotInTheTeam,
    StillOwed,
    WaitsForNobody,
)
from valtti.desk.models import Case, Draft
from valtti.desk.testing import MORNING, DeskTestCase, letter


class CallTests(DeskTestCase):
    def call(self, **changes: object) -> Case:
        fields = {
            "team": self.north,
            "customer": self.pekka,
            "channel": "phone",
            "title": "Lasku väärin",
            "text": "Pekka soitti laskusta.",
            "started_by": "customer",
            "opened_by": self.aino,
        }
        return intake.open_by_hand(**(fields | changes))  # type: ignore[arg-type]

    def test_a_call_was_answered_at_once(self) -> None:
        case = self.again(self.call())
        encounter = case.encounters.get()
        self.assertEqual((encounter.kind, encounter.answered_at, encounter.answered_by), ("call", MORNING, self.aino))
        self.assertEqual((case.assignee, case.waiting_since, case.turn), (self.aino, None, "ours"))
        self.assertEqual((case.origin, case.language, case.last_line), ("agent", "fi", "Pekka soitti laskusta."))
        self.assertTrue(encounter.counts_as_contact)
        self.assertTold("encounter.ended", encounter)

    def test_the_customer_can_be_answered_by_letter(self) -> None:
        case = self.call()
        self.assertEqual(self.answer(case).to[0]["address"], cast.PEKKA.address)

    def test_what_we_begin_owes_no_answer_and_is_no_contact(self) -> None:
        case = self.again(self.call(started_by="company"))
        encounter = case.encounters.get()
        self.assertEqual((encounter.answered_at, encounter.counts_as_contact, case.waiting_since), (None, False, None))
        self.assertFalse(case.milestones.exists())

    def test_an_unknown_caller_is_no_customer(self) -> None:
        self.assertIsNone(self.again(self.call(customer=None, assign=False)).customer)

    def test_answered_from_the_mailbox_the_team_was_last_written_to(self) -> None:
        self.assertEqual(self.answer(self.call()).mailbox, "asiakaspalvelu@kaiku.example")


class StaffLetterTests(DeskTestCase):
    def test_a_letter_from_our_own_people_is_a_note(self) -> None:
        staff = letter(self.north, cast.AINO, text="Lue tämä.")
        before = self.again(self.kettle)

        message = intake.file_as_note(letter=staff, case=self.kettle, by=self.veikko)

        self.assertEqual(intake.file_as_note(letter=staff, case=self.kettle, by=self.veikko), message)
        case = self.again(self.kettle)
        self.assertEqual((message.direction, message.author_user, case.turn), ("note", None, before.turn))
        self.assertTold("note.written", message)


class NoteTests(DeskTestCase):
    def test_a_note_is_for_colleagues_and_moves_no_clock(self) -> None:
        Draft.objects.create(case=self.kettle, author=self.aino, kind="note", text="…")
        first = notes.note(case=self.kettle, author=self.aino, text=" Soita klo 17. ", key="n1")
        second = notes.note(case=self.kettle, author=self.aino, text="Soita klo 17.", key="n1")
        self.assertEqual((first, first.text), (second, "Soita klo 17."))
        case = self.again(self.kettle)
        self.assertEqual((case.waiting_since, case.last_line), (MORNING, "Что теперь делать?"))
        self.assertFalse(Draft.objects.exists())

    def test_an_empty_one_is_refused(self) -> None:
        with self.assertRaises(NothingWritten):
            notes.note(case=self.kettle, author=self.aino, text="  ")


class AssignmentTests(DeskTestCase):
    def test_given_taken_and_handed_back(self) -> None:
        assignments.take(case=self.invoice, by=self.aino)
        assignments.assign(case=self.invoice, to=self.veikko, by=self.aino, reason="lounas")
        case = self.again(self.invoice)
        self.assertEqual(case.assignee, self.veikko)
        self.assertEqual(list(case.assignments.order_by("pk").values_list("way", flat=True)), ["taken", "given"])

        assignments.hand_back(case=self.invoice, by=self.veikko)

        self.assertIsNone(self.again(self.invoice).assignee)
        self.assertFalse(case.assignments.filter(until_at=None).exists())
        with self.assertRaises(NotAssigned):
            assignments.hand_back(case=self.invoice, by=self.veikko)

    def test_given_to_the_one_who_has_it_nothing_happens(self) -> None:
        assignments.assign(case=self.kettle, to=self.aino, by=self.veikko)
        self.assertEqual(self.kettle.assignments.count(), 1)

    def test_only_to_people_of_the_team(self) -> None:
        for user in (self.otto, self.liisa, self.outi):
            with self.subTest(user.name), self.assertRaises(NotInTheTeam):
                assignments.assign(case=self.kettle, to=user, by=self.veikko)

    def test_not_over_a_colleague_who_was_faster(self) -> None:
        seen = self.again(self.invoice).last_event
        assignments.take(case=self.invoice, by=self.veikko)
        with self.assertRaises(CaseMoved):
            assignments.assign(case=self.invoice, to=self.aino, by=self.aino, seen_event=seen)

    def test_not_handed_back_over_news_one_has_not_seen(self) -> None:
        seen = self.again(self.kettle).last_event
        self.katja_writes()
        with self.assertRaises(CaseMoved):
            assignments.hand_back(case=self.kettle, by=self.aino, seen_event=seen)
        self.assertEqual(self.again(self.kettle).assignee, self.aino)

    def test_moved_to_another_team_it_leaves_ours(self) -> None:
        assignments.move_team(case=self.kettle, team=self.business, by=self.veikko, reason="yritys")
        case = self.again(self.kettle)
        self.assertEqual((case.team, case.assignee), (self.business, None))
        self.assertIn(case, Case.objects.visible_to(self.otto))
        self.assertNotIn(case, Case.objects.visible_to(self.aino))
        self.assertTold("case.moved", self.kettle)


class WaitingTests(DeskTestCase):
    def test_on_the_expected_day_the_turn_is_ours_by_itself(self) -> None:
        self.accepted(next_step="nothing")
        until = MORNING + timedelta(days=2)
        pauses.wait_for(case=self.kettle, waits_for=" Posti ", until=until, by=self.aino)
        self.run_tasks()
        self.assertEqual(self.again(self.kettle).turn, "third_party")

        self.set_clock(until)
        self.run_tasks()

        self.assertEqual((self.again(self.kettle).turn, self.kettle.pauses.get().ended_by), ("ours", "expiry"))

    def test_the_customers_turn_does_not_expire(self) -> None:
        self.accepted()
        self.pass_time(days=30)
        self.run_tasks()
        self.assertEqual(self.again(self.kettle).turn, "customer")

    def test_resumed_by_hand(self) -> None:
        self.accepted()
        pauses.resume(case=self.kettle, by=self.aino)
        self.assertEqual(self.again(self.kettle).turn, "ours")

    def test_it_needs_a_name_and_a_day(self) -> None:
        self.accepted(next_step="nothing")
        for name, until in ((" ", MORNING + timedelta(days=1)), ("Posti", MORNING)):
            with self.subTest(name), self.assertRaises(WaitsForNobody):
                pauses.wait_for(case=self.kettle, waits_for=name, until=until, by=self.aino)

    def test_not_while_the_customer_waits_for_us(self) -> None:
        with self.assertRaises(StillOwed):
            pauses.wait_for(case=self.kettle, waits_for="Posti", until=MORNING + timedelta(days=1), by=self.aino)


class DraftTests(DeskTestCase):
    def test_saved_as_one_types_under_one_key(self) -> None:
        first = drafts.save_draft(case=self.kettle, author=self.aino, text="Но", seen_event=5)
        second = drafts.save_draft(
            case=self.kettle, author=self.aino, text="Новый", seen_event=9, files=[{"sha256": "x"}]
        )
        third = drafts.save_draft(case=self.kettle, author=self.aino, text="Новый чайник")
        self.assertEqual((first.token, second.token, third.seen_event), (third.token, third.token, 5))
        self.assertEqual((third.text, third.files), ("Новый чайник", [{"sha256": "x"}]))
        drafts.discard_draft(case=self.kettle, author=self.aino)
        self.assertFalse(Draft.objects.exists())

    def test_too_long_is_told(self) -> None:
        with self.assertRaises(DraftTooLong):
            drafts.save_draft(case=self.kettle, author=self.aino, text="x" * 200_001)


class PresenceTests(DeskTestCase):
    def test_writing_since_stays_until_one_stops(self) -> None:
        presence.touch(case=self.kettle, user=self.aino, writing=True)
        self.pass_time(seconds=15)
        self.assertEqual(presence.touch(case=self.kettle, user=self.aino, writing=True).writing_since, MORNING)
        row = presence.touch(case=self.kettle, user=self.aino)
        self.assertEqual((row.writing_since, row.seen_at), (None, clock.now()))
