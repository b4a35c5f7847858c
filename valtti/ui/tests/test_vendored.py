"""Third-party files are what VENDOR.toml says, and the sprite holds every sign a page names."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import SimpleTestCase

from valtti.ui import links, vendoring
from valtti.ui.signs import DISCS
from valtti.ui.tests.files import HOUSE, VENDOR, every_template

BY_TAG = re.compile(r"""{%-?\s*icon\s+["']([\w-]+)["']""")
BY_NAME = re.compile(r"""\bicon=["']([\w-]+)["']""")
SYMBOL = re.compile(r'<symbol id="([\w-]+)"')


def in_sprite() -> set[str]:
    return set(SYMBOL.findall(vendoring.SPRITE.read_text(encoding="utf-8")))


def named(path: Path) -> set[str]:
    """Icons a template names outright."""
    text = path.read_text(encoding="utf-8")
    return {*BY_TAG.findall(text), *BY_NAME.findall(text)}


class SpriteTests(SimpleTestCase):
    def test_every_icon_a_template_names_is_in_the_sprite(self) -> None:
        for path in every_template():
            with self.subTest(path.relative_to(HOUSE).as_posix()):
                self.assertEqual(named(path) - in_sprite(), set(), "Add it to icons in VENDOR.toml and run bin/vendor.")

    def test_every_icon_a_room_hangs_is_in_the_sprite(self) -> None:
        hung = {link.icon for link in links.hung() if link.icon}

        self.assertEqual(hung - in_sprite(), set())

    def test_discs_drop_mark_and_pips_are_there(self) -> None:
        ours = {
            *(f"disc-{fill}" for fill in DISCS),
            "drop",
            "mark",
            "mark-one",
            *(f"pips-{level}" for level in range(5)),
        }

        self.assertEqual(ours - in_sprite(), set())

    def test_each_symbol_is_there_once_and_each_icon_was_listed(self) -> None:
        symbols = SYMBOL.findall(vendoring.SPRITE.read_text(encoding="utf-8"))
        own = SYMBOL.findall(vendoring.OWN_SIGNS.read_text(encoding="utf-8"))
        lucide = next(package for package in vendoring.packages() if package["name"] == "lucide-static")

        self.assertEqual(sorted(symbols), sorted(set(symbols)))
        self.assertEqual(set(symbols) - set(own), set(lucide["icons"]))

    def test_the_sprite_runs_nothing_and_loads_nothing(self) -> None:
        self.assertNotRegex(vendoring.SPRITE.read_text(encoding="utf-8"), r"<script|\son\w+=|<style|href=|<image|url\(")


class VendorTests(SimpleTestCase):
    def test_every_file_is_what_the_list_says(self) -> None:
        for package in vendoring.packages():
            with self.subTest(package["name"]):
                self.assertEqual(vendoring.differences(package), [])

    def test_a_changed_file_would_be_noticed(self) -> None:
        package = {"files": [{"to": "htmx.min.js", "sha256": "0" * 64, "bytes": 1}]}

        self.assertIn("htmx.min.js", vendoring.differences(package)[0])

    def test_a_missing_file_would_be_noticed(self) -> None:
        package = {"files": [{"to": "gone.js", "sha256": "0" * 64, "bytes": 1}]}

        self.assertEqual(len(vendoring.differences(package)), 1)

    def test_licences_are_permitted_and_lie_beside(self) -> None:
        for package in vendoring.packages():
            with self.subTest(package["name"]):
                self.assertIn(package["licence"], vendoring.PERMITTED)
                self.assertGreater((VENDOR / package["licence_text"]).stat().st_size, 200)

    def test_nothing_lies_there_that_is_not_listed(self) -> None:
        listed = {entry["to"] for package in vendoring.packages() for entry in package["files"]}
        texts = {package["licence_text"] for package in vendoring.packages()}

        self.assertEqual({path.name for path in VENDOR.iterdir()}, {*listed, *texts, "VENDOR.toml"})

    def test_a_drawing_becomes_a_symbol_of_its_shapes_only(self) -> None:
        drawing = (
            '<!-- by -->\n<svg\n class="lucide"\n stroke="red">\n  <path d="M1 1" />\n  <circle cx="1" r="2" />\n</svg>'
        )

        self.assertEqual(
            vendoring.symbol("dot", drawing),
            '<symbol id="dot" viewBox="0 0 24 24"><path d="M1 1"/><circle cx="1" r="2"/></symbol>',
        )

    def test_the_sprite_begins_with_our_own_signs(self) -> None:
        made = vendoring.sprite({"b": "<path d='2'/>", "a": "<path d='1'/>"})

        self.assertLess(made.index('id="mark"'), made.index('id="a"'))
        self.assertLess(made.index('id="a"'), made.index('id="b"'))
        self.assertTrue(made.endswith("</svg>\n"))
