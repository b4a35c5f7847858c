"""Users: invited, given roles and skills, let go and taken back, by administrators and by nobody else."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from valtti.core.audit_marks import marked
from valtti.core.models import AuditEntry, OutgoingPost
from valtti.core.permissions import may
from valtti.people.actions import users as deeds
from valtti.people.impossible import LastAdministrator, NotYourself
from valtti.people.models import HouseRole, Membership, Role, Session, Skill, User
from valtti.people.testing import PeopleTestCase

NEW = "harbours by the quiet sea"


class UsersTestCase(PeopleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.login_proven(self.outi)

    def of(self, user: User, what: str = "") -> str:
        return f"/users/{user.pk}/{what}"

    def invite(self, **fields: Any) -> Any:
        form = {"name": "Jenni Koskela", "email": "Jenni.Koskela@Kaiku.example", "language": "fi", **fields}
        return self.client.post("/users/new/", form)


class InvitationTests(UsersTestCase):
    def test_a_letter_brings_the_person_in(self) -> None:
        self.invite(**{f"team_{self.north.pk}": ["agent"]})

        jenni = User.objects.get(email="jenni.koskela@kaiku.example")
        self.assertTold("user.invited", jenni)
        found = re.search(r"(/password/\S+/)", OutgoingPost.objects.get(kind="invitation").body)
        assert found
        newcomer = Client()
        newcomer.post(found[1], {"password": NEW})
        newcomer.post("/login/", {"login": jenni.email, "password": NEW})
        self.assertEqual(newcomer.get("/settings/").status_code, 200)
        self.assertTold("user.joined", jenni)
        self.assertTrue(may(jenni, "cases.serve", self.north))

    def test_until_then_nobody_gets_in(self) -> None:
        self.invite()

        jenni = User.objects.get(email="jenni.koskela@kaiku.example")
        self.assertFalse(jenni.has_usable_password())
        self.assertIsNone(jenni.joined_at)

    def test_an_address_that_is_taken_is_refused_whatever_its_capitals(self) -> None:
        response = self.invite(email=self.aino.email.upper())

        self.assertContains(response, "Somebody in the house has this address already.", status_code=422)

    def test_a_role_in_a_team_that_is_none_is_refused(self) -> None:
        response = self.invite(**{f"team_{self.north.pk}": ["emperor"]})

        self.assertEqual(response.status_code, 422)
        self.assertFalse(User.objects.filter(name="Jenni Koskela").exists())

    def test_what_the_form_does_not_ask_is_not_taken(self) -> None:
        self.invite(is_active="", joined_at="2020-01-01", password="x", id=str(self.aino.pk))

        jenni = User.objects.get(email="jenni.koskela@kaiku.example")
        self.assertTrue(jenni.is_active)
        self.assertIsNone(jenni.joined_at)

    def test_it_can_be_sent_again_and_the_first_no_longer_opens(self) -> None:
        self.invite()
        jenni = User.objects.get(email="jenni.koskela@kaiku.example")

        self.client.post(self.of(jenni, "invitation/"))

        first, second = OutgoingPost.objects.filter(kind="invitation").order_by("pk")
        opened = [self.client.get(re.search(r"(/password/\S+/)", post.body)[1]).status_code for post in (first, second)]  # type: ignore[index]
        self.assertEqual(opened, [404, 200])


class RolesTests(UsersTestCase):
    def save(self, user: User, house_role: str = "", **teams: list[str]) -> Any:
        rows = {f"team_{getattr(self, name).pk}": roles for name, roles in teams.items()}
        return self.client.post(self.of(user, "roles/"), {"house_role": house_role, **rows})

    def test_what_is_ticked_is_held_and_nothing_else(self) -> None:
        self.assertRedirects(self.save(self.aino, south=["agent", "coach"]), self.of(self.aino))

        self.assertEqual(self.aino.standing, {(self.south.pk, "agent"), (self.south.pk, "coach")})
        self.assertTold("user.roles_changed", self.aino)

    def test_it_is_written_down_before_and_after(self) -> None:
        self.save(self.aino, "auditor", south=["lead"])

        entry = AuditEntry.objects.get(what="user.roles")
        self.assertEqual((entry.who, entry.subject_id, entry.as_role), (self.outi.pk, self.aino.pk, "administrator"))
        self.assertEqual(entry.before, {"house": "", "teams": [[self.north.pk, "agent"]]})
        self.assertEqual(entry.after, {"house": "auditor", "teams": [[self.south.pk, "lead"]]})

    def test_the_person_s_logins_end(self) -> None:
        elsewhere = Client()
        elsewhere.force_login(self.aino)

        self.save(self.aino, south=["agent"])

        self.assertEqual(elsewhere.get("/settings/").status_code, 302)
        self.assertTold("session.ended", why="roles", user_id=self.aino.pk)

    def test_saving_what_stands_ends_nothing(self) -> None:
        Client().force_login(self.aino)

        self.save(self.aino, north=["agent"])

        self.assertTrue(Session.objects.alive().filter(user=self.aino).exists())
        self.assertNotTold("user.roles_changed")

    def test_the_own_login_goes_on(self) -> None:
        self.save(self.outi, "administrator", north=["lead"])

        self.assertEqual(self.client.get("/users/").status_code, 200)

    def test_somebody_stays_to_run_the_house(self) -> None:
        self.assertContains(self.save(self.outi), "Nobody would be left to run the house.", status_code=409)
        self.assertEqual(User.objects.get(pk=self.outi.pk).house_role, HouseRole.ADMINISTRATOR)

    def test_with_a_second_one_the_first_may_step_down(self) -> None:
        self.save(self.veikko, "administrator")
        self.save(self.outi)

        self.assertEqual(User.objects.get(pk=self.outi.pk).house_role, "")

    def test_whoever_has_left_does_not_count(self) -> None:
        User.objects.filter(pk=self.veikko.pk).update(house_role="administrator", is_active=False)

        with self.assertRaises(LastAdministrator):
            deeds.change_roles(user=self.outi, house_role="", roles=frozenset(), by=self.outi)

    def test_the_password_is_asked_first_and_then_it_is_done(self) -> None:
        self.client.logout()
        self.client.force_login(self.outi)

        response = self.save(self.aino, south=["agent"])
        self.assertIn("/account/again/", response["Location"])
        self.assertEqual(self.aino.standing, {(self.north.pk, "agent")})

        self.client.post(response["Location"], {"password": "a-quiet-harbour"})
        self.assertEqual(self.aino.standing, {(self.south.pk, "agent")})


class DetailsTests(UsersTestCase):
    def test_name_and_address_change(self) -> None:
        told = {"name": "Aino Virta", "called": "Aino", "email": "Aino.Virta@kaiku.example"}

        self.assertRedirects(self.client.post(self.of(self.aino, "details/"), told), self.of(self.aino))

        aino = User.objects.get(pk=self.aino.pk)
        self.assertEqual((aino.name, aino.called, aino.email), ("Aino Virta", "Aino", "aino.virta@kaiku.example"))

    def test_the_log_keeps_marks_of_a_new_name_and_not_the_name(self) -> None:
        self.client.post(self.of(self.aino, "details/"), {"name": "Aino Virta", "email": self.aino.email})

        entry = AuditEntry.objects.get(what="user.details")
        self.assertEqual(entry.before, {"name": marked("Aino Korhonen", of=self.aino)})
        self.assertEqual(entry.after, {"name": marked("Aino Virta", of=self.aino)})
        self.assertNotIn("Virta", str(AuditEntry.objects.values()))

    def test_another_s_address_is_refused(self) -> None:
        response = self.client.post(self.of(self.aino, "details/"), {"name": "Aino", "email": self.otto.email})

        self.assertEqual(response.status_code, 422)

    def test_languages_and_skills_are_kept_with_their_levels(self) -> None:
        tone = Skill.objects.create(key="routers", title="Routers")
        told = {"language_fi": "3", "language_ru": "1", f"skill_{tone.pk}": "2", "language_sv": ""}

        self.client.post(self.of(self.aino, "skills/"), told)
        self.client.post(self.of(self.aino, "skills/"), told)

        self.assertEqual(dict(self.aino.languages.values_list("language", "level")), {"fi": 3, "ru": 1})
        self.assertEqual(dict(self.aino.skills.values_list("skill__title", "level")), {"Routers": 2})

    def test_a_level_beyond_three_is_refused(self) -> None:
        self.assertEqual(self.client.post(self.of(self.aino, "skills/"), {"language_fi": "4"}).status_code, 422)

    def test_a_skill_is_added_once(self) -> None:
        for title in ("Routers", "routers"):
            self.assertRedirects(self.client.post("/skills/", {"title": title}), "/skills/")

        self.assertEqual(Skill.objects.count(), 1)


class LeavingTests(UsersTestCase):
    def test_whoever_leaves_is_out_at_once(self) -> None:
        elsewhere = Client()
        elsewhere.force_login(self.aino)

        self.client.post(self.of(self.aino, "departure/"))

        self.assertEqual(elsewhere.get("/settings/").status_code, 302)
        self.assertTold("user.left", self.aino)
        self.assertFalse(may(User.objects.get(pk=self.aino.pk), "cases.read"))

    def test_nobody_closes_the_own_account(self) -> None:
        self.assertEqual(self.client.post(self.of(self.outi, "departure/")).status_code, 409)

    def test_a_return_brings_the_roles_back(self) -> None:
        self.client.post(self.of(self.aino, "departure/"))
        self.assertContains(self.client.get(self.of(self.aino)), "Open the account again")

        self.client.post(self.of(self.aino, "return/"))

        self.assertTold("user.returned", self.aino)
        self.assertTrue(may(User.objects.get(pk=self.aino.pk), "cases.serve", self.north))

    def test_leaving_twice_is_leaving_once(self) -> None:
        for _ in range(2):
            deeds.let_go(user=self.aino, by=self.outi)

        self.assertEqual(AuditEntry.objects.filter(what="user.left").count(), 1)


class LostFactorTests(UsersTestCase):
    def setUp(self) -> None:
        super().setUp()
        TOTP.activate(self.aino, "JBSWY3DPEHPK3PXP")

    def test_another_administrator_takes_it_away_and_the_person_is_told(self) -> None:
        elsewhere = Client()
        elsewhere.force_login(self.aino)

        self.client.post(self.of(self.aino, "factors/"))

        self.assertFalse(Authenticator.objects.filter(user=self.aino).exists())
        self.assertEqual(elsewhere.get("/settings/").status_code, 302)
        self.assertEqual(OutgoingPost.objects.get(kind="factors_reset").to, [self.aino.email])
        self.assertEqual(AuditEntry.objects.get(what="user.factors_reset").who, self.outi.pk)

    def test_nobody_does_it_for_oneself(self) -> None:
        with self.assertRaises(NotYourself):
            deeds.reset_factors(user=self.outi, by=self.outi)


class PagesTests(UsersTestCase):
    def more_people(self) -> None:
        for number in range(10):
            user = User.objects.create_user(f"agent{number}@kaiku.example", None, name=f"Agent {number}")
            Membership.objects.create(user=user, team=self.north, role=Role.AGENT)

    def test_the_list_says_who_is_where(self) -> None:
        page = self.client.get("/users/").content.decode()

        for words in ("Aino Korhonen", "North: Agent", "North: Team lead · South: Team lead", "Administrator"):
            self.assertIn(words, page)

    def test_the_list_can_be_narrowed(self) -> None:
        self.assertContains(self.client.get("/users/?q=linDQ"), "Otto")
        self.assertNotContains(self.client.get("/users/?q=lindq"), "Aino Korhonen")
        self.assertContains(self.client.get("/users/?q=zzz"), "Nobody fits.")
        self.assertNotContains(self.client.get("/users/?left=1"), "Aino Korhonen")

    def test_the_list_costs_the_same_for_ten_more(self) -> None:
        self.assertSameQueries("/users/", grow=self.more_people)

    def test_a_long_list_goes_on_where_it_stopped(self) -> None:
        User.objects.bulk_create(User(email=f"p{n}@kaiku.example", name=f"Person {n % 7}") for n in range(70))
        seen: list[str] = []
        page = self.client.get("/users/").content.decode()
        while True:
            seen += re.findall(r'href="(/users/\d+/)"', page)
            older = re.search(r'href="(\?[^"]*after=\d+)"', page)
            if older is None:
                break
            page = self.client.get("/users/" + older[1]).content.decode()

        self.assertEqual(len(seen), len(set(seen)))
        self.assertEqual(len(seen), User.objects.count())

    def test_nonsense_in_the_address_shows_the_list(self) -> None:
        for query in ("after=x", "after=-1", "after=99999999999999999999", "left=maybe", "q=%00", "after=5&after=6"):
            self.assertEqual(self.client.get(f"/users/?{query}").status_code, 200, query)

    def test_the_page_of_a_person_has_what_can_be_done(self) -> None:
        page = self.client.get(self.of(self.aino)).content.decode()

        for words in ("Save the roles", "Send a link for a new password", "Close the account", "Finnish"):
            self.assertIn(words, page)

    def test_a_number_that_is_nobody_s_is_not_found(self) -> None:
        self.assertEqual(self.client.get("/users/999999/").status_code, 404)
