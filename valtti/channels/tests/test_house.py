"""Where letters leave from: the mailbox, the team's mailbox, or the house."""

from __future__ import annotations

from unittest import TestCase

from django.test import SimpleTestCase, override_settings

from valtti.channels.email import findings, outbound
from valtti.channels.email.house import HOUSE, house, our_hosts, password_of, source_of
from valtti.channels.email.lines import MailFault
from valtti.channels.models import Mailbox
from valtti.channels.register import CHANNELS
from valtti.channels.testing import NORTH_ADDRESS, ChannelsTestCase, stage_mailbox
from valtti.core import keys
from valtti.core.outbox import Delayed
from valtti.people.models import House


@override_settings(PUBLIC_URL="https://valtti.kaiku.example")
class HouseTests(SimpleTestCase):
    def test_the_houses_way_out_is_one_setting(self) -> None:
        for setting, expected in [
            ("smtp://mx.kaiku.example", ("mx.kaiku.example", 587, "starttls", "", "")),
            ("smtps://mx.kaiku.example", ("mx.kaiku.example", 465, "tls", "", "")),
            ("smtp://kaiku:" + "p%40ss@mx.kaiku.example:2525", ("mx.kaiku.example", 2525, "starttls", "kaiku", "p@ss")),
            ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "none", "", "")),
            ("smtp://localhost", ("localhost", 25, "none", "", "")),
        ]:
            with self.subTest(setting=setting), override_settings(LETTERS=setting):
                server = house().server
                assert server is not None
                found = (server.host, server.port, server.security, server.user, server.password)
                self.assertEqual(found, expected)

    def test_the_sender_is_named_or_made_from_the_public_address(self) -> None:
        for setting, sender in [
            ("tray", "valtti@valtti.kaiku.example"),
            ("smtp://mx.kaiku.example", "valtti@valtti.kaiku.example"),
            ("smtp://posti%40kaiku.example:" + "x@mx.kaiku.example", "posti@kaiku.example"),
            ("smtp://mx.kaiku.example?from=talo@kaiku.example", "talo@kaiku.example"),
        ]:
            with self.subTest(setting=setting), override_settings(LETTERS=setting):
                self.assertEqual(house().address, sender)

    @override_settings(LETTERS="tray")
    def test_the_tray_has_no_server(self) -> None:
        self.assertIsNone(house().server)


class SourceTests(ChannelsTestCase):
    def test_a_mailbox_sends_for_itself(self) -> None:
        source = source_of(NORTH_ADDRESS)

        self.assertEqual((source.address, source.name, source.host), (NORTH_ADDRESS, "Kaiku Kuitu Oy", "kaiku.example"))

    def test_a_letter_without_a_mailbox_leaves_from_its_teams_one(self) -> None:
        self.assertEqual(source_of(HOUSE, self.north.pk).address, NORTH_ADDRESS)
        self.assertEqual(source_of(HOUSE, self.south.pk).name, "Valtti")
        self.assertEqual(source_of(HOUSE).name, "Valtti")

    def test_a_letter_of_the_house_bears_the_name_of_the_house(self) -> None:
        House.objects.update_or_create(only=True, defaults={"name": "Kaiku Kuitu"})
        self.assertEqual(source_of(HOUSE).name, "Kaiku Kuitu")

    def test_a_mailbox_without_a_way_out_says_so_and_is_paused(self) -> None:
        stage_mailbox("mykkä@kaiku.example", self.north, smtp_host="")

        with self.assertRaises(MailFault) as caught:
            source_of("mykkä@kaiku.example")

        self.assertEqual(caught.exception.code, "not_sent")
        self.assertIn("not_sent", outbound.PAUSING)

    def test_a_password_under_a_lost_key_reads_as_a_fault_with_words(self) -> None:
        stored = keys.encrypt("secret")
        self.assertEqual(password_of(stored), "secret")
        self.assertEqual(password_of(""), "")
        with self.assertRaises(MailFault) as caught:
            password_of("00000000." + stored.partition(".")[2])

        self.assertEqual(caught.exception.code, "password_unreadable")

    def test_a_lost_key_pauses_the_mailbox_instead_of_losing_the_letter(self) -> None:
        fields = {"smtp_host": "mx.kaiku.example", "smtp_password": "00000000.x"}
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(**fields)
        message = self.settled(self.answer(case=self.kettle))

        result = outbound.send(self.post_of(message))

        self.assertEqual(result, Delayed("password_unreadable", pause_source=True))

    def test_our_hosts_are_those_of_our_mailboxes_and_the_house(self) -> None:
        self.assertEqual(set(our_hosts()), {"kaiku.example", house().host})


class FindingsTests(TestCase):
    def test_every_fault_has_a_word_and_a_sentence(self) -> None:
        for code, words in findings.WORDS.items():
            with self.subTest(code=code):
                self.assertTrue(str(words.word))
                self.assertTrue(findings.sentence(code, {}))

    def test_faults_that_pause_a_mailbox_can_all_be_said(self) -> None:
        self.assertLessEqual(outbound.PAUSING, set(findings.WORDS))

    def test_facts_stand_in_the_sentence_and_missing_ones_leave_a_dash(self) -> None:
        said = findings.sentence("refused", {"host": "mx.kaiku.example"})

        self.assertIn("mx.kaiku.example", said)
        self.assertIn("–", said)

    def test_an_unknown_code_is_a_broken_line(self) -> None:
        self.assertEqual(findings.sentence("odd", {}), findings.sentence("closed", {}))


class RegisterTests(TestCase):
    def test_each_channel_has_a_carrier_and_a_package(self) -> None:
        from importlib import import_module

        from valtti.core.outbox.results import carrier_of

        for name, channel in CHANNELS.items():
            with self.subTest(channel=name):
                import_module(channel.package)
                self.assertIsNotNone(carrier_of(name))
                self.assertGreater(channel.capabilities.max_length, 0)
