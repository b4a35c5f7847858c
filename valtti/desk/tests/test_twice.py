"""A worker died after the deed and the task ran again: every reaction and task is safe twice."""

from __future__ import annotations

from datetime import timedelta

from valtti.core import cast, clock, events
from valtti.core.models import Event, OutgoingPost, SearchEntry
from valtti.desk import tasks
from valtti.desk.actions import closures, links, pauses
from valtti.desk.impossible import SuggestionIsSettled
from valtti.desk.models import CaseLink, Encounter, Message, Pause, Promise
from valtti.desk.queries import check_cases
from valtti.desk.testing import MORNING, DeskTestCase


class ReactionsTwiceTests(DeskTestCase):
    def a_whole_day(self) -> None:
        """Promised, kept, bounced, thanked, closed, reopened, waited for."""
        promise = self.promise(hours=2)
        self.pass_time(minutes=30)
        kept = self.accepted(keeps=[promise], next_step="nothing")
        self.pass_time(minutes=30)
        self.refuse(kept)
        self.katja_writes("Где код?")
        self.accepted(case=self.invoice)
        closures.close_case(case=self.invoice, closed_by=self.aino, outcome="solved")
        self.write(cast.PEKKA, text="Kiitos!", earlier_ids=(self.invoice.messages.get(direction="in").message_id,))
        self.pass_time(hours=6)
        self.run_tasks()

    def rows(self) -> tuple[int, ...]:
        return tuple(
            model.objects.count() for model in (Event, Message, OutgoingPost, Promise, Pause, Encounter, SearchEntry)
        )

    def test_every_reaction_to_everything_that_happened(self) -> None:
        self.a_whole_day()
        before = self.rows()

        for event in Event.objects.order_by("pk"):
            for reaction in events.reactions():
                if reaction.kind == event.kind and reaction.function.__module__.startswith("valtti.desk"):
                    with self.subTest(reaction.name):
                        reaction.function(event)

        self.run_tasks()
        self.assertEqual(self.rows(), before)
        self.assertEqual(list(check_cases()), [])

    def test_the_day_holds_what_it_says(self) -> None:
        self.a_whole_day()
        for kind in ("promise.kept", "message.bounced", "encounter.answered", "case.closed", "case.reopened"):
            self.assertTold(kind)
        self.assertEqual(self.again(self.invoice).turn, "ours")


class TasksTwiceTests(DeskTestCase):
    def test_unconfirmed_thanks_reopen_once(self) -> None:
        self.accepted(next_step="nothing")
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        self.pass_time(minutes=5)
        message = self.katja_writes("Спасибо!")
        for _ in range(2):
            tasks.read_unconfirmed_thanks.func(message.encounter_id)
        self.assertEqual(Event.objects.filter(kind="case.reopened").count(), 1)

    def test_a_pause_that_was_put_off_does_not_end_by_the_old_task(self) -> None:
        self.accepted(next_step="nothing")
        first, later = MORNING + timedelta(days=1), MORNING + timedelta(days=3)
        pauses.wait_for(case=self.kettle, waits_for="Posti", until=first, by=self.aino)
        pauses.wait_for(case=self.kettle, waits_for="Posti", until=later, by=self.aino)
        self.set_clock(first)
        self.run_tasks()
        self.assertEqual(self.again(self.kettle).turn, "third_party")
        self.set_clock(later)
        self.run_tasks()
        self.assertEqual(self.again(self.kettle).turn, "ours")

    def test_a_warning_about_a_moved_promise_is_not_given(self) -> None:
        promise = self.promise(hours=4)
        moved = self.answer(next_step="promise", promise_due=promise.due_at + timedelta(hours=20), moves=promise)
        self.settled(moved)
        self.set_clock(promise.due_at)
        self.run_tasks()
        self.assertNotTold("promise.overdue", promise)

    def test_a_receipt_asked_for_twice_is_one(self) -> None:
        message = self.kettle.messages.get(direction="in")
        for _ in range(2):
            tasks.confirm_receipt.func(message.pk, True)
        self.assertEqual(self.kettle.messages.filter(automatic_kind="receipt").count(), 1)


class LinkTests(DeskTestCase):
    def test_a_suggestion_is_settled_one_way_or_the_other(self) -> None:
        for a, b, kind, left in (
            (self.kettle, self.invoice, "follows", {"settled", "follows"}),
            (self.invoice, self.kettle, "", {"settled"}),
        ):
            with self.subTest(kind):
                link = links.link_cases(a=a, b=b, kind="perhaps", by=None)
                links.settle_suggestion(link=link, by=self.aino, kind=kind)
                self.assertEqual(set(CaseLink.objects.filter(a=a).values_list("kind", flat=True)), left)
                self.assertEqual(self.assertTold("case.suggestion_settled", link).actor_id, self.aino.pk)
                with self.assertRaises(SuggestionIsSettled):
                    links.settle_suggestion(link=link, by=self.veikko)
                self.assertEqual(links.link_cases(a=a, b=b, kind="perhaps", by=None), link)

    def test_linked_twice_is_told_once(self) -> None:
        for _ in range(2):
            links.link_cases(a=self.kettle, b=self.invoice, kind="caused_by", by=self.aino)
        self.assertEqual(Event.objects.filter(kind="case.linked").count(), 1)

    def test_a_case_is_not_linked_with_itself(self) -> None:
        with self.assertRaises(AssertionError):
            links.link_cases(a=self.kettle, b=self.kettle, kind="follows", by=self.aino)
        self.assertEqual(clock.now(), MORNING)
