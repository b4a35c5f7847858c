"""Answering on the page of a case: what happens next is always said."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from valtti.core import clock
from valtti.core.models import OutgoingPost
from valtti.desk.actions import promises
from valtti.desk.models import Promise
from valtti.desk.tests.desk_pages import PagesTestCase


class AnsweringTests(PagesTestCase):
    def test_an_answer_leaves_the_turn_to_the_customer(self) -> None:
        response = self.reply(text="Какой номер заказа?")

        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)
        self.assertEqual((self.written().text, self.written().next_step), ("Какой номер заказа?", "customer"))
        self.run_tasks()
        self.pass_time(seconds=11)
        self.run_tasks()
        self.assertEqual(self.again(self.kettle).turn, "customer")

    def test_an_answer_makes_a_promise_with_words_and_time(self) -> None:
        self.reply(next_step="promise", promise_text="код отправки", promise_due="2026-11-20T12:00")

        promise = Promise.objects.get()
        self.assertEqual((promise.text, promise.owner), ("код отправки", self.aino))
        self.assertEqual(promise.due_at.isoformat(), "2026-11-20T10:00:00+00:00")
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "код отправки", 'class="board"', "12:00")

    def test_an_answer_closes_the_case_once_it_has_left(self) -> None:
        self.reply(next_step="nothing", outcome="partly")
        self.assertTrue(self.again(self.kettle).is_open)

        self.pass_time(seconds=11)
        self.run_tasks()

        self.assertEqual(self.kettle.closures.get().outcome, "partly")
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "Partly solved", "Reopen the case")

    def test_how_it_ended_counts_only_when_nothing_more_will_happen(self) -> None:
        self.promise()

        response = self.reply(next_step="customer", outcome="solved")

        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.written().closes_with, "")

    def test_the_browser_gets_the_case_as_it_stands_now(self) -> None:
        response = self.reply(part=True, text="Уже в пути.")

        self.assertEqual(response.status_code, 200)
        self.assertPart(response, "main")
        self.assertSays(response, "Уже в пути.", "Undo", "leaves in 10 seconds")

    def test_two_clicks_are_one_letter(self) -> None:
        key = str(uuid.uuid4())
        before = self.seen()

        self.reply(key=key, seen_event=before)
        self.reply(key=key, seen_event=before)

        self.assertEqual(self.kettle.messages.filter(direction="out", automatic=False).count(), 1)
        self.assertFalse(self.kettle.drafts.exists())

    def test_whoever_answers_nobodys_case_has_it(self) -> None:
        self.reply(self.invoice, text="Tarkistan laskun.")
        self.assertEqual(self.again(self.invoice).assignee, self.aino)

    def test_the_undo_span_is_ones_own(self) -> None:
        self.aino.undo_seconds = 30
        self.aino.save(update_fields=["undo_seconds"])
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "30 seconds to undo")

        self.reply()

        held = OutgoingPost.objects.get(pk=self.written().post_id or 0)
        self.assertEqual(held.not_before, clock.now() + timedelta(seconds=30))

    def test_the_answer_is_named_in_the_customers_language(self) -> None:
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "in Russian", "katja.orlova@posti.example")
        self.assertSays(self.client.get(f"/cases/{self.invoice.pk}/"), "in Finnish")


class StandingPromiseTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.standing = self.promise(hours=2)

    def test_the_answer_keeps_the_promise_once_it_has_left(self) -> None:
        self.reply(keeps=self.standing.pk)
        self.pass_time(seconds=11)
        self.run_tasks()

        self.standing.refresh_from_db()
        self.assertEqual((self.standing.end, self.standing.evidence_message), ("kept", self.written()))

    def test_one_answer_keeps_two_promises(self) -> None:
        other = self.promise(hours=5)

        self.reply(keeps=[self.standing.pk, other.pk], next_step="nothing")
        self.pass_time(seconds=11)
        self.run_tasks()

        ends = self.kettle.promises.order_by("pk").values_list("end", "evidence_message")
        self.assertEqual(list(ends), [("kept", self.written().pk)] * 2)
        self.assertFalse(self.again(self.kettle).is_open)

    def test_an_answer_that_bounces_puts_both_back(self) -> None:
        other = self.promise(hours=5)
        message = self.accepted(keeps=[self.standing, other])

        self.refuse(message)

        self.assertEqual(self.kettle.promises.filter(ended_at=None).count(), 2)

    def test_a_promise_is_not_kept_and_moved_at_once(self) -> None:
        other = self.promise(hours=5)
        new: dict[str, Any] = {"next_step": "promise", "promise_text": "код", "promise_due": "2026-11-23T12:00"}

        both = self.reply(keeps=self.standing.pk, moves=self.standing.pk, **new)
        self.assertEqual(both.status_code, 422)
        self.assertSays(both, "A promise is either kept by this answer or moved.")
        self.assertSays(both, f'name="keeps" value="{self.standing.pk}" checked')
        two = self.reply(moves=[self.standing.pk, other.pk], **new)
        self.assertEqual(two.status_code, 422)
        self.assertSays(two, "One answer gives one promise a new time.")

    def test_a_promise_that_a_colleague_settled_meanwhile_is_told(self) -> None:
        before = self.seen()
        promises.give_up(promise=self.standing, by=self.veikko)

        moved = self.reply(keeps=self.standing.pk, seen_event=before)
        self.assertEqual(moved.status_code, 409)
        self.assertSays(moved, "a promise was given up")
        self.assertSays(self.reply(keeps=self.standing.pk), "This promise has ended already.")

    def test_numbers_that_are_none_settle_nothing(self) -> None:
        for number in ("x", "-1", "9" * 30, "9" * 5_000):
            with self.subTest(number=number[:6]):
                self.assertEqual(self.reply(keeps=number).status_code, 422)

    def test_the_answer_moves_the_promise_to_another_time(self) -> None:
        self.reply(
            moves=self.standing.pk,
            next_step="promise",
            promise_text="код отправки",
            promise_due="2026-11-23T12:00",
        )

        moved = Promise.objects.get(ended_at=None)
        self.assertEqual(moved.moved_from, self.standing)

    def test_by_itself_an_answer_leaves_it_standing(self) -> None:
        self.reply()
        self.standing.refresh_from_db()
        self.assertIsNone(self.standing.ended_at)

    def test_a_promise_cannot_be_moved_without_a_new_one(self) -> None:
        response = self.reply(moves=self.standing.pk, next_step="customer")

        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "A promise is moved by a new one")

    def test_a_promise_of_another_case_is_not_touched(self) -> None:
        self.assertEqual(self.reply(self.invoice, keeps=self.standing.pk).status_code, 422)
        self.standing.refresh_from_db()
        self.assertIsNone(self.standing.evidence_message)

    def test_nothing_more_is_not_said_while_a_promise_stands(self) -> None:
        response = self.reply(next_step="nothing")

        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "A promise still stands in this case.")
        self.assertEqual(self.kettle.drafts.get().text, "Новый чайник уйдёт завтра.")

    def test_the_page_offers_both_ways_for_each_promise(self) -> None:
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, f'name="keeps" value="{self.standing.pk}"', f'name="moves" value="{self.standing.pk}"')
