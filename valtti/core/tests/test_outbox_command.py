"""`valtti outbox`: what has not left, without a word of what is in it."""

from __future__ import annotations

import json
from io import StringIO

from django.core.management import CommandError, call_command

from valtti.core import outbox
from valtti.core.models import OutgoingPost
from valtti.core.tests.test_outbox import OutboxTestCase


class OutboxCommandTests(OutboxTestCase):
    def say(self, *words: str) -> str:
        out = StringIO()
        call_command("outbox", *words, stdout=out)
        return out.getvalue()

    def test_it_lists_what_waits_and_not_what_left(self) -> None:
        self.relay(outbox.Accepted(), outbox.Delayed("451"))
        self.post(), self.post()
        self.run_tasks()

        row = json.loads(self.say("list", "--format", "json"))

        self.assertEqual((row["state"], row["tries"]), ("delayed", 1))
        self.assertEqual(self.say("list", "--state", "failed"), "")

    def test_it_tells_no_address_and_no_text(self) -> None:
        self.post()
        for written in ("json", "text"):
            said = self.say("list", "--format", written)
            self.assertTrue(said)
            for secret in ("katja", "Чайник", "Новый"):
                self.assertNotIn(secret, said)

    def test_a_piece_can_be_tried_again(self) -> None:
        self.relay(outbox.Refused("full", "552"))
        post = self.post()
        self.run_tasks()

        self.say("retry", str(post.pk))
        self.run_tasks()

        self.assertEqual(OutgoingPost.objects.get().state, "accepted")

    def test_a_number_that_is_none_is_wrong_usage(self) -> None:
        with self.assertRaises(CommandError) as refused:
            self.say("retry", "99999")
        self.assertEqual(refused.exception.returncode, 2)
