"""What higher rooms hang on lower pages: links, panels, keys, the stream, the house's name and hue."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from valtti.ui import house, keys, links, live, panels
from valtti.ui.tests.tiny import AINO, Colleague, TinyHouse, rendered, request


def may_serve(user: Any) -> bool:
    return "serve" in user.rights


class LinkTests(TinyHouse):
    def test_links_are_drawn_in_order_with_count_and_key(self) -> None:
        links.hang("menu", "ui:catalogue", "Parts", order=20)
        links.hang("menu", "queue", "Queue", "inbox", "g q", 10, count=lambda user: len(user.first_name))

        queue, parts = links.drawn("menu", request())

        self.assertEqual(
            (queue.url, queue.title, queue.icon, queue.key, queue.count), ("/queue/", "Queue", "inbox", "g q", 4)
        )
        self.assertEqual((parts.url, parts.count), ("/ui/", None))

    def test_a_link_is_shown_only_to_those_who_may_follow_it(self) -> None:
        links.hang("menu", "queue", "Queue", right=may_serve)

        self.assertEqual(links.drawn("menu", request()), [])
        self.assertEqual(len(links.drawn("menu", request(user=Colleague(rights=frozenset({"serve"}))))), 1)

    def test_a_right_is_named_as_the_house_names_it(self) -> None:
        class Lead:
            is_authenticated = is_active = True
            house_role = ""
            standing = frozenset({(1, "lead")})

        self.assertTrue(links.has("team.board", Lead()))
        self.assertFalse(links.has("users.manage", Lead()))
        with self.assertRaises(KeyError):
            links.has("no.such.right", Lead())

    def test_visitors_are_shown_no_links(self) -> None:
        links.hang("menu", "queue", "Queue")

        self.assertEqual(links.drawn("menu", request(user=AnonymousUser())), [])
        self.assertEqual(links.drawn("menu", HttpRequest()), [])

    def test_the_link_to_where_one_is(self) -> None:
        links.hang("menu", "queue", "Queue")

        for where, current in (("/queue/", True), ("/queue/42/", True), ("/other/", False)):
            with self.subTest(where):
                self.assertEqual(links.drawn("menu", request(where))[0].current, current)

    def test_the_first_page_is_not_everywhere(self) -> None:
        self.assertFalse(links._is_current("/", "/queue/"))
        self.assertTrue(links._is_current("/", "/"))

    def test_a_link_about_one_row_takes_its_number(self) -> None:
        links.hang("customer", "case", "Write")

        self.assertEqual(links.drawn("customer", request(), 42)[0].url, "/queue/42/")

    def test_hung_twice_is_there_once_and_the_later_counts(self) -> None:
        links.hang("menu", "queue", "Queue")
        links.hang("menu", "queue", "Team queue")

        self.assertEqual([link.title for link in links.hung("menu")], ["Team queue"])

    def test_a_menu_of_links_and_buttons(self) -> None:
        links.hang("me", "queue", "Own settings", "settings", "g s", count=lambda user: 3)
        links.hang("me", "ui:catalogue", "Log out", "lock", post=True)

        shown = rendered('{% menu "me" %}')

        self.assertIn('<a href="/queue/" data-key="g s" aria-keyshortcuts="g s">', shown)
        self.assertIn('<span class="count">3</span>', shown)
        self.assertIn('<form method="post" action="/ui/">', shown)
        self.assertIn("csrfmiddlewaretoken", shown)


class PanelTests(TinyHouse):
    def test_a_page_loads_its_panels_and_shows_links_without_scripts(self) -> None:
        panels.hang("customers:customer", "case", "Cases", order=10)

        shown = rendered('{% panels "customers:customer" 42 %}')

        self.assertIn('<section id="case" hx-get="/queue/42/" hx-trigger="load" hx-target="#case"', shown)
        self.assertIn('<p><a href="/queue/42/">Cases</a></p>', shown)

    def test_panels_stand_in_order_and_on_their_own_page_only(self) -> None:
        panels.hang("customers:customer", "queue", "Second", order=20)
        panels.hang("customers:customer", "survey", "First", order=10)
        panels.hang("desk:case", "case", "Elsewhere")

        self.assertEqual([panel.title for panel in panels.hung("customers:customer")], ["First", "Second"])
        self.assertEqual(len(panels.hung()), 3)

    def test_a_panel_is_not_offered_to_those_who_may_not_see_it(self) -> None:
        panels.hang("customers:customer", "case", "Cases", right=may_serve)

        self.assertEqual(rendered('{% panels "customers:customer" 42 %}').strip(), "")

    def test_a_panel_s_part_is_named_as_its_view(self) -> None:
        self.assertEqual(panels.Panel("x", "desk:customer_panel", "Cases").part, "customer_panel")

    def test_hung_twice_is_there_once(self) -> None:
        panels.hang("desk:case", "case", "Cases")
        panels.hang("desk:case", "case", "Cases")

        self.assertEqual(len(panels.hung("desk:case")), 1)


class KeyListTests(TinyHouse):
    def test_a_room_s_keys_and_the_menu_s_stand_among_the_house_s(self) -> None:
        keys.hang("r", "Answer the customer", order=20)
        links.hang("menu", "queue", "Queue", key="g q", order=1)

        presses = [key.press for key in keys.listed()]

        self.assertEqual(presses, ["j k", "Enter", "/", "r", "g q", "Ctrl Enter", "Esc", "?"])

    def test_a_menu_without_a_key_is_not_listed(self) -> None:
        links.hang("menu", "queue", "Queue")

        self.assertNotIn("", [key.press for key in keys.listed()])


class HouseTests(TinyHouse):
    def test_untold_the_house_is_called_valtti_and_wears_petrol(self) -> None:
        self.assertEqual(house.house(), house.House("Valtti", 222))

    def test_a_room_tells_its_name_and_hue(self) -> None:
        house.tell(lambda: house.House("Kaiku Kuitu", 145))

        self.assertEqual(house.house().name, "Kaiku Kuitu")
        self.assertIn('href="/ui/hue.css"', rendered('{% include "ui/head.html" %}'))

    def test_in_petrol_no_sheet_of_a_hue_is_asked_for(self) -> None:
        self.assertNotIn("hue.css", rendered('{% include "ui/head.html" %}'))


class StreamTests(TinyHouse):
    def test_a_page_knows_where_to_listen(self) -> None:
        live.feed(lambda asked: f"/live/?ticket={asked.path}", "queue")

        self.assertEqual(live.stream(request()), live.Stream("/live/?ticket=/", "/queue/"))

    def test_a_visitor_s_page_listens_to_nothing(self) -> None:
        live.feed(lambda asked: "/live/", "queue")

        self.assertIsNone(live.stream(request(user=AnonymousUser())))

    def test_while_nobody_feeds_it_there_is_no_stream(self) -> None:
        self.assertIsNone(live.stream(request(user=AINO)))
