"""The door: who gets in, who is kept waiting, and that nobody learns who lives here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import override_settings

from valtti.core import clock, limits
from valtti.core.models import Event, OutgoingPost
from valtti.people import guard
from valtti.people.models import KnownAddress, Session
from valtti.people.testing import PASSWORD, PeopleTestCase

WRONG = "not the password"


class LoginTests(PeopleTestCase):
    def test_the_right_password_opens_my_day(self) -> None:
        response = self.log_in(self.aino)

        self.assertRedirects(response, "/", fetch_redirect_response=False)
        self.assertEqual(self.client.session["_auth_user_id"], str(self.aino.pk))

    def test_the_address_may_be_typed_in_capitals(self) -> None:
        response = self.client.post("/login/", {"login": "AINO.Korhonen@Kaiku.example ", "password": PASSWORD})

        self.assertRedirects(response, "/", fetch_redirect_response=False)

    def test_the_page_shows_the_house_two_ways_in_and_three_languages(self) -> None:
        page = self.client.get("/login/?language=en-gb").content.decode()

        for words in ("<h1>Valtti</h1>", "Log in with a passkey", "I cannot get in", "Suomi", "English", "Русский"):
            self.assertIn(words, page)
        for control in ('autocomplete="username"', 'autocomplete="current-password"', 'src="/static/ui/js/passkey.js"'):
            self.assertIn(control, page)

    def test_a_wrong_password_says_what_does_not_fit(self) -> None:
        response = self.log_in(self.aino, WRONG)

        self.assertContains(response, "The e-mail address and the password do not belong together.")
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_whoever_is_in_already_is_sent_on(self) -> None:
        self.client.force_login(self.aino)

        self.assertRedirects(self.client.get("/login/"), "/", fetch_redirect_response=False)

    def test_whoever_has_left_is_a_stranger(self) -> None:
        self.aino.is_active = False
        self.aino.save()

        gone, unknown = self.log_in(self.aino), self.client.post("/login/", {"login": "x@y.example", "password": WRONG})

        self.assertEqual(_same(gone, self.aino.email), _same(unknown, "x@y.example"))

    def test_logging_out_takes_a_click_and_ends_the_login(self) -> None:
        self.log_in(self.aino)

        self.assertEqual(self.client.get("/logout/").status_code, 200)
        response = self.client.post("/logout/")

        self.assertRedirects(response, "/login/")
        self.assertEqual(Session.objects.alive().filter(user=self.aino).count(), 0)
        self.assertTold("session.ended", why="logout", user_id=self.aino.pk)

    def test_a_visitor_is_sent_to_the_door_and_back(self) -> None:
        self.assertRedirects(self.client.get("/settings/"), "/login/?next=/settings/")

        response = self.client.post("/login/?next=/settings/", {"login": self.aino.email, "password": PASSWORD})

        self.assertRedirects(response, "/settings/")

    def test_the_way_on_never_leads_to_another_house(self) -> None:
        for where in (
            "//evil.example",
            "https:///evil.example",
            "\\\\evil.example",
            "http://evil.example/",
            "/\t/evil",
        ):
            with self.subTest(where):
                response = self.client.post(f"/login/?next={where}", {"login": self.aino.email, "password": PASSWORD})
                self.assertEqual(response["Location"], "/")
                self.client.post("/logout/")

    def test_nobody_signs_up(self) -> None:
        for address in ("/signup/", "/account/signup/", "/accounts/signup/"):
            self.assertEqual(self.client.get(address).status_code, 404)


class StrangersTests(PeopleTestCase):
    """Known and unknown addresses get the same answers."""

    def test_a_wrong_password_and_an_unknown_address_are_answered_alike(self) -> None:
        known = self.client.post("/login/", {"login": self.aino.email, "password": WRONG})
        unknown = self.client.post("/login/", {"login": "nobody@kaiku.example", "password": WRONG})

        self.assertEqual(known.status_code, unknown.status_code)
        self.assertEqual(_same(known, self.aino.email), _same(unknown, "nobody@kaiku.example"))

    def test_an_invited_person_without_a_password_is_answered_alike(self) -> None:
        self.aino.set_unusable_password()
        self.aino.save()

        known = self.client.post("/login/", {"login": self.aino.email, "password": PASSWORD})
        unknown = self.client.post("/login/", {"login": "nobody@kaiku.example", "password": PASSWORD})

        self.assertEqual(_same(known, self.aino.email), _same(unknown, "nobody@kaiku.example"))

    def test_too_many_tries_are_answered_alike(self) -> None:
        answers: list[Any] = []
        for login in (self.aino.email, "nobody@kaiku.example"):
            with clock.at(clock.now() + timedelta(hours=len(answers))):
                for _ in range(5):
                    self.client.post("/login/", {"login": login, "password": WRONG})
                answers.append(self.client.post("/login/", {"login": login, "password": WRONG}))

        self.assertEqual([answer.status_code for answer in answers], [429, 429])
        self.assertEqual(_same(answers[0], self.aino.email), _same(answers[1], "nobody@kaiku.example"))


class LimitTests(PeopleTestCase):
    """Section by section at the edge: the last one that is let through, and the first that is not."""

    def fail(self, *, times: int = 1, login: str = "", address: str = "192.0.2.1") -> list[int]:  # type: ignore[override]
        return [
            self.client.post(
                "/login/", {"login": login or self.aino.email, "password": WRONG}, REMOTE_ADDR=address
            ).status_code
            for _ in range(times)
        ]

    def test_five_wrong_passwords_from_one_place_and_the_sixth_waits(self) -> None:
        self.assertEqual(self.fail(times=6), [200] * 5 + [429])

        response = self.log_in(self.aino, REMOTE_ADDR="192.0.2.1")
        self.assertEqual(response.status_code, 429)
        self.assertGreater(int(response["Retry-After"]), 0)

    def test_after_the_wait_the_right_password_opens(self) -> None:
        self.fail(times=6)

        with clock.at(clock.now() + timedelta(minutes=5)):
            self.assertEqual(self.log_in(self.aino, REMOTE_ADDR="192.0.2.1").status_code, 302)

    def test_from_another_place_the_right_password_still_opens(self) -> None:
        self.fail(times=6)

        self.assertEqual(self.log_in(self.aino, REMOTE_ADDR="198.51.100.7").status_code, 302)

    def test_ten_failures_a_minute_from_one_place_whoever_is_tried(self) -> None:
        codes = [self.fail(login=f"somebody{number}@kaiku.example")[0] for number in range(11)]

        self.assertEqual(codes, [200] * 10 + [429])

    def test_the_right_password_is_no_failure(self) -> None:
        for _ in range(12):
            self.assertEqual(self.log_in(self.aino).status_code, 302)
            self.client.post("/logout/")

    def test_thirty_tries_a_minute_at_the_page(self) -> None:
        network = limits.network("127.0.0.1")
        for _ in range(29):
            limits.take("login_page", network)

        self.assertEqual(self.log_in(self.aino).status_code, 302)
        self.client.post("/logout/")
        self.assertEqual(self.log_in(self.aino).status_code, 429)

    def test_a_whole_network_of_version_six_counts_as_one_place(self) -> None:
        for number in range(5):
            self.fail(address=f"2001:db8::{number}")

        self.assertEqual(self.fail(address="2001:db8::ffff"), [429])
        self.assertEqual(self.fail(address="2001:db8:0:1::1"), [200])


class GuessingTests(PeopleTestCase):
    """Fifty failures an hour from everywhere: the password opens only from where the person has been before."""

    def guess(self, times: int) -> None:
        for number in range(times):
            place = f"198.51.{number // 200}.{number % 200}"
            self.client.post("/login/", {"login": self.aino.email, "password": WRONG}, REMOTE_ADDR=place)

    def test_strangers_cannot_lock_the_person_out(self) -> None:
        self.log_in(self.aino, REMOTE_ADDR="203.0.113.5")
        self.client.post("/logout/")

        self.guess(50)

        self.assertEqual(self.log_in(self.aino, REMOTE_ADDR="203.0.113.99").status_code, 429)
        self.assertEqual(self.log_in(self.aino, REMOTE_ADDR="203.0.113.5").status_code, 302)

    def test_a_place_not_seen_for_ninety_days_is_strange_again(self) -> None:
        self.log_in(self.aino, REMOTE_ADDR="203.0.113.5")
        self.client.post("/logout/")
        KnownAddress.objects.update(last_at=clock.now() - timedelta(days=91))

        self.guess(50)

        self.assertEqual(self.log_in(self.aino, REMOTE_ADDR="203.0.113.5").status_code, 429)

    def test_places_are_forgotten_after_ninety_days(self) -> None:
        self.log_in(self.aino)

        with clock.at(clock.now() + timedelta(days=89)):
            self.assertEqual(guard.forget_places(), 0)
        with clock.at(clock.now() + timedelta(days=91)):
            self.assertEqual(guard.forget_places(), 1)

    def test_the_fiftieth_tells_the_person_once(self) -> None:
        self.guess(49)
        self.assertNotTold("user.guessed_at")

        self.guess(52)

        self.assertTold("user.guessed_at", self.aino)
        letter = OutgoingPost.objects.get(kind="guessed_at")
        self.assertEqual(letter.to, [self.aino.email])

    def test_nobody_is_told_about_an_address_that_is_nobody_s(self) -> None:
        for number in range(52):
            self.client.post(
                "/login/", {"login": "x@kaiku.example", "password": WRONG}, REMOTE_ADDR=f"198.51.100.{number}"
            )

        self.assertEqual(OutgoingPost.objects.count(), 0)
        self.assertEqual(Event.objects.filter(kind="user.guessed_at").count(), 0)

    def test_no_address_is_kept_that_could_be_read(self) -> None:
        self.log_in(self.aino, REMOTE_ADDR="203.0.113.5")

        self.assertNotIn("203.0.113", KnownAddress.objects.get().fingerprint)


class LettersTests(PeopleTestCase):
    @override_settings(MAILERS={"default": {"BACKEND": "valtti.people.letters.OutboxEmailBackend"}})
    def test_a_letter_of_django_leaves_through_the_outbox(self) -> None:
        sent = mail.send_mail("A report", "All is well.", None, [self.outi.email, "stranger@elsewhere.example"])

        post = OutgoingPost.objects.get()
        self.assertEqual((sent, post.to, post.source), (1, [self.outi.email], "house"))
        self.assertEqual(post.headers["Subject"], "A report")


def _same(response: Any, login: str) -> str:
    """A page without what must differ: the address that was typed, the token and the nonce."""
    page = response.content.decode().replace(login, "…")
    for word in ("csrfmiddlewaretoken", "nonce="):
        while (at := page.find(word)) >= 0:
            end = page.find(">", at)
            page = page[:at] + page[end:]
    return page
