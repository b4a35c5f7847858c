"""A letter read again: what is derived is brought up to date, and nothing else moves."""

from __future__ import annotations

from valtti.core import cast
from valtti.core.models import Event
from valtti.desk.actions.rereading import reread
from valtti.desk.letter import LetterFile
from valtti.desk.models import Message
from valtti.desk.testing import DeskTestCase, letter

PDF = LetterFile("a" * 64, "lasku.pdf", "lasku.pdf", "application/pdf", "application/pdf", 10)


class RereadingTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.message = self.invoice.messages.get(direction="in")

    def read_again(self, *, dry_run: bool = False, **changes: object) -> list[str]:
        same = {"raw_item_id": self.message.raw_item_id, "text": self.message.text, "subject": self.message.subject}
        read = letter(self.north, cast.PEKKA, **{**same, "language": self.message.language, **changes})
        return reread(message_id=self.message.pk, letter=read, dry_run=dry_run)

    def test_the_same_reading_differs_in_nothing(self) -> None:
        before = Event.objects.count()

        self.assertEqual(self.read_again(), [])
        self.assertEqual(Event.objects.count(), before)

    def test_better_eyes_correct_the_text_and_add_files(self) -> None:
        found = self.read_again(text="Mitä nyt tehdään? Päivää!", files=(PDF,))

        self.message.refresh_from_db()
        self.assertEqual(found, ["text", "files"])
        self.assertEqual(self.message.text, "Mitä nyt tehdään? Päivää!")
        self.assertEqual(self.message.files.get().safe_name, "lasku.pdf")
        self.assertTold("message.reread", self.message)

    def test_no_clock_moves_and_nobody_is_written_to(self) -> None:
        before = self.again_facts()

        self.read_again(text="Toisin luettu.")
        self.run_tasks()

        self.assertEqual(self.again_facts(), before)

    def again_facts(self) -> tuple[object, ...]:
        case = self.invoice.__class__.objects.get(pk=self.invoice.pk)
        return case.next_due_at, case.waiting_since, case.turn, case.last_event, case.messages.count()

    def test_a_look_alone_changes_nothing(self) -> None:
        self.assertEqual(self.read_again(dry_run=True, text="Toisin luettu."), ["text"])

        self.assertEqual(Message.objects.get(pk=self.message.pk).text, self.message.text)

    def test_files_once_seen_stay(self) -> None:
        self.read_again(files=(PDF,))

        self.assertEqual(self.read_again(files=()), [])
        self.assertEqual(self.message.files.count(), 1)

    def test_a_notice_about_the_thread_is_not_ours_to_change(self) -> None:
        Message.objects.filter(pk=self.message.pk).update(notice="token_expired")

        self.read_again(text="Toisin luettu.", notice="not_shown_safely")

        self.assertEqual(Message.objects.get(pk=self.message.pk).notice, "token_expired")

    def test_a_message_that_is_gone_differs_in_nothing(self) -> None:
        self.assertEqual(reread(message_id=0, letter=letter(self.north, cast.PEKKA)), [])
