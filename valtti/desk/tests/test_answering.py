"""An answer with its next step: when it counts, what follows, what comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from valtti.core import cast, clock, outbox
from valtti.core.models import Event, OutgoingPost
from valtti.core.outbox import Delayed, Result, Uncertain
from valtti.desk.actions import closures, replies
from valtti.desk.impossible import (
    CaseIsClosed,
    NextStepMissing,
    NobodyToAnswer,
    NothingWritten,
    NotYourLetter,
    PromisesStand,
    PromiseWithoutTime,
    TooLateToUndo,
)
from valtti.desk.letter import LetterFile
from valtti.desk.models import Draft, Message
from valtti.desk.reactions import post
from valtti.desk.testing import MORNING, DeskTestCase, carried_by


class AnswerTests(DeskTestCase):
    def test_queued_is_not_answered(self) -> None:
        message = self.answer(hold_seconds=10)

        case = self.again(self.kettle)
        self.assertEqual((case.waiting_since, case.turn), (MORNING, "ours"))
        self.assertEqual(message.post.state if message.post else "", "held")
        self.assertTold("message.queued", message)

    def test_accepted_is_answered_and_then_the_turn_is_hers(self) -> None:
        message = self.answer()
        accepted_at = self.pass_time(minutes=5)

        message = self.settled(message)

        encounter, case = self.kettle.encounters.get(), self.again(self.kettle)
        self.assertEqual((encounter.answered_at, encounter.answered_by), (accepted_at, self.aino))
        self.assertEqual((case.turn, case.waiting_since, case.next_due_at), ("customer", None, None))
        self.assertEqual(case.milestones.get().met_at, accepted_at)
        self.assertTold("encounter.answered", encounter, waited_seconds=300)

    def test_the_reminder_stands_three_working_days_on(self) -> None:
        self.accepted()
        pause = self.kettle.pauses.get()
        self.assertEqual(pause.reason, "asked_customer")
        self.assertEqual(pause.expected_until.date().isoformat() if pause.expected_until else "", "2026-11-25")

    def test_a_second_word_of_ours_moves_no_answer(self) -> None:
        first = self.accepted(next_step="nothing")
        self.pass_time(hours=1)
        second = self.accepted(next_step="nothing")

        encounter = self.kettle.encounters.get()
        self.assertEqual((encounter.answered_at, second.encounter), (first.accepted_at, encounter))

    def test_the_letter_carries_thread_language_and_next_step(self) -> None:
        due = MORNING + timedelta(hours=3)
        message = self.answer(next_step="promise", promise_text="код отправки", promise_due=due)

        post = OutgoingPost.objects.get(pk=message.post_id or 0)
        received = self.kettle.messages.get(direction="in")
        self.assertEqual(post.headers["In-Reply-To"], f"<{received.message_id}>")
        self.assertIn(self.kettle.reference or "", post.headers["Subject"])
        self.assertEqual((post.to, post.language, post.source), ([cast.KATJA.address], "ru", received.mailbox))
        for words in ("Новый чайник", "Отвечает: Aino", "Далее", "пятница, 20 ноября, 12:12", "код отправки"):
            self.assertIn(words, post.body)
        self.assertEqual(post.facts, {"case_id": self.kettle.pk, "contact_point_id": received.author_contact_point_id})

    def test_answering_takes_a_case_that_nobody_has(self) -> None:
        self.answer(self.invoice)
        case = self.again(self.invoice)
        self.assertEqual((case.assignee, case.assignments.get().way), (self.aino, "taken"))

    def test_files_go_with_it(self) -> None:
        file = LetterFile("b" * 64, "ohje.pdf", "ohje.pdf", "application/pdf", "application/pdf", 9)
        message = self.answer(files=[file])
        post = OutgoingPost.objects.get(pk=message.post_id or 0)
        self.assertEqual(post.files, [{"sha256": "b" * 64, "name": "ohje.pdf", "media_type": "application/pdf"}])

    def test_a_double_click_sends_one_letter(self) -> None:
        first, second = self.answer(key="same"), self.answer(key="same")
        self.assertEqual(first, second)
        self.assertEqual(OutgoingPost.objects.filter(kind="answer").count(), 1)

    def test_the_customer_who_writes_before_it_leaves_keeps_the_turn_ours(self) -> None:
        message = self.answer()
        self.pass_time(seconds=5)
        self.katja_writes()
        self.pass_time(seconds=5)

        self.settled(message)

        self.assertEqual(self.again(self.kettle).turn, "ours")
        self.assertFalse(self.kettle.pauses.exists())

    def test_nothing_more_with_an_outcome_closes_once_accepted(self) -> None:
        message = self.answer(next_step="nothing", outcome="solved")
        self.assertTrue(self.again(self.kettle).is_open)

        self.settled(message)

        closure = self.kettle.closures.get()
        self.assertEqual((closure.outcome, closure.closed_by, closure.told_in), ("solved", self.aino, message))
        self.assertEqual(self.again(self.kettle).turn, "nobody")

    def test_a_draft_is_gone_once_sent(self) -> None:
        Draft.objects.create(case=self.kettle, author=self.aino, text="Новый…")
        self.answer()
        self.assertFalse(Draft.objects.exists())


class RefusalTests(DeskTestCase):
    def test_an_answer_says_what_happens_next(self) -> None:
        with self.assertRaises(NextStepMissing):
            self.answer(next_step="")

    def test_an_answer_has_words(self) -> None:
        with self.assertRaises(NothingWritten):
            self.answer(text=" \n")

    def test_a_promise_has_words_and_a_time_to_come(self) -> None:
        for text, due in (("", MORNING + timedelta(hours=1)), ("news", None), ("news", MORNING)):
            with self.subTest(text=text, due=due), self.assertRaises(PromiseWithoutTime):
                self.answer(next_step="promise", promise_text=text, promise_due=due)
        self.assertFalse(Message.objects.filter(direction="out", automatic=False).exists())

    def test_a_closed_case_is_reopened_first(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        with self.assertRaises(CaseIsClosed):
            self.answer()

    def test_without_an_address_nothing_leaves(self) -> None:
        case = self.write(cast.KATJA, sender=None).case
        with self.assertRaises(NobodyToAnswer):
            self.answer(case)

    def test_closing_with_a_standing_promise_is_refused_before_sending(self) -> None:
        self.promise()
        with self.assertRaises(PromisesStand):
            self.answer(next_step="nothing", outcome="solved")


def answering(result: Result) -> Callable[[OutgoingPost], Result]:
    """A server that always answers so."""
    return lambda _post: result


class BounceTests(DeskTestCase):
    def test_an_answer_that_comes_back_is_void(self) -> None:
        message = self.accepted()
        self.pass_time(days=2)

        message = self.refuse(message)

        case, encounter = self.again(self.kettle), self.kettle.encounters.get()
        self.assertEqual((encounter.answered_at, encounter.answered_by), (None, None))
        self.assertEqual((case.waiting_since, case.turn), (MORNING, "ours"))
        self.assertEqual(case.next_due_at, MORNING + timedelta(hours=4))
        self.assertEqual((message.failed_at, message.failed_why), (clock.now(), "550 no such user"))
        self.assertTold("encounter.answer_voided", encounter)
        self.assertEqual(self.katja.contact_points.get().state, "bouncing")

    def test_a_closure_told_in_it_is_undone(self) -> None:
        message = self.accepted(next_step="nothing", outcome="solved")
        self.refuse(message)
        self.assertEqual(self.kettle.closures.get().reopen_cause, "bounce")
        self.assertTrue(self.again(self.kettle).is_open)

    def test_a_promise_it_kept_stands_again(self) -> None:
        promise = self.promise()
        message = self.accepted(keeps=[promise])
        promise.refresh_from_db()
        self.assertEqual(promise.end, "kept")

        self.refuse(message)

        promise.refresh_from_db()
        self.assertEqual((promise.end, promise.ended_at, promise.evidence_message), ("", None, None))

    def test_an_earlier_answer_still_stands(self) -> None:
        first = self.accepted(next_step="nothing")
        second = self.accepted(next_step="nothing")
        self.refuse(second)
        self.assertEqual(self.kettle.encounters.get().answered_at, first.accepted_at)

    def test_a_full_server_is_not_the_addresss_fault(self) -> None:
        self.refuse(self.accepted(), bounce_class="spam_refused")
        self.assertEqual(self.katja.contact_points.get().state, "works")
        self.assertIsNotNone(self.again(self.kettle).waiting_since)

    def test_sent_again_to_a_better_address_it_counts_from_then(self) -> None:
        message = self.refuse(self.accepted())
        self.pass_time(hours=1)
        outbox.send_again(OutgoingPost.objects.get(pk=message.post_id or 0), to=["katja@toinen.example"])

        message = self.settled(message)

        self.assertEqual((message.failed_at, message.accepted_at), (None, clock.now()))
        self.assertEqual(self.kettle.encounters.get().answered_at, clock.now())
        self.assertEqual(self.again(self.kettle).turn, "customer")

    def test_told_twice_is_once(self) -> None:
        self.refuse(self.accepted())
        event = Event.objects.filter(kind="post.bounced").get()
        before = Event.objects.count()

        post.void_the_answer(event)

        self.assertEqual(Event.objects.count(), before)

    def test_a_delay_and_a_doubt_are_told_once_and_count_nothing(self) -> None:
        cases: list[tuple[Result, str]] = [(Uncertain("line broke"), "uncertain"), (Delayed("450 busy"), "delayed")]
        for (result, kind), case in zip(cases, (self.kettle, self.invoice), strict=True):
            with self.subTest(kind), carried_by(answering(result)):
                message = self.settled(self.answer(case))
                event = Event.objects.get(kind=f"post.{kind}", facts__subject_id=message.pk)
                {"delayed": post.tell_delay, "uncertain": post.tell_uncertainty}[kind](event)
                told = Event.objects.filter(kind=f"message.{kind}", subject_id=message.pk)
                self.assertEqual((told.count(), self.again(case).waiting_since), (1, MORNING))

    def test_72_hours_without_a_server_end_in_failed_and_our_turn(self) -> None:
        with carried_by(lambda post: Delayed("connection refused")):
            message = self.answer()
            for _ in range(60):
                self.pass_time(hours=2)
                self.run_tasks()
        message.refresh_from_db()
        self.assertIsNotNone(message.failed_at)
        self.assertEqual(self.again(self.kettle).turn, "ours")
        self.assertTold("message.failed", message)
        self.assertEqual(self.katja.contact_points.get().state, "works")


class UndoTests(DeskTestCase):
    def test_the_words_come_back_under_a_new_key(self) -> None:
        due = MORNING + timedelta(hours=3)
        message = self.answer(hold_seconds=10, next_step="promise", promise_text="news", promise_due=due)

        draft = replies.undo(message=message, by=self.aino)

        message.refresh_from_db()
        self.assertEqual((draft.text, draft.next_step, draft.promise_text), (message.text, "promise", "news"))
        self.assertNotEqual(str(draft.token), message.idempotency_key)
        self.assertEqual(message.post.state if message.post else "", "cancelled")
        self.assertEqual(message.promises_made.get().end, "undone")
        self.pass_time(minutes=5)
        self.settled(message)
        self.assertEqual(self.again(self.kettle).waiting_since, MORNING)

    def test_what_has_been_typed_since_stays(self) -> None:
        message = self.answer(hold_seconds=10, text="First.")
        Draft.objects.create(case=self.kettle, author=self.aino, text="Second.")
        self.assertEqual(replies.undo(message=message, by=self.aino).text, "First.\n\nSecond.")

    def test_too_late_is_told(self) -> None:
        message = self.accepted()
        with self.assertRaises(TooLateToUndo):
            replies.undo(message=message, by=self.aino)

    def test_only_the_writer_undoes(self) -> None:
        message = self.answer(hold_seconds=10)
        with self.assertRaises(NotYourLetter):
            replies.undo(message=message, by=self.veikko)

    def test_a_promise_it_was_to_move_stands_as_before(self) -> None:
        promise = self.promise()
        later = promise.due_at + timedelta(hours=2)
        message = self.answer(hold_seconds=10, next_step="promise", promise_due=later, moves=promise)

        replies.undo(message=message, by=self.aino)

        promise.refresh_from_db()
        self.assertEqual((promise.end, promise.ended_at), ("", None))
        self.assertEqual(self.again(self.kettle).promise_due_at, promise.due_at)

    def test_a_lead_stops_it_and_its_promise_does_not_stand(self) -> None:
        due = MORNING + timedelta(hours=3)
        message = self.answer(hold_seconds=10, next_step="promise", promise_text="news", promise_due=due)
        outbox.cancel(OutgoingPost.objects.get(pk=message.post_id or 0), by=self.veikko)
        self.run_tasks()

        self.assertEqual(message.promises_made.get().end, "undone")
        self.assertEqual(self.again(self.kettle).promise_due_at, None)
        self.assertEqual(Draft.objects.get(author=self.aino).promise_text, "news")
        self.assertEqual(Event.objects.filter(kind="message.undone").count(), 1)
        post.take_it_back(Event.objects.get(kind="post.cancelled"))
        self.assertEqual(Event.objects.filter(kind="message.undone").count(), 1)

    def test_the_persons_own_span_wins_over_the_teams(self) -> None:
        self.aino.undo_seconds = 30
        message = self.answer(hold_seconds=None)
        self.assertEqual(message.post.not_before if message.post else None, MORNING + timedelta(seconds=30))
