"""Trying a mailbox: what is wrong is said in words."""

from __future__ import annotations

from typing import Any

from django.test import override_settings

from valtti.channels.actions.mailboxes import keep_findings
from valtti.channels.models import Mailbox, MailboxCheck
from valtti.channels.testing import NORTH_ADDRESS, ChannelsTestCase
from valtti.channels.tests.servers import HERE, Script, SmtpServer, free_port
from valtti.core import clock


@override_settings(REACH=["127.0.0.0/8"])
class CheckTests(ChannelsTestCase):
    def check(self, **fields: Any) -> str:
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(**fields)
        self.client.force_login(self.veikko)
        self.client.post(f"/mailboxes/{self.north_mailbox.pk}/checks/")
        self.run_tasks()
        return self.client.get(f"/mailboxes/{self.north_mailbox.pk}/check/").content.decode()

    def test_the_button_queues_a_try_and_the_page_waits_for_it(self) -> None:
        self.client.force_login(self.veikko)

        self.client.post(f"/mailboxes/{self.north_mailbox.pk}/checks/")

        page = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/")
        self.assertContains(page, "The servers are being tried.")
        self.pass_time(minutes=5)
        page = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/")
        self.assertContains(page, "No worker has taken up the check")

    def test_a_host_that_does_not_exist_is_named(self) -> None:
        self.assertIn("There is no server of this name: nope.invalid.", self.check(imap_host="nope.invalid"))

    def test_a_port_where_nobody_answers_is_named(self) -> None:
        port = free_port()

        page = self.check(imap_host=HERE, imap_port=port, imap_security="none")

        self.assertIn(f"{HERE} takes no connection at port {port}.", page)

    def test_an_outgoing_server_that_works_lets_waiting_letters_go(self) -> None:
        with SmtpServer(Script()) as server:
            page = self.check(smtp_host=HERE, smtp_port=server.port, smtp_security="none")

        self.assertIn("letters leave", page)

    def test_a_wrong_password_of_the_outgoing_server_is_named(self) -> None:
        with SmtpServer(Script(password="right")) as server:
            page = self.check(smtp_host=HERE, smtp_port=server.port, smtp_security="none", smtp_user="kaiku")

        self.assertIn("The server does not take this user name and password.", page)

    def test_a_line_without_tls_is_refused_before_the_password_leaves(self) -> None:
        with SmtpServer(Script()) as server:
            page = self.check(smtp_host=HERE, smtp_port=server.port, smtp_security="starttls")

        self.assertIn("offers no STARTTLS", page)

    def try_with_a_letter(self, told: Script) -> str:
        with SmtpServer(told) as server:
            fields = {"smtp_host": HERE, "smtp_port": server.port, "smtp_security": "none"}
            Mailbox.objects.filter(pk=self.north_mailbox.pk).update(**fields)
            self.client.force_login(self.outi)
            self.client.post(f"/mailboxes/{self.north_mailbox.pk}/trials/", {"to": "katja.orlova@posti.example"})
            self.run_tasks()
        return self.client.get(f"/mailboxes/{self.north_mailbox.pk}/check/").content.decode()

    def test_the_administrator_gets_a_test_letter_and_nobody_else_does(self) -> None:
        told = Script(["250 2.0.0 Ok: queued as 4XyZ9"])

        page = self.try_with_a_letter(told)

        ((sender, recipients, raw),) = told.letters
        self.assertEqual((sender, recipients), (NORTH_ADDRESS, [self.outi.email]))
        self.assertIn(f"A test letter of {NORTH_ADDRESS}".encode(), raw)
        self.assertIn("The server said: 250 2.0.0 Ok: queued as 4XyZ9", page)
        self.client.get(f"/mailboxes/{self.north_mailbox.pk}/check/")
        self.assertEqual(len(told.letters), 1)

    def test_a_refusal_of_the_test_letter_is_shown_in_the_servers_words(self) -> None:
        for told in (
            Script(["550 5.7.1 sender not allowed"]),
            Script(refuse={self.outi.email: "550 5.7.1 sender not allowed"}),
        ):
            page = self.try_with_a_letter(told)
            self.assertIn("It said: 550 5.7.1 sender not allowed", page)
        self.assertIn("broke", self.try_with_a_letter(Script(["drop"])))

    def test_a_mailbox_of_the_tray_sends_no_test_letter(self) -> None:
        self.client.force_login(self.outi)
        self.client.post(f"/mailboxes/{self.north_mailbox.pk}/trials/")
        self.run_tasks()

        codes = [found["code"] for found in MailboxCheck.objects.get().findings]
        self.assertEqual(codes, ["not_fetched", "tray"])

    def test_test_letters_are_for_administrators(self) -> None:
        url = f"/mailboxes/{self.north_mailbox.pk}/trials/"
        for user in (self.veikko, self.aino, self.otto):
            self.client.force_login(user)
            self.assertEqual(self.client.post(url).status_code, 404)
        self.client.force_login(self.veikko)
        self.assertNotContains(self.client.get(f"/mailboxes/{self.north_mailbox.pk}/"), "test letter")
        self.client.logout()
        self.assertEqual(self.client.post(url).status_code, 302)
        self.assertFalse(MailboxCheck.objects.exists())

    def test_each_step_says_which_of_the_two_servers_was_tried(self) -> None:
        self.client.force_login(self.outi)
        self.client.post(f"/mailboxes/{self.north_mailbox.pk}/checks/")
        self.run_tasks()
        page = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/").content.decode()
        self.assertLess(page.index("<b>Incoming:</b> No incoming server"), page.index("<b>Outgoing:</b> The outgoing"))

    def test_a_mailbox_that_cannot_be_read_is_not_said_to_be_in_order(self) -> None:
        self.north_mailbox.folders.create(name="INBOX", error_since=clock.now(), last_error="login")
        self.client.force_login(self.veikko)
        page = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/")
        self.assertContains(page, "The mailbox cannot be read just now")
        self.assertNotContains(page, "Every letter is accounted for")

    def test_findings_are_words_in_the_readers_language(self) -> None:
        check = MailboxCheck.objects.create(mailbox=self.north_mailbox, asked_by=self.veikko)
        keep_findings(check=check, findings=[{"code": "idle", "state": "good", "facts": {}, "ms": 64}])
        self.client.force_login(self.veikko)

        self.assertContains(self.client.get(f"/mailboxes/{self.north_mailbox.pk}/"), "IDLE, renewed every 9 minutes")
