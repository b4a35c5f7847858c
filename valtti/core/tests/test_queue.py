"""The waiting line: one claim, one end, no task twice, none forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from valtti.core import clock, queue, tasks
from valtti.core.models import Task
from valtti.core.running import run
from valtti.core.testing import CastTestCase
from valtti.core.tests import jobs

ALL = tasks.QUEUES


def let_lease_run_out(task: Task) -> None:
    """As if the worker had been silent for long."""
    Task.objects.filter(pk=task.pk).update(lease_until=Now() - timedelta(seconds=1))


class ClaimTests(CastTestCase):
    def claim(self, worker: str = "w1") -> Task:
        claimed = queue.claim(worker, ALL)
        assert claimed is not None
        return claimed

    def test_a_claimed_task_is_nobody_elses(self) -> None:
        jobs.write.enqueue("a")

        first = self.claim()

        self.assertEqual((first.attempt, first.worker), (1, "w1"))
        self.assertIsNone(queue.claim("w2", ALL))

    def test_the_urgent_come_first_then_the_oldest(self) -> None:
        for what, priority in [("late", 0), ("later", 0), ("urgent", 50)]:
            jobs.write.using(priority=priority).enqueue(what)

        order = [self.claim().arguments["args"][0] for _ in range(3)]

        self.assertEqual(order, ["urgent", "late", "later"])

    def test_a_task_for_tomorrow_waits_until_then(self) -> None:
        tomorrow = clock.now() + timedelta(days=1)
        jobs.write.using(run_after=tomorrow).enqueue("a")

        self.assertIsNone(queue.claim("w1", ALL))
        with clock.at(tomorrow):
            self.assertEqual(self.claim().attempt, 1)

    def test_a_worker_hears_only_its_queues(self) -> None:
        jobs.sleep_and_write.enqueue("a", 0)

        self.assertIsNone(queue.claim("w1", ["default", "heavy"]))
        self.assertEqual(self.claim().queue, "mail")

    def test_a_silent_worker_loses_the_task_and_is_not_believed_afterwards(self) -> None:
        jobs.write.enqueue("a")
        late = self.claim("late")
        let_lease_run_out(late)
        second = self.claim("second")

        self.assertEqual(second.attempt, 2)
        self.assertFalse(queue.beat(late))
        for word in (queue.finish, lambda task: queue.fail(task, "x", 1), lambda task: queue.again(task, clock.now())):
            with self.assertRaises(queue.Lost):
                word(late)
        queue.finish(second)
        self.assertIsNotNone(Task.objects.get().finished_at)

    def test_what_a_late_worker_did_is_rolled_back(self) -> None:
        jobs.write.enqueue("a")
        late = self.claim("late")
        let_lease_run_out(late)
        run(self.claim("second"))

        run(late)

        self.assertEqual(jobs.wrote("a"), 1)

    def test_a_heartbeat_prolongs_the_lease(self) -> None:
        jobs.write.enqueue("a")
        task = self.claim()
        let_lease_run_out(task)

        self.assertTrue(queue.beat(task))

        self.assertIsNone(queue.claim("w2", ALL))

    def test_a_death_that_was_seen_gives_the_task_back_at_once(self) -> None:
        jobs.write.enqueue("a")
        self.claim("house.17.abc")

        self.assertEqual(queue.release_all_of("house.17."), 1)

        self.assertEqual(self.claim("house.18.abc").attempt, 2)

    def test_a_last_lease_that_ran_out_is_dead_and_not_looped(self) -> None:
        jobs.write_and_break.enqueue("a")
        Task.objects.update(attempt=2)
        let_lease_run_out(self.claim())

        self.assertIsNone(queue.claim("w2", ALL))

        task = Task.objects.get()
        self.assertIsNotNone(task.dead_at)
        self.assertIn("died", task.last_error)

    def test_a_person_can_have_a_dead_task_run_again(self) -> None:
        jobs.write.enqueue("a")
        Task.objects.update(dead_at=clock.now(), attempt=8)

        tasks.run_again(Task.objects.get())

        self.assertEqual(self.run_tasks(), 1)
        self.assertEqual(jobs.wrote("a"), 1)

    def test_an_idle_worker_takes_no_lock(self) -> None:
        with self.assertNumQueries(1):
            queue.claim("w1", ALL)


class RunTests(CastTestCase):
    def test_effect_and_end_are_one(self) -> None:
        jobs.write.enqueue("a")

        self.assertEqual(self.run_tasks(), 1)

        self.assertEqual(jobs.wrote("a"), 1)
        self.assertEqual(Task.objects.get().result, "a")

    def test_a_broken_task_leaves_no_effect_and_comes_back_later(self) -> None:
        jobs.write_and_break.enqueue("a")
        began = clock.now()

        tasks.run_ready()

        task = Task.objects.get()
        self.assertEqual(jobs.wrote("a"), 0)
        self.assertIn("ValueError: the world is not", task.last_error)
        self.assertGreater(task.run_at, began + timedelta(seconds=9))

    def test_after_its_last_attempt_a_task_is_dead(self) -> None:
        jobs.write_and_break.enqueue("a")

        for hours in (0, 1, 2, 3):
            with clock.at(clock.now() + timedelta(hours=hours)):
                tasks.run_ready()

        task = Task.objects.get()
        self.assertEqual(task.attempt, 3)
        self.assertIsNotNone(task.dead_at)

    def test_the_first_fault_fails_a_strict_run(self) -> None:
        jobs.write_and_break.enqueue("a")

        with self.assertRaises(ValueError):
            self.run_tasks()

    def test_a_task_of_tomorrows_version_is_handed_back_uncounted(self) -> None:
        jobs.not_known_here.enqueue()
        Task.objects.create(name="valtti.core.tests.jobs.of_tomorrow", arguments={})

        tasks.run_ready()

        for task in Task.objects.all():
            self.assertEqual((task.attempt, task.worker, task.dead_at), (0, "", None))
            self.assertGreater(task.run_at, clock.now())

    def test_a_task_nobody_has_known_for_a_day_is_dead(self) -> None:
        jobs.not_known_here.enqueue()

        with clock.at(clock.now() + timedelta(hours=25)):
            tasks.run_ready()

        self.assertIsNotNone(Task.objects.get().dead_at)

    def test_a_row_cannot_name_a_function_that_is_no_task(self) -> None:
        for name in ("os.abort", "valtti.core.clock.now", "valtti.nowhere.task"):
            Task.objects.create(name=name, arguments={})

        self.assertEqual(tasks.run_ready(), 3)

        self.assertEqual(Task.objects.filter(finished_at=None, attempt=0).count(), 3)

    def test_a_context_tells_the_attempt(self) -> None:
        jobs.tell_attempt.enqueue("a")
        Task.objects.update(attempt=2)

        self.run_tasks()

        self.assertEqual(Task.objects.get().result, 3)


class KeyTests(CastTestCase):
    def test_a_key_is_used_once(self) -> None:
        first, second = jobs.write_once.enqueue("a"), jobs.write_once.enqueue("a")

        self.assertEqual(first.id, second.id)
        self.run_tasks()
        jobs.write_once.enqueue("a")
        self.assertEqual(self.run_tasks(), 0)
        self.assertEqual(jobs.wrote("a"), 1)

    def test_a_key_held_while_waiting_is_free_once_the_task_has_begun(self) -> None:
        for _ in range(3):
            jobs.index.enqueue("a")
        self.run_tasks()
        jobs.index.enqueue("a")
        self.run_tasks()

        self.assertEqual(jobs.wrote("index a"), 2)

    def test_a_deed_that_fails_leaves_no_task(self) -> None:
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            jobs.write.enqueue("a")
            raise ZeroDivisionError

        self.assertEqual(Task.objects.count(), 0)

    def test_how_a_task_stands_can_be_asked(self) -> None:
        asked = jobs.write.enqueue("a")
        self.run_tasks()

        asked.refresh()

        self.assertEqual((asked.is_finished, asked.return_value), (True, "a"))
