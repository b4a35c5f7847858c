"""The page of a case: what stands on it without asking, for a clerk, a lead and a coach."""

from __future__ import annotations

from valtti.core import cast
from valtti.customers.actions import note_consent, save_needs
from valtti.desk.actions import closures, links, notes
from valtti.desk.models import Message
from valtti.desk.tests.desk_pages import PagesTestCase, Said
from valtti.ui import keys


class CasePageTests(PagesTestCase):
    def page(self) -> Said:
        return self.client.get(f"/cases/{self.kettle.pk}/")

    def test_number_words_state_channel_and_owner(self) -> None:
        page = self.page()
        self.assertSays(page, self.kettle.reference or "", "Чайник пришёл разбитым", "answer owed by", "today 13:12")
        self.assertSays(page, "e-mail, encounter 1", "Aino, North")

    def test_the_customers_words_are_guests_and_ours_are_not(self) -> None:
        self.accepted(text="Новый уйдёт завтра.")
        page = self.page().content.decode()
        self.assertIn('<div class="guest" lang="ru"><p>Что теперь делать?</p></div>', page)
        self.assertIn('<div class="ours" lang="ru"><p>Новый уйдёт завтра.</p></div>', page)
        self.assertIn("accepted by the customer’s server", page)

    def test_who_waits_is_said_at_their_last_word(self) -> None:
        self.assertSays(self.page(), "waits for an answer")
        self.accepted()
        self.assertSilentOn(self.page(), "waits for an answer")

    def test_a_receipt_is_folded(self) -> None:
        self.assertSays(self.page(), "Automatic receipt")

    def test_a_letter_that_came_back_is_red(self) -> None:
        self.refuse(self.accepted())
        self.assertSays(self.page(), "came back: the customer did not get it", "letters come back")

    def test_quotes_are_folded_with_their_number(self) -> None:
        text = "Есть новости?\n> старое\n> письмо"
        message = self.katja_writes(text, ranges=[[0, 13]])
        self.assertSays(self.page(), "2 more lines: quotes and signature", f'id="m{message.pk}"')

    def test_what_is_unfolded_is_what_was_folded_and_nothing_else(self) -> None:
        text = "Есть новости?\n\n-- \nКатя\n\n> старое\n\n"
        self.katja_writes(text, ranges=[[0, 13]])
        page = self.page().content.decode()
        self.assertIn("3 more lines: quotes and signature", page)
        self.assertEqual(page.count("Есть новости?</p>"), 1)
        self.assertIn("-- <br>Катя</p>", page)

    def test_empty_lines_at_the_end_are_not_folded_words(self) -> None:
        self.katja_writes("Есть новости?\n\n", ranges=[[0, 13]])
        self.assertSilentOn(self.page(), "quotes and signature")

    def test_a_promise_that_was_undone_before_it_left_never_ended(self) -> None:
        self.send_promise_and_undo()
        self.assertSilentOn(self.page(), "Promises that ended", "1 ended")

    def send_promise_and_undo(self) -> None:
        self.aino.undo_seconds = 10
        self.aino.save(update_fields=["undo_seconds"])
        self.reply(next_step="promise", promise_text="Код отправки", promise_due="2026-11-20T15:00")
        self.send(f"/messages/{self.written().pk}/undoing/")

    def test_an_address_that_is_not_confirmed_is_marked(self) -> None:
        self.katja_writes(trust="unverified")
        self.assertSays(self.page(), Message.objects.latest("pk").get_trust_display())

    def test_a_letter_that_could_not_be_shown_says_so(self) -> None:
        self.katja_writes(notice="too_large")
        self.assertSays(self.page(), "This letter could not be shown safely in full. Its bytes are kept.")

    def test_the_board_tells_what_is_promised_and_how_much_time_is_left(self) -> None:
        self.promise(hours=2)
        self.pass_time(minutes=95)
        page = self.page()
        self.assertSays(
            page, "Next for the customer: Katja", "код отправки", "25 min left", "standing, promised by: Aino"
        )
        self.assertSays(page, 'class="board-line"')

    def test_a_promise_past_its_time_is_late(self) -> None:
        self.promise(hours=2)
        self.pass_time(hours=3)
        self.assertSays(self.page(), 'class="board late"', "late, promised by: Aino")

    def test_other_promises_are_counted(self) -> None:
        self.promise(hours=2)
        self.promise(hours=3)
        self.assertSays(self.page(), "1 more promise stands in this case")

    def test_the_card_beside_it(self) -> None:
        save_needs(customer=self.katja, needs="Пишите, звонить не надо.", by=self.aino)
        note_consent(customer=self.katja, purpose="survey", basis="письмо", by=self.aino)
        page = self.page()
        self.assertSays(
            page, "Katja Orlova", "Russian, e-mail", "Пишите, звонить не надо.", "katja.orlova@posti.example"
        )
        self.assertSays(page, "May be asked", "confirmed", f'href="/customers/{self.katja.pk}/"', "Whole timeline")

    def test_the_history_beside_it_is_of_other_matters(self) -> None:
        self.assertSays(self.page(), "Nothing but this case.")
        other = self.write(cast.KATJA, subject="Утюг", subject_plain="Утюг").case
        page = self.page().content.decode()
        history = page[page.index("<h3>History</h3>") :]
        self.assertIn(f"{other.reference} was opened", history)
        self.assertNotIn(f"{self.kettle.reference} was opened", history)

    def test_clocks_say_what_was_met(self) -> None:
        self.assertSays(self.page(), "first answer", "due ")
        self.accepted()
        self.assertSays(self.page(), "met in time")

    def test_promises_that_ended(self) -> None:
        self.promise()
        self.reply(keeps=self.kettle.promises.get().pk)
        self.pass_time(seconds=11)
        self.run_tasks()
        self.assertSays(self.page(), "Promises that ended", "0 standing, 1 ended")

    def test_matters_that_belong_together(self) -> None:
        links.link_cases(a=self.kettle, b=self.invoice, kind="follows", by=self.aino)
        self.assertSays(self.page(), "Linked cases", self.invoice.title)

    def test_what_is_perhaps_the_same_matter(self) -> None:
        self.write(cast.KATJA)
        self.assertSays(self.page(), "Perhaps the same matter:")

    def test_a_customer_who_was_asked_and_is_silent(self) -> None:
        self.accepted()
        self.pass_time(days=6)
        self.assertSays(self.page(), "A friendly reminder may help.")
        self.pass_time(days=12)
        self.assertSays(self.page(), "You may close the case, with a letter that says so.")

    def test_the_queue_beside_it_marks_this_one(self) -> None:
        self.assertRegex(self.page().content.decode(), r'<li class="row[^"]*" aria-current="true">')

    def test_one_with_nothing_of_their_own_is_told_so(self) -> None:
        self.log_in(self.veikko)
        self.assertSays(self.page(), "Nothing is yours now. Take the next case.")

    def test_no_address_to_write_to(self) -> None:
        self.katja.contact_points.update(state="dead")
        self.assertSays(self.page(), "No address can be written to.")
        self.assertEqual(self.reply().status_code, 409)

    def test_the_part_is_the_sheet_with_what_stands_beside_it(self) -> None:
        part = self.part(f"/cases/{self.kettle.pk}/")
        self.assertPart(part, "main")
        self.assertSays(part, 'id="person" hx-swap-oob="innerHTML"', 'id="queue"')

    def test_it_follows_its_case_by_itself(self) -> None:
        self.assertSays(self.page(), f'data-live-topic="case:{self.kettle.pk}"')


class ClosedCaseTests(PagesTestCase):
    def test_a_closed_case_waits_for_nothing(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="not_possible", solution="Ei varaosaa.")

        page = self.client.get(f"/cases/{self.kettle.pk}/")

        self.assertSays(page, "closed", "Not possible", "Ei varaosaa.", "closed without an answer")
        self.assertSilentOn(page, "waits for an answer", 'id="composer"', "Write down a call")


class CoachTests(PagesTestCase):
    """Liisa reads what she coaches, and writes nothing."""

    def setUp(self) -> None:
        super().setUp()
        notes.note(case=self.kettle, author=self.veikko, text="Toinen särö.")
        self.standing = self.promise()
        self.log_in(self.liisa)

    def test_she_reads_all_of_it(self) -> None:
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, "Что теперь делать?", "Toinen särö.", "код отправки")

    def test_she_has_nothing_to_press(self) -> None:
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSilentOn(page, 'id="composer"', 'id="closing"', 'id="more"', 'data-key="v"', "Next case")

    def test_no_button_takes_the_keys_that_move_through_a_list(self) -> None:
        self.log_in(self.aino)
        self.assertSilentOn(self.client.get(f"/cases/{self.kettle.pk}/"), 'data-key="j"', 'data-key="k"')
        self.assertEqual([key.press for key in keys.listed() if key.press in {"j", "k"}], [])

    def test_keys_of_the_page_are_printed_beside_their_buttons(self) -> None:
        self.log_in(self.aino)
        page = self.client.get(f"/cases/{self.kettle.pk}/").content.decode()
        for key in "rmcvpn":
            with self.subTest(key):
                self.assertEqual(page.count(f'data-key="{key}"'), 1)
