"""Pages written from the code, and the command that compares them with it."""

from __future__ import annotations

import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, override_settings

from valtti.core import events
from valtti.core.caps import CAPS
from valtti.core.limits import LIMITS, MEANING
from valtti.project.documents import PAGES, caps, reactions, settings
from valtti.project.documents.tables import table
from valtti.project.environment import SETTINGS


class PageTests(SimpleTestCase):
    def test_every_setting_is_on_its_page(self) -> None:
        page = settings.page()
        for name in SETTINGS:
            self.assertIn(f"| `{name}` |", page)

    def test_a_secret_says_that_it_is_one(self) -> None:
        line = next(line for line in settings.page().splitlines() if line.startswith("| `VALTTI_SECRET_KEY`"))
        self.assertIn("*Secret.*", line)

    def test_every_cap_and_every_limit_is_on_its_page_in_words(self) -> None:
        page = caps.page()
        for cap in CAPS.values():
            self.assertIn(f"| {cap.meaning} | {cap.value:,} {cap.unit} |", page)
        self.assertEqual(LIMITS.keys(), MEANING.keys())
        self.assertIn("| A request's body; beyond it 413, unread. | 31,457,280 bytes |", page)
        self.assertIn("| Automatic letters to one address. | 3 in an hour, 8 in a day |", page)
        self.assertIn("| Failed logins to one account from one network. | 5 in 5 minutes |", page)

    def test_every_kind_of_news_is_on_its_page_with_who_hears_it(self) -> None:
        page = reactions.page()
        for kind in events.declared():
            self.assertIn(f"| `{kind}` |", page)
        for reaction in events.reactions():
            self.assertIn(reaction.function.__name__, page)

    def test_a_bar_in_a_cell_does_not_break_the_table(self) -> None:
        self.assertEqual(table(["a", "b"], [["x|y", ""]]), "| a | b |\n| --- | --- |\n| x\\|y |  |")


class CommandTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.docs = Path(folder.name) / "docs"
        elsewhere = override_settings(BASE_DIR=Path(folder.name) / "valtti")
        elsewhere.enable()
        self.addCleanup(elsewhere.disable)

    def test_a_page_that_is_missing_or_altered_is_named(self) -> None:
        with self.assertRaisesMessage(CommandError, "settings.md"):
            call_command("documents")

        call_command("documents", "--write", stdout=StringIO())
        (self.docs / "settings.md").write_text("Something else.")

        with self.assertRaisesMessage(CommandError, "settings.md"):
            call_command("documents")

    def test_writing_brings_all_in_step_and_touches_only_what_differs(self) -> None:
        call_command("documents", "--write", stdout=StringIO())
        again = StringIO()

        call_command("documents", "--write", stdout=again)
        call_command("documents")

        self.assertEqual(again.getvalue(), "")
        self.assertEqual({path.name for path in self.docs.iterdir()}, set(PAGES))
