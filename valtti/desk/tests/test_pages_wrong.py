"""422: the form comes back with what was typed, says what is wrong, and puts the focus there."""

from __future__ import annotations

from typing import Any

from valtti.desk.tests.desk_pages import PagesTestCase, news

LONG_AGO = "2026-11-19T12:00"


class WrongAnswerTests(PagesTestCase):
    def wrong(self, *words: str, **typed: Any) -> str:
        """The answer is refused for these reasons; nothing has happened. The page as it came back."""
        before = news()
        response = self.reply(**typed)
        self.assertEqual(response.status_code, 422)
        self.assertNothingHappened(before)
        self.assertSays(response, *words)
        return response.content.decode()

    def test_no_next_step(self) -> None:
        page = self.wrong("Say what happens next: a promise", next_step="", text="Уже в пути.")
        self.assertIn("Уже в пути.</textarea>", page)
        self.assertRegex(page, r'value="promise" required autofocus aria-describedby="answer_wrong"')

    def test_the_house_says_what_is_missing_and_not_the_browser_in_its_own_language(self) -> None:
        page = self.client.get(f"/cases/{self.kettle.pk}/").content.decode()
        self.assertRegex(page, r'<form class="composer axis"[^>]* novalidate')

    def test_no_words(self) -> None:
        page = self.wrong("Not sent yet", "Write the answer.", text="")
        self.assertRegex(page, r'<textarea id="answer_text"[^>]*aria-invalid="true"[^>]*autofocus')

    def test_a_promise_without_words(self) -> None:
        page = self.wrong(
            "Write what we promise, in the customer’s language.", next_step="promise", promise_due="2026-11-20T12:00"
        )
        self.assertRegex(page, r'id="answer_promise_text"[^>]*aria-invalid="true"[^>]*autofocus')
        self.assertIn('value="2026-11-20T12:00"', page)

    def test_a_promise_without_a_time(self) -> None:
        page = self.wrong("Say by when.", next_step="promise", promise_text="код")
        self.assertRegex(page, r'id="answer_promise_text"[^>]*value="код"')

    def test_a_promise_in_the_past(self) -> None:
        self.wrong("This time has passed.", next_step="promise", promise_text="код", promise_due=LONG_AGO)

    def test_the_time_of_no_promise_may_be_anything(self) -> None:
        self.assertEqual(self.reply(next_step="customer", promise_due=LONG_AGO, promise_text="код").status_code, 303)
        self.assertEqual(self.written().promises_made.count(), 0)

    def test_nothing_more_without_how_it_ended(self) -> None:
        self.wrong("Say how the matter ended.", next_step="nothing", outcome="")

    def test_an_invented_next_step(self) -> None:
        self.wrong("Select a valid choice", next_step="perhaps")

    def test_a_text_beyond_all_measure(self) -> None:
        self.wrong("at most 200000 characters", text="а" * 200_001)

    def test_what_was_typed_waits_as_a_draft_too(self) -> None:
        self.wrong("Say by when.", next_step="promise", promise_text="код", text="Уже в пути.")

        draft = self.kettle.drafts.get(author=self.aino)
        self.assertEqual((draft.text, draft.next_step, draft.promise_text), ("Уже в пути.", "promise", "код"))

    def test_the_part_carries_the_same(self) -> None:
        response = self.reply(part=True, next_step="")
        self.assertEqual(response.status_code, 422)
        self.assertPart(response, "main")


class OtherWrongFormsTests(PagesTestCase):
    def assertRefused(self, address: str, *words: str, **typed: Any) -> str:
        before = news()
        response = self.send(f"/cases/{self.kettle.pk}/{address}/", **typed)
        self.assertEqual(response.status_code, 422)
        self.assertNothingHappened(before)
        self.assertSays(response, *words)
        return response.content.decode()

    def test_an_empty_note_is_shown_where_it_can_be_read(self) -> None:
        page = self.assertRefused("notes", "Not saved yet. Correct this first:", text="")
        self.assertEqual(page.count('id="note_text"'), 1)

    def test_a_call_without_words(self) -> None:
        page = self.assertRefused("calls", "What was said and agreed", text="", started_by="company")
        self.assertEqual(page.count('id="call_text"'), 1)
        self.assertIn('<details class="part" open><summary>Write down a call', page)

    def test_a_call_that_promises_without_a_time(self) -> None:
        self.assertRefused(
            "calls", "A promise needs its words and its time.", text="Soitin.", started_by="company", promise_text="код"
        )

    def test_a_closure_without_how_it_ended(self) -> None:
        page = self.assertRefused("closure", "How it ended", seen_event=self.seen(), solution="Uusi keitin.")
        self.assertIn("Uusi keitin.</textarea>", page)
        self.assertEqual(page.count('id="closing_outcome"'), 1)

    def test_a_form_that_does_not_say_what_its_page_showed(self) -> None:
        self.assertRefused("closure", "seen_event", outcome="solved")
        self.assertRefused("reopening", "Not saved yet.")

    def test_a_topic_that_is_none(self) -> None:
        self.assertRefused("topic", "Select a valid choice", topic="99999")

    def test_a_tag_too_long_to_read(self) -> None:
        page = self.assertRefused("tags", "at most 40 characters", name="k" * 41)
        self.assertIn('value="' + "k" * 41, page)

    def test_a_tag_that_is_not_there_cannot_be_taken_off(self) -> None:
        self.assertRefused("tags", "Select a valid choice", remove="99999")
