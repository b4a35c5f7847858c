"""409: the case moved on while somebody was writing; what happened is shown, what was typed stays."""

from __future__ import annotations

from valtti.core import cast
from valtti.desk.actions import assignments, closures, notes
from valtti.desk.tests.desk_pages import PagesTestCase, news


class MovedOnTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.before = self.seen()
        self.pass_time(seconds=12)

    def test_a_colleague_has_answered_meanwhile(self) -> None:
        self.answer(author=self.veikko, text="Я уже отправил новый.")

        response = self.reply(text="Отправлю завтра.", seen_event=self.before)

        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "The case moved on while you were writing.", "Veikko", "a colleague answered")
        self.assertSays(response, "Я уже отправил новый.", "Отправлю завтра.</textarea>")
        self.assertSays(response, "Send anyway", "Edit the answer", "Discard the answer")
        self.assertEqual(self.written().author_user, self.veikko)

    def test_the_customer_has_written_meanwhile(self) -> None:
        self.katja_writes("Нашла чек!")
        response = self.reply(seen_event=self.before)
        self.assertSays(response, "the customer wrote", "Нашла чек!", "Katja Orlova")

    def test_what_happened_is_told_in_order(self) -> None:
        notes.note(case=self.kettle, author=self.veikko, text="Soitin varastoon.")
        self.pass_time(minutes=1)
        self.katja_writes("Нашла чек!")

        page = self.reply(seen_event=self.before).content.decode()
        moved = page[page.index('id="moved"') : page.index('id="talk"')]

        self.assertLess(moved.index("Soitin varastoon."), moved.index("Нашла чек!"))

    def test_a_colleague_has_closed_the_case_meanwhile(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.veikko, outcome="solved")

        response = self.reply(text="Отправлю завтра.", seen_event=self.before)

        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "Veikko", "the case was closed", "reopen the case to send them", "Reopen the case")
        self.assertSilentOn(response, "Send anyway", "Edit the answer")
        self.assertEqual(self.kettle.drafts.get(author=self.aino).text, "Отправлю завтра.")

    def test_a_case_one_has_seen_closed_is_not_written_in(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.veikko, outcome="solved")

        response = self.reply(text="Отправлю завтра.")

        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "This case is closed.", "Reopen it, then write.")
        self.assertEqual(self.kettle.drafts.get().text, "Отправлю завтра.")
        wrong = self.reply(text="Отправлю завтра.", next_step="")
        self.assertSays(wrong, "Not sent: the case is closed.", "Reopen the case")

    def test_what_was_typed_waits_as_a_draft(self) -> None:
        self.katja_writes()
        self.reply(text="Отправлю завтра.", seen_event=self.before)
        self.assertEqual(self.kettle.drafts.get(author=self.aino).text, "Отправлю завтра.")

    def test_whoever_has_read_it_sends_it_as_it_is(self) -> None:
        self.katja_writes()
        page = self.reply(text="Отправлю завтра.", seen_event=self.before).content.decode()
        self.assertIn(f'name="seen_event" value="{self.seen()}" id="answer_seen_event"', page)

        response = self.reply(text="Отправлю завтра.", seen_event=self.seen())

        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.written().text, "Отправлю завтра.")

    def test_sending_anyway_does_not_pass_over_what_nobody_has_read(self) -> None:
        self.katja_writes("Нашла чек!")
        self.reply(seen_event=self.before)
        read = self.seen()
        self.katja_writes("И коробку.")

        response = self.reply(seen_event=read)

        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "И коробку.")
        moved = response.content.decode().split('id="talk"')[0]
        self.assertNotIn("Нашла чек!", moved.split('id="moved"')[1])

    def test_ones_own_note_is_no_surprise(self) -> None:
        notes.note(case=self.kettle, author=self.aino, text="Soitin.")
        self.assertEqual(self.reply(seen_event=self.before).status_code, 303)

    def test_a_topic_is_no_reason_to_stop(self) -> None:
        self.send(f"/cases/{self.kettle.pk}/topic/", topic="")
        self.assertEqual(self.reply(seen_event=self.before).status_code, 303)

    def test_the_part_has_the_differences_and_the_new_conversation(self) -> None:
        self.katja_writes("Нашла чек!")
        response = self.reply(part=True, seen_event=self.before)
        self.assertEqual(response.status_code, 409)
        self.assertPart(response, "main")
        self.assertPart(response, "moved")

    def test_files_chosen_before_are_still_there(self) -> None:
        self.katja_writes()
        response = self.reply(seen_event=self.before, uploads=[self.a_file("kuva.png")])
        self.assertSays(response, 'name="attached"', "kuva.png")


class MovedDeedTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.before = self.seen()

    def test_closing_does_not_pass_over_a_new_letter(self) -> None:
        self.katja_writes("И ещё вопрос.")
        before = news()

        response = self.send(f"/cases/{self.kettle.pk}/closure/", outcome="solved", seen_event=self.before)

        self.assertEqual(response.status_code, 409)
        self.assertNothingHappened(before)
        self.assertSays(response, "Nothing was changed.", "И ещё вопрос.")
        self.assertSilentOn(response, "Send anyway")

    def test_the_page_that_came_back_closes_it(self) -> None:
        self.katja_writes("И ещё вопрос.")
        self.send(f"/cases/{self.kettle.pk}/closure/", outcome="solved", seen_event=self.before)
        self.send(f"/cases/{self.kettle.pk}/closure/", outcome="solved", seen_event=self.seen())
        self.assertFalse(self.again(self.kettle).is_open)

    def test_taking_does_not_pass_over_a_giving(self) -> None:
        seen = self.seen(self.invoice)
        assignments.assign(case=self.invoice, to=self.veikko, by=self.veikko)

        response = self.send(f"/cases/{self.invoice.pk}/assignment/", user=self.aino.pk, seen_event=seen)

        self.assertEqual(response.status_code, 404, "it is Veikko's now, and Aino may not take it from him")

    def test_reopening_does_not_pass_over_a_letter(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.veikko, outcome="solved")
        seen = self.seen()
        notes.note(case=self.kettle, author=self.veikko, text="Odota vielä.")

        response = self.send(f"/cases/{self.kettle.pk}/reopening/", seen_event=seen)

        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "Odota vielä.")
        self.assertFalse(self.again(self.kettle).is_open)

    def test_somebody_closed_it_a_moment_ago(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.veikko, outcome="solved")
        response = self.send(f"/cases/{self.kettle.pk}/closure/", part=True, outcome="solved", seen_event=self.before)
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "Somebody closed this case a moment ago.")
        self.assertEqual(response.headers["HX-Retarget"], "#said")

    def test_strangers_are_told_nothing_of_what_moved(self) -> None:
        self.write(cast.PEKKA, text="Salaisuus.")
        self.log_in(self.otto)
        self.assertEqual(self.reply(seen_event=self.before).status_code, 404)
