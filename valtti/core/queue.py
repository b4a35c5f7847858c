"""The waiting line of tasks. (`attempt`, `worker`) fences every word about one: a late worker is not believed."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from valtti.core import clock
from valtti.core.models import Task

LEASE = timedelta(seconds=30)
"""How long a task stays with a worker that gives no sign of life, by the database's clock."""

UNKNOWN_PAUSE = timedelta(seconds=15)
UNKNOWN_FOR = timedelta(hours=24)
WHILE_WAITING = "waiting:"
"""Keys that begin so are given back when the task starts; other keys are used once."""


class Lost(Exception):
    """The task is another worker's now; whatever this one did in its transaction is rolled back."""


def free() -> Q:
    """No living lease, by the database's clock."""
    return Q(lease_until=None) | Q(lease_until__lt=Now())


def claim(worker: str, queues: Sequence[str]) -> Task | None:
    """The next due task, now held by this worker; None when nothing is due.

    Looks without a lock first, so that an idle worker never takes SQLite's write lock.
    """
    while _due(queues).exists():
        task = _take(worker, queues)
        if task is None or task.dead_at is None:
            return task
    return None


def _due(queues: Sequence[str]) -> models.QuerySet[Task]:
    waiting = Task.objects.filter(finished_at=None, dead_at=None, queue__in=queues)
    return waiting.filter(free(), run_at__lte=clock.now())


@transaction.atomic
def _take(worker: str, queues: Sequence[str]) -> Task | None:
    task = _due(queues).select_for_update(skip_locked=True).order_by("-priority", "run_at", "pk").first()
    if task is None:
        return None
    if task.attempt >= task.max_attempts:
        return _buried(task, "The worker died during the last attempt.")
    task.attempt += 1
    task.worker = worker
    task.key = None if (task.key or "").startswith(WHILE_WAITING) else task.key
    Task.objects.filter(pk=task.pk).update(attempt=task.attempt, worker=worker, key=task.key, lease_until=Now() + LEASE)
    return task


def beat(task: Task) -> bool:
    """Prolong the lease; False when the task is no longer ours."""
    return bool(_ours(task).update(lease_until=Now() + LEASE))


def finish(task: Task, result: Any = None) -> None:
    """Done. Raises Lost when the task is another's now."""
    _must(_ours(task).update(finished_at=clock.now(), result=result, lease_until=None))


def again(task: Task, at: datetime) -> None:
    """Not done yet, and no failure: once more from the first attempt on, at that moment."""
    _must(_ours(task).update(run_at=at, attempt=0, worker="", lease_until=None))


def fail(task: Task, why: str, delay: float) -> None:
    """Once more after a pause of so many seconds, or dead after the last attempt."""
    if task.attempt >= task.max_attempts:
        _must(_ours(task).update(dead_at=clock.now(), last_error=why, lease_until=None))
        return
    later = clock.now() + timedelta(seconds=delay)
    _must(_ours(task).update(run_at=later, last_error=why, worker="", lease_until=None))


def release(task: Task, why: str) -> None:
    """Hand back a task this version does not know, the attempt uncounted; dead when nobody has known it for a day."""
    if clock.now() - task.enqueued_at > UNKNOWN_FOR:
        _must(_ours(task).update(dead_at=clock.now(), last_error=why, lease_until=None))
        return
    later = clock.now() + UNKNOWN_PAUSE
    _must(_ours(task).update(run_at=later, last_error=why, attempt=F("attempt") - 1, worker="", lease_until=None))


def release_all_of(worker: str) -> int:
    """Give back at once what a worker held whose death was seen; how many. Names of workers begin with `worker`."""
    held = Task.objects.filter(worker__startswith=worker, finished_at=None, dead_at=None, lease_until__gte=Now())
    return held.update(lease_until=Now() - timedelta(seconds=1))


def pause_after(attempt: int) -> float:
    """Seconds to wait after a failed attempt: doubled each time up to an hour, and never all at once."""
    return min(2.0**attempt, 3600.0) * random.uniform(0.75, 1.25)


@transaction.atomic
def run_again(task: Task) -> Task:
    """A person wants a dead task tried once more, from its first attempt."""
    task = Task.objects.select_for_update().get(pk=task.pk)
    if task.dead_at is not None:
        task.dead_at, task.attempt, task.worker, task.run_at = None, 0, "", clock.now()
        task.save(update_fields=["dead_at", "attempt", "worker", "run_at"])
    return task


def forget_finished(before: datetime, names: Collection[str] = ()) -> int:
    """Delete finished tasks older than a moment; how many."""
    old = Task.objects.filter(finished_at__lt=before)
    return (old.filter(name__in=names) if names else old).delete()[0]


def _ours(task: Task) -> models.QuerySet[Task]:
    return Task.objects.filter(pk=task.pk, attempt=task.attempt, worker=task.worker, finished_at=None, dead_at=None)


def _must(changed: int) -> None:
    if not changed:
        raise Lost


def _buried(task: Task, why: str) -> Task:
    task.dead_at, task.last_error = clock.now(), why
    task.save(update_fields=["dead_at", "last_error"])
    return task
