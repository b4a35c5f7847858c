"""Forms and links swap a part, and are ordinary forms and links without scripts."""

from __future__ import annotations

from django.test import SimpleTestCase

from valtti.ui import hx
from valtti.ui.tests.tiny import rendered, request


class AttributeTests(SimpleTestCase):
    def test_a_form_posts_with_and_without_scripts(self) -> None:
        self.assertHTMLEqual(
            f"<form {hx.form('/cases/42/closure/', '#state', 'n0nce')}></form>",
            '<form method="post" action="/cases/42/closure/" hx-post="/cases/42/closure/" hx-target="#state" '
            'hx-swap="outerHTML" hx-nonce="n0nce"></form>',
        )

    def test_a_form_that_only_asks_moves_the_address(self) -> None:
        self.assertHTMLEqual(
            f"<form {hx.form('/cases/', '#list', 'n', method='get')}></form>",
            '<form method="get" action="/cases/" hx-get="/cases/" hx-target="#list" hx-swap="outerHTML" '
            'hx-nonce="n" hx-push-url="true"></form>',
        )

    def test_a_link_leads_somewhere_without_scripts(self) -> None:
        self.assertHTMLEqual(
            f"<a {hx.link('/cases/?page=2', '#list', 'n')}></a>",
            '<a href="/cases/?page=2" hx-get="/cases/?page=2" hx-target="#list" hx-swap="outerHTML" hx-nonce="n" '
            'hx-push-url="true"></a>',
        )

    def test_a_link_that_only_refreshes_leaves_the_address(self) -> None:
        self.assertNotIn("push", hx.link("/cases/42/", "#state", "n", push=False))

    def test_a_place_loads_itself(self) -> None:
        written = hx.load("/cases/panel/", "#panel", "n")

        self.assertIn('hx-trigger="load"', written)
        self.assertNotIn("href", written)

    def test_a_page_says_that_it_is_looked_at_without_keeping_a_login_alive(self) -> None:
        written = hx.beat("/cases/42/presence/", "#others", "n")

        self.assertIn('hx-post="/cases/42/presence/" hx-trigger="load, every 15s"', written)
        self.assertIn("data-by-itself", written)

    def test_what_stands_beside_a_part_is_drawn_again_with_it_and_never_in_a_whole_page(self) -> None:
        part = request(headers={"HX-Request-Type": "partial"})

        self.assertEqual(rendered("<ul {% hx_beside %}>", part), '<ul hx-swap-oob="innerMorph">')
        self.assertEqual(rendered('<ul {% hx_beside "innerHTML" %}>', part), '<ul hx-swap-oob="innerHTML">')
        self.assertEqual(rendered("<ul {% hx_beside %}>", request()), "<ul >")

    def test_an_address_cannot_break_out_of_its_attribute(self) -> None:
        for write in (hx.form, hx.link, hx.load, hx.beat, hx.look):
            self.assertNotIn("<script", write('/"><script>', "#list", "n"))

    def test_no_attribute_is_inherited_or_runs_code(self) -> None:
        everything = hx.form("/", "#a", "n", method="get") + hx.link("/", "#a", "n") + hx.load("/", "#a", "n")

        for word in ("inherited", "hx-on", "js:", "hx-vals", "hx-boost"):
            self.assertNotIn(word, everything)


class NonceTests(SimpleTestCase):
    def test_a_form_and_a_link_carry_the_nonce_of_their_page(self) -> None:
        asked = request()

        form = rendered('<form {% hx_form "/a/" "#a" %}>', asked)
        link = rendered('<a {% hx_link "/a/" "#a" %}>', asked)

        nonce = str(asked._csp_nonce)  # type: ignore[attr-defined]
        self.assertIn(f'hx-nonce="{nonce}"', form)
        self.assertIn(f'hx-nonce="{nonce}"', link)

    def test_the_tags_take_a_method_and_a_push(self) -> None:
        self.assertIn('method="get"', rendered('<form {% hx_form "/a/" "#a" method="get" %}>'))
        self.assertNotIn("push", rendered('<a {% hx_link "/a/" "#a" push=False %}>'))
