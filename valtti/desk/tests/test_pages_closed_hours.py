"""Whoever promises a time at which the service is closed is asked first; then it is a promise like any other."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from valtti.core.models import Calendar, CalendarVersion
from valtti.desk.forms.closed_hours import next_open
from valtti.desk.models import Promise
from valtti.desk.tests.desk_pages import PagesTestCase, Said, news

SATURDAY, MONDAY = "2026-11-21T12:00", "2026-11-23T08:00"
"""North is there from Monday to Friday, eight to six in Helsinki."""
ASKS = "The service is closed then; the next open time is Mon 23 Nov, 8:00. Choose which of the two we promise."
MONDAY_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SATURDAY_AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


class PromisesTestCase(PagesTestCase):
    def answered(self, due: str = SATURDAY, **typed: Any) -> Said:
        return self.reply(next_step="promise", promise_text="код отправки", promise_due=due, **typed)

    def assertAsked(self, response: Said, before: int) -> None:
        self.assertEqual(response.status_code, 422)
        self.assertSays(response, ASKS, "Mon 23 Nov, 8:00, the next open time")
        self.assertSays(response, "Sat 21 Nov, 12:00, though the service is closed then")
        values = re.findall(r'type="radio" name="settled_due" value="([^"]*)"', response.content.decode())
        self.assertEqual(values, [MONDAY, SATURDAY])
        self.assertNothingHappened(before)
        self.assertFalse(Promise.objects.exists())


class AnswerTests(PromisesTestCase):
    def test_the_page_asks_before_anything_is_sent_and_keeps_the_words(self) -> None:
        before = news()

        response = self.answered()

        self.assertAsked(response, before)
        self.assertSays(response, "Новый чайник уйдёт завтра.</textarea>", 'value="код отправки"')

    def test_it_asks_a_part_of_the_page_too(self) -> None:
        self.assertSays(self.answered(part=True), ASKS)

    def test_the_next_open_time_is_promised_with_one_choice(self) -> None:
        self.answered(settled_due=MONDAY)
        self.assertEqual(Promise.objects.get().due_at, MONDAY_AT)

    def test_a_promise_is_a_promise_for_whoever_keeps_the_time(self) -> None:
        self.answered(settled_due=SATURDAY)
        self.assertEqual(Promise.objects.get().due_at, SATURDAY_AT)

    def test_another_closed_time_is_asked_about_anew(self) -> None:
        response = self.answered("2026-11-22T12:00", settled_due=SATURDAY)
        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "Sun 22 Nov, 12:00, though")

    def test_a_time_in_opening_hours_needs_no_choice(self) -> None:
        for due in ("2026-11-20T18:00", MONDAY, "2026-11-23T12:00"):
            with self.subTest(due):
                self.assertEqual(self.answered(due, settled_due=SATURDAY).status_code, 303)

    def test_the_customers_turn_asks_nothing_of_a_time_left_over(self) -> None:
        self.assertEqual(self.reply(promise_due=SATURDAY).status_code, 303)

    def test_odd_choices_are_asked_again(self) -> None:
        for odd in ("", "yes", "\0", "2026-99-99T12:00", "x" * 5000):
            with self.subTest(odd[:20]):
                self.assertSays(self.answered(settled_due=odd), ASKS)

    def test_the_open_time_is_told_as_the_reader_writes_times(self) -> None:
        for language, words in (("fi", "ma 23.11. klo 8.00"), ("ru", "пн 23 нояб., 8:00")):
            self.aino.language = language
            self.aino.save(update_fields=["language"])
            with self.subTest(language):
                self.assertSays(self.answered(), words)


class OtherFormsTests(PromisesTestCase):
    def test_a_call(self) -> None:
        typed: dict[str, Any] = {
            "text": "Sovittiin.",
            "started_by": "company",
            "promise_text": "koodi",
            "promise_due": SATURDAY,
        }
        before = news()

        self.assertAsked(self.send(f"/cases/{self.kettle.pk}/calls/", **typed), before)
        self.send(f"/cases/{self.kettle.pk}/calls/", settled_due=MONDAY, **typed)

        self.assertEqual(Promise.objects.get().due_at, MONDAY_AT)

    def test_a_new_case_asks_by_the_hours_of_its_team(self) -> None:
        typed: dict[str, Any] = {
            "channel": "phone",
            "started_by": "customer",
            "name": "Leena",
            "address": "+358 40 555 0101",
        }
        typed |= {"language": "fi", "team": self.north.pk, "title": "Reititin", "text": "Vilkkuu."}
        typed |= {"promise_text": "Asentaja soittaa", "promise_due": SATURDAY}
        before = news()

        self.assertAsked(self.send("/cases/new/", **typed), before)
        self.send("/cases/new/", settled_due=SATURDAY, **typed)

        self.assertEqual(Promise.objects.get().due_at, SATURDAY_AT)

    def test_a_promise_that_is_moved(self) -> None:
        standing = self.promise()
        address = f"/promises/{standing.pk}/moving/"
        typed: dict[str, Any] = {"text": "koodi", "call": "Sopii.", "due_at": SATURDAY}

        self.assertSays(self.send(address, **typed), ASKS, "though the service is closed then")
        self.send(address, settled_due=MONDAY, **typed)

        self.assertEqual(Promise.objects.get(ended_at=None).due_at, MONDAY_AT)


class NextOpenTests(PagesTestCase):
    def test_closing_time_is_still_open_and_a_minute_later_is_not(self) -> None:
        for written, opens in (("15:59", None), ("16:00", None), ("16:01", MONDAY_AT)):
            at = datetime.fromisoformat(f"2026-11-20T{written}+00:00")
            with self.subTest(written):
                self.assertEqual(next_open(self.north, at), opens)

    def test_a_team_without_hours_is_never_said_to_be_closed(self) -> None:
        self.north.calendar = Calendar.objects.create(key="none", title="None", timezone="Europe/Helsinki")
        self.assertIsNone(next_open(self.north, SATURDAY_AT))
        self.assertFalse(CalendarVersion.objects.filter(calendar=self.north.calendar).exists())
