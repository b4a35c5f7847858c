"""A process that waits hears at once that another one committed."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from unittest import skipUnless

from django.db import connection, transaction
from django.test import SimpleTestCase, TransactionTestCase

from valtti.core.db import wake


class WatchingTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "house.sqlite3"
        self.writer = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
        self.writer.execute("PRAGMA journal_mode=WAL")
        self.writer.execute("CREATE TABLE t (a)")
        self.addCleanup(self.writer.close)
        self.ears = wake._Watching(str(self.path))
        self.addCleanup(self.ears.close)

    def test_a_commit_is_heard_within_a_fifth_of_a_second(self) -> None:
        threading.Timer(0.05, self.writer.execute, ["INSERT INTO t VALUES (1)"]).start()
        began = time.monotonic()

        self.assertTrue(self.ears.wait(3))

        self.assertLess(time.monotonic() - began, 0.5)

    def test_silence_is_silence(self) -> None:
        self.assertFalse(self.ears.wait(0.2))

    def test_a_commit_while_nobody_waited_is_heard_at_the_next_wait(self) -> None:
        self.writer.execute("INSERT INTO t VALUES (1)")

        self.assertTrue(self.ears.wait(0.1))


@skipUnless(connection.vendor == "postgresql", "NOTIFY is PostgreSQL's")
class ListeningTests(TransactionTestCase):
    def test_a_commit_is_told_after_it_happened_and_once(self) -> None:
        ears = wake.ears()
        self.addCleanup(ears.close)
        self.assertTrue(ears.wait(0.1))  # whatever was said before it listened

        with transaction.atomic():
            wake.tell()
            wake.tell()
            self.assertFalse(ears.wait(0.1))

        self.assertTrue(ears.wait(2))
        self.assertFalse(ears.wait(0.2))

    def test_a_broken_connection_is_mended(self) -> None:
        ears = wake.ears()
        self.addCleanup(ears.close)
        ears.wait(0.1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")

        self.assertFalse(ears.wait(0.3))
        self.assertTrue(ears.wait(0.3))
        wake.tell()
        self.assertTrue(ears.wait(2))


class MemoryTests(SimpleTestCase):
    def test_a_database_in_memory_has_nobody_to_hear(self) -> None:
        self.assertFalse(wake._is_file("file:memorydb_default?mode=memory&cache=shared"))
        self.assertFalse(wake._is_file(":memory:"))
        self.assertTrue(wake._is_file("/srv/valtti/valtti.sqlite3"))
        self.assertFalse(wake._Sleeping().wait(0.01))
