"""People, teams, links and logins as rows: what they say of themselves and what the database keeps true."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Model

from valtti.core import clock
from valtti.people import queries
from valtti.people.models import (
    House,
    KnownAddress,
    Membership,
    OneTimeLink,
    Session,
    Skill,
    Team,
    User,
    UserSkill,
    WorkingLanguage,
)
from valtti.people.testing import PeopleTestCase, stage_people


class UserTests(PeopleTestCase):
    def test_customers_read_the_first_name_or_what_was_chosen(self) -> None:
        self.assertEqual(self.aino.first_name, "Aino")
        self.aino.called = "Aino K."
        self.assertEqual(self.aino.first_name, "Aino K.")

    def test_addresses_are_kept_small(self) -> None:
        user = User.objects.create_user(" Jenni.Koskela@KAIKU.example ", None, name="Jenni Koskela")

        self.assertEqual(user.email, "jenni.koskela@kaiku.example")
        self.assertFalse(user.has_usable_password())

    def test_one_address_is_one_person(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            User.objects.create_user(self.aino.email, None, name="Another")

    def test_who_sees_whom(self) -> None:
        everybody = {self.aino, self.veikko, self.liisa, self.otto, self.outi}
        for viewer, seen in (
            (self.aino, {self.aino, self.veikko, self.liisa}),
            (self.veikko, {self.aino, self.veikko, self.liisa}),
            (self.otto, {self.otto}),
            (self.outi, everybody),
            (AnonymousUser(), set()),
        ):
            with self.subTest(str(viewer)):
                self.assertEqual(set(User.objects.visible_to(viewer)), seen)

    def test_a_person_in_two_teams_is_listed_once(self) -> None:
        self.assertEqual(list(User.objects.visible_to(self.veikko)).count(self.liisa), 1)

    def test_a_user_not_yet_saved_stands_nowhere(self) -> None:
        self.assertEqual(User(email="x@kaiku.example").standing, frozenset())


class TeamTests(PeopleTestCase):
    def test_who_sees_which_team(self) -> None:
        for viewer, seen in (
            (self.aino, {self.north}),
            (self.liisa, {self.north, self.south}),
            (self.otto, {self.business}),
            (self.outi, {self.north, self.south, self.business}),
            (AnonymousUser(), set()),
        ):
            with self.subTest(str(viewer)):
                self.assertEqual(set(Team.objects.visible_to(viewer)), seen)

    def test_coaching_is_not_leading(self) -> None:
        self.assertEqual(set(Team.objects.led_by(self.liisa)), set())
        self.assertEqual(set(Team.objects.led_by(self.veikko)), {self.north, self.south})

    def test_where_a_person_works_and_as_what(self) -> None:
        Membership.objects.create(user=self.veikko, team=self.north, role="agent")

        places = [(place.team.name, place.roles) for place in queries.places_of(self.veikko)]
        self.assertEqual(places, [("North", ("Agent", "Team lead")), ("South", ("Team lead",))])


class ConstraintTests(PeopleTestCase):
    def twice(self, make: Model) -> None:
        make.save()
        make.pk = None
        make._state.adding = True
        with self.assertRaises(IntegrityError), transaction.atomic():
            make.save()

    def test_a_role_is_held_once(self) -> None:
        self.twice(Membership(user=self.aino, team=self.south, role="agent"))

    def test_a_skill_has_one_level(self) -> None:
        self.twice(UserSkill(user=self.aino, skill=Skill.objects.create(key="tv", title="Television")))

    def test_a_language_has_one_level(self) -> None:
        self.twice(WorkingLanguage(user=self.aino, language="fi"))

    def test_a_place_is_remembered_once(self) -> None:
        self.twice(KnownAddress(user=self.aino, fingerprint="f" * 64))

    def test_the_house_keeps_its_bounds_whoever_writes(self) -> None:
        for fields in ({"idle_minutes": 4}, {"idle_minutes": 481}, {"day_hours": 0}, {"day_hours": 25}, {"hue": 360}):
            with self.subTest(fields), self.assertRaises(IntegrityError), transaction.atomic():
                House.objects.create(**fields)


class DoorRowsTests(PeopleTestCase):
    def link(self, **fields: object) -> OneTimeLink:
        told = {"user": self.aino, "purpose": "reset", "token_hash": "a" * 64, "expires_at": clock.now() + timedelta(1)}
        return OneTimeLink.objects.create(**(told | fields))

    def test_an_open_link_is_unused_untaken_young_and_somebody_s(self) -> None:
        moment = clock.now()
        for number, fields in enumerate(({"used_at": moment}, {"void_at": moment}, {"expires_at": moment})):
            self.link(token_hash=str(number) * 64, **fields)
        good = self.link()

        self.assertEqual(list(OneTimeLink.objects.usable()), [good])
        User.objects.filter(pk=self.aino.pk).update(is_active=False)
        self.assertEqual(list(OneTimeLink.objects.usable()), [])

    def login(self, **fields: object) -> Session:
        later = clock.now() + timedelta(hours=1)
        told = {"key_hash": "k" * 64, "user": self.aino, "idle_until": later, "expires_at": later}
        return Session.objects.create(**(told | fields))

    def test_a_living_login_has_not_ended_run_out_or_fallen_asleep(self) -> None:
        moment = clock.now()
        for number, fields in enumerate(({"ended_at": moment}, {"idle_until": moment}, {"expires_at": moment})):
            self.login(key_hash=str(number) * 64, **fields)
        good = self.login()

        self.assertEqual(list(Session.objects.alive()), [good])

    def test_everybody_sees_the_own_logins_only(self) -> None:
        mine = self.login()

        self.assertEqual(list(Session.objects.visible_to(self.aino)), [mine])
        for other in (self.otto, self.outi, AnonymousUser()):
            self.assertEqual(list(Session.objects.visible_to(other)), [])

    def test_rows_say_what_they_are(self) -> None:
        rows = [self.link(), self.login(), self.aino.memberships.get(), House(name="Kaiku"), self.north, self.aino]
        for row in rows:
            self.assertTrue(str(row))
        self.assertNotIn("k" * 20, " ".join(map(str, rows)))


class StagingTests(PeopleTestCase):
    def test_the_cast_stands_where_everybody_expects_it(self) -> None:
        self.assertEqual(self.aino.standing, {(self.north.pk, "agent")})
        self.assertEqual(self.otto.standing, {(self.business.pk, "agent")})
        self.assertEqual((self.outi.house_role, self.outi.standing), ("administrator", frozenset()))
        self.assertTrue(all(user.joined_at for user in User.objects.all()))

    def test_a_house_has_one_cast(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            stage_people()
