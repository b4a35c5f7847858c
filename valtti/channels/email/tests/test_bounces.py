"""What became of our letters: standard reports, plain words, and letters that only speak of failures."""

from __future__ import annotations

from valtti.channels.email.bounces import classes
from valtti.channels.email.schema import Letter, Recipient
from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read

OURS = """From: posti@kirkaskoti.example
To: matti@firma.example
Subject: Tarjous
Message-ID: <t.n@kirkaskoti.example>

Hei"""
QMAIL = f"""Hi. This is the qmail-send program at firma.example.
I'm afraid I wasn't able to deliver your message.

<matti@firma.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{OURS}"""
EXIM = """A message that you sent could not be delivered to one or more of its recipients.
The following address(es) failed:

  matti@firma.example
    host mx.firma.example [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<matti@firma.example>:
    550 5.2.1 The email account is disabled
"""
FEEDBACK = """Feedback-Type: abuse
Version: 1
Original-Rcpt-To: matti@firma.example
Arrival-Date: Fri, 03 May 2024 10:23:00 +0300"""
DISPOSITION = """Reporting-UA: mail; Outlook
Final-Recipient: rfc822;matti@firma.example
Original-Message-ID: <t.n@kirkaskoti.example>
Disposition: manual-action/MDN-sent-manually; displayed"""
DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.firma.example>\nTo: posti@kirkaskoti.example\nReturn-Path: <>\n"


def report(status: str, told: str = "Not delivered.", kind: str = "delivery-status", original: str = OURS) -> str:
    head = f"{DAEMON}Subject: Undelivered Mail\nContent-Type: multipart/report; report-type={kind}; boundary=b\n\n"
    return (
        f"{head}--b\nContent-Type: text/plain; charset=utf-8\n\n{told}\n--b\nContent-Type: message/{kind}\n\n{status}\n"
        f"--b\nContent-Type: message/rfc822\n\n{original}\n--b--\n"
    )


def delivery(action: str, status: str, diagnostic: str) -> str:
    return (
        "Reporting-MTA: dns; mx.firma.example\nArrival-Date: Fri, 03 May 2024 10:23:00 +0300\n\n"
        "Final-Recipient: rfc822; matti@firma.example\nOriginal-Recipient: rfc822;Matti@firma.example\n"
        f"Action: {action}\n"
        f"Status: {status}\nDiagnostic-Code: smtp; {diagnostic}\n"
    )


def spoken(subject: str, text: str) -> str:
    return f"{DAEMON}Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"


class BounceTestCase(ReaderTestCase):
    def one(self, found: Letter) -> Recipient:
        self.assertSound(found)
        assert found["report"], found["kind"]
        return found["report"]["recipients"][0]


class StandardTests(BounceTestCase):
    def test_a_failure_is_read_field_by_field(self) -> None:
        found = read(report(delivery("failed", "5.1.1", "550 5.1.1 <matti@firma.example>: User unknown")))
        one = self.one(found)

        self.assertEqual((found["kind"], found["automatic"]), ("bounce", True))
        self.assertEqual((one["final"], one["original"]), ("matti@firma.example", "Matti@firma.example"))
        self.assertEqual((one["action"], one["status"], one["reply_code"]), ("failed", "5.1.1", "550"))
        self.assertEqual((one["class"], one["lasting"], one["evidence"]), ("user_unknown", "permanent", "standard"))
        assert found["report"]
        self.assertEqual(
            (found["report"]["reporting_mta"], found["report"]["arrived"]),
            ("mx.firma.example", "2024-05-03T10:23:00+03:00"),
        )
        self.assertEqual(found["report"]["original"]["message_id"], "t.n@kirkaskoti.example")
        self.assertEqual(found["report"]["original"]["to"], "matti@firma.example")

    def test_delays_and_deliveries_are_no_failures(self) -> None:
        delayed = read(report(delivery("delayed", "4.4.1", "connect to mx: Connection timed out")))
        self.assertEqual((delayed["kind"], self.one(delayed)["lasting"]), ("delay", "temporary"))

        delivered = read(report(delivery("delivered", "2.0.0", "250 ok")))
        self.assertEqual((delivered["kind"], self.one(delivered)["class"]), ("delivered", "delivered"))

    def test_words_go_before_a_status_that_contradicts_them(self) -> None:
        one = self.one(read(report(delivery("failed", "5.1.1", "552 5.1.1 Mailbox full"))))
        self.assertEqual((one["class"], one["status"], one["lasting"]), ("mailbox_full", "5.1.1", "temporary"))

    def test_a_general_status_is_made_precise_by_the_diagnostic(self) -> None:
        one = self.one(read(report(delivery("failed", "5.0.0", "550 5.7.26 Unauthenticated email is not accepted"))))
        self.assertEqual((one["class"], one["status"]), ("sender_auth", "5.7.26"))

    def test_only_a_status_is_enough(self) -> None:
        for status, named in (
            ("5.1.2", "domain_unknown"),
            ("5.3.4", "message_too_big"),
            ("4.4.7", "expired"),
            ("5.1.10", "no_mx"),
        ):
            one = self.one(read(report(delivery("failed", status, "refused"))))
            self.assertEqual(one["class"], named)

    def test_headers_alone_show_the_original(self) -> None:
        text = report(delivery("failed", "5.1.1", "x")).replace("message/rfc822", "text/rfc822-headers")
        found = read(text)
        assert found["report"]
        self.assertEqual(found["report"]["original"]["subject"], "Tarjous")

    def test_a_complaint_is_no_bounce(self) -> None:
        found = read(report(FEEDBACK, kind="feedback-report"))

        self.assertEqual((found["kind"], self.one(found)["class"]), ("complaint", "complaint"))

    def test_a_receipt_names_the_letter_that_was_read(self) -> None:
        found = read(report(DISPOSITION, kind="disposition-notification"))

        assert found["report"]
        self.assertEqual(
            (found["kind"], found["report"]["original"]["message_id"]), ("receipt", "t.n@kirkaskoti.example")
        )


class SpokenTests(BounceTestCase):
    def test_old_servers_in_their_own_words(self) -> None:
        found = read(spoken("failure notice", QMAIL))
        one = self.one(found)

        self.assertEqual((found["kind"], one["final"], one["class"]), ("bounce", "matti@firma.example", "user_unknown"))
        self.assertEqual((one["status"], one["lasting"], one["evidence"]), ("5.1.1", "permanent", "text"))
        assert found["report"]
        self.assertEqual(found["report"]["original"]["message_id"], "t.n@kirkaskoti.example")

    def test_exim(self) -> None:
        one = self.one(read(spoken("Mail delivery failed: returning message to sender", EXIM)))
        self.assertEqual((one["class"], one["reply_code"], one["status"]), ("user_disabled", "550", "5.2.1"))

    def test_five_languages(self) -> None:
        for subject, words, named in (
            (
                "Viestin toimittaminen epäonnistui",
                "Viestiä ei voitu toimittaa: matti@firma.example: vastaanottajaa ei löytynyt.",
                "user_unknown",
            ),
            (
                "Недоставленное сообщение",
                "Не удалось доставить письмо: matti@firma.example: почтовый ящик переполнен.",
                "mailbox_full",
            ),
            (
                "Olevererat meddelande",
                "Meddelandet kunde inte levereras: matti@firma.example: mottagaren hittades inte.",
                "user_unknown",
            ),
            (
                "Undeliverable: Tarjous",
                "Your message could not be delivered: matti@firma.example: message too large.",
                "message_too_big",
            ),
            (
                "Unzustellbar: Tarjous",
                "Konnte nicht zugestellt werden: matti@firma.example: Postfach ist voll.",
                "mailbox_full",
            ),
        ):
            with self.subTest(subject=subject):
                found = read(spoken(subject, words))
                self.assertEqual((found["kind"], self.one(found)["class"]), ("bounce", named))

    def test_a_warning_is_a_delay(self) -> None:
        text = "Your message has not yet been delivered to matti@firma.example. Delivery will be retried for 5 days."
        self.assertEqual(read(spoken("Warning: message delayed 4 hours", text))["kind"], "delay")

    def test_a_recipient_known_only_from_the_copy_is_guessed(self) -> None:
        text = f"Your message could not be delivered.\n\n--- Below this line is a copy of the message.\n\n{OURS}"
        one = self.one(read(spoken("failure notice", text)))
        self.assertEqual((one["final"], one["evidence"]), ("matti@firma.example", "guessed"))


class OnlySpeakingTests(BounceTestCase):
    def test_a_person_who_tells_of_a_bounce(self) -> None:
        body = (
            "Hei, viestini palautui: could not be delivered to matti@firma.example: 550 5.1.1 User unknown. Mitä teen?"
        )
        self.assertEqual(read(letter(body))["kind"], "person")

    def test_a_person_who_forwards_a_bounce(self) -> None:
        inner = report(delivery("failed", "5.1.1", "550 User unknown"))
        text = letter("", "Content-Type: multipart/mixed; boundary=x").rstrip("\n")
        found = read(f"{text}\n\n--x\n\nMitä tämä on?\n--x\nContent-Type: message/rfc822\n\n{inner}\n--x--\n")

        self.assertEqual((found["kind"], found["report"]), ("person", None))
        self.assertEqual(found["embedded"][0]["kind"], "bounce")

    def test_an_absence_with_an_empty_return_path_is_no_bounce(self) -> None:
        found = read(
            letter("I am out of the office until Monday.", "Return-Path: <>", "Auto-Submitted: auto-replied (vacation)")
        )
        self.assertEqual((found["kind"], found["report"]), ("vacation", None))


class PhraseTests(ReaderTestCase):
    def test_every_row_recognises_its_own_example(self) -> None:
        for row in classes.phrases():
            with self.subTest(example=row.example):
                self.assertTrue(row.pattern.search(classes.flat(row.example)))
                self.assertEqual(classes.by_text(row.example), row.bounce_class)
                self.assertIn(row.bounce_class, classes.LASTING)

    def test_every_class_of_a_status_is_known(self) -> None:
        self.assertLessEqual(set(classes.STATUSES.values()), set(classes.LASTING))

    def test_five_languages_have_rows(self) -> None:
        self.assertEqual({row.language for row in classes.phrases()}, {"fi", "ru", "sv", "en", "de"})

    def test_the_first_digit_corrects_and_two_stay_temporary(self) -> None:
        self.assertEqual(classes.lasting("user_unknown", "4.1.1", None), "temporary")
        self.assertEqual(classes.lasting("rate_limited", None, "550"), "permanent")
        self.assertEqual(classes.lasting("mailbox_full", "5.2.2", "552"), "temporary")
        self.assertEqual(classes.lasting("expired", "5.4.7", None), "temporary")
        self.assertEqual(classes.lasting("user_unknown", None, None), "permanent")

    def test_numbers_that_are_no_codes(self) -> None:
        self.assertIsNone(classes.reply_in("host 192.0.2.550 said so on 3.5.2024"))
        self.assertIsNone(classes.status_in("version 15.1.12 and 5.1"))
        self.assertEqual(classes.status_in("250 2.0.0 ok, then 550 5.1.1 no"), "5.1.1")
