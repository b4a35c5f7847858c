"""Real processes: a command killed in the middle, a fetcher that stays while letters come in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import ClassVar

from django.test import TransactionTestCase, override_settings

from valtti.channels.email import residents
from valtti.channels.models import RawItem
from valtti.channels.testing import stage_mailbox, written
from valtti.channels.tests.servers import HERE, PASSWORD, USER, ImapServer, wait_until
from valtti.core import leases
from valtti.core.residents import Stay
from valtti.people.testing import stage_people

ROOT = Path(__file__).parents[3]
LETTERS = 40


class KilledTests(TransactionTestCase):
    """Its database is a file of its own, in its own processes."""

    databases: ClassVar[set[str]] = set()  # type: ignore[misc]

    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.mail = self.folder / "mail"
        self.mail.mkdir()
        for number in range(LETTERS):
            raw = written(subject=f"Asia {number}", message_id=f"{number}@posti.example")
            (self.mail / f"{number:03}.eml").write_bytes(raw)
        self.run_django("migrate", "-v0")
        self.run_python("from valtti.people.testing import stage_people; stage_people()")

    def test_an_ingest_killed_anywhere_loses_and_doubles_nothing(self) -> None:
        for wait in (0.0, 0.6):
            running = self.start(*self.ingest())
            self.wait_for_rows()
            time.sleep(wait)
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()

        line = json.loads(self.run_django(*self.ingest()))

        self.assertEqual((line["received"], line["filed"], line["waiting"]), (LETTERS, LETTERS, 0))
        self.assertEqual(self.count("channels_rawitem"), LETTERS)
        self.assertEqual(self.count("channels_filing"), LETTERS)
        self.assertEqual(self.count("desk_message"), LETTERS)

    def ingest(self) -> list[str]:
        return ["mail", "ingest", "--mailbox", "arkisto@kaiku.example", "--format", "json", str(self.mail)]

    def wait_for_rows(self) -> None:
        """Let it get as far as letters, whichever they are."""
        before = self.count("channels_rawitem")
        wait_until(lambda: self.count("channels_rawitem") > before or before == LETTERS, 60)

    def count(self, table: str) -> int:
        import sqlite3

        with sqlite3.connect(self.folder / "valtti.sqlite3", timeout=10) as connection:
            return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "django", *arguments]
        return subprocess.Popen(
            command,
            env=self.environment(),
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def run_django(self, *arguments: str) -> str:
        return self.run_command("-m", "django", *arguments)

    def run_python(self, code: str) -> str:
        return self.run_command("-c", f"import django; django.setup(); {code}")

    def run_command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment(), cwd=ROOT, capture_output=True, text=True
        )
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return done.stdout

    def environment(self) -> dict[str, str]:
        own = {"VALTTI_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "valtti.project.settings"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("VALTTI_")}
        return {**kept, **own}


@override_settings(REACH=["127.0.0.0/8"])
class StayingTests(TransactionTestCase):
    def test_a_letter_that_comes_while_the_fetcher_waits_is_there_in_a_moment(self) -> None:
        people = stage_people()
        with ImapServer() as server:
            mailbox = stage_mailbox(
                "posti@kaiku.example",
                people.north,
                imap_host=HERE,
                imap_port=server.port,
                imap_security="none",
                imap_user=USER,
                imap_password=PASSWORD,
            )
            folder = mailbox.folders.get()
            stay = Stay(f"fetch:{folder.pk}", "here")
            leases.take(stay.lease, stay.holder)
            fetching = threading.Thread(target=residents.stay_with, args=(str(folder.pk), stay))
            fetching.start()
            self.addCleanup(fetching.join, 20)
            self.addCleanup(stay.end)

            wait_until(lambda: mailbox.folders.exclude(checked_at=None).exists())
            server.put(written(subject="Juuri nyt"))

            wait_until(lambda: RawItem.objects.filter(mailbox=mailbox).exists())
            self.assertEqual(RawItem.objects.get().envelope["folder"], "INBOX")
            stay.end()
            fetching.join(20)
            self.assertFalse(fetching.is_alive())
