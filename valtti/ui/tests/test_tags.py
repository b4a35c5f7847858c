"""The signs every page is made of: icons, discs, names, keys."""

from __future__ import annotations

from django.test import SimpleTestCase
from django.utils import translation

from valtti.ui import signs
from valtti.ui.tests.tiny import AINO, Colleague, rendered, request


class SignTests(SimpleTestCase):
    def test_an_icon_stands_beside_its_word_and_is_not_read_out(self) -> None:
        self.assertEqual(
            rendered('{% icon "mail" %}'),
            '<svg class="icon" aria-hidden="true"><use href="/static/ui/icons.svg#mail"/></svg>',
        )

    def test_an_icon_alone_has_a_name(self) -> None:
        self.assertEqual(
            rendered('{% icon "shield-check" label %}', label="sender <verified>"),
            '<svg class="icon" role="img" aria-label="sender &lt;verified&gt;">'
            '<use href="/static/ui/icons.svg#shield-check"/></svg>',
        )

    def test_a_disc_says_state_by_fill_and_urgency_by_colour(self) -> None:
        self.assertIn('class="disc warn"', rendered('{% disc "half" "warn" %}'))
        self.assertIn("#disc-half", rendered('{% disc "half" "warn" %}'))
        self.assertIn('class="disc"', rendered('{% disc "open" %}'))

    def test_every_fill_in_every_urgency(self) -> None:
        for fill in signs.DISCS:
            for urgency in signs.URGENCIES:
                self.assertIn(f"#disc-{fill}", signs.disc(fill, urgency))

    def test_a_state_that_does_not_exist_is_a_mistake(self) -> None:
        for fill, urgency in (("empty", ""), ("half", "red")):
            with self.assertRaises(ValueError):
                signs.disc(fill, urgency)

    def test_a_state_is_a_disc_and_a_word(self) -> None:
        self.assertHTMLEqual(
            rendered('{% state "half" word "live" pill=True %}', word="Promised"),
            '<span class="state live pill"><svg class="disc" aria-hidden="true">'
            '<use href="/static/ui/icons.svg#disc-half"/></svg><span class="word">Promised</span></span>',
        )

    def test_a_word_of_a_state_is_escaped(self) -> None:
        self.assertIn("&lt;i&gt;", rendered('{% state "open" word %}', word="<i>"))

    def test_promises_kept_are_a_row_of_discs_with_a_name(self) -> None:
        with translation.override("en-gb"):
            shown = rendered("{% kept 5 6 %}")

        self.assertIn('role="img" aria-label="5 of 6 kept"', shown)
        self.assertEqual((shown.count("#disc-full"), shown.count("#disc-open")), (5, 1))

    def test_nothing_promised_is_an_empty_row(self) -> None:
        self.assertNotIn("<svg", rendered("{% kept 0 0 %}"))

    def test_the_level_reached(self) -> None:
        with translation.override("en-gb"):
            self.assertIn('aria-label="level 2 of 4"><use href="/static/ui/icons.svg#pips-2"', rendered("{% pips 2 %}"))

    def test_the_mark(self) -> None:
        self.assertIn('class="mark m96"', rendered('{% mark "m96" %}'))
        self.assertIn('class="mark"', rendered("{% mark %}"))


class WhoTests(SimpleTestCase):
    def test_a_colleague_is_a_card_with_an_initial(self) -> None:
        self.assertEqual(
            rendered("{% who other %}", other=Colleague("ёлка")), '<span class="who" aria-hidden="true">Ё</span>'
        )

    def test_my_own_card_is_filled(self) -> None:
        self.assertEqual(
            rendered('{% who me "big" %}', me=AINO), '<span class="who me big" aria-hidden="true">A</span>'
        )

    def test_nobody_yet(self) -> None:
        self.assertEqual(
            rendered("{% who nobody %}", request(), nobody=None), '<span class="who" aria-hidden="true">?</span>'
        )


class KeyTests(SimpleTestCase):
    def test_a_button_names_its_key_for_hand_and_ear(self) -> None:
        self.assertEqual(rendered('{% key "g q" %}'), 'data-key="g q" aria-keyshortcuts="g q"')

    def test_the_printed_key_is_not_read_as_part_of_the_name(self) -> None:
        self.assertEqual(rendered('{% kbd "c" %}'), '<kbd aria-hidden="true">c</kbd>')
