"""Numbers, dates and signs from outside every measure: refused in words or passed over, never a broken page."""

from __future__ import annotations

from unittest import TestCase

from valtti.desk.models import Draft
from valtti.desk.tests.desk_pages import PagesTestCase, news
from valtti.desk.views.uploads import media_type

FAR = "9999-12-31T23:59"


class OddInputTests(PagesTestCase):
    def test_nobody_promises_for_the_year_9999(self) -> None:
        before = news()

        response = self.reply(next_step="promise", promise_text="код", promise_due=FAR)

        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "This is too far away to promise. Choose a time within two years.")
        self.assertNothingHappened(before)

    def test_nor_west_of_greenwich_where_that_day_ends_in_no_year(self) -> None:
        self.aino.time_zone = "America/New_York"
        self.aino.save(update_fields=["time_zone"])

        self.assertEqual(self.reply(next_step="promise", promise_text="код", promise_due=FAR).status_code, 422)

    def test_an_owner_that_no_number_can_be_is_everybody(self) -> None:
        self.assertEqual(self.client.get(f"/cases/?who={'9' * 25}").status_code, 200)

    def test_an_event_that_cannot_be_keeps_the_answer_as_a_draft(self) -> None:
        response = self.reply(seen_event="1" + "0" * 19, text="Уже в пути.")

        self.assertEqual(response.status_code, 422)
        self.assertEqual(Draft.objects.get(case=self.kettle, author=self.aino, kind="answer").text, "Уже в пути.")

    def test_days_outside_our_time_are_named_by_the_search(self) -> None:
        for text in ("before:0001-01-01", "after:0001-01-01", "before:9999-12-31", "tag:\0"):
            with self.subTest(text=text):
                self.assertEqual(self.client.get("/search/", {"q": text}).status_code, 200)

    def test_a_file_of_no_name_is_not_there(self) -> None:
        self.assertEqual(self.client.get("/files/%00/").status_code, 404)


class MediaTypeTests(TestCase):
    def test_what_is_no_media_type_is_plain_bytes(self) -> None:
        for told in ("application/x\x0by", "text", "", None, "text/plain\r\nX: y", "a/b; c=d"):
            with self.subTest(told=told):
                self.assertEqual(media_type(told), "application/octet-stream")
        self.assertEqual(media_type("image/svg+xml"), "image/svg+xml")
