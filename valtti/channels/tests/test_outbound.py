"""Letters leave: built once, handed over once, and every kind of ending is told as what it is."""

from __future__ import annotations

import secrets
from datetime import timedelta
from email import message_from_bytes
from typing import Any

from django.test import override_settings

from valtti.channels.actions.mailboxes import change_mailbox
from valtti.channels.email import outbound
from valtti.channels.email.smtp import Reply
from valtti.channels.models import Mailbox
from valtti.channels.testing import NORTH_ADDRESS, ChannelsTestCase, written
from valtti.channels.tests.servers import HERE, Script, SmtpServer, free_port
from valtti.core import clock, files, outbox
from valtti.core.models import OutgoingPost
from valtti.core.outbox import Accepted, Delayed, Refused, Uncertain
from valtti.customers.actions import note_consent
from valtti.customers.models import Consent, ContactPoint
from valtti.desk.models import Case, Message, Participant

SECRET = "canary-7f3a-secret"


@override_settings(REACH=["127.0.0.0/8"])
class SmtpTests(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.case = Message.objects.get(raw_item_id=self.read(written()).pk).case
        self.run_tasks()

    def serve(self, *replies: str, **script: Any) -> Script:
        told = Script(list(replies), **script)
        server = self.enterContext(SmtpServer(told))
        self.sends_through(server.port, user="kaiku" if told.password is not None else "")
        return told

    def sends_through(self, port: int, user: str = "", **more: Any) -> None:
        fields = {"smtp_host": HERE, "smtp_port": port, "smtp_security": "none", "smtp_user": user, **more}
        change_mailbox(mailbox=self.north_mailbox, fields=fields, folders=[], by=self.outi)

    def post(self, **changes: Any) -> OutgoingPost:
        message = self.settled(self.answer(case=self.case, text="Hei! Lasku on korjattu.", **changes))
        return self.post_of(message)

    def test_a_taken_letter_has_the_relays_number(self) -> None:
        told = self.serve("250 2.0.0 Ok: queued as 4XyZ9")

        post = self.post()

        self.assertEqual((post.state, post.relay_id), ("accepted", "4XyZ9"))
        sender, recipients, _raw = told.letters[0]
        self.assertEqual((sender, recipients), (NORTH_ADDRESS, ["pekka.lehtonen@posti.example"]))

    def test_a_reply_joins_the_customers_thread_and_proves_itself(self) -> None:
        told = self.serve()
        self.post()

        letter = message_from_bytes(told.letters[0][2])
        answer = written(
            subject="Re: Lasku on väärin",
            text="Kiitos, entä eräpäivä?",
            headers=[("In-Reply-To", letter["Message-ID"]), ("References", letter["Message-ID"])],
        )
        item = self.read(answer)

        self.assertEqual(Message.objects.get(raw_item_id=item.pk).case, self.case)

    def test_the_reply_address_carries_the_token_where_the_provider_allows(self) -> None:
        told = self.serve()
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(subaddress_ok=True, address="posti@kaiku.example")
        Message.objects.filter(case=self.case).update(mailbox="posti@kaiku.example")

        self.post()

        reply_to = message_from_bytes(told.letters[0][2])["Reply-To"]
        self.assertRegex(reply_to, r"posti\+[a-z2-7]{48}@kaiku\.example")

    def test_a_temporary_no_comes_again_with_the_same_bytes(self) -> None:
        told = self.serve("451 4.7.1 try later", "421 too busy")

        post = self.post()
        self.assertEqual((post.state, post.last_error), ("delayed", "451 4.7.1 try later"))
        for minutes in (2, 4):
            self.pass_time(minutes=minutes)
            self.run_tasks()

        post.refresh_from_db()
        self.assertEqual(post.state, "accepted")
        self.assertEqual([raw for _from, _to, raw in told.letters], [files.read(post.letter_sha256)])

    def test_two_hours_without_a_server_and_then_once(self) -> None:
        self.sends_through(port := free_port())
        post = self.post()
        for _quarter in range(8):
            self.pass_time(minutes=15)
            self.run_tasks()
        post.refresh_from_db()
        self.assertEqual(post.state, "delayed")

        told = Script()
        server = SmtpServer(told)
        server.port = port
        with server:
            self.pass_time(hours=4)
            self.run_tasks()
            self.pass_time(hours=4)
            self.run_tasks()

        post.refresh_from_db()
        self.assertEqual((post.state, len(told.letters)), ("accepted", 1))

    def test_a_final_no_is_told_with_its_class(self) -> None:
        self.serve("550 5.1.1 no such user here")

        post = self.post()

        self.assertEqual((post.state, post.bounce_class), ("bounced", "user_unknown"))
        self.assertTold("post.bounced", post)

    def test_a_letter_taken_for_one_and_refused_for_another_says_for_whom(self) -> None:
        liisa = Participant.objects.create(case=self.case, contact_point=self.address_of("vaimo@posti.example"))
        self.serve(refuse={"vaimo@posti.example": "550 5.1.1 no such user here"})

        post = self.post()

        self.assertEqual((post.state, [one["address"] for one in post.refused]), ("accepted", ["vaimo@posti.example"]))
        self.assertEqual(post.refused[0]["bounce_class"], "user_unknown")
        liisa.contact_point.refresh_from_db()
        self.assertEqual(liisa.contact_point.state, "bouncing")
        told = self.assertTold("message.refused_for", Message.objects.get(post=post))
        self.assertNotIn("vaimo", str(told.facts))
        self.client.force_login(self.aino)
        said = "vaimo@posti.example did not get it: 550 5.1.1 no such user here"
        self.assertContains(self.client.get(f"/cases/{self.case.pk}/"), said)
        self.assertContains(self.client.get("/"), "Your letter did not reach everybody it was for: Pekka Lehtonen")

    def test_an_address_that_was_only_busy_is_named_and_not_marked(self) -> None:
        point = self.address_of("vaimo@posti.example")
        Participant.objects.create(case=self.case, contact_point=point)
        self.serve(refuse={"vaimo@posti.example": "451 4.7.1 greylisted"})

        post = self.post()

        point.refresh_from_db()
        self.assertEqual((post.refused[0]["lasting"], point.state), (False, "works"))

    def address_of(self, address: str) -> ContactPoint:
        return ContactPoint.objects.create(
            customer=self.katja, kind="email", value=address, normal=address, language="fi"
        )

    def test_a_line_that_breaks_after_the_last_byte_is_uncertain_and_repeated_once(self) -> None:
        told = self.serve("drop")

        post = self.post()
        self.assertEqual(post.state, "uncertain")
        self.pass_time(minutes=16)
        self.run_tasks()

        post.refresh_from_db()
        self.assertEqual(post.state, "accepted")
        ids = {message_from_bytes(raw)["Message-ID"] for _from, _to, raw in told.letters}
        self.assertEqual((len(told.letters), len(ids)), (2, 1))

    def test_a_wrong_password_pauses_the_mailbox_and_burns_no_try(self) -> None:
        self.serve(password="right")

        post = self.post()

        self.assertEqual((post.state, post.last_error), ("delayed", "login"))
        pause = outbox.paused(NORTH_ADDRESS)
        assert pause is not None
        self.assertEqual(pause.why, "login")

    def test_secrets_are_in_no_log_no_event_no_attempt(self) -> None:
        self.serve(password="right")
        with self.assertLogs(level="DEBUG") as logs:
            self.sends_through(self.port_of(), user="kaiku", smtp_password=SECRET)
            post = self.post()

        told = " ".join(logs.output) + str(list(post.attempts.values())) + post.last_error
        self.assertNotIn(SECRET, told)
        self.assertNotIn(SECRET, str(list(Mailbox.objects.values())))

    def test_without_tls_only_this_machine_is_spoken_to(self) -> None:
        with override_settings(REACH=["127.0.0.0/8"]):
            self.sends_through(465, smtp_security="tls", smtp_host=HERE)
            self.assertEqual(self.post().state, "delayed")

    def test_an_automatic_letter_has_no_sender_and_never_goes_to_our_own_mailbox(self) -> None:
        told = self.serve()
        self.read(written(sender="Uusi Asiakas <uusi@posti.example>"))
        self.run_tasks()
        receipt = told.letters[-1]

        self.assertIn(receipt[0], {"", "<>"})
        self.assertTrue(message_from_bytes(receipt[2])["Auto-Submitted"])
        self.assertIsInstance(outbound.send(OutgoingPost(automatic=True, to=[NORTH_ADDRESS])), Refused)

    def test_the_tray_takes_a_letter_and_nothing_leaves(self) -> None:
        post = self.post()

        self.assertEqual((post.state, post.relay_id), ("accepted", f"tray:{post.pk}"))
        self.assertIn(b"X-Valtti-Loop", files.read(post.letter_sha256))

    def port_of(self) -> int:
        return Mailbox.objects.get(pk=self.north_mailbox.pk).smtp_port


class RepliesTests(ChannelsTestCase):
    def test_what_a_server_says_has_one_meaning(self) -> None:
        """Reply codes by RFC 5321, 4.2."""
        for code, text, kind in [
            (250, "ok", Accepted),
            (251, "will forward", Accepted),
            (421, "closing", Delayed),
            (450, "greylisted", Delayed),
            (550, "5.1.1 unknown", Refused),
            (554, "spam", Refused),
        ]:
            with self.subTest(code=code):
                self.assertIsInstance(outbound.told(Reply(code, text)), kind)

    def test_relays_write_their_numbers_in_several_ways(self) -> None:
        for said, number in [
            ("2.0.0 Ok: queued as 4XyZ9", "4XyZ9"),
            ("OK id=1tGx9k-0001", "1tGx9k-0001"),
            ("2.6.0 <abc123@relay.example> Queued mail", "abc123@relay.example"),
            ("thanks", "thanks"),
        ]:
            with self.subTest(said=said):
                self.assertEqual(outbound.relay_id(said), number)


class ReportsTests(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.case: Case = Message.objects.get(raw_item_id=self.read(written()).pk).case
        self.message = self.settled(self.answer(case=self.case))
        self.post = self.post_of(self.message)

    def test_a_bounce_finds_its_letter_and_voids_the_answer(self) -> None:
        self.set_clock(clock.now() + timedelta(hours=2))

        item = self.read(bounce(self.post.message_id))
        self.run_tasks()

        self.post.refresh_from_db()
        self.assertEqual((self.post.state, self.post.bounce_class), ("bounced", "user_unknown"))
        self.assertEqual((item.filing.as_what, item.filing.subject_id), ("report", self.post.pk))
        self.assertTold("message.bounced", self.message)

    def test_a_bounce_of_a_letter_we_never_sent_changes_nothing(self) -> None:
        item = self.read(bounce("never@kaiku.example", recipient="stranger@posti.example"))

        self.assertEqual((item.filing.as_what, item.filing.subject_id), ("report", None))
        self.assertFalse(Message.objects.filter(raw_item_id=item.pk).exists())

    def test_who_marks_our_letter_as_unwanted_gets_no_optional_mail_any_more(self) -> None:
        pekka = ContactPoint.objects.get(value="pekka.lehtonen@posti.example")
        for purpose, point in (("survey", pekka), ("marketing", None)):
            note_consent(customer=pekka.customer, purpose=purpose, basis="form", contact_point=point)
        note_consent(customer=self.katja, purpose="survey", basis="form")

        for _twice in range(2):
            self.read(complaint(self.post.message_id))

        self.assertEqual([one.customer for one in Consent.objects.filter(withdrawn_at=None)], [self.katja])
        self.assertTold("post.complained", self.post)
        self.post.refresh_from_db()
        self.assertEqual((self.post.state, self.message.failed_at), ("accepted", None))
        self.client.force_login(self.aino)
        self.assertContains(self.client.get(f"/cases/{self.case.pk}/"), "the recipient marked it as unwanted")

    def test_a_complaint_about_somebody_elses_letter_changes_nothing(self) -> None:
        note_consent(customer=self.katja, purpose="survey", basis="form")

        self.read(complaint("never@kaiku.example", recipient="katja.orlova@posti.example"))

        self.assertTrue(Consent.objects.filter(withdrawn_at=None).exists())

    def test_an_uncertain_end_is_not_an_ending(self) -> None:
        self.assertIsInstance(Uncertain("x"), Uncertain)
        self.assertEqual(self.post.state, "accepted")


def complaint(message_id: str, recipient: str = "") -> bytes:
    """A feedback report of RFC 5965; most providers leave the recipient out."""
    named = f"Original-Rcpt-To: {recipient}\n" if recipient else ""
    return f"""From: feedback@posti.example
To: {NORTH_ADDRESS}
Subject: Complaint
Message-ID: <complaint-{secrets.token_hex(4)}@posti.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

A person marked this letter as spam.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Posti/1.0
Version: 1
{named}
--b
Content-Type: message/rfc822

From: {NORTH_ADDRESS}
To: redacted@redacted.invalid
Message-ID: <{message_id}>
Subject: Re: Lasku

text
--b--
""".replace("\n", "\r\n").encode()


def bounce(message_id: str, recipient: str = "pekka.lehtonen@posti.example") -> bytes:
    """A delivery report of RFC 3464."""
    return f"""From: MAILER-DAEMON@posti.example
To: {NORTH_ADDRESS}
Subject: Undelivered Mail Returned to Sender
Return-Path: <>
Message-ID: <report-1@posti.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The letter could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.posti.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user here

--b
Content-Type: message/rfc822

From: {NORTH_ADDRESS}
To: {recipient}
Message-ID: <{message_id}>
Subject: Re: Lasku

text
--b--
""".replace("\n", "\r\n").encode()
