"""The shells: landmarks, language, theme, menu, keys, the live mark."""

from __future__ import annotations

import re

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation

from valtti.ui import house, links, live
from valtti.ui.tests.tiny import AINO, Colleague, TinyHouse, request, templates


def page(shell: str, **blocks: str) -> str:
    """A template that fills blocks of a shell."""
    filled = "".join(f"{{% block {name} %}}{text}{{% endblock %}}" for name, text in blocks.items())
    return f'{{% extends "ui/{shell}.html" %}}{filled}'


PAGES = {
    "staff": page("base", title="Queue", main="<h1>Queue</h1>"),
    "cockpit": page("base", body='<div class="cockpit"><main id="main">x</main></div>'),
    "login": page("door", title="Log in", main="<h1>Log in</h1>"),
    "status": page("public", main="<h1>What happens next</h1>"),
    "letter": page("print", main="<h1>Case 42</h1>"),
}


@override_settings(TEMPLATES=templates(**PAGES))
class ShellTests(TinyHouse):
    def shown(self, name: str = "staff", asked: HttpRequest | None = None, **context: object) -> str:
        asked = asked or request()
        with translation.override("en-gb"):
            return render_to_string(f"{name}.html", {"user": asked.user, **context}, asked)

    def test_a_page_is_complete_and_each_thing_is_there_once(self) -> None:
        shown = self.shown()

        for piece in (
            "<main",
            "</main>",
            'id="main"',
            "<h1>",
            '<header class="top">',
            'id="said"',
            "<title>Queue · Valtti</title>",
        ):
            self.assertEqual(shown.count(piece), 1, piece)

    def test_a_page_may_lay_out_itself(self) -> None:
        self.assertEqual(self.shown("cockpit").count('id="main"'), 1)

    def test_the_first_link_leads_to_the_content(self) -> None:
        self.assertIn('<a class="skip" href="#main">', self.shown())

    def test_every_id_is_there_once(self) -> None:
        links.hang("me", "queue", "Log out", post=True)
        ids = re.findall(r'\sid="([^"]+)"', self.shown())

        self.assertEqual(sorted(ids), sorted(set(ids)))

    def test_every_script_is_a_file_and_the_first_carries_the_nonce(self) -> None:
        asked = request()
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", self.shown(asked=asked))

        self.assertTrue(all("src=" in attributes and not body for attributes, body in scripts))
        self.assertIn(f'nonce="{asked._csp_nonce}"', scripts[0][0])  # type: ignore[attr-defined]
        self.assertIn("htmx.min.js", scripts[0][0])

    def test_only_the_one_extension_is_let_in(self) -> None:
        self.assertIn("""<meta name="htmx-config" content='extensions:"hx-csp",defaultSettleDelay:0'>""", self.shown())

    def test_theme_and_keys_are_written_by_the_server(self) -> None:
        plain = self.shown()
        own = self.shown(asked=request(user=Colleague(theme="dark", keys_on=False)))

        self.assertNotRegex(plain, r"<html[^>]*data-")
        self.assertIn('<html lang="en-gb" data-theme="dark" data-keys="off">', own)
        self.assertIn("Keys are switched off", own)

    def test_a_theme_that_does_not_exist_is_not_written(self) -> None:
        self.assertNotIn("data-theme", self.shown(asked=request(user=Colleague(theme='x"y'))))

    def test_the_menu_names_where_one_is_and_how_much_waits(self) -> None:
        links.hang("menu", "queue", "Queue", "", "g q", count=lambda user: 24)

        shown = self.shown(asked=request("/queue/"))

        self.assertIn('aria-current="page">Queue <span class="count">24</span>', shown)
        self.assertIn('data-key="g q"', shown)

    def test_an_empty_count_is_not_shown(self) -> None:
        links.hang("menu", "queue", "Queue", count=lambda user: 0)

        self.assertNotIn('class="count"', self.shown())

    def test_the_search_is_there_when_a_room_searches(self) -> None:
        self.assertNotIn('role="search"', self.shown())
        links.hang("search", "queue", "Search")
        self.assertIn('<form class="seek push" role="search" action="/queue/">', self.shown())

    def test_a_page_listens_where_its_stream_is(self) -> None:
        self.assertNotIn("data-live", self.shown().replace("data-live-", ""))
        live.feed(lambda asked: "/live/?ticket=a&b", "queue")

        shown = self.shown()

        self.assertIn('<body data-live="/live/?ticket=a&amp;b" data-ticket-url="/queue/">', shown)
        self.assertIn("data-live-on hidden", shown)
        self.assertIn("data-live-off hidden", shown)

    def test_what_the_house_has_to_say_is_said(self) -> None:
        shown = self.shown(messages=[type("Said", (), {"tags": "good", "__str__": lambda self: "Saved <b>"})()])

        self.assertIn('<div class="alert good">', shown)
        self.assertIn("Saved &lt;b&gt;", shown)

    def test_on_paper_there_is_no_chrome(self) -> None:
        self.assertNotIn('<header class="top">', self.shown(asked=request("/queue/?print=1")))

    def test_a_visitor_sees_no_menu_of_his_own(self) -> None:
        self.assertNotIn('id="me"', self.shown(asked=request(user=AnonymousUser())))

    def test_the_door_bears_the_house_s_name(self) -> None:
        house.tell(lambda: house.House("Kaiku Kuitu"))

        shown = self.shown("login")

        self.assertIn("<title>Log in · Kaiku Kuitu</title>", shown)
        self.assertIn('<body class="alone">', shown)
        self.assertNotIn("<script", shown)

    def test_the_customer_s_page_has_no_script_no_staff_sheet_and_is_not_indexed(self) -> None:
        shown = self.shown("status", request(user=AnonymousUser()))

        self.assertIn('content="noindex"', shown)
        self.assertIn("public.css", shown)
        for absent in ("<script", "valtti.css", "icons.svg"):
            self.assertNotIn(absent, shown)

    def test_a_letter_file_is_always_light_and_bare(self) -> None:
        shown = self.shown("letter", request(user=AINO))

        self.assertIn('data-theme="light"', shown)
        self.assertNotIn("<script", shown)


class PartTests(TinyHouse):
    def part(self, name: str, **context: object) -> str:
        with translation.override("en-gb"):
            return render_to_string(f"ui/parts.html#{name}", context, request()).strip()

    def test_empty_says_which_of_three_it_is_and_the_next_step(self) -> None:
        shown = self.part("empty", art="done", title="Everyone has had an answer", url="/queue/", deed="Look at it")

        self.assertIn('class="trump"', shown)
        self.assertIn('<a class="button plain" href="/queue/">Look at it</a>', shown)
        self.assertNotIn("buttons", self.part("empty", art="none", title="No surveys yet"))

    def test_each_drawing_is_another(self) -> None:
        drawings = {self.part("empty", art=art, title="x") for art in ("done", "none", "lost", "apart", "broken")}

        self.assertEqual(len(drawings), 5)

    def test_a_pager_leads_both_ways_and_is_absent_on_a_single_page(self) -> None:
        shown = self.part("pager", newer="/queue/?a", older="/queue/?b", shown="26–50 of 203", target="#list")

        self.assertIn('href="/queue/?a"', shown)
        self.assertIn('href="/queue/?b"', shown)
        self.assertIn("26–50 of 203", shown)
        self.assertEqual(self.part("pager", shown="1–3 of 3", target="#list"), "")
