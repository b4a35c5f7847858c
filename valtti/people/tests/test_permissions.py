"""Rights: one table, asked with a role in a team or in the house."""

from __future__ import annotations

from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory, SimpleTestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import permissions
from valtti.core.permissions import HOUSE_RIGHTS, TEAM_RIGHTS, may, needs, rights_of, teams_with
from valtti.people.models import HouseRole, Membership, Role
from valtti.people.testing import PeopleTestCase

ROLES = st.sampled_from(Role.values)
STANDING = st.frozensets(st.tuples(st.integers(1, 5), ROLES), max_size=6)


def somebody(standing: frozenset[tuple[int, str]], house_role: str = "", is_active: bool = True) -> SimpleNamespace:
    return SimpleNamespace(is_authenticated=True, is_active=is_active, house_role=house_role, standing=standing)


class TableTests(SimpleTestCase):
    def test_every_role_in_the_table_exists(self) -> None:
        self.assertLessEqual(set().union(*TEAM_RIGHTS.values()), set(Role.values))
        self.assertLessEqual(set().union(*HOUSE_RIGHTS.values()), set(HouseRole.values))

    def test_a_right_is_of_a_team_or_of_the_house_never_both(self) -> None:
        self.assertEqual(TEAM_RIGHTS.keys() & HOUSE_RIGHTS.keys(), set())

    def test_the_table_says_what_was_agreed(self) -> None:
        for role, rights in {
            "agent": {"cases.read", "cases.serve"},
            "coach": {"cases.read", "figures.read"},
            "analyst": {"figures.read"},
            "lead": set(TEAM_RIGHTS),
        }.items():
            with self.subTest(role):
                self.assertEqual(rights_of(somebody(frozenset({(1, role)}))), rights)

    @given(STANDING, st.sampled_from(sorted(TEAM_RIGHTS)), st.integers(1, 6))
    def test_a_right_in_one_team_is_none_in_another(
        self, standing: frozenset[tuple[int, str]], right: str, team: int
    ) -> None:
        held = {role for place, role in standing if place == team}
        self.assertEqual(may(somebody(standing), right, team), bool(held & TEAM_RIGHTS[right]))

    @given(STANDING, st.sampled_from(HouseRole.values))
    def test_a_house_role_opens_no_team(self, standing: frozenset[tuple[int, str]], house_role: str) -> None:
        for right in TEAM_RIGHTS:
            self.assertEqual(teams_with(somebody(standing, house_role), right), teams_with(somebody(standing), right))

    @given(STANDING, st.sampled_from(HouseRole.values))
    def test_whoever_has_left_may_nothing(self, standing: frozenset[tuple[int, str]], house_role: str) -> None:
        self.assertEqual(rights_of(somebody(standing, house_role, is_active=False)), frozenset())

    def test_a_visitor_may_nothing(self) -> None:
        self.assertEqual(rights_of(AnonymousUser()), frozenset())

    def test_an_unknown_right_is_a_mistake(self) -> None:
        with self.assertRaises(KeyError):
            may(somebody(frozenset()), "cases.reed")
        with self.assertRaises(AssertionError):
            needs("cases.reed")

    def test_the_tray_is_open_to_all_in_the_demo_only(self) -> None:
        agent = somebody(frozenset({(1, "agent")}))
        with override_settings(DEMO=True):
            self.assertTrue(may(agent, "tray.read"))
            self.assertFalse(may(agent, "health.read"))
        with override_settings(DEMO=False):
            self.assertFalse(may(agent, "tray.read"))


class NeedsTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.view = needs("health.read", "audit.read")(lambda request: HttpResponse("seen"))

    def ask(self, house_role: str) -> object:
        request = RequestFactory().get("/")
        request.user = somebody(frozenset(), house_role)  # type: ignore[assignment]
        return self.view(request)

    def test_one_of_the_rights_is_enough(self) -> None:
        self.assertEqual(self.ask("administrator").content, b"seen")  # type: ignore[attr-defined]
        self.assertEqual(self.ask("auditor").content, b"seen")  # type: ignore[attr-defined]

    def test_without_any_there_is_no_such_page(self) -> None:
        with self.assertRaises(Http404):
            self.ask("")


class StandingTests(PeopleTestCase):
    def test_each_of_the_cast_has_the_rights_of_the_own_teams(self) -> None:
        north, south, business = self.north.pk, self.south.pk, self.business.pk
        for user, right, teams in (
            (self.aino, "cases.serve", {north}),
            (self.veikko, "team.board", {north, south}),
            (self.liisa, "cases.read", {north, south}),
            (self.liisa, "cases.serve", set()),
            (self.otto, "cases.read", {business}),
            (self.outi, "cases.read", set()),
        ):
            with self.subTest(user=user, right=right):
                self.assertEqual(teams_with(user, right), teams)

    def test_a_new_role_counts_at_once(self) -> None:
        self.assertFalse(may(self.aino, "team.board"))

        Membership.objects.create(user=self.aino, team=self.north, role=Role.LEAD)

        self.assertTrue(may(self.aino, "team.board", self.north))

    def test_within_a_request_the_database_is_asked_once(self) -> None:
        self.aino.keep_standing()

        with self.assertNumQueries(1):
            for right in permissions.TEAM_RIGHTS:
                may(self.aino, right)
