"""`valtti`: finds the command or says which one was meant, and ends with 0, 1 or 2."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from valtti import __version__
from valtti.project import commands
from valtti.project.documents import commands as page

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-c", "from valtti.project.cli import main; raise SystemExit(main())"]


class CommandLineTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name) / "data"

    def valtti(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        told = {name: value for name, value in os.environ.items() if not name.startswith(("VALTTI_", "DJANGO_"))}
        told |= {"VALTTI_DATA": str(self.data)} | environment
        return subprocess.run([*COMMAND, *words], env=told, cwd=ROOT, capture_output=True, text=True, timeout=60)

    def test_help_is_no_fault_and_nothing_at_all_is_wrong_usage(self) -> None:
        asked, silent = self.valtti("help"), self.valtti()

        self.assertEqual((asked.returncode, asked.stderr), (0, ""))
        self.assertIn("  serve ", asked.stdout)
        self.assertEqual((silent.returncode, silent.stdout), (2, ""))
        self.assertIn("usage:", silent.stderr)

    def test_a_word_mistyped_is_answered_with_the_one_that_was_meant(self) -> None:
        ran = self.valtti("outbocks")

        self.assertEqual(ran.returncode, 2)
        self.assertIn("Did you mean `valtti outbox`?", ran.stderr)

    def test_a_setting_mistyped_is_said_in_one_line(self) -> None:
        ran = self.valtti("outbox", "list", VALTTI_WORKER="3")

        self.assertEqual(ran.returncode, 2)
        self.assertIn("VALTTI_WORKER is not a setting", ran.stderr)
        self.assertNotIn("Traceback", ran.stderr)

    def test_the_first_command_makes_an_empty_database_ready(self) -> None:
        first, second = self.valtti("outbox", "list"), self.valtti("outbox", "list")

        self.assertEqual((first.returncode, first.stdout), (0, ""), first.stderr)
        self.assertIn("Making the database", first.stderr)
        self.assertEqual((second.returncode, second.stderr), (0, ""))

    def test_a_fault_is_one_and_wrong_arguments_are_two(self) -> None:
        self.assertEqual(self.valtti("outbox", "list", "--format", "xml").returncode, 2)
        self.assertEqual(self.valtti("outbox", "retry", "7").returncode, 2)
        self.assertEqual(self.valtti("audit", "verify", "--anchor", f"3:{'0' * 64}").returncode, 1)

    def test_its_version(self) -> None:
        ran = self.valtti("--version")

        self.assertEqual((ran.returncode, ran.stdout), (0, f"{__version__}\n"))
        self.assertIn(f'version = "{__version__}"', (ROOT / "pyproject.toml").read_text())

    def test_letters_are_read_without_any_setting(self) -> None:
        letter = Path(self.data.parent) / "letter.eml"
        letter.write_bytes(b"From: katja@posti.example\r\nSubject: Hei\r\n\r\nMoi\r\n")

        ran = self.valtti("mail", "parse", "--format", "json", str(letter), VALTTI_WRONG="1")

        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn('"Hei"', ran.stdout)
        self.assertFalse(self.data.exists())

    def test_the_house_is_checked(self) -> None:
        ran = self.valtti("check", "--format", "json")

        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.assertIn('"about": "database", "level": "ok"', ran.stdout)

    def test_a_kind_of_process_that_is_none(self) -> None:
        ran = self.valtti("serve", "--only", "web,broker")

        self.assertEqual(ran.returncode, 2)
        self.assertIn("broker", ran.stderr)


class PageTests(SimpleTestCase):
    def test_every_command_is_on_its_page_with_its_arguments(self) -> None:
        text = page.page()
        for name in commands.names():
            self.assertIn(f"\n## valtti {name}\n", text)
        self.assertIn("| verify `--anchor SEQ:HASH` |", text)
        self.assertNotIn("--settings", text)

    def test_every_command_says_what_it_is_for(self) -> None:
        for name in commands.names():
            self.assertTrue(commands.load(name).help.strip(), name)
