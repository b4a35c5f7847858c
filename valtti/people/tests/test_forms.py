"""Forms by themselves: what they take, what they refuse, and what they say about it."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.test import RequestFactory, SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.core.models import Calendar
from valtti.people import queries
from valtti.people.adapter import AccountAdapter, FactorAdapter
from valtti.people.forms.door import NewPasswordForm, ResetForm
from valtti.people.forms.house import CANNOT, HoursForm
from valtti.people.forms.own import NATIVE, OwnSettingsForm, time_zones
from valtti.people.forms.users import DetailsForm, InvitationForm, RolesForm, SkillsForm, UserFilter
from valtti.people.models import House, Role, Skill
from valtti.people.queries.hours import CalendarPage
from valtti.people.testing import PASSWORD, PeopleTestCase


class RolesFormTests(PeopleTestCase):
    def test_it_begins_with_what_is_held(self) -> None:
        form = RolesForm(user=self.veikko)

        ticked = {team.name: form.fields[f"team_{team.pk}"].initial for team in form.teams}
        self.assertEqual(ticked, {"Business": [], "North": ["lead"], "South": ["lead"]})

    def test_it_gives_back_what_was_ticked(self) -> None:
        form = RolesForm({f"team_{self.north.pk}": ["agent", "lead"], f"team_{self.south.pk}": ["analyst"]})

        self.assertTrue(form.is_valid())
        north, south = self.north.pk, self.south.pk
        self.assertEqual(form.roles, {(north, "agent"), (north, "lead"), (south, "analyst")})

    def test_a_closed_team_is_not_offered(self) -> None:
        self.business.retired_at = "2026-01-01T00:00:00Z"
        self.business.save()

        self.assertNotIn(self.business, RolesForm().teams)

    def test_a_team_nobody_offered_is_not_taken(self) -> None:
        form = RolesForm({"team_999999": ["lead"]})

        self.assertTrue(form.is_valid())
        self.assertEqual(form.roles, frozenset())

    def test_the_table_has_a_column_for_each_role_and_a_row_for_each_team(self) -> None:
        form = RolesForm()

        self.assertEqual(len(form.role_names), len(Role.values))
        self.assertEqual([row.label for row in form.rows], ["Business", "North", "South"])

    def test_a_house_role_nobody_knows_is_refused(self) -> None:
        self.assertIn("house_role", RolesForm({"house_role": "emperor"}).errors)


class PeopleFormsTests(PeopleTestCase):
    def test_an_invitation_needs_a_name_an_address_and_a_language(self) -> None:
        self.assertEqual(set(InvitationForm({}).errors), {"name", "email", "language"})

    def test_an_address_is_kept_small_and_trimmed(self) -> None:
        form = InvitationForm({"name": "Jenni", "email": " JENNI@Kaiku.Example ", "language": "fi"})

        self.assertTrue(form.is_valid(), form.errors)
        self.assertEqual(form.cleaned_data["email"], "jenni@kaiku.example")

    def test_one_s_own_address_is_not_taken(self) -> None:
        form = DetailsForm({"name": "Aino", "email": self.aino.email}, user=self.aino)

        self.assertTrue(form.is_valid(), form.errors)

    def test_fields_stand_in_the_order_one_reads_them(self) -> None:
        self.assertEqual(list(InvitationForm().fields)[:4], ["name", "email", "language", "house_role"])
        self.assertEqual(list(DetailsForm(user=self.aino).fields), ["name", "called", "email"])

    def test_a_skill_the_person_has_is_shown_with_its_level(self) -> None:
        skill = Skill.objects.create(key="tv", title="Television")
        self.aino.skills.create(skill=skill, level=3)
        self.aino.languages.create(language="fi", level=2)

        form = SkillsForm(user=self.aino)

        self.assertEqual((form.fields[f"skill_{skill.pk}"].initial, form.fields["language_fi"].initial), (3, 2))
        self.assertEqual(form.fields["language_sv"].initial, "")

    def test_an_odd_filter_shows_everybody(self) -> None:
        for query in ({"after": "x"}, {"after": "-5"}, {"q": "a" * 200}, {"q": "\0"}, {}):
            told = UserFilter(query).told
            self.assertEqual((told["word"], told["left"], told["after"]), ("", False, None), query)


class OwnFormTests(PeopleTestCase):
    def test_it_saves_what_it_shows_and_nothing_else(self) -> None:
        form = OwnSettingsForm({"language": "ru", "called": "Aino"}, instance=self.aino)
        self.assertTrue(form.is_valid(), form.errors)
        type(self.aino).objects.filter(pk=self.aino.pk).update(name="Aino Virta", is_active=False)

        form.save()

        kept = type(self.aino).objects.get(pk=self.aino.pk)
        self.assertEqual((kept.language, kept.name, kept.is_active), ("ru", "Aino Virta", False))

    def test_languages_are_written_in_themselves(self) -> None:
        self.assertEqual(list(NATIVE.values()), ["Suomi", "Русский", "English"])

    def test_every_time_zone_on_offer_is_one(self) -> None:
        zones = time_zones()

        self.assertIn("Europe/Helsinki", zones)
        self.assertNotIn("Etc/GMT+3", zones)
        for zone in zones:
            ZoneInfo(zone)


class PasswordFormTests(PeopleTestCase):
    def test_the_rules_are_told_before_one_types(self) -> None:
        hint = str(NewPasswordForm(user=self.aino).fields["password"].help_text)

        for rule in ("At least 12 signs.", "Not a password that many people use.", "Not your own or the house's name."):
            self.assertIn(rule, hint)

    def test_blanks_at_the_ends_belong_to_the_password(self) -> None:
        form = NewPasswordForm({"password": "  harbours by the sea  "}, user=self.aino)

        self.assertTrue(form.is_valid(), form.errors)
        self.assertEqual(form.cleaned_data["password"], "  harbours by the sea  ")

    def test_a_million_signs_are_refused_before_they_are_hashed(self) -> None:
        response = self.client.post("/login/", {"login": self.aino.email, "password": "x" * 1_000_000})

        self.assertEqual(response.status_code, 200)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_the_password_is_never_sent_back(self) -> None:
        response = self.client.post("/login/", {"login": self.aino.email, "password": PASSWORD + " wrong"})

        self.assertNotIn(PASSWORD, response.content.decode())

    def test_a_reset_asks_for_an_address_a_browser_can_fill_in(self) -> None:
        self.assertIn('autocomplete="username"', str(ResetForm()["email"]))


class HoursFormTests(PeopleTestCase):
    def form(self, **fields: Any) -> HoursForm:
        page = queries.calendar_page(Calendar.objects.get(key="office").pk)
        days = {f"day_{number}": "8–16" for number in range(5)}
        return HoursForm({"valid_from": "2030-01-01", **days, **fields}, page=page)

    def test_the_plain_data_of_a_version_comes_out(self) -> None:
        form = self.form(holiday_region=" fi ")

        self.assertTrue(form.is_valid(), form.errors)
        self.assertEqual(form.hours["week"], [[["08:00", "16:00"]]] * 5 + [[], []])
        self.assertEqual(form.hours["holiday_region"], "FI")

    def test_hours_from_a_day_outside_our_time_are_refused(self) -> None:
        for day in ("0001-01-01", "9999-01-01", "9999-12-31"):
            with self.subTest(day=day):
                self.assertIn("valid_from", self.form(valid_from=day).errors)

    def test_a_part_of_a_country_is_a_region(self) -> None:
        self.assertTrue(self.form(holiday_region="DE-BY").is_valid())
        self.assertIn("holiday_region", self.form(holiday_region="DE-XX").errors)

    def test_each_fault_stands_at_its_field(self) -> None:
        for fields, name in (
            ({"day_2": "early"}, "day_2"),
            ({"closed_days": "x"}, "closed_days"),
            ({"extra_open": "2026-12-12 x"}, "extra_open"),
        ):
            self.assertEqual(list(self.form(**fields).errors), [name])

    def test_every_refusal_has_words(self) -> None:
        self.assertTrue(all(str(words) for words in CANNOT.values()))


class AnyHoursTests(SimpleTestCase):
    @given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
    def test_any_text_is_taken_or_explained(self, day: str, closed: str, extra: str) -> None:
        page = CalendarPage(Calendar(timezone="Europe/Helsinki"), [], None, date(2030, 1, 1), [])
        data = {"valid_from": "2030-01-01", "day_0": day, "closed_days": closed, "extra_open": extra}

        form = HoursForm(data, page=page)

        self.assertEqual(form.is_valid(), not form.errors)


class AdapterTests(PeopleTestCase):
    def test_the_house_is_closed_to_newcomers(self) -> None:
        self.assertFalse(AccountAdapter().is_open_for_signup(RequestFactory().get("/")))

    def test_a_request_comes_from_where_the_server_says(self) -> None:
        request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.5", headers={"X-Forwarded-For": "198.51.100.1"})

        self.assertEqual(AccountAdapter().get_client_ip(request), "203.0.113.5")

    def test_an_app_shows_the_house_and_the_person(self) -> None:
        House.objects.create(name="Kaiku Kuitu")

        url = FactorAdapter().build_totp_url(self.aino, "JBSWY3DPEHPK3PXP")

        self.assertEqual(
            url, "otpauth://totp/aino.korhonen%40kaiku.example?secret=JBSWY3DPEHPK3PXP&issuer=Kaiku%20Kuitu"
        )

    def test_the_square_is_drawn_on_white(self) -> None:
        drawn = FactorAdapter().build_totp_svg("otpauth://totp/x")

        self.assertIn('fill="white"', drawn.replace("'", '"'))
        self.assertNotIn("<script", drawn)

    def test_a_device_learns_the_person_s_name(self) -> None:
        entity = FactorAdapter().get_public_key_credential_user_entity(self.aino)

        self.assertEqual((entity["display_name"], entity["name"]), ("Aino Korhonen", self.aino.email))


class SealingTests(SimpleTestCase):
    @given(st.text(min_size=8, max_size=60))
    def test_what_is_sealed_opens_again_and_cannot_be_read(self, seed: str) -> None:
        adapter = FactorAdapter()
        sealed = adapter.encrypt(seed)

        self.assertEqual(adapter.decrypt(sealed), seed)
        self.assertNotIn(seed, sealed)
        self.assertNotEqual(adapter.encrypt(seed), sealed)
