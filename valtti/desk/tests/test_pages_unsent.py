"""Words that have not left: drafts kept as one types, files that wait, answers taken back."""

from __future__ import annotations

from typing import Any

from valtti.desk.tests.desk_pages import PagesTestCase, news


class DraftTests(PagesTestCase):
    def type(self, **typed: Any) -> str:
        response = self.send(f"/cases/{self.kettle.pk}/draft/", **typed)
        self.assertEqual(response.headers["Content-Type"], "text/plain; charset=utf-8")
        return str(response.content.decode())

    def test_what_is_typed_is_kept_and_the_page_says_when(self) -> None:
        self.assertEqual(self.type(text="Уже в", next_step="promise", promise_text="код"), "saved 9:12")

        draft = self.kettle.drafts.get()
        self.assertEqual(
            (draft.author, draft.kind, draft.text, draft.promise_text), (self.aino, "answer", "Уже в", "код")
        )

    def test_typing_on_keeps_one_draft_and_its_key(self) -> None:
        self.type(text="Уже")
        key = self.kettle.drafts.get().token
        self.type(text="Уже в пути")
        self.assertEqual((self.kettle.drafts.get().text, self.kettle.drafts.get().token), ("Уже в пути", key))

    def test_the_next_visit_finds_it(self) -> None:
        self.type(text="Уже в пути", next_step="promise", promise_text="код", promise_due="2026-11-20T12:00")

        page = self.client.get(f"/cases/{self.kettle.pk}/")

        self.assertSays(page, "Уже в пути</textarea>", 'value="код"', 'value="2026-11-20T12:00"', "saved 9:12")
        self.assertRegex(page.content.decode(), r'value="promise" required checked')

    def test_a_broken_time_in_a_draft_breaks_nothing(self) -> None:
        self.type(text="Уже", promise_due="2026-99-99T12:00")
        self.assertEqual(self.client.get(f"/cases/{self.kettle.pk}/").status_code, 200)

    def test_typing_is_no_news(self) -> None:
        before = news()
        self.type(text="Уже")
        self.assertNothingHappened(before)

    def test_a_text_too_long_is_said_to_be_so(self) -> None:
        self.assertEqual(self.type(text="а" * 200_001), "not saved: the text is too long")
        self.assertFalse(self.kettle.drafts.exists())

    def test_nobody_else_sees_the_words(self) -> None:
        self.type(text="Уже в пути")
        self.log_in(self.veikko)
        self.assertSilentOn(self.client.get(f"/cases/{self.kettle.pk}/"), "Уже в пути")

    def test_a_note_has_a_draft_of_its_own(self) -> None:
        self.type(text="Kysy varastosta", kind="note")
        self.type(text="Уже в пути")
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, "Kysy varastosta</textarea>", "Уже в пути</textarea>")

    def test_discarding_throws_away_ones_own(self) -> None:
        self.type(text="Уже в пути")
        self.log_in(self.veikko)
        self.type(text="Минуту")

        response = self.send(f"/cases/{self.kettle.pk}/draft/discarding/")

        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)
        self.assertEqual(self.kettle.drafts.get().author, self.aino)


class UndoTests(PagesTestCase):
    def test_an_answer_that_is_still_held_comes_back(self) -> None:
        self.reply(text="Уже в пути", next_step="promise", promise_text="код", promise_due="2026-11-20T12:00")
        sent = self.written()

        response = self.send(f"/messages/{sent.pk}/undoing/", part=True)

        self.assertPart(response, "main")
        self.assertSays(response, "Уже в пути</textarea>", 'value="код"', 'value="2026-11-20T12:00"')
        self.assertSilentOn(response, 'class="board"', f'id="m{sent.pk}"')

    def test_without_scripts_one_goes_back_to_the_case(self) -> None:
        self.reply()
        response = self.send(f"/messages/{self.written().pk}/undoing/")
        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)

    def test_its_next_sending_is_another_letter(self) -> None:
        self.reply(text="Уже в пути")
        self.send(f"/messages/{self.written().pk}/undoing/")
        self.reply(text="Уже в пути!", key=str(self.kettle.drafts.get().token))
        self.assertEqual(self.kettle.messages.filter(undone_at=None, text="Уже в пути!").count(), 1)

    def test_files_of_the_answer_come_back_with_it(self) -> None:
        self.reply(uploads=[self.a_file("kuva.png")])
        response = self.send(f"/messages/{self.written().pk}/undoing/", part=True)
        self.assertSays(response, 'name="attached"', "kuva.png")

    def test_what_has_left_has_left(self) -> None:
        sent = self.accepted()
        response = self.send(f"/messages/{sent.pk}/undoing/")
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "The letter has left already.")

    def test_only_the_writer_takes_it_back(self) -> None:
        self.reply()
        self.log_in(self.veikko)
        self.assertSilentOn(self.client.get(f"/cases/{self.kettle.pk}/"), 'data-key="u"')
        self.assertEqual(self.send(f"/messages/{self.written().pk}/undoing/").status_code, 409)
        self.assertIsNone(self.written().undone_at)

    def test_the_button_stands_as_long_as_it_works(self) -> None:
        self.reply()
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, f'action="/messages/{self.written().pk}/undoing/"', "leaves in 10 seconds")

        self.pass_time(seconds=4)
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "leaves in 6 seconds")

        self.pass_time(seconds=7)
        self.run_tasks()
        self.assertSilentOn(self.client.get(f"/cases/{self.kettle.pk}/"), "/undoing/")


class WaitingFilesTests(PagesTestCase):
    def test_files_of_a_wrong_form_wait_in_the_draft_and_leave_with_the_answer(self) -> None:
        response = self.reply(next_step="", uploads=[self.a_file("kuva.png")])
        self.assertSays(response, 'name="attached"', "kuva.png")
        waiting = self.kettle.drafts.get().files[0]["sha256"]

        self.reply(attached=waiting, uploads=[self.a_file("lasku.txt", b"lasku")])

        self.assertEqual([file.safe_name for file in self.written().files.order_by("pk")], ["kuva.png", "lasku.txt"])

    def test_a_file_that_is_no_longer_wanted_stays_behind(self) -> None:
        self.reply(next_step="", uploads=[self.a_file("kuva.png")])
        self.reply()
        self.assertFalse(self.written().files.exists())

    def test_nobody_sends_a_file_by_guessing_its_number(self) -> None:
        self.reply(uploads=[self.a_file("kuva.png")])
        guessed = self.written().files.get().sha256

        response = self.reply(attached=guessed)

        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "is not one of the available choices")

    def test_saving_as_one_types_leaves_the_files_there(self) -> None:
        self.reply(next_step="", uploads=[self.a_file("kuva.png")])
        self.send(f"/cases/{self.kettle.pk}/draft/", text="Уже")
        self.assertEqual(len(self.kettle.drafts.get().files), 1)
