"""Calls in a case that exists, letters read again, letters in parts."""

from __future__ import annotations

from datetime import timedelta

from valtti.core import cast
from valtti.desk.actions import calls, rereading
from valtti.desk.letter import LetterFile
from valtti.desk.models import Encounter, Message, MessageFile, Participant, Promise
from valtti.desk.queries import parts_of
from valtti.desk.testing import MORNING, DeskTestCase, letter


class CallTests(DeskTestCase):
    def test_a_call_keeps_one_promise_and_makes_another(self) -> None:
        promise = self.promise(hours=2)
        due = MORNING + timedelta(hours=6)

        note = calls.log_call(
            case=self.kettle,
            by=self.aino,
            text="Soitin Katjalle.",
            started_by="company",
            keeps=promise,
            promise_text="koodi",
            promise_due=due,
        )

        promise.refresh_from_db()
        self.assertEqual((promise.end, promise.evidence_message), ("kept", note))
        self.assertEqual(self.again(self.kettle).promise_due_at, due)

    def test_a_call_of_hers_is_a_contact_answered_at_once(self) -> None:
        note = calls.log_call(case=self.kettle, by=self.aino, text="Katja soitti.", started_by="customer")
        encounter = Encounter.objects.get(pk=note.encounter_id or 0)
        self.assertEqual((encounter.answered_at, encounter.counts_as_contact), (MORNING, True))
        self.assertEqual(self.again(self.kettle).waiting_since, MORNING)


class RereadingTests(DeskTestCase):
    def test_only_what_is_derived_from_the_bytes_changes(self) -> None:
        message = self.kettle.messages.get(direction="in")
        before = self.again(self.kettle)
        file = LetterFile("d" * 64, "kuva.png", "kuva.png", "image/png", "image/png", 5)
        better = letter(self.north, cast.KATJA, text="Целиком.", subject="Чайник пришёл разбитым", files=(file,))

        listed = rereading.reread(message_id=message.pk, letter=better, dry_run=True)
        changed = rereading.reread(message_id=message.pk, letter=better)

        case = self.again(self.kettle)
        self.assertEqual((listed, changed), (["text", "files"], ["text", "files"]))
        self.assertEqual((case.last_line, case.waiting_since), ("Целиком.", before.waiting_since))
        self.assertEqual(case.last_event, before.last_event)
        self.assertEqual(rereading.reread(message_id=message.pk, letter=better), [])


class PartsTests(DeskTestCase):
    def test_an_answer_in_its_parts(self) -> None:
        due = MORNING + timedelta(hours=3)
        message = self.answer(next_step="promise", promise_text="код отправки", promise_due=due)
        parts = parts_of(message)
        assert parts is not None and parts.step is not None and message.post is not None
        self.assertEqual((parts.words, parts.step.what), ("Новый чайник уйдёт завтра.", "код отправки"))
        self.assertEqual(parts.body, message.post.body)

    def test_a_receipt_is_words_alone(self) -> None:
        self.assertIsNone(parts_of(Message.objects.filter(automatic=True)[0]))

    def test_no_words_of_a_letter_stand_in_the_log(self) -> None:
        from valtti.core.models import Event

        self.accepted(text="salaisuus-sana")
        self.assertFalse([event for event in Event.objects.all() if "salaisuus-sana" in str(event.facts)])


class StrangerTests(DeskTestCase):
    def test_otto_reaches_no_row_of_a_case(self) -> None:
        self.promise()
        file = LetterFile("d" * 64, "kuva.png", "kuva.png", "image/png", "image/png", 5)
        self.katja_writes(files=(file,))
        for model in (Message, MessageFile, Promise, Participant, Encounter):
            with self.subTest(model.__name__):
                self.assertTrue(model.objects.visible_to(self.aino).exists())
                self.assertFalse(model.objects.visible_to(self.otto).exists())
