"""A case that only some may see: restricted by a lead with a reason, named, lifted, and never lost to everybody."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from valtti.core.models import AuditEntry
from valtti.desk.actions import assignments, restrictions
from valtti.desk.impossible import AlreadyRestricted, NoReaderOfTheTeam, NotRestricted, ReasonMissing
from valtti.desk.models import Case
from valtti.desk.testing import DeskTestCase, fresh
from valtti.desk.tests.desk_pages import PagesTestCase
from valtti.people.models import Membership, User
from valtti.people.testing import People, stage_people

WHY = "Asia koskee työntekijää."


def sees(user: User, case: Case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


class RestrictingTests(DeskTestCase):
    def restrict(self, *readers: User) -> None:
        restrictions.restrict_case(case=self.kettle, by=self.veikko, reason=WHY, readers=readers)

    def who_sees(self) -> set[User]:
        house = (self.aino, self.veikko, self.liisa, self.otto, self.outi)
        return {user for user in house if sees(user, self.kettle)}

    def test_only_the_owner_and_those_named_see_it_and_whoever_restricted_it(self) -> None:
        self.assertEqual(self.who_sees(), {self.aino, self.veikko, self.liisa})
        self.restrict()
        self.assertEqual(self.who_sees(), {self.aino, self.veikko})
        restrictions.name_readers(case=self.kettle, by=self.veikko, reason="Laatu.", readers=[self.liisa])
        self.assertEqual(self.who_sees(), {self.aino, self.veikko, self.liisa})
        assignments.hand_back(case=self.kettle, by=self.aino)
        self.assertEqual(self.who_sees(), {self.veikko, self.liisa})

    def test_who_why_and_who_may_see_it_stay_in_the_audit_log(self) -> None:
        self.restrict(self.liisa)
        restrictions.name_readers(case=self.kettle, by=self.veikko, reason="Ei enää.", readers=[])
        restrictions.lift_restriction(case=self.kettle, by=self.veikko, reason="Selvisi.")

        log = AuditEntry.objects.filter(subject_id=self.kettle.pk, who=self.veikko.pk).order_by("pk")
        self.assertEqual(
            [(entry.what, entry.why) for entry in log],
            [("case.restricted", WHY), ("case.let_in", "Ei enää."), ("case.unrestricted", "Selvisi.")],
        )
        self.assertEqual(log[0].after, {"let_in": sorted([self.veikko.pk, self.liisa.pk])})
        self.assertEqual(log[1].after, {"let_in": [self.veikko.pk]})
        self.assertTold("case.unrestricted", self.kettle.restrictions.get())

    def test_lifted_the_team_sees_it_and_a_new_restriction_begins_with_nobody(self) -> None:
        self.restrict(self.liisa)
        restrictions.lift_restriction(case=self.kettle, by=self.veikko, reason="Selvisi.")
        self.assertEqual(self.who_sees(), {self.aino, self.veikko, self.liisa})
        self.restrict()
        self.assertNotIn(self.liisa, self.who_sees())
        self.assertEqual(self.kettle.restrictions.count(), 2)

    def test_moved_to_another_team_its_leads_see_it_and_nobody_else_of_it(self) -> None:
        Membership.objects.create(user=self.outi, team=self.business, role="lead")
        self.restrict()

        assignments.move_team(case=self.kettle, team=self.business, by=self.veikko)

        self.assertEqual(self.who_sees(), {self.outi})

    def test_what_cannot_be(self) -> None:
        with self.assertRaises(ReasonMissing):
            restrictions.restrict_case(case=self.kettle, by=self.veikko, reason=" ")
        with self.assertRaises(NoReaderOfTheTeam):
            self.restrict(self.otto)
        with self.assertRaises(NotRestricted):
            restrictions.lift_restriction(case=self.kettle, by=self.veikko, reason=WHY)
        self.restrict()
        with self.assertRaises(AlreadyRestricted):
            self.restrict()
        self.assertEqual(self.kettle.restrictions.count(), 1)


class NeverLostTests(HypothesisTestCase):
    people: People
    case: Case

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from(["restrict", "name", "lift", "take", "back"]), max_size=8))
    def test_whatever_happens_whoever_restricted_it_sees_it(self, deeds: list[str]) -> None:
        self.people = stage_people()
        self.case = Case.objects.create(team=self.people.north, title="Kattila", reference="V-1-1")
        liisa_sees = True
        for deed in deeds:
            named = self.do(deed)
            liisa_sees = named if named is not None else liisa_sees
            standing = self.case.restrictions.filter(lifted_at=None).count()
            self.assertEqual(fresh(self.case).restricted, standing == 1)
            self.assertTrue(sees(self.people.veikko, self.case))
            self.assertEqual(sees(self.people.liisa, self.case), liisa_sees)

    def do(self, deed: str) -> bool | None:
        """Whether Liisa sees it afterwards; None when that stays as it was."""
        case, veikko = fresh(self.case), self.people.veikko
        if deed == "restrict" and not case.restricted:
            restrictions.restrict_case(case=case, by=veikko, reason=WHY)
            return False
        if deed in {"name", "lift"} and case.restricted:
            if deed == "lift":
                restrictions.lift_restriction(case=case, by=veikko, reason=WHY)
            else:
                restrictions.name_readers(case=case, by=veikko, reason=WHY, readers=[self.people.liisa])
            return True
        if deed == "take":
            assignments.assign(case=case, to=self.people.aino, by=veikko)
        elif deed == "back" and case.assignee_id:
            assignments.hand_back(case=case, by=veikko)
        return None


class RestrictingPageTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.address = f"/cases/{self.kettle.pk}/restriction/"
        self.log_in(self.veikko)

    def restrict(self, reason: str = WHY, **typed: Any) -> None:
        response = self.send(self.address, reason=reason, **typed)
        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)

    def test_a_lead_restricts_names_and_lifts(self) -> None:
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, "Who may see the case", "Restrict the case", "Liisa")
        self.assertSilentOn(page, "Open the case to the team", "Restricted. Who sees this case")

        self.restrict(readers=self.liisa.pk)
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, "Restricted. Who sees this case:", WHY, "Save who may see the case")
        self.assertSays(page, f'name="readers" value="{self.liisa.pk}" id="restricting_readers_0" checked')

        self.restrict(reason="Ei enää.")
        self.assertFalse(sees(self.liisa, self.kettle))
        self.send(f"{self.address}lifting/", reason="Selvisi.")
        self.assertTrue(sees(self.liisa, self.kettle))

    def test_nothing_goes_without_a_reason(self) -> None:
        response = self.send(self.address, reason="")
        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "Why, for the audit log")
        self.restrict()
        self.assertEqual(self.send(f"{self.address}lifting/").status_code, 422)
        self.assertTrue(fresh(self.kettle).restricted)

    def test_somebody_of_another_team_cannot_be_named(self) -> None:
        self.assertEqual(self.send(self.address, reason=WHY, readers=self.otto.pk).status_code, 422)

    def test_only_leads_of_the_team_decide_and_only_while_they_see_it(self) -> None:
        for user in (self.aino, self.liisa, self.otto):
            with self.subTest(user.name):
                self.log_in(user)
                self.assertEqual(self.send(self.address, reason=WHY).status_code, 404)
                self.assertEqual(self.send(f"{self.address}lifting/", reason=WHY).status_code, 404)
        self.log_in(self.aino)
        self.assertSilentOn(self.client.get(f"/cases/{self.kettle.pk}/"), "Restrict the case")

    def test_the_part_says_it_at_once(self) -> None:
        self.assertPart(self.send(self.address, part=True, reason=WHY), "main")

    def test_who_reads_a_restricted_case_is_noted_once_in_a_while(self) -> None:
        self.restrict()
        self.log_in(self.aino)
        for minutes in (0, 1, 20):
            self.pass_time(minutes=minutes)
            self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertEqual(AuditEntry.objects.filter(what="case.read", who=self.aino.pk).count(), 2)
        self.client.get(f"/cases/{self.invoice.pk}/")
        self.assertFalse(AuditEntry.objects.filter(what="case.read", subject_id=self.invoice.pk).exists())
