"""Perhaps only thanks."""

from __future__ import annotations

from valtti.core import clock
from valtti.desk.actions import closures, thanks
from valtti.desk.impossible import NotThanks
from valtti.desk.models import Encounter
from valtti.desk.queries import perhaps_thanks_for
from valtti.desk.testing import DeskTestCase


class ClosedCaseTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.accepted(next_step="nothing")
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        self.pass_time(minutes=30)
        self.message = self.katja_writes("Спасибо, Айно!")
        self.run_tasks()

    @property
    def encounter(self) -> Encounter:
        return Encounter.objects.get(pk=self.message.encounter_id or 0)

    def test_it_waits_in_the_tray_and_the_case_stays_closed(self) -> None:
        (row,) = perhaps_thanks_for(self.aino)
        self.assertEqual((row.encounter, row.message), (self.encounter, self.message))
        self.assertFalse(self.again(self.kettle).is_open)
        self.assertEqual(perhaps_thanks_for(self.otto), [])

    def test_confirmed_it_is_no_contact_and_owes_nothing(self) -> None:
        thanks.confirm_thanks(encounter=self.encounter, by=self.aino)

        self.pass_time(days=5)
        self.run_tasks()

        case = self.again(self.kettle)
        self.assertEqual(
            (self.encounter.thanks, self.encounter.counts_as_contact, case.is_open), ("confirmed", False, False)
        )
        self.assertFalse(case.milestones.filter(encounter=self.encounter).exists())
        self.assertTold("encounter.thanked", self.encounter)

    def test_unconfirmed_for_four_working_hours_it_reopens(self) -> None:
        self.pass_time(hours=3, minutes=59)
        self.run_tasks()
        self.assertFalse(self.again(self.kettle).is_open)
        self.pass_time(minutes=1)
        self.run_tasks()
        case = self.again(self.kettle)
        self.assertEqual((case.is_open, case.waiting_since), (True, self.message.at))
        self.assertEqual(self.kettle.closures.get().reopen_cause, "customer")

    def test_denied_it_is_read_as_a_matter(self) -> None:
        thanks.deny_thanks(encounter=self.encounter, by=self.aino)
        self.assertTrue(self.again(self.kettle).is_open)
        with self.assertRaises(NotThanks):
            thanks.confirm_thanks(encounter=self.encounter, by=self.aino)

    def test_a_question_after_it_joins_and_reopens(self) -> None:
        self.pass_time(minutes=5)
        more = self.katja_writes("А когда придёт чайник?")
        self.assertEqual((more.encounter, self.encounter.thanks), (self.encounter, "no"))
        self.assertEqual(self.again(self.kettle).waiting_since, self.message.at)


class OpenCaseTests(DeskTestCase):
    def test_on_an_open_case_it_still_waits_until_confirmed(self) -> None:
        self.accepted(next_step="nothing")
        self.pass_time(minutes=30)
        message = self.katja_writes("Спасибо!")
        self.assertEqual(self.again(self.kettle).waiting_since, clock.now())

        thanks.confirm_thanks(encounter=message.encounter or Encounter(), by=self.aino)

        self.assertIsNone(self.again(self.kettle).waiting_since)

    def test_read_as_a_matter_it_is_told_in_an_open_case_too(self) -> None:
        self.accepted(next_step="nothing")
        self.pass_time(minutes=30)
        encounter = self.katja_writes("Спасибо!").encounter or Encounter()

        thanks.deny_thanks(encounter=encounter, by=self.aino)

        self.assertEqual(self.assertTold("encounter.read_as_matter", encounter).actor_id, self.aino.pk)

    def test_a_first_letter_is_never_only_thanks(self) -> None:
        from valtti.core import cast

        message = self.write(cast.PEKKA, text="Kiitos!", subject="Kiitos")
        self.assertEqual(message.encounter.thanks if message.encounter else "", "no")
