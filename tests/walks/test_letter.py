"""A letter becomes a case, an answer and a closure: from the bytes to the case that nobody owes anything."""

from __future__ import annotations

import uuid

from valtti.channels.ingest import balance
from valtti.channels.models import Filing
from valtti.channels.testing import ChannelsTestCase, written
from valtti.core.models import OutgoingPost
from valtti.desk.models import Case, Message

TEXT = "Hei!\n\nLaskussa on väärä summa.\n\nPekka"


class LetterWalk(ChannelsTestCase):
    def test_from_the_mailbox_to_the_closure(self) -> None:
        case = self.letter_comes_in()
        self.answered_by_aino(case)
        self.customer_gets_it(case)
        self.closed_by_aino(case)
        self.assertTold("case.closed", case)

    def letter_comes_in(self) -> Case:
        item = self.arrives(written(subject="Väärä summa", text=TEXT))
        self.run_tasks()
        filing = Filing.objects.get(raw_item=item)
        case = Message.objects.get(pk=filing.subject_id or 0).case
        self.assertEqual((case.customer, case.team, case.title), (self.pekka, self.north, "Väärä summa"))
        self.assertIsNotNone(case.waiting_since)
        self.assertEqual((balance().waiting, balance().filed), (0, 1))
        self.assertTold("encounter.opened", case.encounters.get())
        return case

    def answered_by_aino(self, case: Case) -> None:
        self.client.force_login(self.aino)
        self.assertContains(self.client.get("/cases/"), "Väärä summa")
        said = {"text": "Korjasimme laskun.", "next_step": "promise", "promise_text": "Uusi lasku"}
        moment = {"promise_due": "2026-11-20T15:00", "seen_event": case.last_event, "key": str(uuid.uuid4())}
        self.assertEqual(self.client.post(f"/cases/{case.pk}/replies/", said | moment).status_code, 303)
        self.assertEqual(self.again(case).promise_due_at, case.promises.get().due_at)

    def customer_gets_it(self, case: Case) -> None:
        post = OutgoingPost.objects.get(kind="answer")
        self.assertEqual(post.state, "held")
        self.pass_time(seconds=30)
        self.run_tasks()
        post.refresh_from_db()
        self.assertEqual((post.state, post.relay_id), ("accepted", f"tray:{post.pk}"))
        self.assertTold("encounter.answered", case.encounters.get())
        self.assertIsNone(self.again(case).waiting_since)

    def closed_by_aino(self, case: Case) -> None:
        self.client.force_login(self.aino)
        promise = case.promises.get()
        self.client.post(f"/promises/{promise.pk}/keeping/", {"call": "Soitin, uusi lasku on perillä."})
        closing = {"outcome": "solved", "told_customer": "on", "seen_event": self.again(case).last_event}
        self.assertEqual(self.client.post(f"/cases/{case.pk}/closure/", closing).status_code, 303)
        case = self.again(case)
        self.assertEqual((case.turn, case.is_open, case.closures.get().closed_by), ("nobody", False, self.aino))
