"""Whatever workers do, die of or say too late: a task has one effect, and none is lost."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db.models.functions import Now
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from valtti.core import clock, queue, tasks
from valtti.core.models import AuditEntry, Task
from valtti.core.running import run
from valtti.core.tests import jobs

WORKERS = ("w1", "w2", "w3")
STEPS = st.lists(
    st.tuples(st.sampled_from(["claim", "finish", "fail", "expire", "beat", "die", "enqueue"]), st.integers(0, 2)),
    max_size=40,
)


class House:
    """Three workers, of which each may hold a task, be killed, or wake up too late."""

    def __init__(self, names: int) -> None:
        self.names = [f"job {number}" for number in range(names)]
        self.held: dict[str, Task] = {}
        for name in self.names:
            jobs.write.enqueue(name)

    def step(self, what: str, who: int) -> None:
        worker = WORKERS[who]
        getattr(self, f"_{what}")(worker)

    def _enqueue(self, worker: str) -> None:
        self.names.append(f"job {len(self.names)}")
        jobs.write.enqueue(self.names[-1])

    def _claim(self, worker: str) -> None:
        if worker not in self.held and (task := queue.claim(worker, tasks.QUEUES)):
            self.held[worker] = task

    def _finish(self, worker: str) -> None:
        if task := self.held.pop(worker, None):
            run(task)

    def _fail(self, worker: str) -> None:
        if task := self.held.pop(worker, None):
            try:
                queue.fail(task, "broke", 0)
            except queue.Lost:
                assert_taken_by_another(task)

    def _beat(self, worker: str) -> None:
        if (task := self.held.get(worker)) and not queue.beat(task):
            assert_taken_by_another(task)

    def _expire(self, worker: str) -> None:
        """Silent for too long, but still alive: it will speak again."""
        if task := self.held.get(worker):
            Task.objects.filter(pk=task.pk).update(lease_until=Now() - timedelta(seconds=1))

    def _die(self, worker: str) -> None:
        """Killed, and the supervisor saw it."""
        queue.release_all_of(worker)
        self.held.pop(worker, None)


def assert_taken_by_another(task: Task) -> None:
    now = Task.objects.get(pk=task.pk)
    assert (now.attempt, now.worker) != (task.attempt, task.worker) or now.finished_at or now.dead_at


class QueueProperties(TestCase):
    @settings(max_examples=40)
    @given(st.integers(1, 5), STEPS)
    def test_one_effect_each_and_none_lost(self, names: int, steps: list[tuple[str, int]]) -> None:
        AuditEntry.objects.all().delete()
        Task.objects.all().delete()
        house = House(names)

        for what, who in steps:
            house.step(what, who)
            self.assert_never_twice()

        self.let_all_come_to_an_end()
        self.assert_never_twice()
        done = Counter(AuditEntry.objects.values_list("what", flat=True))
        dead = Task.objects.exclude(dead_at=None).count()
        self.assertEqual(len(done) + dead, len(house.names))

    def assert_never_twice(self) -> None:
        written = Counter(AuditEntry.objects.values_list("what", flat=True))
        self.assertEqual([what for what, times in written.items() if times > 1], [])
        self.assertEqual(Task.objects.filter(finished_at=None, attempt__gt=8).count(), 0)

    def let_all_come_to_an_end(self) -> None:
        Task.objects.exclude(lease_until=None).update(lease_until=Now() - timedelta(seconds=1))
        with clock.at(clock.now() + timedelta(days=1)):
            tasks.run_ready()
        self.assertEqual(Task.objects.filter(finished_at=None, dead_at=None).count(), 0)
