"""An answer came back: its team corrects the address and sends it again, once."""

from __future__ import annotations

from email import message_from_bytes

from django.test import override_settings

from valtti.channels.actions.mailboxes import change_mailbox
from valtti.channels.testing import ChannelsTestCase, written
from valtti.channels.tests.servers import HERE, Script, SmtpServer
from valtti.core.models import AuditEntry, Task
from valtti.customers.models import ContactPoint
from valtti.desk.models import Case, Message

OLD, NEW = "pekka.lehtonen@posti.example", "pekka@uusi.example"


@override_settings(REACH=["127.0.0.0/8"])
class ReaddressingTests(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.told = Script(refuse={OLD: "550 5.1.1 no such user here"})
        port = self.enterContext(SmtpServer(self.told)).port
        fields = {"smtp_host": HERE, "smtp_port": port, "smtp_security": "none"}
        change_mailbox(mailbox=self.north_mailbox, fields=fields, folders=[], by=self.outi)
        self.case = Message.objects.get(raw_item_id=self.read(written()).pk).case
        self.run_tasks()
        self.message = self.settled(self.answer(case=self.case, text="Hei! Lasku on korjattu."))
        self.post = self.post_of(self.message)
        self.url = f"/outbox/{self.post.pk}/address/"
        self.client.force_login(self.aino)

    def test_the_letter_goes_to_the_corrected_address_and_to_no_other(self) -> None:
        self.assertContains(self.client.get(f"/cases/{self.case.pk}/"), self.url)
        self.assertContains(self.client.get(self.url), "550 5.1.1 no such user here")

        self.pass_time(minutes=5)
        response = self.client.post(self.url, {"address": NEW})
        self.run_tasks()

        self.assertEqual((response.status_code, response["Location"]), (303, f"/cases/{self.case.pk}/"))
        ((_sender, recipients, raw),) = self.told.letters
        self.assertEqual((recipients, message_from_bytes(raw)["To"]), ([NEW], NEW))
        self.post.refresh_from_db()
        self.message.refresh_from_db()
        self.assertEqual((self.post.state, self.message.failed_at), ("accepted", None))
        self.assertNotContains(self.client.get(f"/cases/{self.case.pk}/"), self.url)

    def test_it_is_audited_without_the_addresses(self) -> None:
        old = ContactPoint.objects.get(value=OLD)

        self.client.post(self.url, {"address": NEW})

        entry = AuditEntry.objects.get(what="post.readdressed", subject_id=self.post.pk)
        new = ContactPoint.objects.get(value=NEW)
        self.assertEqual(new.customer, old.customer)
        self.assertEqual(
            (entry.who, entry.before, entry.after),
            (self.aino.pk, *({"contact_point": one} for one in (old.pk, new.pk))),
        )

    def test_an_answer_from_the_new_address_joins_the_case_as_the_customer(self) -> None:
        self.client.post(self.url, {"address": NEW})
        self.run_tasks()
        ours = message_from_bytes(self.told.letters[0][2])["Message-ID"]

        item = self.read(
            written(sender=f"Pekka <{NEW}>", subject="Re: Lasku", headers=[("In-Reply-To", ours), ("References", ours)])
        )

        came = Message.objects.get(raw_item_id=item.pk)
        self.assertEqual((came.case, came.pending), (self.case, False))

    def test_another_customers_address_and_our_own_are_not_written_to(self) -> None:
        response = self.client.post(self.url, {"address": "katja.orlova@posti.example"})
        self.assertContains(response, "belongs to another customer", status_code=409)
        response = self.client.post(self.url, {"address": "YRITYS@kaiku.example"})
        self.assertContains(response, "This is our own address.", status_code=422)
        for odd in ("", "pekka", "pekka@uusi.example\r\nBcc: a@b.example"):
            self.assertEqual(self.client.post(self.url, {"address": odd}).status_code, 422, odd)

        self.run_tasks()
        self.assertEqual(self.told.letters, [])

    def test_twice_is_once(self) -> None:
        self.client.post(self.url, {"address": NEW})

        self.assertEqual(self.client.post(self.url, {"address": "toinen@uusi.example"}).status_code, 404)
        self.run_tasks()

        self.assertEqual([recipients for _sender, recipients, _raw in self.told.letters], [[NEW]])

    def test_a_letter_whose_task_was_tidied_away_leaves_all_the_same(self) -> None:
        Task.objects.filter(key=f"post:{self.post.pk}").delete()

        self.client.post(self.url, {"address": NEW})
        self.run_tasks()

        self.assertEqual(len(self.told.letters), 1)

    def test_it_is_for_those_who_serve_in_the_team(self) -> None:
        for stranger in (self.otto, self.outi, self.liisa):
            self.client.force_login(stranger)
            self.assertEqual(self.client.get(self.url).status_code, 404, stranger)
            self.assertEqual(self.client.post(self.url, {"address": NEW}).status_code, 404, stranger)
        self.client.force_login(self.veikko)
        self.assertContains(self.client.get("/outbox/"), self.url)
        Case.objects.filter(pk=self.case.pk).update(restricted=True)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.client.logout()
        self.assertRedirects(self.client.get(self.url), f"/login/?next={self.url}", fetch_redirect_response=False)
