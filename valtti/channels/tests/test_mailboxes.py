"""Deeds on mailboxes, and what the health page hears of them."""

from __future__ import annotations

from datetime import timedelta

from valtti.channels.actions import mailboxes as actions
from valtti.channels.impossible import NothingLeftThere
from valtti.channels.models import Folder, Mailbox, RawItem
from valtti.channels.queries import health
from valtti.channels.queries import mailboxes as queries
from valtti.channels.testing import ChannelsTestCase, written
from valtti.core import clock, keys, outbox
from valtti.core.models import AuditEntry, Task


class MailboxTests(ChannelsTestCase):
    def test_a_mailbox_is_made_once_whatever_the_capitals(self) -> None:
        first = actions.ensure_mailbox(address="arkisto@kaiku.example", team=self.north)

        again = actions.ensure_mailbox(address="ARKISTO@kaiku.example", team=self.business)

        self.assertEqual((again, again.team), (first, self.north))

    def test_a_folder_not_named_any_more_is_not_read_any_more_and_its_letters_stay(self) -> None:
        item = self.read(written())
        for folders in (["INBOX", "Arkisto"], ["Arkisto"]):
            actions.change_mailbox(mailbox=self.north_mailbox, fields={}, folders=folders, by=self.outi)

        self.assertEqual(list(self.north_mailbox.folders.values_list("name", flat=True)), ["Arkisto"])
        self.assertTrue(RawItem.objects.filter(pk=item.pk).exists())

    def test_a_folder_that_stays_keeps_its_cursor(self) -> None:
        Folder.objects.create(mailbox=self.north_mailbox, name="INBOX", uidvalidity=7, last_uid=42)

        actions.change_mailbox(
            mailbox=self.north_mailbox, fields={}, folders=["INBOX", "Uusi"], with_past=True, by=self.outi
        )

        kept, new = (self.north_mailbox.folders.get(name=name) for name in ("INBOX", "Uusi"))
        self.assertEqual((kept.last_uid, kept.with_past), (42, False))
        self.assertEqual((new.last_uid, new.with_past), (0, True))

    def test_the_audit_says_what_changed_and_no_secret(self) -> None:
        fields = {"imap_host": "imap.kaiku.example", "imap_password": "canary-55"}
        actions.change_mailbox(mailbox=self.north_mailbox, fields=fields, folders=[], by=self.outi)

        entry = AuditEntry.objects.get(what="mailbox.changed")

        assert entry.before and entry.after
        self.assertEqual((entry.before["imap_host"], entry.after["imap_host"]), ("", "imap.kaiku.example"))
        self.assertNotIn("password", str(entry.after))
        stored = Mailbox.objects.get(pk=self.north_mailbox.pk)
        self.assertEqual(keys.decrypt(stored.imap_password), "canary-55")
        self.assertEqual(stored.imap_password_at, clock.now())

    def test_a_way_out_that_works_again_frees_what_waited(self) -> None:
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(smtp_host="mx.kaiku.example", smtp_password="00.x")
        self.settled(self.answer(case=self.kettle))
        source = self.north_mailbox.address
        self.assertIsNotNone(outbox.paused(source))
        check = actions.ask_check(mailbox=self.north_mailbox, asked_by=self.veikko)

        actions.keep_findings(check=check, findings=[{"code": "letters_leave", "state": "good", "facts": {}, "ms": 1}])

        self.assertIsNone(outbox.paused(source))

    def test_a_check_is_one_task(self) -> None:
        actions.ask_check(mailbox=self.north_mailbox, asked_by=self.veikko)

        self.assertEqual(Task.objects.filter(name__endswith="check_mailbox", queue="mail").count(), 1)

    def test_there_is_nothing_to_fetch_of_a_whole_letter(self) -> None:
        with self.assertRaises(NothingLeftThere):
            actions.ask_whole(item=self.read(written()))

    def test_who_sees_which(self) -> None:
        seen = {
            user: Mailbox.objects.visible_to(user).count() for user in (self.outi, self.veikko, self.otto, self.aino)
        }

        self.assertEqual(list(seen.values()), [2, 1, 0, 0])
        self.assertEqual(Mailbox.objects.managed_by(self.veikko).count(), 0)


class PageTests(ChannelsTestCase):
    def test_two_weeks_have_fourteen_days_with_or_without_letters(self) -> None:
        self.read(written())

        shown = queries.mailbox_page(self.north_mailbox)

        self.assertEqual(len(shown.days), 14)
        self.assertEqual([day.received for day in shown.days], [0] * 13 + [1])
        self.assertEqual(len(shown.narrow.bars), 7)

    def test_a_letter_left_behind_is_offered(self) -> None:
        item = self.read(written(), envelope={"left_on_server": True, "uid": 3, "size": 31_000_000, "folder": "INBOX"})
        self.client.force_login(self.veikko)
        url = f"/mailboxes/{self.north_mailbox.pk}/"

        self.assertContains(self.client.get(url), "still lies on the server")
        self.client.post(f"{url}whole/{item.pk}/")

        self.assertTrue(Task.objects.filter(name__endswith="fetch_whole").exists())
        self.client.force_login(self.otto)
        self.assertEqual(self.client.post(f"{url}whole/{item.pk}/").status_code, 404)

    def test_a_paused_way_out_is_said_with_the_reason(self) -> None:
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(smtp_host="mx.kaiku.example", smtp_password="00.x")
        self.settled(self.answer(case=self.kettle))
        self.client.force_login(self.veikko)

        response = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/")

        self.assertContains(response, "Letters of this mailbox wait until")
        self.assertContains(response, "encrypted under a key that is no longer here")


class HealthTests(ChannelsTestCase):
    def test_an_even_house_says_its_numbers(self) -> None:
        self.read(written())

        said = list(health.lines())

        self.assertEqual([(line.words, line.is_well) for line in said], [(said[0].words, True)])
        self.assertIn("received: 1, filed: 1", said[0].words)

    def test_waiting_missing_and_unreadable_ask_for_a_person(self) -> None:
        self.arrives(written(), received_at=clock.now() - timedelta(minutes=20))
        since = clock.now() - timedelta(minutes=20)
        Folder.objects.create(mailbox=self.north_mailbox, missing_here=2, last_error="login", error_since=since)

        unwell = [line.words for line in health.lines() if not line.is_well]

        self.assertEqual(len(unwell), 3)
        self.assertIn("1 letter has not been read yet.", unwell)
        self.assertIn("2 letters on the server are missing here.", unwell)
