"""Passkeys from end to end: a device with real signatures is added, logs in, proves again, and cannot be borrowed."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client, override_settings

from valtti.core.models import AuditEntry, OutgoingPost
from valtti.people.models import Session, User
from valtti.people.testing import PeopleTestCase
from valtti.people.tests.authenticator import Device


@override_settings(PUBLIC_URL="http://localhost")
class PasskeyTestCase(PeopleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client = Client(headers={"host": "localhost"})
        self.device = Device()

    def options(self, address: str) -> dict[str, Any]:
        """What the page hands to the script."""
        page = self.client.get(address).content.decode()
        told = page.split('<script id="passkey-options" type="application/json">')[1].split("</script>")[0]
        return dict(json.loads(told))

    def challenge(self) -> dict[str, Any]:
        """What the login page's script is told."""
        answer = self.client.get("/account/passkeys/login/", headers={"Accept": "application/json"})
        return dict(answer.json()["request_options"])

    def add(self, user: User, name: str = "Phone") -> Any:
        self.login_proven(user)
        options = self.options("/account/passkeys/new/")["creation_options"]
        told = {"name": name, "passwordless": "True", "credential": self.device.make(options)}
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post("/account/passkeys/new/", told)

    def come_in(self, credential: str) -> Any:
        return self.client.post("/account/passkeys/login/", {"credential": credential})

    def is_in(self) -> bool:
        return "_auth_user_id" in self.client.session


class AddingTests(PasskeyTestCase):
    def test_a_device_is_added_and_brings_recovery_codes(self) -> None:
        self.assertRedirects(self.add(self.aino), "/account/codes/")

        kinds = set(Authenticator.objects.filter(user=self.aino).values_list("type", flat=True))
        self.assertEqual(kinds, {"webauthn", "recovery_codes"})
        self.assertContains(self.client.get("/account/passkeys/"), "Phone")

    def test_the_person_is_told_and_it_is_written_down(self) -> None:
        self.add(self.aino)

        self.assertEqual(OutgoingPost.objects.get().kind, "webauthn_added")
        self.assertTrue(AuditEntry.objects.filter(what="factor.added", who=self.aino.pk, after="webauthn").exists())

    def test_without_a_name_it_gets_one(self) -> None:
        self.add(self.aino, name="")

        self.assertContains(self.client.get("/account/passkeys/"), "My device")

    def test_a_device_that_asks_for_nothing_is_no_passkey(self) -> None:
        self.device = Device(verifies=False)

        response = self.add(self.aino)

        self.assertEqual(response.status_code, 200)
        self.assertFalse(Authenticator.objects.exists())

    def test_an_answer_to_another_question_is_refused(self) -> None:
        self.login_proven(self.aino)
        old = self.device.make(self.options("/account/passkeys/new/")["creation_options"])
        self.options("/account/passkeys/new/")

        self.client.post("/account/passkeys/new/", {"name": "Phone", "credential": old})

        self.assertFalse(Authenticator.objects.exists())

    def test_an_answer_for_another_house_is_refused(self) -> None:
        self.device = Device("https://evil.example")

        self.add(self.aino)

        self.assertFalse(Authenticator.objects.exists())

    def test_other_logins_end(self) -> None:
        elsewhere = Client(headers={"host": "localhost"})
        elsewhere.force_login(self.aino)

        self.add(self.aino)

        self.assertEqual(elsewhere.get("/settings/").status_code, 302)
        self.assertEqual(self.client.get("/settings/").status_code, 200)


class LoginTests(PasskeyTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.add(self.aino)
        self.client.post("/logout/")

    def test_a_touch_opens_the_house_without_password_and_code(self) -> None:
        response = self.come_in(self.device.use(self.challenge()))

        self.assertEqual(response["Location"], "/")
        self.assertEqual(self.client.session["_auth_user_id"], str(self.aino.pk))

    def test_it_is_a_login_like_any_other(self) -> None:
        self.come_in(self.device.use(self.challenge()))

        self.assertTrue(AuditEntry.objects.filter(what="login", who=self.aino.pk).exists())
        self.assertEqual(Session.objects.alive().filter(user=self.aino).count(), 1)

    def test_the_same_answer_opens_once(self) -> None:
        answer = self.device.use(self.challenge())
        self.come_in(answer)
        self.client.post("/logout/")

        self.come_in(answer)

        self.assertFalse(self.is_in())

    def test_a_signature_by_another_key_opens_nothing(self) -> None:
        thief = Device()
        thief.id, thief.owner = self.device.id, self.device.owner

        self.come_in(thief.use(self.challenge()))

        self.assertFalse(self.is_in())

    def test_a_key_opens_no_other_account(self) -> None:
        self.device.owner = "Mg"  # another number, as the house writes them

        self.come_in(self.device.use(self.challenge()))

        self.assertFalse(self.is_in())

    def test_an_answer_made_for_another_house_opens_nothing(self) -> None:
        self.come_in(self.device.use(self.challenge(), house="evil.example"))
        self.assertFalse(self.is_in())

        self.device.origin = "https://evil.example"
        self.come_in(self.device.use(self.challenge()))
        self.assertFalse(self.is_in())

    def test_guessing_at_the_password_does_not_shut_the_passkey_out(self) -> None:
        for number in range(55):
            told = {"login": self.aino.email, "password": "not the password"}
            self.client.post("/login/", told, REMOTE_ADDR=f"198.51.100.{number}")

        self.come_in(self.device.use(self.challenge()))

        self.assertTrue(self.is_in())

    def test_whoever_has_left_is_told_that_the_account_is_closed(self) -> None:
        User.objects.filter(pk=self.aino.pk).update(is_active=False)

        response = self.come_in(self.device.use(self.challenge()))

        self.assertRedirects(response, "/account/closed/")
        self.assertFalse(self.is_in())

    def test_a_removed_key_opens_nothing(self) -> None:
        Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).delete()

        self.come_in(self.device.use(self.challenge()))

        self.assertFalse(self.is_in())


class SecondFactorTests(PasskeyTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.add(self.aino)
        self.client.post("/logout/")

    def test_after_the_password_the_key_is_the_second_factor(self) -> None:
        self.log_in(self.aino)
        options = self.options("/account/factors/login/")["request_options"]

        self.client.post("/account/factors/login/", {"credential": self.device.use(options)})

        self.assertTrue(self.is_in())

    def test_another_s_key_is_not(self) -> None:
        other = Client(headers={"host": "localhost"})
        self.client, mine = other, self.client
        mine_device, self.device = self.device, Device()
        self.add(self.otto)
        self.client = mine
        self.log_in(self.aino)
        options = self.options("/account/factors/login/")["request_options"]

        self.client.post("/account/factors/login/", {"credential": self.device.use(options)})

        self.assertFalse(self.is_in())
        self.assertNotEqual(mine_device.id, self.device.id)

    def test_a_key_proves_again_who_one_is(self) -> None:
        self.come_in(self.device.use(self.challenge()))
        self.assertIn("/account/again/", self.client.get("/account/app/")["Location"])
        options = self.options("/account/passkeys/again/")["request_options"]

        self.client.post("/account/passkeys/again/", {"credential": self.device.use(options)})

        self.assertEqual(self.client.get("/account/app/").status_code, 200)

    def test_the_page_that_asks_again_offers_every_way(self) -> None:
        self.come_in(self.device.use(self.challenge()))

        page = self.client.get("/account/again/?next=/account/app/").content.decode()

        for address in ("/account/factors/again/", "/account/passkeys/again/"):
            self.assertIn(f'href="{address}?next=', page)
        self.assertIn('autocomplete="current-password"', page)
