"""Residents: one of each in the house, started anew when they break, gone when nobody wants them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import OperationalError
from django.test import TransactionTestCase

from valtti.core import leases, residents
from valtti.core.heart import Heart
from valtti.core.residents import Keeper, Stay, resident


class ResidentTests(TransactionTestCase):
    def setUp(self) -> None:
        super().setUp()
        before = dict(residents._residents)
        residents._residents.clear()
        self.addCleanup(residents._residents.update, before)
        self.addCleanup(residents._residents.clear)
        self.wanted = ["inbox"]
        self.running: list[str] = []
        self.keeper = self.a_keeper("house.1.a")

    def a_keeper(self, name: str) -> Keeper:
        keeper = Keeper(Heart(name, "worker"))
        self.addCleanup(keeper.join, 5)
        self.addCleanup(keeper.end)
        return keeper

    def stay(self, key: str, stay: Stay) -> None:
        self.running.append(key)
        stay.wait(10)
        self.running.remove(key)

    def until(self, is_so: Callable[[], bool]) -> None:
        last = time.monotonic() + 5
        while not self.calmly(is_so) and time.monotonic() < last:
            time.sleep(0.01)
        self.assertTrue(self.calmly(is_so))

    def calmly[T](self, deed: Callable[[], T]) -> T:
        """ODD: threads that share a database in memory are told "locked" at once, whatever the timeout."""
        for _ in range(100):
            try:
                return deed()
            except OperationalError:
                time.sleep(0.02)
        return deed()

    def test_what_is_wanted_is_started_once(self) -> None:
        resident("fetch", self.stay, lambda: self.wanted)
        self.calmly(self.keeper.look)
        self.calmly(self.keeper.look)

        self.until(lambda: self.running == ["inbox"])
        self.assertEqual(leases.holder_of("fetch:inbox"), "house.1.a")

    def test_another_process_does_not_start_it_too(self) -> None:
        resident("fetch", self.stay, lambda: self.wanted)
        other = self.a_keeper("house.2.b")
        self.calmly(self.keeper.look)
        self.calmly(other.look)

        self.until(lambda: self.running == ["inbox"])
        self.keeper.end()
        self.until(lambda: leases.holder_of("fetch:inbox") == "")
        self.calmly(other.look)
        self.until(lambda: leases.holder_of("fetch:inbox") == "house.2.b")

    def test_a_folder_added_is_fetched_and_one_removed_is_not_any_more(self) -> None:
        resident("fetch", self.stay, lambda: self.wanted)
        self.calmly(self.keeper.look)
        self.wanted[:] = ["archive"]
        self.calmly(self.keeper.look)

        self.until(lambda: self.running == ["archive"])

    def test_one_that_breaks_rests_and_comes_back(self) -> None:
        broke = threading.Event()

        def breaks(key: str, stay: Stay) -> None:
            broke.set()
            raise RuntimeError("the server is odd")

        resident("fetch", breaks, lambda: self.wanted)
        with self.assertLogs("valtti.residents", "ERROR"):
            self.calmly(self.keeper.look)
            self.until(lambda: broke.is_set() and not self.keeper._stays)

        residents._residents.clear()
        resident("fetch", self.stay, lambda: self.wanted)
        self.calmly(self.keeper.look)
        self.assertEqual(self.running, [])
        self.keeper._rests.clear()
        self.calmly(self.keeper.look)
        self.until(lambda: self.running == ["inbox"])

    def test_whoever_lost_the_lease_leaves(self) -> None:
        refused = threading.Event()

        def writes(key: str, stay: Stay) -> None:
            self.running.append(key)
            while not stay.wait(0.05):
                pass
            refused.set()

        resident("fetch", writes, lambda: self.wanted)
        self.calmly(self.keeper.look)
        self.until(lambda: self.running == ["inbox"])
        self.calmly(lambda: leases.give_back("fetch:inbox", "house.1.a"))
        self.calmly(lambda: leases.take("fetch:inbox", "house.2.b"))

        self.calmly(self.keeper.heart.beat)

        self.until(refused.is_set)
