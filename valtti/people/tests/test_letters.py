"""Letters of the house to its own people: what they say, in whose language, and that nobody can bend them."""

from __future__ import annotations

import re
from typing import Any

from django.test import override_settings
from django.utils import translation

from valtti.core.models import OutgoingPost
from valtti.people import letters
from valtti.people.models import House, User
from valtti.people.testing import PeopleTestCase

KINDS = {
    "invitation": "An invitation to the customer service of Kaiku Kuitu",
    "reset": "A new password for Kaiku Kuitu",
    "guessed_at": "Somebody is guessing at your password",
    "factors_reset": "Your second factors were taken away",
}
OF_THE_PACKAGE = {
    "account/email/password_changed": "Your password was changed",
    "mfa/email/totp_activated": "An app with codes was set up",
    "mfa/email/totp_deactivated": "Your app with codes was removed",
    "mfa/email/webauthn_added": "A passkey was added",
    "mfa/email/webauthn_removed": "A passkey was removed",
    "mfa/email/recovery_codes_generated": "New recovery codes were made",
}


class LettersTests(PeopleTestCase):
    def setUp(self) -> None:
        super().setUp()
        House.objects.create(name="Kaiku Kuitu")

    def post(self, kind: str, key: str = "1", **context: Any) -> OutgoingPost:
        told = {"token": "r" + "x" * 43, "by": self.outi, **context}
        letters.post_letter(to=self.aino, kind=kind, key=key, context=told)
        return OutgoingPost.objects.latest("pk")

    def test_each_has_a_subject_a_greeting_and_a_body_without_markup(self) -> None:
        for kind, subject in KINDS.items():
            with self.subTest(kind):
                post = self.post(kind)
                self.assertEqual(post.headers["Subject"], subject)
                self.assertTrue(post.body.startswith("Hello Aino,"), post.body)
                self.assertNotIn("{", post.body)
                self.assertNotIn("&", post.body)

    def test_those_of_the_login_package_are_in_our_words(self) -> None:
        for prefix, subject in OF_THE_PACKAGE.items():
            with self.subTest(prefix):
                letters.post_from_template(prefix, self.aino.email, {"ip": "192.0.2.1", "user_agent": "x"})
                post = OutgoingPost.objects.latest("pk")
                self.assertEqual((post.headers["Subject"], post.to), (subject, [self.aino.email]))
                self.assertIn("If this was not you, tell an administrator at once.", post.body)

    def test_a_link_leads_to_our_own_address(self) -> None:
        for kind in ("invitation", "reset"):
            found = re.findall(r"https?://\S+", self.post(kind).body)
            self.assertEqual(found, ["http://127.0.0.1:8000/password/r" + "x" * 43 + "/"])

    def test_whoever_invites_is_named(self) -> None:
        self.assertIn("Invited by: Outi Salo.", self.post("invitation").body)

    def test_the_same_letter_twice_is_one(self) -> None:
        self.post("reset", key="7")
        self.post("reset", key="7")

        self.assertEqual(OutgoingPost.objects.count(), 1)

    def test_it_comes_from_the_house_and_says_that_a_machine_wrote_it(self) -> None:
        post = self.post("reset")

        self.assertEqual((post.source, post.automatic, post.channel), ("house", True, "email"))

    def test_the_reader_s_language_decides(self) -> None:
        for own, told in (("ru", "ru"), ("en-gb", "en"), ("", "fi")):
            self.aino.language = own
            with translation.override("en-gb"):
                self.assertEqual(self.post("reset", key=f"in {told}").language, told)

    def test_a_name_with_signs_of_markup_is_written_as_it_is(self) -> None:
        self.aino.called = 'A & "B" <c>'

        self.assertTrue(self.post("reset").body.startswith('Hello A & "B" <c>,'))

    def test_a_house_with_a_line_end_in_its_name_adds_no_header(self) -> None:
        House.objects.update(name="Kaiku\r\nBcc: all@kaiku.example")

        self.assertNotRegex(self.post("reset").headers["Subject"], r"[\r\n]")

    def test_nobody_unknown_gets_a_letter(self) -> None:
        letters.post_from_template("account/email/password_changed", "stranger@elsewhere.example", {})

        self.assertFalse(OutgoingPost.objects.exists())

    def test_whoever_has_left_gets_none_of_the_package(self) -> None:
        User.objects.filter(pk=self.aino.pk).update(is_active=False)

        letters.post_from_template("account/email/password_changed", self.aino.email, {})

        self.assertFalse(OutgoingPost.objects.exists())

    @override_settings(PUBLIC_URL="https://valtti.kaiku.example")
    def test_the_public_address_is_used(self) -> None:
        self.assertIn("https://valtti.kaiku.example/password/", self.post("reset").body)
