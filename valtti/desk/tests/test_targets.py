"""Time targets: published, bound, warned of, missed, bound anew."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, transaction

from valtti.core import cast
from valtti.desk.actions import policies
from valtti.desk.impossible import TargetsDoNotFit
from valtti.desk.models import SlaPolicy, SlaTarget, SlaVersion
from valtti.desk.testing import MORNING, DeskTestCase


class PublishingTests(DeskTestCase):
    def test_a_team_of_its_own_comes_before_the_house(self) -> None:
        policies.publish_default(first_answer_seconds=3600, team=self.north)
        case = self.write(cast.PEKKA, subject="Uusi").case
        self.assertEqual(self.again(case).next_due_at, MORNING + timedelta(hours=1))

    def test_a_running_case_keeps_its_version(self) -> None:
        policies.publish_default(first_answer_seconds=1800)
        self.assertEqual(self.again(self.kettle).next_due_at, MORNING + timedelta(hours=4))
        self.assertEqual(SlaVersion.objects.count(), 2)

    def test_no_policy_is_a_legal_result(self) -> None:
        SlaPolicy.objects.update(retired_at=MORNING)
        case = self.again(self.write(cast.PEKKA, subject="Uusi").case)
        self.assertEqual((case.next_due_at, case.waiting_since), (None, MORNING))

    def test_targets_that_cannot_be_kept_are_refused(self) -> None:
        for targets in ({}, {"first_answer": 0}, {"first_answer": 400 * 86400}, {"lunch": 60}):
            with self.subTest(targets), self.assertRaises(TargetsDoNotFit):
                policies.publish(key="x", title="x", targets=targets)

    def test_the_database_refuses_to_change_what_is_published(self) -> None:
        for change in (
            lambda: SlaTarget.objects.update(seconds=1),
            lambda: SlaTarget.objects.create(version=SlaVersion.objects.get(), milestone="x", seconds=1),
            lambda: SlaVersion.objects.update(number=99),
        ):
            with self.assertRaises(DatabaseError), transaction.atomic():
                change()


class TellingTests(DeskTestCase):
    def test_half_three_quarters_and_missed_are_told(self) -> None:
        milestone = self.kettle.milestones.get()
        for hours, kind, share in ((2, "sla.warned", 0.5), (3, "sla.warned", 0.75), (4, "sla.missed", 1.0)):
            self.set_clock(MORNING + timedelta(hours=hours))
            self.run_tasks()
            self.assertTold(kind, milestone, share=share, assignee=self.aino.pk)

    def test_an_answer_in_time_silences_them(self) -> None:
        self.pass_time(hours=1)
        self.accepted()
        self.pass_time(hours=8)
        self.run_tasks()
        self.assertNotTold("sla.missed", self.kettle.milestones.get())

    def test_a_miss_is_a_fact_though_nobody_was_told(self) -> None:
        self.pass_time(hours=5)
        self.accepted()
        self.assertEqual(self.kettle.milestones.get().over_seconds, 3600)
        self.again(self.kettle)
