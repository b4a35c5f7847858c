"""What only one process may do at a time."""

from __future__ import annotations

from datetime import timedelta

from django.db.models.functions import Now

from valtti.core import leases
from valtti.core.models import Lease
from valtti.core.testing import CastTestCase


class LeaseTests(CastTestCase):
    def let_run_out(self) -> None:
        Lease.objects.update(until=Now() - timedelta(seconds=1))

    def test_one_has_it_and_the_other_waits(self) -> None:
        self.assertTrue(leases.take("folder:1", "w1"))
        self.assertFalse(leases.take("folder:1", "w2"))
        self.assertTrue(leases.take("folder:2", "w2"))
        self.assertEqual(leases.holder_of("folder:1"), "w1")

    def test_taking_again_prolongs(self) -> None:
        leases.take("folder:1", "w1")
        self.let_run_out()

        self.assertTrue(leases.take("folder:1", "w1"))

        self.assertEqual(leases.holder_of("folder:1"), "w1")

    def test_a_lease_that_ran_out_is_anybodys(self) -> None:
        leases.take("folder:1", "w1")
        self.let_run_out()

        self.assertEqual(leases.holder_of("folder:1"), "")
        self.assertTrue(leases.take("folder:1", "w2"))
        self.assertFalse(leases.keep("folder:1", "w1"))

    def test_given_back_it_is_free_at_once(self) -> None:
        leases.take("folder:1", "w1")
        leases.give_back("folder:1", "w2")
        self.assertFalse(leases.take("folder:1", "w2"))

        leases.give_back("folder:1", "w1")

        self.assertTrue(leases.take("folder:1", "w2"))

    def test_a_process_seen_dead_gives_back_all(self) -> None:
        for name in ("a", "b"):
            leases.take(name, "house.17.x")
        leases.take("c", "house.170.x")

        self.assertEqual(leases.give_back_all_of("house.17."), 2)

        self.assertEqual(leases.holder_of("c"), "house.170.x")

    def test_a_write_under_a_lost_lease_is_refused(self) -> None:
        leases.take("folder:1", "w1")
        leases.fence("folder:1", "w1")
        self.let_run_out()

        with self.assertRaises(leases.NotHeld):
            leases.fence("folder:1", "w1")

    def test_whoever_has_it_not_takes_no_lock(self) -> None:
        leases.take("folder:1", "w1")
        with self.assertNumQueries(1):
            leases.take("folder:1", "w2")
