"""Second factors: asked for at login, required where they are due, kept so that nobody can read them."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from valtti.core import clock
from valtti.core.models import AuditEntry, OutgoingPost
from valtti.people.actions.factors import rekey_factors
from valtti.people.adapter import FactorAdapter
from valtti.people.models import HouseRole, User
from valtti.people.testing import PASSWORD, PeopleTestCase

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


WORDS = st.sampled_from(["id", "rawId", "response", "type", "clientDataJSON", "attestationObject", "userHandle", "eA"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS | st.text(max_size=9)
TREES = st.recursive(LEAVES, lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS, part, max_size=6))


def code_of(seed: str, steps: int = 0) -> str:
    """What the person's app shows now."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30 + steps))


class FactorTestCase(PeopleTestCase):
    def give_app(self, user: User) -> None:
        TOTP.activate(user, SEED)

    def codes(self, user: User) -> list[str]:
        row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
        return list(row.wrap().get_unused_codes())

    def is_in(self) -> bool:
        return "_auth_user_id" in self.client.session


class LoginTests(FactorTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.give_app(self.aino)

    def send(self, code: str, **extra: Any) -> Any:
        return self.client.post("/account/factors/login/", {"code": code}, **extra)

    def test_the_password_alone_opens_nothing(self) -> None:
        self.assertRedirects(self.log_in(self.aino), "/account/factors/login/")

        self.assertFalse(self.is_in())
        self.assertEqual(self.client.get("/settings/").status_code, 302)

    def test_password_and_code_open(self) -> None:
        self.log_in(self.aino)

        self.assertRedirects(self.send(code_of(SEED)), "/", fetch_redirect_response=False)
        self.assertTrue(self.is_in())

    def test_a_code_works_once(self) -> None:
        code = code_of(SEED)
        self.log_in(self.aino)
        self.send(code)
        self.client.post("/logout/")
        self.log_in(self.aino)

        self.assertContains(self.send(code), "This code is not right")
        self.assertFalse(self.is_in())

    def test_five_wrong_codes_and_the_sixth_waits_even_if_right(self) -> None:
        self.log_in(self.aino)
        for _ in range(5):
            self.assertContains(self.send("000000"), "This code is not right")

        self.assertContains(self.send(code_of(SEED)), "There were too many tries.")
        self.assertFalse(self.is_in())

    def test_wrong_codes_are_written_down(self) -> None:
        self.log_in(self.aino)
        self.send("000000")

        self.assertTrue(AuditEntry.objects.filter(what="login.code_failed", subject_id=self.aino.pk).exists())

    def test_without_a_password_there_is_no_page_for_codes(self) -> None:
        self.assertRedirects(self.client.get("/account/factors/login/"), "/login/")

    def test_one_may_turn_back(self) -> None:
        self.log_in(self.aino)

        self.assertRedirects(self.client.post("/logout/", {"next": "/login/"}), "/login/")
        self.assertEqual(self.client.get("/login/").status_code, 200)

    def test_a_reset_password_removes_no_factor(self) -> None:
        self.aino.set_password("harbours by the quiet sea")
        self.aino.save()

        self.assertRedirects(self.log_in(self.aino, "harbours by the quiet sea"), "/account/factors/login/")

    def test_the_page_offers_a_passkey_too(self) -> None:
        self.log_in(self.aino)

        page = self.client.get("/account/factors/login/").content.decode()

        self.assertIn('data-passkey="use"', page)
        self.assertIn('id="passkey-options"', page)

    def test_a_made_up_passkey_is_refused(self) -> None:
        self.log_in(self.aino)

        for forged in ("", "{}", "[]", '"x"', json.dumps({"id": "x", "rawId": "eA", "type": "public-key"})):
            with self.subTest(forged):
                response = self.client.post("/account/factors/login/", {"credential": forged})
                self.assertEqual(response.status_code, 200)
                self.assertFalse(self.is_in())


class SetUpTests(FactorTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.login_proven(self.aino)

    def start(self) -> str:
        """The key that the page shows."""
        page = self.client.get("/account/app/").content.decode()
        return page.split('id="app-key" value="')[1].split('"')[0]

    def test_the_square_and_the_key_are_shown_without_styles_in_the_page(self) -> None:
        page = self.client.get("/account/app/").content.decode()

        self.assertIn('src="data:image/svg+xml;base64,', page)
        self.assertNotIn("<style", page)

    def test_the_first_code_sets_the_app_up_and_brings_ten_codes(self) -> None:
        seed = self.start()

        response = self.client.post("/account/app/", {"code": code_of(seed)})

        self.assertRedirects(response, "/account/codes/")
        codes = self.codes(self.aino)
        self.assertEqual(len(set(codes)), 10)

    def test_codes_are_shown_once(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post("/account/app/", {"code": code_of(self.start())})
        first, second = (self.client.get("/account/codes/").content.decode() for _ in range(2))

        self.assertTrue(all(code in first for code in self.codes(self.aino)))
        self.assertFalse(any(code in second for code in self.codes(self.aino)))

    def test_a_recovery_code_stands_in_once(self) -> None:
        self.client.post("/account/app/", {"code": code_of(self.start())})
        code = self.codes(self.aino)[3]
        for expected in (True, False):
            self.client.post("/logout/")
            self.log_in(self.aino)
            self.client.post("/account/factors/login/", {"code": code})
            self.assertEqual(self.is_in(), expected)
            self.client.post("/logout/")

    def test_neither_seed_nor_codes_lie_open_in_the_database(self) -> None:
        seed = self.start()
        with self.assertAbsent(seed):
            pass
        self.client.post("/account/app/", {"code": code_of(seed)})

        with self.assertAbsent(seed, *self.codes(self.aino)):
            pass

    def test_other_logins_end_and_a_letter_tells_the_person(self) -> None:
        elsewhere = Client()
        elsewhere.force_login(self.aino)

        with self.captureOnCommitCallbacks(execute=True):
            self.client.post("/account/app/", {"code": code_of(self.start())})

        self.assertEqual(elsewhere.get("/settings/").status_code, 302)
        self.assertEqual(self.client.get("/settings/").status_code, 200)
        self.assertEqual(OutgoingPost.objects.get().kind, "totp_activated")
        self.assertTrue(AuditEntry.objects.filter(what="factor.added", who=self.aino.pk, after="totp").exists())

    def test_the_password_is_asked_first(self) -> None:
        self.client.logout()
        self.client.force_login(self.aino)

        for address in ("/account/app/", "/account/passkeys/new/", "/account/codes/new/"):
            with self.subTest(address):
                response = self.client.get(address)
                self.assertEqual(urlsplit(response["Location"]).path, "/account/again/")
                self.assertEqual(parse_qs(urlsplit(response["Location"]).query), {"next": [address]})

    def test_five_minutes_later_it_is_asked_again(self) -> None:
        self.assertEqual(self.client.get("/account/app/").status_code, 200)
        session = self.client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 301
        session.save()

        self.assertEqual(self.client.get("/account/app/").status_code, 302)

    def test_a_wrong_password_does_not_prove_anything(self) -> None:
        self.client.logout()
        self.client.force_login(self.aino)

        response = self.client.post("/account/again/", {"password": "not the password"})

        self.assertContains(response, "This is not your password.")
        self.assertEqual(self.client.get("/account/app/").status_code, 302)

    def test_the_app_can_be_removed_and_its_codes_go_with_it(self) -> None:
        self.client.post("/account/app/", {"code": code_of(self.start())})
        self.assertEqual(self.client.get("/account/app/removal/").status_code, 200)

        self.client.post("/account/app/removal/")

        self.assertFalse(Authenticator.objects.filter(user=self.aino).exists())

    def test_new_codes_void_the_old(self) -> None:
        self.client.post("/account/app/", {"code": code_of(self.start())})
        old = self.codes(self.aino)
        self.assertContains(self.client.get("/account/codes/new/"), "The codes you have now stop working.")

        self.client.post("/account/codes/new/")

        self.assertFalse(set(old) & set(self.codes(self.aino)))

    def assertAbsent(self, *secrets: str) -> Any:
        """No table holds one of these as it is."""
        with connection.cursor() as cursor:
            for table in ("people_session", "mfa_authenticator", "core_auditentry", "core_event", "core_outgoingpost"):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
                kept = str(cursor.fetchall())
                for secret in secrets:
                    self.assertNotIn(secret, kept, table)
        return self.subTest("absent")


class RekeyTests(FactorTestCase):
    def test_seeds_go_over_to_a_new_key_and_still_open(self) -> None:
        self.give_app(self.aino)
        RecoveryCodes.activate(self.aino)
        codes, old = self.codes(self.aino), settings.FIELD_KEYS

        with self.settings(FIELD_KEYS=["a-newer-key", *old]):
            self.assertEqual([rekey_factors(), rekey_factors()], [2, 0])
        with self.settings(FIELD_KEYS=["a-newer-key"]):
            self.assertEqual(self.codes(self.aino), codes)
            self.log_in(self.aino)
            self.client.post("/account/factors/login/", {"code": code_of(SEED)})

            self.assertTrue(self.is_in())


class PasskeyTests(FactorTestCase):
    """The dialog is the browser's; here stands what the pages and the answers must be."""

    def test_the_page_brings_what_the_browser_needs(self) -> None:
        self.login_proven(self.aino)

        page = self.client.get("/account/passkeys/new/").content.decode()

        for part in ('data-passkey="make"', '"challenge"', 'src="/static/mfa/js/webauthn-json.js"'):
            self.assertIn(part, page)
        self.assertNotIn("<script>", page)

    def test_a_made_up_passkey_is_not_kept(self) -> None:
        self.login_proven(self.aino)
        self.client.get("/account/passkeys/new/")

        for forged in ("", "{}", json.dumps({"id": "x", "rawId": "eA", "response": {}, "type": "public-key"})):
            with self.subTest(forged):
                response = self.client.post("/account/passkeys/new/", {"name": "Phone", "credential": forged})
                self.assertEqual(response.status_code, 200)
        self.assertFalse(Authenticator.objects.exists())

    def test_the_door_hands_out_a_challenge_to_the_script_only(self) -> None:
        self.assertRedirects(self.client.get("/account/passkeys/login/"), "/login/")

        answer = self.client.get("/account/passkeys/login/", headers={"Accept": "application/json"}).json()

        self.assertGreaterEqual(len(answer["request_options"]["publicKey"]["challenge"]), 22)

    def test_no_made_up_credential_makes_the_house_fall_over(self) -> None:
        self.login_proven(self.aino)
        visitor = Client()

        @examples(max_examples=60)
        @given(TREES)
        def forged(credential: Any) -> None:
            sent = {"credential": json.dumps(credential)}
            self.assertEqual(self.client.post("/account/passkeys/new/", sent).status_code, 200)
            self.assertIn(visitor.post("/account/passkeys/login/", sent).status_code, {302, 429})

        forged()
        self.assertFalse(Authenticator.objects.exists())

    def test_a_made_up_passkey_opens_no_door(self) -> None:
        self.client.get("/account/passkeys/login/", headers={"Accept": "application/json"})

        for forged in ("", "{}", json.dumps({"id": "x", "rawId": "eA", "response": {"userHandle": "MQ"}})):
            with self.subTest(forged):
                response = self.client.post("/account/passkeys/login/", {"credential": forged})
                self.assertRedirects(response, "/login/")
                self.assertFalse(self.is_in())

    def test_the_list_is_there_and_otto_s_keys_are_not_in_it(self) -> None:
        other = Authenticator.objects.create(user=self.otto, type=Authenticator.Type.WEBAUTHN, data={"name": "Otto's"})
        self.login_proven(self.aino)

        self.assertNotContains(self.client.get("/account/passkeys/"), "Otto")
        for address in (f"/account/passkeys/{other.pk}/", f"/account/passkeys/{other.pk}/removal/"):
            self.assertEqual(self.client.get(address).status_code, 404)
            self.assertEqual(self.client.post(address, {"name": "mine"}).status_code, 404)

    def test_a_passkey_may_be_renamed_and_removed(self) -> None:
        mine = Authenticator.objects.create(user=self.aino, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
        self.login_proven(self.aino)

        self.assertContains(self.client.get("/account/passkeys/"), "Phone")
        self.client.post(f"/account/passkeys/{mine.pk}/", {"name": "Old phone"})
        self.assertContains(self.client.get(f"/account/passkeys/{mine.pk}/removal/"), "Old phone")
        self.client.post(f"/account/passkeys/{mine.pk}/removal/")

        self.assertFalse(Authenticator.objects.exists())


@override_settings(SECOND_FACTOR=True)
class DueTests(FactorTestCase):
    """At once for administrators and auditors, after seven days for everybody else, in the demo for nobody."""

    def test_an_agent_has_seven_days(self) -> None:
        joined = clock.now()
        User.objects.filter(pk=self.aino.pk).update(joined_at=joined)
        with clock.at(joined + timedelta(days=6, hours=23)):
            self.client.force_login(self.aino)
            self.assertNotEqual(self.client.get("/teams/").status_code, 303)
        with clock.at(joined + timedelta(days=7)):
            self.client.force_login(self.aino)
            self.assertEqual(self.client.get("/teams/")["Location"], "/account/factors/")

    def test_an_administrator_and_an_auditor_at_once(self) -> None:
        User.objects.filter(pk=self.otto.pk).update(house_role=HouseRole.AUDITOR)
        for user in (self.outi, self.otto):
            self.client.force_login(user)
            self.assertEqual(self.client.get("/audit/")["Location"], "/account/factors/")

    def test_with_a_factor_the_pages_are_open(self) -> None:
        self.give_app(self.outi)
        self.client.force_login(self.outi)

        self.assertEqual(self.client.get("/users/").status_code, 200)

    def test_recovery_codes_alone_are_no_factor(self) -> None:
        Authenticator.objects.create(
            user=self.outi,
            type=Authenticator.Type.RECOVERY_CODES,
            data={"seed": FactorAdapter().encrypt("00"), "used_mask": 0},
        )
        self.client.force_login(self.outi)

        self.assertEqual(self.client.get("/users/").status_code, 303)

    def test_the_way_to_set_one_up_and_out_stays_open(self) -> None:
        self.client.force_login(self.outi)

        for address in ("/account/factors/", "/settings/", "/account/password/"):
            self.assertEqual(self.client.get(address).status_code, 200, address)
        self.assertContains(self.client.get("/account/again/?next=/account/app/"), "Show that it is you")
        self.assertRedirects(self.client.post("/logout/"), "/login/")

    def test_a_removed_factor_is_due_again(self) -> None:
        self.give_app(self.outi)
        self.login_proven(self.outi)
        self.client.get("/users/")

        self.client.post("/account/app/removal/")

        self.assertEqual(self.client.get("/users/").status_code, 303)

    def test_a_part_of_a_page_is_sent_on_too(self) -> None:
        self.client.force_login(self.outi)

        response = self.client.get("/users/", headers={"HX-Request-Type": "partial"})

        self.assertEqual(response["HX-Redirect"], "/account/factors/")

    @override_settings(SECOND_FACTOR=False)
    def test_the_demo_asks_nobody(self) -> None:
        self.client.force_login(self.outi)

        self.assertEqual(self.client.get("/users/").status_code, 200)


class PasswordChangeTests(FactorTestCase):
    def change(self, present: str = PASSWORD, new: str = "harbours by the quiet sea") -> Any:
        return self.client.post("/account/password/", {"oldpassword": present, "password1": new})

    def test_the_present_password_is_needed(self) -> None:
        self.client.force_login(self.aino)

        self.assertContains(self.change(present="not the password"), "This is not your present password.")

    def test_other_logins_end_and_this_one_stays(self) -> None:
        elsewhere = Client()
        elsewhere.force_login(self.aino)
        self.client.force_login(self.aino)

        self.assertRedirects(self.change(), "/settings/")

        self.assertEqual(elsewhere.get("/settings/").status_code, 302)
        self.assertTold("session.ended", why="password")
        self.assertEqual(OutgoingPost.objects.get().kind, "password_changed")

    def test_guesses_at_the_present_password_are_counted(self) -> None:
        self.client.force_login(self.aino)
        codes = [self.change(present=f"guess number {number}").status_code for number in range(6)]

        self.assertEqual(codes, [200] * 5 + [429])

    def test_a_weak_one_is_refused(self) -> None:
        self.client.force_login(self.aino)

        self.assertContains(self.change(new="korhonen1234"), "little more than a name")
