"""Promises on their own pages: the list, and the ways one ends."""

from __future__ import annotations

from typing import Any

from valtti.desk.actions import calls
from valtti.desk.models import Promise
from valtti.desk.tests.desk_pages import PagesTestCase, Said, news

KEY = "b7d3e7f0-3a53-4c1e-9d50-6f1f8a7f2c11"


class PromiseListTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.promise(hours=1, text="Напишу через час.")
        self.promise(hours=26)
        self.pass_time(hours=2)

    def test_late_first_then_today_then_later(self) -> None:
        self.promise(hours=3)

        page = self.client.get("/promises/").content.decode()

        self.assertEqual(
            sorted(("Late ", "Today ", "Later "), key=lambda word: page.index(f">{word}<span")),
            ["Late ", "Today ", "Later "],
        )
        self.assertContains(self.client.get("/promises/"), "1 h 00 late")

    def test_mine_and_all_that_i_see(self) -> None:
        self.log_in(self.veikko)
        self.assertSays(self.client.get("/promises/"), "No promise stands")
        self.assertSays(self.client.get("/promises/?who=all"), "код отправки", "Katja Orlova", "Aino")

    def test_strangers_see_none(self) -> None:
        self.log_in(self.otto)
        self.assertSilentOn(self.client.get("/promises/?who=all"), "код отправки")

    def test_the_list_comes_as_a_part(self) -> None:
        self.assertPart(self.part("/promises/"), "list")

    def test_a_row_leads_to_its_case(self) -> None:
        self.assertSays(self.client.get("/promises/"), f'href="/cases/{self.kettle.pk}/"')


class EndingTestCase(PagesTestCase):
    """One promise stands, made this morning."""

    def setUp(self) -> None:
        super().setUp()
        self.standing = self.promise(hours=2)
        self.pass_time(minutes=30)

    def end(self, how: str, **typed: Any) -> Said:
        return self.send(f"/promises/{self.standing.pk}/{how}/", **typed)

    def look(self, how: str) -> Said:
        return self.client.get(f"/promises/{self.standing.pk}/{how}/")

    def ended(self) -> str:
        self.standing.refresh_from_db()
        return self.standing.end

    def assertBackAtTheCase(self, response: Said) -> None:
        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)


class KeepingTests(EndingTestCase):
    def test_an_answer_of_ours_shows_it(self) -> None:
        shown = self.accepted(text="Код: JJFI123")
        self.assertSays(self.look("keeping"), "Код: JJFI123", "Say what kept the promise")

        self.assertBackAtTheCase(self.end("keeping", evidence=shown.pk))

        self.assertEqual((self.ended(), self.standing.evidence_message), ("kept", shown))

    def test_the_call_just_made_shows_it(self) -> None:
        self.assertBackAtTheCase(self.end("keeping", call="Soitin, sanoin koodin."))
        self.assertEqual((self.ended(), self.written().text), ("kept", "Soitin, sanoin koodin."))

    def test_a_call_written_down_before_shows_it(self) -> None:
        call = calls.log_call(case=self.kettle, by=self.veikko, text="Soitin koodin.", started_by="company")
        self.end("keeping", evidence=call.pk)
        self.assertEqual(self.ended(), "kept")

    def test_too_late_is_kept_late(self) -> None:
        self.pass_time(hours=2)
        self.end("keeping", call="Soitin.")
        self.assertEqual(self.ended(), "kept_late")

    def test_without_evidence_nothing_is_kept(self) -> None:
        before = news()
        response = self.end("keeping", call="  ")
        self.assertEqual(response.status_code, 422)
        self.assertNothingHappened(before)
        self.assertSays(response, "Write down the call, or say what was done.")
        self.assertSilentOn(response, "Choose the answer")

    def test_where_answers_can_be_chosen_the_page_says_so(self) -> None:
        self.accepted()
        self.assertSays(
            self.end("keeping", call=""), "Choose the answer that shows it, write down the call, or say what was"
        )

    def test_what_was_done_without_a_word_to_the_customer_keeps_it(self) -> None:
        self.assertSays(self.look("keeping"), "Or done in another way: what was done")

        self.assertBackAtTheCase(self.end("keeping", done="Palautustarra postitettu."))

        note = self.written()
        self.assertEqual((self.ended(), self.standing.evidence_message), ("kept", note))
        self.assertEqual((note.text, note.direction, note.channel), ("Palautustarra postitettu.", "note", "email"))

    def test_with_no_answer_yet_only_the_call_is_asked_for(self) -> None:
        page = self.look("keeping")
        self.assertSays(page, "The call just made: what was said")
        self.assertSilentOn(page, "What shows it")

    def test_a_note_for_colleagues_shows_nothing(self) -> None:
        self.send(f"/cases/{self.kettle.pk}/notes/", text="Lähtee huomenna", key=KEY)
        self.assertSilentOn(self.look("keeping"), "Lähtee huomenna")

    def test_a_letter_of_another_case_shows_nothing(self) -> None:
        other = self.settled(self.answer(self.invoice))
        self.assertEqual(self.end("keeping", evidence=other.pk).status_code, 422)

    def test_twice_is_told_to_whoever_comes_second(self) -> None:
        self.end("keeping", call="Soitin.")
        response = self.end("keeping", call="Soitin minäkin.")
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "This promise has ended already.")


class MovingTests(EndingTestCase):
    def test_in_time_and_told_it_is_moved_with_notice(self) -> None:
        response = self.end("moving", text="код завтра", due_at="2026-11-23T12:00", call="Soitin, sopii.")

        self.assertBackAtTheCase(response)
        moved = Promise.objects.get(ended_at=None)
        self.assertEqual((moved.text, moved.moved_from), ("код завтра", self.standing))
        self.assertEqual(self.ended(), "moved")

    def test_after_its_time_it_was_broken(self) -> None:
        self.pass_time(hours=3)
        self.end("moving", text="код завтра", due_at="2026-11-23T12:00", call="Soitin myöhässä.")
        self.assertEqual(self.ended(), "broken")

    def test_the_times_promised_most_often_can_be_chosen(self) -> None:
        page = self.look("moving")
        self.assertSays(page, 'list="id_due_at_offers"', '<datalist id="id_due_at_offers">')
        self.assertSays(page, '<option value="2026-11-20T16:00" label="today 16:00">')
        self.assertSays(page, '<option value="2026-11-23T10:00" label="Mon 23 Nov, 10:00">')
        self.assertSays(page, '<option value="2026-11-24T12:00" label="Tue 24 Nov, 12:00">')

    def test_the_page_begins_with_the_words_of_the_old_one(self) -> None:
        page = self.look("moving")
        self.assertSays(page, 'value="код отправки"', "counts as moved with notice")

    def test_it_needs_a_time_to_come_and_the_call(self) -> None:
        response = self.end("moving", text="код", due_at="2026-11-19T12:00", call="")
        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "This time has passed.", "This field is required.")
        self.assertEqual(self.ended(), "")


class WithdrawalTests(EndingTestCase):
    def test_the_customers_own_words_end_it(self) -> None:
        self.katja_writes("Не надо, уже купила.")
        wish = self.written()

        self.assertBackAtTheCase(self.end("withdrawal", evidence=wish.pk))

        self.assertEqual((self.ended(), self.standing.evidence_message), ("withdrawn", wish))

    def test_without_their_words_there_is_nothing_to_choose(self) -> None:
        page = self.look("withdrawal")
        self.assertSays(page, "The customer has not written since the promise was made.")
        self.assertSilentOn(page, "End the promise at the customer’s wish")

    def test_our_own_words_are_not_theirs(self) -> None:
        self.katja_writes()
        ours = self.accepted()
        self.assertEqual(self.end("withdrawal", evidence=ours.pk).status_code, 422)


class GivingUpTests(EndingTestCase):
    def test_given_up_is_broken_and_says_why(self) -> None:
        self.assertBackAtTheCase(self.end("giving-up", reason="Varasto on tyhjä"))
        self.assertEqual(self.ended(), "broken")
        self.assertTold("promise.broken", self.standing, reason="Varasto on tyhjä")

    def test_a_reason_beyond_all_measure_comes_back(self) -> None:
        response = self.end("giving-up", reason="v" * 201)
        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "at most 200 characters")
        self.assertEqual(self.ended(), "")

    def test_looking_ends_nothing(self) -> None:
        self.assertEqual(self.look("giving-up").status_code, 405)
        for how in ("keeping", "moving", "withdrawal"):
            self.assertEqual(self.look(how).status_code, 200)
        self.assertEqual(self.ended(), "")

    def test_the_page_shows_every_other_way(self) -> None:
        self.assertSays(self.look("keeping"), f"/promises/{self.standing.pk}/moving/", "Give the promise up")
