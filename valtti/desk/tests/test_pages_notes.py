"""Notes, calls and who is here: what colleagues write for each other."""

from __future__ import annotations

import uuid
from typing import Any

from valtti.desk.models import Presence, Promise
from valtti.desk.tests.desk_pages import PagesTestCase, Said, news


class NoteTests(PagesTestCase):
    def note(self, text: str = "Toinen särö tällä viikolla.", **typed: Any) -> Said:
        fields: dict[str, Any] = {"text": text, "key": str(uuid.uuid4())}
        return self.send(f"/cases/{self.kettle.pk}/notes/", **fields | typed)

    def test_a_note_is_ours_only(self) -> None:
        response = self.note()

        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)
        self.assertEqual((self.written().direction, self.written().author_user), ("note", self.aino))
        self.assertIsNone(self.written().post)
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "Note, ours only", "Toinen särö tällä viikolla.")

    def test_it_answers_nobody(self) -> None:
        before = self.again(self.kettle)
        self.note()
        after = self.again(self.kettle)
        self.assertEqual((after.waiting_since, after.turn), (before.waiting_since, "ours"))

    def test_two_clicks_are_one_note(self) -> None:
        key = str(uuid.uuid4())
        self.note(key=key)
        self.note(key=key)
        self.assertEqual(self.kettle.messages.filter(direction="note").count(), 1)

    def test_a_closed_case_takes_notes(self) -> None:
        self.send(f"/cases/{self.kettle.pk}/closure/", outcome="solved", seen_event=self.seen())
        self.note()
        self.assertEqual(self.written().direction, "note")
        self.assertFalse(self.again(self.kettle).is_open)

    def test_the_part_shows_it_at_once(self) -> None:
        response = self.note(part=True)
        self.assertPart(response, "main")
        self.assertSays(response, "Toinen särö tällä viikolla.")

    def test_words_are_never_read_as_markup(self) -> None:
        self.note("<script>alert(1)</script>")
        page = self.client.get(f"/cases/{self.kettle.pk}/").content.decode()
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", page)
        self.assertNotIn("<script>alert", page)


class CallTests(PagesTestCase):
    def call(self, **typed: Any) -> Said:
        fields: dict[str, Any] = {"text": "Soitin, keitin lähtee huomenna.", "started_by": "company"}
        return self.send(f"/cases/{self.kettle.pk}/calls/", **fields | typed)

    def test_a_call_is_an_encounter_of_its_own(self) -> None:
        response = self.call()

        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)
        call = self.kettle.encounters.get(channel="phone")
        self.assertEqual((call.started_by, call.kind), ("company", "call"))
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "Call, in our words", "keitin lähtee huomenna")

    def test_a_call_keeps_the_promise_it_was_promised_for(self) -> None:
        standing = self.promise()
        self.call(keeps=standing.pk)
        standing.refresh_from_db()
        self.assertEqual(standing.end, "kept")

    def test_a_call_may_promise(self) -> None:
        self.call(promise_text="код отправки", promise_due="2026-11-20T15:00")
        self.assertEqual(Promise.objects.get(ended_at=None).text, "код отправки")

    def test_a_promise_of_another_case_is_not_among_the_choices(self) -> None:
        theirs = self.promise(case=self.invoice)
        self.assertEqual(self.call(keeps=theirs.pk).status_code, 422)


class PresenceTests(PagesTestCase):
    def be_here(self) -> Said:
        return self.send(f"/cases/{self.kettle.pk}/presence/", part=True)

    def test_a_colleague_who_looks_is_named(self) -> None:
        self.be_here()
        self.log_in(self.veikko)

        response = self.be_here()

        self.assertPart(response, "others")
        self.assertSays(response, "Aino is reading")
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "Aino is reading")

    def test_one_is_not_told_of_oneself(self) -> None:
        self.be_here()
        self.assertSilentOn(self.be_here(), "Aino")

    def test_whoever_types_is_writing(self) -> None:
        self.send(f"/cases/{self.kettle.pk}/draft/", text="Уже в пути")
        self.log_in(self.veikko)
        self.assertSays(self.be_here(), "Aino is writing since", "9:12")

    def test_after_a_minute_without_a_word_one_only_reads(self) -> None:
        self.send(f"/cases/{self.kettle.pk}/draft/", text="Уже в пути")
        self.pass_time(seconds=61)
        self.be_here()
        self.log_in(self.veikko)
        self.assertSays(self.be_here(), "Aino is reading")

    def test_after_forty_seconds_without_a_sign_one_is_gone(self) -> None:
        self.be_here()
        self.pass_time(seconds=41)
        self.log_in(self.veikko)
        self.assertSilentOn(self.be_here(), "Aino")

    def test_a_coach_is_seen_reading(self) -> None:
        self.log_in(self.liisa)
        self.be_here()
        self.log_in(self.aino)
        self.assertSays(self.be_here(), "Liisa is reading")

    def test_being_here_is_no_news_and_is_written_once(self) -> None:
        before = news()
        self.be_here()
        self.be_here()
        self.assertNothingHappened(before)
        self.assertEqual(Presence.objects.count(), 1)

    def test_the_page_says_by_itself_that_it_is_looked_at(self) -> None:
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, f'hx-post="/cases/{self.kettle.pk}/presence/" hx-trigger="load, every 15s"')

    def test_the_queue_names_them_too(self) -> None:
        self.be_here()
        self.log_in(self.veikko)
        self.assertSays(self.client.get("/cases/"), "Aino is here")
