"""Post on its way: its state in words, stopped or tried again."""

from __future__ import annotations

from valtti.channels.models import Mailbox
from valtti.channels.testing import ChannelsTestCase, written
from valtti.channels.tests.servers import HERE
from valtti.core.models import AuditEntry
from valtti.desk.models import Case, Message


class OutboxPageTests(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        case = Message.objects.get(raw_item_id=self.read(written()).pk).case
        self.run_tasks()
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(smtp_host=HERE, smtp_port=1, smtp_security="none")
        self.post = self.post_of(self.settled(self.answer(case=case)))

    def test_post_of_a_restricted_case_is_not_listed_for_who_is_not_let_in(self) -> None:
        self.client.force_login(self.veikko)
        self.assertContains(self.client.get("/outbox/"), "delayed")
        Case.objects.filter(messages__post=self.post).update(restricted=True)

        self.assertNotContains(self.client.get("/outbox/"), "delayed")
        self.assertEqual(self.client.post(f"/outbox/{self.post.pk}/trying/").status_code, 404)

    def test_the_lead_sees_what_has_not_left_and_tries_again(self) -> None:
        self.client.force_login(self.veikko)
        self.assertContains(self.client.get("/outbox/"), "delayed")
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(smtp_host="tray")

        self.client.post(f"/outbox/{self.post.pk}/trying/")
        self.pass_time(minutes=5)
        self.run_tasks()

        self.post.refresh_from_db()
        self.assertEqual(self.post.state, "accepted")
        self.assertEqual(self.client.post(f"/outbox/{self.post.pk}/trying/").status_code, 409)
        self.assertEqual(AuditEntry.objects.get(what="post.tried_again").who, self.veikko.pk)

    def test_a_waiting_letter_can_be_stopped(self) -> None:
        self.client.force_login(self.veikko)

        self.client.post(f"/outbox/{self.post.pk}/stopping/")

        self.post.refresh_from_db()
        self.assertEqual(self.post.state, "cancelled")
        self.assertEqual(AuditEntry.objects.get(what="post.stopped").who, self.veikko.pk)
        self.assertEqual(self.assertTold("post.cancelled", self.post).actor_id, self.veikko.pk)

    def test_who_wrote_a_stopped_letter_gets_the_words_back_and_the_customer_still_waits(self) -> None:
        self.client.force_login(self.veikko)
        self.client.post(f"/outbox/{self.post.pk}/stopping/")
        self.run_tasks()

        message = Message.objects.get(post=self.post)
        self.assertIsNotNone(message.undone_at)
        self.assertEqual(message.case.drafts.get(author=self.aino).text, message.text)
        self.assertEqual(self.assertTold("message.undone", message).actor_id, self.veikko.pk)
        self.assertIsNotNone(message.case.waiting_since)

    def test_otto_and_strangers_see_nothing(self) -> None:
        self.client.force_login(self.otto)
        self.assertEqual(self.client.get("/outbox/").status_code, 404)
        self.assertEqual(self.client.post(f"/outbox/{self.post.pk}/stopping/").status_code, 404)
        self.client.force_login(self.outi)
        self.assertNotContains(self.client.get("/outbox/"), "pekka.lehtonen")
        self.client.logout()
        self.assertEqual(self.client.get("/outbox/").status_code, 302)
