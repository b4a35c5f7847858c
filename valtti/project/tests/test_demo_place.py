"""Where the demo lives: its own folder and port, never somebody's real house."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import SimpleTestCase

from valtti.project.demo import place


@contextmanager
def taken_port() -> Iterator[int]:
    """A port at which somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


class PlaceTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        before = dict(os.environ)
        self.home = Path(tempfile.mkdtemp()) / "demo"
        self.addCleanup(shutil.rmtree, self.home.parent)
        self.addCleanup(os.environ.update, before)
        self.addCleanup(os.environ.clear)
        self.addCleanup(self.move_out)
        os.environ["VALTTI_DATA"] = str(self.home)

    def move_out(self) -> None:
        """As when the process ends."""
        while place._held:
            os.close(place._held.pop())

    def move_in(self, *words: str) -> None:
        """A start of the demo with these words."""
        self.move_out()
        place.prepare("demo", words)

    def test_an_empty_folder_becomes_the_demo_s(self) -> None:
        self.move_in()

        self.assertEqual([path.name for path in self.home.iterdir()], [place.STATE])
        self.assertFalse(place.is_complete())

    def test_a_real_house_is_never_touched(self) -> None:
        self.home.mkdir()
        (self.home / "valtti.sqlite3").write_text("ours")

        for words in ((), ("--fresh",)):
            with self.assertRaisesRegex(SystemExit, "holds something else than a demo"):
                self.move_in(*words)
        self.assertEqual((self.home / "valtti.sqlite3").read_text(), "ours")

    def test_what_was_loaded_to_its_end_is_kept(self) -> None:
        self.move_in()
        (self.home / "valtti.sqlite3").write_text("rows")
        place.say_complete()

        self.move_in()

        self.assertTrue(place.is_complete())
        self.assertTrue((self.home / "valtti.sqlite3").exists())

    def test_fresh_begins_anew(self) -> None:
        self.move_in()
        (self.home / "files").mkdir()
        (self.home / "files" / "letter").write_text("old")
        place.say_complete()

        self.move_in("--fresh")

        self.assertEqual([path.name for path in self.home.iterdir()], [place.STATE])
        self.assertFalse(place.is_complete())

    def test_fresh_does_not_follow_a_link_out_of_the_folder(self) -> None:
        self.move_in()
        outside = self.home.parent / "outside"
        outside.mkdir()
        (outside / "letter").write_text("mine")
        (self.home / "files").symlink_to(outside)

        self.move_in("--fresh")

        self.assertEqual((outside / "letter").read_text(), "mine")
        self.assertFalse((self.home / "files").exists())

    def test_a_half_loaded_demo_is_thrown_away(self) -> None:
        self.move_in()
        (self.home / "valtti.sqlite3").write_text("half")

        self.move_in()

        self.assertFalse((self.home / "valtti.sqlite3").exists())

    def test_two_cannot_live_in_one_folder(self) -> None:
        self.move_in()

        with self.assertRaisesRegex(SystemExit, "runs already"):
            place.prepare("demo", ("--fresh",))

    def test_it_takes_the_first_free_port(self) -> None:
        self.move_in()

        port = int(os.environ["VALTTI_BIND"].rpartition(":")[2])
        self.assertIn(port, place.PORTS)
        self.assertEqual(os.environ["VALTTI_URL"], f"http://127.0.0.1:{port}")

    def test_a_taken_port_is_said_in_words_and_nothing_is_touched(self) -> None:
        with taken_port() as port, self.assertRaisesRegex(SystemExit, f"port {port} is taken.*--port"):
            self.move_in("--port", str(port))
        self.assertFalse(self.home.exists())

    def test_nought_is_any_port(self) -> None:
        self.move_in("--port", "0")

        self.assertIn(int(os.environ["VALTTI_BIND"].rpartition(":")[2]), place.ANY_PORT)

    def test_it_takes_nothing_of_a_real_house_from_the_environment(self) -> None:
        os.environ |= {"VALTTI_DATABASE": "postgresql://real", "VALTTI_FILES": "/real", "VALTTI_POST": "smtp://real"}

        self.move_in()

        named = {name: os.environ.get(f"VALTTI_{name}") for name in ("DATABASE", "FILES", "POST", "DEMO")}
        self.assertEqual(named, {"DATABASE": "sqlite", "FILES": None, "POST": "tray", "DEMO": "1"})

    def test_wrong_usage_is_two(self) -> None:
        for words in (("--port", "x"), ("--everything",)):
            with self.assertRaises(SystemExit) as end:
                self.move_in(*words)
            self.assertEqual(end.exception.code, 2)

    def test_asking_for_help_changes_nothing(self) -> None:
        place.prepare("demo", ("--help",))

        self.assertFalse(self.home.exists())

    def test_recording_has_a_folder_of_its_own(self) -> None:
        place.prepare("demo-record", ())

        away = Path(os.environ["VALTTI_DATA"])
        self.addCleanup(shutil.rmtree, away)
        self.assertNotEqual(away, self.home)
        self.assertEqual(list(away.iterdir()), [])
