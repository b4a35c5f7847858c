"""A promise whose owner is away comes before the lead in its last four working hours."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from valtti.core import clock
from valtti.desk.actions import assignments, promises, restrictions
from valtti.desk.actions.availability import set_availability
from valtti.desk.impossible import AwayUntilThePast
from valtti.desk.models import Availability
from valtti.desk.queries.availability import absence_of, unattended_for
from valtti.desk.testing import MORNING, DeskTestCase
from valtti.desk.tests.desk_pages import PagesTestCase
from valtti.people.models import User
from valtti.people.testing import stage_people


class SpellTests(DeskTestCase):
    def state(self) -> str:
        spell = absence_of(self.aino, clock.now())
        return spell.state if spell else "free"

    def test_until_then_or_until_one_says_otherwise(self) -> None:
        self.assertEqual(self.state(), "free")
        spell = set_availability(user=self.aino, state="away", until=MORNING + timedelta(hours=2))
        self.assertTold("availability.set", spell)
        self.assertEqual(self.state(), "away")
        self.pass_time(hours=2)
        self.assertEqual(self.state(), "free")
        set_availability(user=self.aino, state="off")
        self.pass_time(days=3)
        self.assertEqual(self.state(), "off")
        set_availability(user=self.aino, state="free")
        self.assertEqual(self.state(), "free")
        self.assertEqual(Availability.objects.filter(user=self.aino).count(), 3)

    def test_nobody_is_away_until_the_past(self) -> None:
        with self.assertRaises(AwayUntilThePast):
            set_availability(user=self.aino, state="away", until=MORNING)


class OneSpellTests(HypothesisTestCase):
    SPELLS = st.lists(st.tuples(st.sampled_from(["free", "away", "off"]), st.none() | st.integers(1, 9)), max_size=8)

    @settings(max_examples=25, deadline=None)
    @given(SPELLS)
    def test_nobody_is_in_two_states_at_once(self, spells: list[tuple[str, int | None]]) -> None:
        aino, now = stage_people().aino, MORNING
        for state, hours in spells:
            now += timedelta(hours=3)
            with clock.at(now):
                set_availability(user=aino, state=state, until=now + timedelta(hours=hours) if hours else None)
            lasting = Availability.objects.filter(user=aino).at(now)
            self.assertEqual([spell.state for spell in lasting], [state])


class UnattendedTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.standing = self.promise(hours=24 * 3)
        set_availability(user=self.aino, state="away")

    def seen(self, user: User | None = None) -> list[int]:
        return [row.promise.pk for row in unattended_for(user or self.veikko, clock.now())]

    def test_it_comes_in_its_last_four_working_hours(self) -> None:
        """Promised on Friday for Monday at 9.12: four working hours before are Friday from 15.12."""
        self.assertEqual(self.seen(), [])
        self.set_clock(MORNING.replace(hour=13, minute=11))
        self.assertEqual(self.seen(), [])
        self.set_clock(MORNING.replace(hour=13, minute=12))
        self.assertEqual(self.seen(), [self.standing.pk])
        self.pass_time(days=4)
        self.assertTrue(unattended_for(self.veikko, clock.now())[0].due.is_late)

    def test_somebody_who_is_here_takes_the_case_or_comes_back_or_keeps_it(self) -> None:
        self.pass_time(days=2.9)
        self.assertEqual(self.seen(), [self.standing.pk])
        assignments.assign(case=self.kettle, to=self.veikko, by=self.veikko)
        self.assertEqual(self.seen(), [])
        assignments.hand_back(case=self.kettle, by=self.veikko)
        self.assertEqual(self.seen(), [self.standing.pk])
        set_availability(user=self.aino, state="free")
        self.assertEqual(self.seen(), [])
        set_availability(user=self.aino, state="off")
        promises.keep(promise=self.standing, by=self.veikko, call="Soitin.")
        self.assertEqual(self.seen(), [])

    def test_a_colleague_who_has_left_is_away_too(self) -> None:
        set_availability(user=self.aino, state="free")
        User.objects.filter(pk=self.aino.pk).update(is_active=False)
        self.pass_time(days=2.9)
        self.assertIsNone(unattended_for(self.veikko, clock.now())[0].away)

    def test_only_leads_of_the_team_are_told_and_nobody_of_a_case_they_may_not_see(self) -> None:
        self.pass_time(days=2.9)
        for user in (self.aino, self.liisa, self.otto, self.outi):
            self.assertEqual(self.seen(user), [])
        restrictions.restrict_case(case=self.kettle, by=self.veikko, reason="Oma perhe.")
        self.kettle.let_in.all().delete()
        self.assertEqual(self.seen(), [])


class AvailabilityPageTests(PagesTestCase):
    def test_one_says_it_and_sees_it(self) -> None:
        page = self.client.get("/availability/")
        self.assertSays(page, "Are you here?", "off duty", 'value="free"')
        response = self.send("/availability/", state="away", until="2026-11-20T14:00")
        self.assertEqual((response.status_code, response["Location"]), (303, "/"))
        self.assertSays(self.client.get("/"), "You are: away, until", "Say whether you are here")
        self.send("/availability/", state="free", until="nonsense")
        self.assertSilentOn(self.client.get("/"), "You are: away")

    def test_what_cannot_be_read_is_said(self) -> None:
        for typed in ({"state": "asleep"}, {"state": "away", "until": "2020-01-01T10:00"}, {"state": ""}):
            with self.subTest(typed=typed):
                self.assertEqual(self.client.post("/availability/", typed).status_code, 422)
        self.assertFalse(Availability.objects.exists())

    def test_it_is_for_those_who_serve(self) -> None:
        self.log_in(self.outi)
        self.assertEqual(self.client.get("/availability/").status_code, 404)
        self.client.logout()
        self.assertEqual(self.client.get("/availability/").status_code, 302)
