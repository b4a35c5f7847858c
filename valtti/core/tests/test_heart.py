"""Signs of life: leases prolonged, counters kept when a process goes."""

from __future__ import annotations

from datetime import timedelta

from django.db.models.functions import Now

from valtti.core import heart, leases, queue, tasks
from valtti.core.heart import PAST, Heart
from valtti.core.models import Heartbeat, Lease, Task
from valtti.core.testing import CastTestCase
from valtti.core.tests import jobs


class HeartTests(CastTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.heart = Heart("house.1.a", "worker")

    def test_a_beat_leaves_a_sign_of_life(self) -> None:
        self.heart.beat()
        self.heart.beat()

        row = Heartbeat.objects.get()
        self.assertEqual((row.process, row.kind), ("house.1.a", "worker"))
        self.assertIsInstance(row.counters, dict)

    def test_what_is_held_is_prolonged(self) -> None:
        jobs.write.enqueue("a")
        task = queue.claim("house.1.a", tasks.QUEUES)
        assert task is not None
        leases.take("folder:1", "house.1.a")
        Task.objects.update(lease_until=Now() - timedelta(seconds=1))
        Lease.objects.update(until=Now() - timedelta(seconds=1))

        with self.heart.holding_task(task), self.heart.holding_lease("folder:1", self.fail):
            self.heart.beat()

        self.assertIsNone(queue.claim("house.2.b", tasks.QUEUES))
        self.assertFalse(leases.take("folder:1", "house.2.b"))

    def test_what_is_held_no_more_is_left_alone(self) -> None:
        jobs.write.enqueue("a")
        task = queue.claim("house.1.a", tasks.QUEUES)
        assert task is not None
        with self.heart.holding_task(task):
            pass
        Task.objects.update(lease_until=Now() - timedelta(seconds=1))

        self.heart.beat()

        self.assertIsNotNone(queue.claim("house.2.b", tasks.QUEUES))

    def test_a_lost_lease_is_told(self) -> None:
        lost: list[str] = []
        leases.take("folder:1", "house.2.b")

        with self.heart.holding_lease("folder:1", lambda: lost.append("folder:1")):
            self.heart.beat()

        self.assertEqual(lost, ["folder:1"])


class PastTests(CastTestCase):
    def process(self, name: str, **counters: float) -> None:
        heart.live(name, "web")
        Heartbeat.objects.filter(process=name).update(counters=counters)

    def test_counters_of_those_who_went_are_kept(self) -> None:
        self.process("house.1.a", hits=5)
        self.process("house.2.b", hits=7)

        self.assertEqual(heart.fold_silent("house.1."), 1)

        self.assertEqual(Heartbeat.objects.get(process=PAST).counters, {"hits": 5})
        self.assertTrue(Heartbeat.objects.filter(process="house.2.b").exists())

    def test_the_silent_are_folded_and_the_living_are_not(self) -> None:
        self.process("house.1.a", hits=5)
        self.process("house.2.b", hits=7)
        Heartbeat.objects.filter(process="house.1.a").update(beat_at=Now() - timedelta(minutes=2))
        heart.fold_silent()
        Heartbeat.objects.update(beat_at=Now() - timedelta(minutes=2))

        heart.fold_silent()

        self.assertEqual(Heartbeat.objects.get().counters, {"hits": 12})
