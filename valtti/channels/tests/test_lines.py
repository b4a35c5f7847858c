"""Lines to mail servers: secret, checked, and every fault told as what it is, before any password leaves."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from pathlib import Path
from unittest import TestCase

from django.test import SimpleTestCase, override_settings

from valtti.channels.email import imap, lines, smtp
from valtti.channels.email.lines import MailFault
from valtti.channels.tests import certificates
from valtti.channels.tests.servers import HERE, Script, SmtpServer, free_port

LETTER = b"Subject: x\r\n\r\nHei\r\n"


@override_settings(REACH=["127.0.0.0/8"])
class TlsTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def trust(self, path: Path) -> None:
        before = os.environ.get("SSL_CERT_FILE")
        os.environ["SSL_CERT_FILE"] = str(path)
        self.addCleanup(lambda: os.environ.pop("SSL_CERT_FILE") if before is None else None)

    def serve(self, *, address: str = HERE, starttls: bool = False) -> tuple[Script, smtp.Server, Path]:
        path = certificates.make(self.folder, address=address)
        script, context = Script(), certificates.serving(path)
        options = {"tls_context": context} if starttls else {"ssl_context": context}
        server = self.enterContext(SmtpServer(script, **options))
        return script, smtp.Server(HERE, server.port, "starttls" if starttls else "tls", timeout=5), path

    def code_of(self, server: smtp.Server) -> str:
        with self.assertRaises(MailFault) as caught:
            smtp.deliver(server, "a@kaiku.example", ["b@posti.example"], LETTER)
        return caught.exception.code

    def test_a_trusted_server_takes_the_letter(self) -> None:
        for starttls in (False, True):
            with self.subTest(starttls=starttls):
                script, server, path = self.serve(starttls=starttls)
                self.trust(path)

                reply = smtp.deliver(server, "a@kaiku.example", ["b@posti.example"], LETTER)

                self.assertEqual((reply.code, len(script.letters)), (250, 1))

    def test_a_certificate_nobody_vouches_for_is_refused(self) -> None:
        for starttls in (False, True):
            with self.subTest(starttls=starttls):
                script, server, _path = self.serve(starttls=starttls)

                self.assertEqual((self.code_of(server), script.letters), ("certificate", []))

    def test_a_certificate_of_another_name_is_refused(self) -> None:
        script, server, path = self.serve(address="127.0.0.9")
        self.trust(path)

        self.assertEqual((self.code_of(server), script.letters), ("certificate", []))

    def test_a_server_without_tls_is_not_spoken_to_in_the_clear(self) -> None:
        with SmtpServer(Script()) as plain:
            self.assertEqual(self.code_of(smtp.Server(HERE, plain.port, "tls", timeout=5)), "tls_refused")
            self.assertEqual(self.code_of(smtp.Server(HERE, plain.port, "starttls", timeout=5)), "starttls_missing")


@override_settings(REACH=["127.0.0.0/8"])
class FaultTests(SimpleTestCase):
    def fault(self, host: str, port: int, security: str = "none", timeout: float = 1) -> str:
        with self.assertRaises(MailFault) as caught, imap.opened(host, port, security, timeout):
            pass
        return caught.exception.code

    def test_each_fault_has_its_name(self) -> None:
        self.assertEqual(self.fault("nope.invalid", 993, "tls"), "name_unknown")
        self.assertEqual(self.fault(HERE, free_port()), "refused")
        with override_settings(REACH=[]):
            self.assertEqual(self.fault(HERE, 993, "tls"), "not_allowed")
            self.assertEqual(self.fault("169.254.169.254", 993, "tls"), "not_allowed")

    def test_a_line_in_the_clear_ends_on_this_machine_only(self) -> None:
        with self.assertRaises(MailFault) as caught:
            lines.connect("10.1.2.3", 143, security="none", timeout=1)

        self.assertEqual(caught.exception.code, "plain_refused")

    def test_a_server_that_says_nothing_is_left_in_time(self) -> None:
        with socket.create_server((HERE, 0)) as silent:
            self.assertEqual(self.fault(HERE, silent.getsockname()[1], timeout=0.5), "timeout")

    def test_a_server_that_hangs_up_is_told_apart(self) -> None:
        with socket.create_server((HERE, 0)) as rude:
            threading.Thread(target=lambda: rude.accept()[0].close(), daemon=True).start()

            self.assertEqual(self.fault(HERE, rude.getsockname()[1]), "closed")

    def test_a_server_that_hangs_after_the_last_byte_leaves_us_uncertain(self) -> None:
        with SmtpServer(Script(["hang"])) as server, self.assertRaises(smtp.LineBroke) as caught:
            place = smtp.Server(HERE, server.port, "none", timeout=0.5)
            smtp.deliver(place, "a@kaiku.example", ["b@posti.example"], LETTER)

        self.assertTrue(caught.exception.after_last_byte)

    def test_some_recipients_refused_and_the_others_served(self) -> None:
        script = Script(refuse={"gone@posti.example": "550 5.1.1 no such user"})
        with SmtpServer(script) as server:
            place = smtp.Server(HERE, server.port, "none", timeout=5)
            some = smtp.deliver(place, "a@kaiku.example", ["b@posti.example", "gone@posti.example"], LETTER)
            none = smtp.deliver(place, "a@kaiku.example", ["gone@posti.example"], LETTER)

        self.assertEqual((some.code, some.refused[0][0]), (250, "gone@posti.example"))
        self.assertEqual((none.code, len(script.letters)), (550, 1))


class ImapWordsTests(TestCase):
    def test_answers_of_servers_are_read_in_any_order(self) -> None:
        """Attributes of RFC 9051, 7.5.2, in the orders of several servers."""
        for line in [
            b'1 (UID 42 RFC822.SIZE 1234 INTERNALDATE "20-Nov-2026 09:12:00 +0200" FLAGS (\\Seen Work))',
            b'1 (FLAGS (\\Seen Work) INTERNALDATE "20-Nov-2026 09:12:00 +0200" RFC822.SIZE 1234 UID 42)',
        ]:
            with self.subTest(line=line):
                lying = imap._lying(line)
                self.assertEqual((lying.uid, lying.size, lying.flags), (42, 1234, ("\\Seen", "Work")))
                self.assertEqual(str(lying.at), "2026-11-20 07:12:00+00:00")

    def test_a_moment_that_is_none_is_none(self) -> None:
        self.assertIsNone(imap._lying(b'1 (UID 42 INTERNALDATE "soon" FLAGS ())').at)

    def test_a_literal_is_taken_for_its_own_letter_only(self) -> None:
        before, after = (b"1 (UID 7 BODY[] {3}", b"abc"), (b"1 (BODY[] {3}", b"abc")

        self.assertTrue(imap._is_of(before, [before, b")"], 7))
        self.assertTrue(imap._is_of(after, [after, b" UID 7)"], 7))
        self.assertFalse(imap._is_of(before, [before, b")"], 8))
        self.assertFalse(imap._is_of(after, [after], 7))
