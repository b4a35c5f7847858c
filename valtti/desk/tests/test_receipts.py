"""Automatic confirmations of receipt."""

from __future__ import annotations

from datetime import timedelta

from valtti.core import cast
from valtti.core.models import OutgoingPost
from valtti.desk.letter import Person
from valtti.desk.models import Message
from valtti.desk.testing import DeskTestCase
from valtti.people.models import House

EKMAN = Person("ekman@posti.example", "ekman@posti.example", "Ulla Ekman")


class ReceiptTests(DeskTestCase):
    def receipts_to(self, address: str) -> list[OutgoingPost]:
        self.run_tasks()
        return [post for post in OutgoingPost.objects.filter(kind="receipt").order_by("pk") if post.to == [address]]

    def test_says_who_has_it_its_number_and_what_comes_next(self) -> None:
        (post,) = self.receipts_to(cast.KATJA.address)
        for words in ("Мы получили ваше сообщение", self.kettle.reference or "", "North", "13:12", "автоматическое"):
            self.assertIn(words, post.headers["Subject"] + post.body)
        self.assertTrue(post.automatic)

    def test_the_house_has_it_and_not_a_team_when_the_house_has_a_name(self) -> None:
        House.objects.update_or_create(only=True, defaults={"name": "Kaiku Kuitu"})
        self.write(EKMAN, subject="Fråga", text="Hej", language="sv")
        (post,) = self.receipts_to(EKMAN.address)
        self.assertIn("Mottagare: Kaiku Kuitu.", post.body)
        self.assertNotIn("North", post.body)

    def test_repeats_nothing_that_the_sender_wrote(self) -> None:
        self.write(EKMAN, subject="Köp billigt nu", text="http://bad.example", language="sv")
        (post,) = self.receipts_to(EKMAN.address)
        self.assertNotIn("billigt", post.headers["Subject"] + post.body)
        self.assertNotIn("bad.example", post.body)
        self.assertIn("Vi har tagit emot ditt meddelande", post.headers["Subject"])

    def test_only_the_letter_that_opens_a_case(self) -> None:
        self.katja_writes()
        self.assertEqual(len(self.receipts_to(cast.KATJA.address)), 1)

    def test_one_a_day_for_each_mailbox(self) -> None:
        self.write(cast.KATJA, subject="Toinen")
        self.assertEqual(len(self.receipts_to(cast.KATJA.address)), 1)
        self.write(cast.KATJA, subject="Kolmas", mailbox="laskutus@kaiku.example")
        self.assertEqual(len(self.receipts_to(cast.KATJA.address)), 2)
        self.pass_time(hours=25)
        self.write(cast.KATJA, subject="Neljäs")
        self.assertEqual(len(self.receipts_to(cast.KATJA.address)), 3)

    def test_none_to_machines_nor_to_failed_senders(self) -> None:
        self.write(EKMAN, is_automatic=True, may_be_answered_automatically=False)
        self.write(EKMAN, may_be_answered_automatically=False, subject="Toinen")
        self.write(EKMAN, trust="failed", subject="Kolmas")
        self.assertEqual(self.receipts_to(EKMAN.address), [])

    def test_none_when_the_team_sends_none(self) -> None:
        type(self.north).objects.filter(pk=self.north.pk).update(sends_receipts=False)
        self.write(EKMAN)
        self.assertEqual(self.receipts_to(EKMAN.address), [])

    def test_none_when_a_person_was_faster(self) -> None:
        message = self.write(EKMAN)
        self.answer(message.case)
        self.assertEqual(self.receipts_to(EKMAN.address), [])

    def test_none_for_old_mail(self) -> None:
        self.write(EKMAN, silent=True)
        self.assertEqual(self.receipts_to(EKMAN.address), [])

    def test_a_machine_that_answers_each_gets_one(self) -> None:
        """Two desks that greet each other: nobody marked their letters as automatic."""
        for number in range(20):
            self.write(EKMAN, subject=f"Olemme saaneet viestisi {number}")
            self.run_tasks()
            self.pass_time(seconds=20)
        self.assertEqual(len(self.receipts_to(EKMAN.address)), 1)

    def test_it_answers_nothing(self) -> None:
        case = self.write(EKMAN).case
        self.run_tasks()
        case = self.again(case)
        receipt = Message.objects.get(case=case, automatic=True)
        self.assertIsNotNone(receipt.accepted_at)
        self.assertEqual((case.turn, case.encounters.get().answered_at), ("ours", None))
        self.assertEqual(case.last_direction, "in")

    def test_a_receipt_that_comes_back_marks_the_address_only(self) -> None:
        case = self.write(EKMAN).case
        self.run_tasks()
        self.pass_time(minutes=5)
        self.refuse(Message.objects.get(case=case, automatic=True))
        self.assertEqual(case.participants.get().contact_point.state, "bouncing")
        self.assertNotTold("encounter.answer_voided")
        self.assertEqual(self.again(case).next_due_at, case.opened_at + timedelta(hours=4))
