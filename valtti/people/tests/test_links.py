"""One-time links: invitations and resets, used once, by a click on a button, by nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from valtti.core import clock
from valtti.core.models import AuditEntry, OutgoingPost, Task
from valtti.people.actions import passwords
from valtti.people.impossible import HasLeft, LinkIsDead
from valtti.people.models import OneTimeLink, Purpose, Session, User
from valtti.people.testing import PeopleTestCase

NEW = "harbours by the quiet sea"


class LinkTestCase(PeopleTestCase):
    def link(self, user: User | None = None, purpose: Purpose = Purpose.RESET) -> str:
        _row, token = passwords.make_link(user=user or self.aino, purpose=purpose, made_by=None)
        return f"/password/{token}/"

    def choose(self, link: str, password: str = NEW) -> int:
        return self.client.post(link, {"password": password}).status_code


class UseTests(LinkTestCase):
    def test_it_opens_once(self) -> None:
        link = self.link()

        self.assertRedirects(self.client.post(link, {"password": NEW}), "/login/")

        self.assertEqual(self.log_in(self.aino, NEW).status_code, 302)
        self.client.post("/logout/")
        self.assertEqual(self.choose(link, "another quiet harbour"), 404)
        self.assertEqual(self.log_in(self.aino, NEW).status_code, 302)

    def test_looking_at_it_uses_nothing_up(self) -> None:
        link = self.link()

        for _ in range(3):
            self.assertContains(self.client.get(link), self.aino.email)

        self.assertIsNone(OneTimeLink.objects.get().used_at)
        self.assertEqual(self.choose(link), 302)

    def test_it_does_not_log_anybody_in(self) -> None:
        self.choose(self.link())

        self.assertNotIn("_auth_user_id", self.client.session)

    def test_a_weak_password_is_explained_and_the_link_still_stands(self) -> None:
        link = self.link()

        response = self.client.post(link, {"password": "short"})

        self.assertContains(response, "Use at least 12 signs.", status_code=422)
        self.assertEqual(self.choose(link), 302)

    def test_a_reset_stands_for_an_hour_and_an_invitation_for_seven_days(self) -> None:
        for purpose, life in ((Purpose.RESET, timedelta(hours=1)), (Purpose.INVITATION, timedelta(days=7))):
            link, moment = self.link(purpose=purpose), clock.now()
            with clock.at(moment + life - timedelta(seconds=5)):
                self.assertEqual(self.client.get(link).status_code, 200)
            with clock.at(moment + life + timedelta(seconds=5)):
                self.assertEqual(self.choose(link), 404)

    def test_a_newer_one_voids_the_older(self) -> None:
        older, newer = self.link(), self.link()

        self.assertEqual(self.choose(older), 404)
        self.assertEqual(self.choose(newer), 302)

    def test_a_changed_password_voids_what_is_open(self) -> None:
        link = self.link()

        passwords.set_password(user=self.aino, password=NEW)

        self.assertEqual(self.choose(link), 404)

    def test_it_is_bound_to_one_purpose(self) -> None:
        token = self.link(purpose=Purpose.RESET).split("/")[2]

        self.assertEqual(self.choose(f"/password/i{token[1:]}/"), 404)

    def test_what_is_cut_lengthened_or_empty_opens_nothing(self) -> None:
        link = self.link()
        token = link.split("/")[2]

        for broken in (token[:-1], token + "A", token.swapcase(), "r", "%00", "x" * 5000):
            with self.subTest(broken[:20]):
                self.assertEqual(self.client.get(f"/password/{broken}/").status_code, 404)

    def test_whoever_has_left_gets_none_and_an_old_one_is_dead(self) -> None:
        link = self.link()
        User.objects.filter(pk=self.aino.pk).update(is_active=False)

        self.assertEqual(self.choose(link), 404)
        with self.assertRaises(HasLeft):
            self.link()

    def test_a_second_click_in_the_same_moment_is_refused(self) -> None:
        token = self.link().split("/")[2]
        passwords.use_link(token=token, password=NEW)

        with self.assertRaises(LinkIsDead):
            passwords.use_link(token=token, password="another quiet harbour")

    def test_every_login_ends(self) -> None:
        elsewhere = Client()
        elsewhere.force_login(self.aino)

        self.choose(self.link())

        self.assertEqual(elsewhere.get("/settings/").status_code, 302)
        self.assertFalse(Session.objects.alive().filter(user=self.aino).exists())

    def test_the_table_holds_no_token(self) -> None:
        token = self.link().split("/")[2]

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM people_onetimelink")
            self.assertNotIn(token, str(cursor.fetchall()))

    def test_the_page_tells_nobody_else_where_it_came_from(self) -> None:
        response = self.client.get(self.link())

        self.assertEqual(response["Referrer-Policy"], "same-origin")
        self.assertIn("no-store", response["Cache-Control"])

    def test_it_is_written_down_and_forgotten_later(self) -> None:
        self.choose(self.link())

        self.assertTrue(AuditEntry.objects.filter(what="password.set_by_reset", who=self.aino.pk).exists())
        self.assertEqual(passwords.forget_links(), 1)


class ResetTests(LinkTestCase):
    def ask(self, address: str, **extra: Any) -> Any:
        return self.client.post("/reset/", {"email": address}, **extra)

    def letters(self) -> int:
        self.run_tasks()
        return OutgoingPost.objects.filter(kind="reset").count()

    def test_a_letter_brings_a_link_that_opens(self) -> None:
        self.assertRedirects(self.ask(self.aino.email), "/reset/sent/")
        self.assertEqual(self.letters(), 1)

        post = OutgoingPost.objects.get()
        self.assertEqual((post.to, post.source), ([self.aino.email], "house"))
        found = re.search(r"http://127\.0\.0\.1:8000(/password/\S+/)", post.body)
        assert found
        self.assertEqual(self.choose(found[1]), 302)

    def test_known_and_unknown_are_answered_alike(self) -> None:
        known, unknown = self.ask(self.aino.email), self.ask("nobody@kaiku.example")

        self.assertEqual(known.status_code, unknown.status_code)
        self.assertEqual(known["Location"], unknown["Location"])
        self.assertEqual(Task.objects.filter(name__endswith="send_reset_letter").count(), 2)
        self.assertEqual(self.letters(), 1)

    def test_nothing_is_decided_while_the_page_waits(self) -> None:
        asked = []
        for address in (self.aino.email, "nobody@kaiku.example"):
            with CaptureQueriesContext(connection) as queries:
                self.ask(address)
            asked.append(len(queries))

        self.assertEqual(asked[0], asked[1])

    def test_the_fourth_letter_in_an_hour_is_not_sent_and_the_answer_stays_the_same(self) -> None:
        for number in range(5):
            self.assertRedirects(self.ask(self.aino.email, REMOTE_ADDR=f"192.0.2.{number}"), "/reset/sent/")

        self.assertEqual(self.letters(), 3)

    def test_twenty_an_hour_from_one_network(self) -> None:
        for number in range(22):
            self.assertRedirects(self.ask(f"nobody{number}@kaiku.example"), "/reset/sent/")

        self.assertEqual(Task.objects.filter(name__endswith="send_reset_letter").count(), 20)

    def test_the_letter_is_in_the_person_s_language(self) -> None:
        User.objects.filter(pk=self.aino.pk).update(language="ru")
        self.ask(self.aino.email)
        self.letters()

        post = OutgoingPost.objects.get()
        with translation.override("ru"):
            self.assertIn(
                translation.gettext("The link works once and stands for an hour. Your second factor stays as it is."),
                post.body,
            )
        self.assertEqual(post.language, "ru")

    def test_a_name_cannot_add_a_header(self) -> None:
        User.objects.filter(pk=self.aino.pk).update(called="Aino\r\nBcc: all@kaiku.example")
        self.ask(self.aino.email)

        self.assertEqual(self.letters(), 1)
        self.assertNotIn("\n", OutgoingPost.objects.get().headers["Subject"])

    def test_no_letter_goes_past_the_outbox(self) -> None:
        self.ask(self.aino.email)
        self.letters()

        self.assertEqual(mail.outbox, [])

    def test_an_address_that_is_none_is_explained(self) -> None:
        response = self.client.post("/reset/", {"email": "aino"})

        self.assertEqual(response.status_code, 422)
