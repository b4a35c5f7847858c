"""The parts of `valtti serve`; whole houses are served and killed in tests/abuse."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from contextlib import closing
from pathlib import Path

from django.test import SimpleTestCase

from valtti.project.serve import child, lock
from valtti.project.serve.changes import Changes
from valtti.project.serve.child import Child
from valtti.project.serve.lock import CannotServe


class FolderTestCase(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class LockTests(FolderTestCase):
    def test_one_supervisor_a_house(self) -> None:
        first = lock.hold(self.folder)
        with self.assertRaises(CannotServe):
            lock.hold(self.folder)

        os.close(first)

        os.close(lock.hold(self.folder))

    def test_the_lock_is_not_handed_to_programs_that_are_started(self) -> None:
        handle = lock.hold(self.folder)
        self.addCleanup(os.close, handle)

        self.assertFalse(os.get_inheritable(handle))
        self.assertEqual((self.folder / "serve.lock").read_text().strip(), str(os.getpid()))


class AddressTests(SimpleTestCase):
    def test_addresses_that_are_some(self) -> None:
        self.assertEqual(lock.address("127.0.0.1:8000"), ("127.0.0.1", 8000))
        self.assertEqual(lock.address("[::1]:8000"), ("::1", 8000))

    def test_addresses_that_are_none(self) -> None:
        for wrong in ("8000", ":8000", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:0", "127.0.0.1:70000"):
            with self.subTest(wrong), self.assertRaises(CannotServe):
                lock.address(wrong)

    def test_a_port_where_somebody_listens_even_one_who_would_share_it(self) -> None:
        with closing(socket.socket()) as stranger:
            stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            stranger.bind(("127.0.0.1", 0))
            stranger.listen()
            bind = f"127.0.0.1:{stranger.getsockname()[1]}"

            with self.assertRaisesMessage(CannotServe, "VALTTI_BIND"):
                lock.check_free(bind)
            self.assertTrue(lock.answers(bind))

        lock.check_free(bind)
        self.assertFalse(lock.answers(bind))

    def test_an_address_of_another_machine(self) -> None:
        with self.assertRaisesMessage(CannotServe, "cannot be listened at"):
            lock.check_free("192.0.2.1:8000")


class ChildTests(SimpleTestCase):
    def until_dead(self, one: Child) -> int:
        last = time.monotonic() + 5
        while (number := one.died()) is None and time.monotonic() < last:
            time.sleep(0.01)
        assert number is not None
        return number

    def test_a_child_that_dies_again_and_again_waits_longer_each_time(self) -> None:
        one = Child("test", lambda: None)
        pauses = []
        for _ in range(7):
            one.start()
            self.until_dead(one)
            pauses.append(one.back_at - time.monotonic())

        for pause, expected in zip(pauses, [*child.PAUSES, 5.0, 5.0], strict=True):
            self.assertAlmostEqual(pause, expected, delta=0.15)

    def test_one_that_has_lived_calmly_comes_back_at_once(self) -> None:
        one = Child("test", lambda: None, deaths=5)
        one.start()
        one.began -= child.CALM_SECONDS + 1
        self.until_dead(one)

        self.assertEqual(one.deaths, 1)
        self.assertLess(one.back_at - time.monotonic(), child.PAUSES[0])

    def test_it_is_a_group_of_its_own_and_leaves_when_asked(self) -> None:
        one = Child("test", lambda: time.sleep(30))
        one.start()
        self.assertEqual(os.getpgid(one.pid), one.pid)
        number = one.pid

        one.ask_to_leave()

        self.assertEqual(one.end(time.monotonic() + 3), number)
        self.assertEqual(one.pid, 0)

    def test_one_that_does_not_leave_is_ended(self) -> None:
        one = Child("test", lambda: time.sleep(30))
        one.start()
        began = time.monotonic()

        one.end(time.monotonic() + 0.2)

        self.assertLess(time.monotonic() - began, 2)

    def test_what_was_never_started_has_not_died(self) -> None:
        one = Child("test", lambda: None)
        one.ask_to_leave()

        self.assertIsNone(one.died())
        self.assertEqual(one.end(time.monotonic()), 0)


class ChangesTests(FolderTestCase):
    def test_a_changed_file_is_seen_once(self) -> None:
        (self.folder / "a.py").write_text("a = 1")
        changes = Changes(self.folder)
        self.assertFalse(self.seen(changes))

        (self.folder / "b.py").write_text("b = 1")

        self.assertTrue(self.seen(changes))
        self.assertFalse(self.seen(changes))

    def test_tests_and_other_files_restart_nothing(self) -> None:
        (self.folder / "tests").mkdir()
        changes = Changes(self.folder)
        (self.folder / "tests" / "test_a.py").write_text("a = 1")
        (self.folder / "notes.txt").write_text("a")

        self.assertFalse(self.seen(changes))

    def seen(self, changes: Changes) -> bool:
        changes._next = 0.0
        return changes.seen()
