"""Style sheets and scripts: their house rules, their weight, and how they are joined when collected."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.test import SimpleTestCase, override_settings

from valtti.ui.storage import bare_script, bare_sheet
from valtti.ui.tests.files import CSS, JS, STATIC, UI, VENDOR, every_template, listed_scripts, listed_sheets, weight

APART = {"valtti.css", "paper.css", "catalogue.css", "public.css"}
KILO = 1000
NAMED_BY_TEMPLATES = (
    *("data-key", "data-rows", "data-draft", "data-draft-said"),
    *("data-live-topic", "data-live-text", "data-menu"),
)


def sheet(name: str) -> str:
    return (CSS / name).read_text(encoding="utf-8")


def script(name: str) -> str:
    return (JS / name).read_text(encoding="utf-8")


class SheetTests(SimpleTestCase):
    def test_every_sheet_is_in_the_list_or_sent_apart(self) -> None:
        self.assertEqual({path.name for path in CSS.glob("*.css")}, {*listed_sheets(), *APART})

    def test_colours_are_written_in_one_file(self) -> None:
        for name in {*listed_sheets(), "paper.css", "catalogue.css"} - {"tokens.css"}:
            with self.subTest(name):
                self.assertNotRegex(
                    re.sub(r"url\(.*?\)|#000", "", sheet(name)), r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(|oklch\("
                )

    def test_every_variable_is_defined(self) -> None:
        everything = "".join(sheet(path.name) for path in CSS.glob("*.css") if path.name != "public.css")
        defined = set(re.findall(r"(--[\w-]+)\s*:", everything))

        used = set(re.findall(r"var\((--[\w-]+)\)", everything))
        self.assertEqual(used - defined, set())

    def test_nothing_shouts(self) -> None:
        for name in listed_sheets():
            self.assertNotIn("!important", sheet(name))

    def test_nothing_is_styled_by_its_id(self) -> None:
        for name in {*listed_sheets(), "paper.css"} - {"tokens.css"}:
            self.assertNotRegex(sheet(name), r"(?<![\w(])#[a-z][\w-]*\s*[,{]")

    def test_every_family_stays_in_its_layers(self) -> None:
        for name in set(listed_sheets()) - {"fonts.css"}:
            outside = re.sub(r"@layer [\w, ]+;", "", re.sub(r"/\*.*?\*/", "", sheet(name), flags=re.S)).strip()
            self.assertTrue(outside.startswith("@layer"), name)

    def test_braces_close(self) -> None:
        for path in CSS.glob("*.css"):
            self.assertEqual(path.read_text().count("{"), path.read_text().count("}"), path.name)

    def test_all_families_together_stay_readable(self) -> None:
        self.assertLessEqual(sum(len(sheet(name).splitlines()) for name in listed_sheets()), 1500)

    def test_fonts_are_our_own_and_there(self) -> None:
        for address in re.findall(r"url\((.*?)\)", sheet("fonts.css")):
            self.assertTrue((CSS / address).resolve().is_relative_to(UI) and (CSS / address).exists(), address)

    def test_customers_pages_need_nothing_newer_than_custom_properties(self) -> None:
        self.assertNotRegex(sheet("public.css"), r"@layer|@import|:has\(|oklch|light-dark|&[:.]|@container|url\(")


class WeightTests(SimpleTestCase):
    def test_what_a_staff_page_loads(self) -> None:
        self.assertLessEqual(weight("".join(bare_sheet(sheet(name)) for name in listed_sheets())), 12.5 * KILO)

    def test_our_own_scripts(self) -> None:
        self.assertLessEqual(weight("".join(bare_script(script(name)) for name in listed_scripts())), 4 * KILO)

    def test_all_scripts(self) -> None:
        vendored = weight((VENDOR / "htmx.min.js").read_bytes()) + weight((VENDOR / "hx-csp.js").read_bytes())
        own = weight("".join(bare_script(script(name)) for name in listed_scripts()))

        self.assertLessEqual(vendored + own, 21 * KILO)

    def test_type_for_finnish_and_russian_together(self) -> None:
        files = [path for path in VENDOR.glob("*.woff2") if "latin-ext" not in path.name]

        self.assertLessEqual(sum(path.stat().st_size for path in files), 85 * KILO)

    def test_icons_paper_and_the_customer_s_sheet(self) -> None:
        self.assertLessEqual(weight((STATIC / "icons.svg").read_bytes()), 5 * KILO)
        self.assertLessEqual(weight(bare_sheet(sheet("paper.css"))), KILO)
        self.assertLessEqual(weight(sheet("public.css")), 3 * KILO)


class ScriptTests(SimpleTestCase):
    def test_every_script_is_in_the_list_or_named_by_a_page(self) -> None:
        pages = "".join(path.read_text(encoding="utf-8") for path in every_template())
        apart = set(re.findall(r'"ui/js/([\w.-]+)"', pages))

        self.assertEqual({path.name for path in JS.glob("*.js")}, {*listed_scripts(), *apart})

    def test_every_script_is_small_and_opens_with_what_it_does(self) -> None:
        for name in listed_scripts():
            self.assertLess(len(script(name).splitlines()), 60, name)
            self.assertTrue(script(name).startswith("// "), name)

    def test_no_script_writes_markup_or_runs_text(self) -> None:
        for name in listed_scripts():
            self.assertNotRegex(
                script(name), r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\("
            )

    def test_elements_are_found_by_data_never_by_class(self) -> None:
        for name in listed_scripts():
            for selector in re.findall(r"(?:querySelector(?:All)?|closest|matches)\(([\"`'])(.*?)\1", script(name)):
                self.assertNotRegex(selector[1], r"(^|[\s,>])\.\w", name)

    def test_no_script_reaches_into_another_house(self) -> None:
        for name in listed_scripts():
            self.assertNotRegex(script(name), r"https?://|//[\w.]+/")

    def test_what_a_template_may_name_is_written_down(self) -> None:
        told = (UI.parent.parent / "docs" / "ui.md").read_text(encoding="utf-8")
        everything = "".join(script(name) for name in listed_scripts())

        for word in NAMED_BY_TEMPLATES:
            camel = re.sub(r"-(\w)", lambda letter: letter[1].upper(), word.removeprefix("data-"))
            self.assertTrue(word in everything or f"dataset.{camel}" in everything, word)
            self.assertIn(word, told)


class BareTests(SimpleTestCase):
    def test_a_sheet_without_comments_and_idle_spaces_means_the_same(self) -> None:
        self.assertEqual(
            bare_sheet("/* why */\n.a .b:hover {\n  color: var(--ink);\n}\n"), ".a .b:hover{color:var(--ink)}"
        )

    def test_a_comment_over_several_lines(self) -> None:
        self.assertEqual(bare_sheet(".a{} /* one\n two */ .b{}"), ".a{}.b{}")

    def test_spaces_that_mean_something_stay(self) -> None:
        self.assertEqual(
            bare_sheet("a :is(b) { inline-size: calc(1rem + 2px); }"), "a :is(b){inline-size:calc(1rem + 2px)}"
        )

    def test_a_script_keeps_its_names_to_itself(self) -> None:
        self.assertEqual(bare_script("// why\nconst page = 1;\n  // aside\n"), "{\nconst page = 1;\n}\n")


class CollectTests(SimpleTestCase):
    def collect(self, folder: str) -> dict[str, str]:
        storages = {"staticfiles": {"BACKEND": "valtti.ui.storage.JoinedStaticFilesStorage"}}
        with override_settings(STATIC_ROOT=folder, STORAGES=storages):
            call_command("collectstatic", interactive=False, verbosity=0)
        paths: dict[str, str] = json.loads((Path(folder) / "staticfiles.json").read_text())["paths"]
        return paths

    def test_the_lists_become_one_sheet_and_one_script(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            paths = self.collect(folder)
            joined = (Path(folder) / paths["ui/css/valtti.css"]).read_text()
            scripts = (Path(folder) / paths["ui/js/valtti.js"]).read_text()

            self.assertTrue(joined.startswith("@layer reset,tokens,base"))
            self.assertNotRegex(joined, r"@import|/\*")
            self.assertLess(joined.index("--canvas:"), joined.index(".button{"))
            self.assertNotRegex(scripts, r"^import|^//")
            self.assertEqual(scripts.count("\n}\n{\n"), len(listed_scripts()) - 1)

    def test_fonts_are_found_under_their_new_names(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            joined = Path(folder) / self.collect(folder)["ui/css/valtti.css"]
            fonts = re.findall(r'url\("?(.*?)"?\)', joined.read_text())

            self.assertEqual(len(fonts), 6)
            for font in fonts:
                self.assertRegex(font, r"\.[0-9a-f]{12}\.woff2$")
                self.assertTrue((joined.parent / font).resolve().exists(), font)

    def test_collecting_twice_gives_the_same(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(self.collect(folder), self.collect(folder))

    def test_what_travels_is_compressed_beforehand(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            paths = self.collect(folder)

            self.assertTrue((Path(folder) / f"{paths['ui/css/valtti.css']}.gz").exists())
