"""Fetching from a real IMAP server: the cursor is UIDVALIDITY and UID, and nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.test import override_settings

from valtti.channels.email import fetch, reconcile, residents
from valtti.channels.email.imap import Connection
from valtti.channels.email.lines import MailFault
from valtti.channels.models import Folder, Mailbox, RawItem
from valtti.channels.testing import ChannelsTestCase, stage_mailbox, written
from valtti.channels.tests.servers import HERE, PASSWORD, USER, ImapServer
from valtti.core import clock, files
from valtti.desk.models import Message


class Died(Exception):
    """The process ended here."""


@override_settings(REACH=["127.0.0.0/8"])
class FetchTestCase(ChannelsTestCase):
    """A mailbox of North that is fetched from a server of its own."""

    def setUp(self) -> None:
        super().setUp()
        self.server: ImapServer = self.enterContext(ImapServer())
        self.mailbox = self.stage()
        self.folder = self.mailbox.folders.get()

    def stage(self, **fields: Any) -> Mailbox:
        server = {
            "imap_host": HERE,
            "imap_port": self.server.port,
            "imap_security": "none",
            "imap_user": USER,
            "imap_password": PASSWORD,
        }
        return stage_mailbox("posti@kaiku.example", self.north, **(server | fields))

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        with fetch.connected(Mailbox.objects.get(pk=self.mailbox.pk)) as connection:
            yield connection

    def fetch(self, **more: Any) -> int:
        with self.connected() as connection:
            return fetch.fetch_new(connection, self.fresh(), **more)

    def fresh(self) -> Folder:
        return Folder.objects.select_related("mailbox__team").get(pk=self.folder.pk)

    def mine(self) -> list[RawItem]:
        return list(RawItem.objects.filter(mailbox=self.mailbox).order_by("pk"))


class FetchTests(FetchTestCase):
    def test_a_new_mailbox_begins_from_now_on(self) -> None:
        self.assertEqual(self.fetch(), 0)
        self.server.put(written(subject="Uusi"))

        self.assertEqual(self.fetch(), 1)
        self.run_tasks()

        item = self.mine()[0]
        self.assertEqual(item.external_id, f"{self.fresh().uidvalidity}:{item.envelope['uid']}")
        self.assertEqual(Message.objects.get(raw_item_id=item.pk).subject, "Uusi")
        self.assertFalse(item.silent)

    def test_the_past_comes_silently_when_it_is_asked_for(self) -> None:
        Folder.objects.filter(pk=self.folder.pk).update(with_past=True)

        stored = self.fetch()
        self.server.put(written(subject="Uusi"))
        self.fetch()

        self.assertGreater(stored, 0)
        self.assertEqual([item.silent for item in self.mine()], [True] * stored + [False])

    def test_bytes_are_kept_as_they_lay_and_no_flag_is_touched(self) -> None:
        self.fetch()
        raw = written(subject="Tavut") + b"\x80\xff\r\n"
        self.server.put(raw)

        self.fetch()

        self.assertEqual(files.read(self.mine()[0].sha256), raw)
        with self.connected() as connection:
            connection.open("INBOX")
            self.assertNotIn("\\Seen", connection.listed(connection.found("ALL")[-1:])[0].flags)

    def test_two_fetchers_and_five_turns_make_one_message_a_letter(self) -> None:
        self.fetch()
        for number in range(3):
            self.server.put(written(subject=f"Asia {number}", message_id=f"{number}@posti.example"))

        with self.connected() as one, self.connected() as other:
            for _turn in range(5):
                fetch.fetch_new(one, self.folder)
                stale = self.fresh()
                stale.last_uid = 0
                fetch.fetch_new(other, stale)
        self.run_tasks()

        new = RawItem.objects.filter(mailbox=self.mailbox, message_id__endswith="@posti.example")
        self.assertEqual(new.count(), 3)
        self.assertEqual(Message.objects.filter(message_id__in=[f"{n}@posti.example" for n in range(3)]).count(), 3)

    def test_dying_between_storing_and_moving_the_cursor_loses_and_doubles_nothing(self) -> None:
        self.fetch()
        for number in range(4):
            self.server.put(written(subject=f"Asia {number}", message_id=f"{number}@posti.example"))

        def die() -> None:
            raise Died

        with self.assertRaises(Died):
            self.fetch(fence=die)
        self.assertEqual(len(self.mine()), 4)
        self.fetch()
        self.run_tasks()

        self.assertEqual(len(self.mine()), 4)
        self.assertEqual(Message.objects.filter(raw_item_id__in=[item.pk for item in self.mine()]).count(), 4)

    def test_new_numbers_on_the_server_link_what_is_held(self) -> None:
        self.fetch()
        self.server.put(written(subject="Ennen", message_id="before@posti.example"))
        self.fetch()
        self.run_tasks()

        Folder.objects.filter(pk=self.folder.pk).update(uidvalidity=1)
        RawItem.objects.filter(mailbox=self.mailbox).update(external_id="1:1")
        self.server.put(written(subject="Jälkeen", message_id="after@posti.example"))
        self.fetch()
        self.run_tasks()

        self.assertEqual(Message.objects.filter(message_id="before@posti.example").count(), 1)
        self.assertEqual(Message.objects.filter(message_id="after@posti.example").count(), 1)
        again = RawItem.objects.filter(message_id="before@posti.example").latest("pk")
        self.assertEqual(again.filing.as_what, "link")

    def test_a_letter_over_the_cap_stays_and_its_case_says_so(self) -> None:
        self.fetch()
        with override_caps(2_000):
            self.server.put(written(subject="Iso liite", text="x" * 40 + "\n" + "y " * 3_000))
            self.fetch()
        self.run_tasks()

        item = self.mine()[0]
        self.assertTrue(item.envelope["left_on_server"])
        message = Message.objects.get(raw_item_id=item.pk)
        self.assertEqual((message.notice, message.case.title), ("left_on_server", "Iso liite"))

        reconcile.fetch_whole(item)

        item.refresh_from_db()
        message.refresh_from_db()
        self.assertFalse(item.envelope["left_on_server"])
        self.assertIn("y y y", message.text)
        self.assertEqual(message.notice, "")
        self.assertEqual(Message.objects.filter(raw_item_id=item.pk).count(), 1)

    def test_letters_are_moved_only_when_they_are_safe_here(self) -> None:
        Mailbox.objects.filter(pk=self.mailbox.pk).update(after_commit="move", after_commit_folder="Sent")
        self.fetch()
        self.server.put(written(subject="Talteen"))

        self.fetch()

        with self.connected() as connection:
            connection.open("INBOX")
            self.assertNotIn(self.mine()[0].envelope["uid"], connection.found("ALL"))

    def test_a_login_that_fails_is_told_and_alarms_after_a_quarter_of_an_hour(self) -> None:
        Mailbox.objects.filter(pk=self.mailbox.pk).update(imap_user="somebody-else")
        with self.assertRaises(MailFault) as caught:
            self.fetch()
        self.assertEqual(caught.exception.code, "login")

        fetch.note_failure(self.fresh(), "login")
        self.assertNotTold("mailbox.failing")
        self.pass_time(minutes=16)
        fetch.note_failure(self.fresh(), "login")
        fetch.note_failure(self.fresh(), "login")

        self.assertTold("mailbox.failing", self.mailbox, why="login")
        self.assertTrue(self.fresh().in_alarm)
        Mailbox.objects.filter(pk=self.mailbox.pk).update(imap_user=USER)
        self.fetch()
        self.assertTold("mailbox.recovered", self.mailbox)
        self.assertEqual(self.fresh().last_error, "")


class ComparingTests(FetchTestCase):
    def test_the_ledger_and_the_server_are_compared_and_the_missing_fetched(self) -> None:
        self.fetch()
        for number in range(3):
            self.server.put(written(subject=f"Asia {number}"))
        self.fetch()
        RawItem.objects.filter(pk=self.mine()[1].pk).delete()

        reconcile.compare(self.fresh())

        folder = self.fresh()
        self.assertEqual((folder.on_server, folder.missing_here, folder.gone_there), (3, 0, 0))
        self.assertEqual(len(self.mine()), 3)

    def test_letters_gone_from_the_server_are_counted(self) -> None:
        self.fetch()
        self.server.put(written())
        self.fetch()
        with self.connected() as connection:
            connection.open("INBOX", readonly=False)
            connection.remove([self.mine()[0].envelope["uid"]])

        reconcile.compare(self.fresh())

        self.assertEqual((self.fresh().on_server, self.fresh().gone_there), (0, 1))

    def test_what_is_old_enough_is_deleted_there_and_stays_here(self) -> None:
        Mailbox.objects.filter(pk=self.mailbox.pk).update(after_commit="delete", after_commit_days=30)
        self.fetch()
        self.server.put(written(subject="Vanha"))
        self.server.put(written(subject="Uusi"))
        self.fetch()
        RawItem.objects.filter(pk=self.mine()[0].pk).update(received_at=clock.now() - timedelta(days=31))

        reconcile.compare(self.fresh())

        with self.connected() as connection:
            connection.open("INBOX")
            there = connection.found("ALL")
        self.assertNotIn(self.mine()[0].envelope["uid"], there)
        self.assertIn(self.mine()[1].envelope["uid"], there)
        self.assertTrue(fetch.is_safe_here(self.mine()[0]))


class ReachTests(ChannelsTestCase):
    @override_settings(REACH=[])
    def test_this_machine_is_out_of_reach_unless_the_operator_opens_it(self) -> None:
        mailbox = stage_mailbox("posti@kaiku.example", self.north, imap_host=HERE, imap_port=1, imap_security="none")

        with self.assertRaises(MailFault) as caught, fetch.connected(mailbox):
            self.fail("it connected")

        self.assertEqual(caught.exception.code, "not_allowed")


@contextmanager
def override_caps(letter_bytes: int) -> Iterator[None]:
    """A smaller cap, so that the test needs no letter of 25 MB."""
    from valtti.core import caps

    before, caps.LETTER_BYTES = caps.LETTER_BYTES, letter_bytes
    try:
        yield
    finally:
        caps.LETTER_BYTES = before


class StayingTests(FetchTestCase):
    def test_every_fetched_folder_is_wanted_and_no_other(self) -> None:
        self.assertEqual(list(residents.wanted()), [str(self.folder.pk)])
        Mailbox.objects.filter(pk=self.mailbox.pk).update(active=False)

        self.assertEqual(list(residents.wanted()), [])
