"""After a deed the whole page of a case says the same: the sheet, the queue, the customer's card, the menu."""

from __future__ import annotations

from valtti.desk.tests.desk_pages import PART, PagesTestCase, Said


class BesideTests(PagesTestCase):
    def page(self) -> str:
        return self.client.get(f"/cases/{self.kettle.pk}/").content.decode()

    def element(self, response: Said, opening: str, closing: str) -> str:
        """What an answer draws again in one element."""
        html = response.content.decode()
        start = html.index(opening)
        return html[start : html.index(closing, start)]

    def test_an_answer_that_arrived_leaves_nothing_owed_in_the_queue_beside_it(self) -> None:
        self.assertIn("Answer owed", self.page())
        self.accepted()

        response = self.part(f"/cases/{self.kettle.pk}/")

        queue = self.element(response, '<aside class="queue"', "</aside>")
        self.assertIn("hx-swap-oob", queue)
        self.assertIn("Customer’s turn", queue)
        self.assertNotIn("Answer owed", queue)

    def test_the_promise_just_made_stands_on_the_card(self) -> None:
        response = self.reply(
            part=True, next_step="promise", promise_text="Код отправки", promise_due="2026-11-20T15:00"
        )

        person = self.element(response, '<aside class="person"', "</aside>")
        self.assertIn("hx-swap-oob", person)
        self.assertIn("1 standing, 0 ended", person)

    def test_a_closed_case_leaves_the_count_of_the_menu_and_of_the_tabs(self) -> None:
        response = self.send(
            f"/cases/{self.kettle.pk}/closure/", part=True, outcome="solved", told_customer="on", seen_event=self.seen()
        )

        self.assertIn('Queue <span class="count">1</span>', self.element(response, '<nav id="nav"', "</nav>"))
        self.assertIn('Queue <span class="count">0</span>', self.element(response, '<nav class="tabs', "</nav>"))

    def test_the_menu_still_says_where_one_is_after_a_deed_at_another_address(self) -> None:
        self.people.aino.undo_seconds = 10
        self.people.aino.save(update_fields=["undo_seconds"])
        self.reply()
        here = PART | {"HX-Current-URL": f"http://testserver/cases/{self.kettle.pk}/"}

        response = self.client.post(f"/messages/{self.written().pk}/undoing/", headers=here)

        menu = self.element(response, '<nav id="nav"', "</nav>")
        self.assertEqual(menu.count("aria-current"), 1)
        self.assertRegex(menu, r'href="/cases/"[^>]*aria-current="page"')

    def test_a_whole_page_swaps_nothing(self) -> None:
        self.assertNotIn("hx-swap-oob", self.page())

    def test_another_part_leaves_the_columns_alone(self) -> None:
        response = self.send(f"/cases/{self.kettle.pk}/presence/", part=True)

        self.assertSilentOn(response, "hx-swap-oob", "<aside")
