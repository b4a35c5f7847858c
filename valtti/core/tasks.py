"""Leased back end of django.tasks: `@task`, `.enqueue()`, and `run_ready()` for tests and the demo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.tasks import task as _django_task
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils.json import normalize_json

from valtti.core import clock, queue
from valtti.core.db import wake
from valtti.core.jobs import MAX_ATTEMPTS, Job, Key
from valtti.core.models import Task
from valtti.core.requests import current_request_id
from valtti.core.running import Unknown, result_of, run, settling

__all__ = ["Job", "LeasedBackend", "Unknown", "run_again", "run_ready", "settling", "task"]

QUEUES = ("post", "mail", "default", "heavy")
HERE = "here"
"""The worker's name when tasks are run in the process that asked for it."""

run_again = queue.run_again


def task(
    *,
    queue_name: str = "default",
    priority: int = 0,
    max_attempts: int = MAX_ATTEMPTS,
    backoff: Callable[[int], float] | None = None,
    key: Key | None = None,
    atomic: bool | None = None,
    takes_context: bool = False,
) -> Callable[[Callable[..., Any]], Job]:
    """Make a module's function a task; see `Job` for the extras. Arguments are JSON: ids and plain values."""
    return _django_task(  # type: ignore[call-overload]
        queue_name=queue_name,
        priority=priority,
        takes_context=takes_context,
        max_attempts=max_attempts,
        backoff=backoff,
        key=key,
        atomic=atomic,
    )


class LeasedBackend(BaseTaskBackend):
    """Tasks are rows; workers hold them under leases. Enqueued in a transaction, a task exists if that commits."""

    task_class = Job
    supports_defer = True
    supports_priority = True
    supports_get_result = True

    def enqueue(self, task: Job, args: Any, kwargs: Any) -> Any:  # type: ignore[override]
        """Write the row, or find the one that has its key already."""
        self.validate_task(task)
        row = self._row(task, normalize_json(list(args)), normalize_json(dict(kwargs)))
        wake.tell()
        return result_of(row, task)

    def get_result(self, result_id: str) -> Any:
        """How a task stands, by its number."""
        row = Task.objects.filter(pk=result_id).first() if result_id.isdecimal() else None
        if row is None:
            raise TaskResultDoesNotExist(result_id)
        from valtti.core.running import job_named

        return result_of(row, job_named(row.name))

    def _row(self, task: Job, args: Any, kwargs: Any) -> Task:
        moment = clock.now()
        fields = {
            "name": task.module_path,
            "queue": task.queue_name,
            "priority": task.priority,
            "arguments": {"args": args, "kwargs": kwargs},
            "cause": current_request_id(),
            "enqueued_at": moment,
            "run_at": task.run_after or moment,
            "max_attempts": task.max_attempts,
        }
        key = task.key_for(args, kwargs)
        if key is None:
            return Task.objects.create(**fields)
        return Task.objects.get_or_create(key=key, defaults=fields)[0]


def run_ready(limit: int = 1000, *, strict: bool = False) -> int:
    """Run what is due now in this process, with all that follows from it; how many. `strict` raises the first fault."""
    for count in range(limit):
        claimed = queue.claim(HERE, QUEUES)
        if claimed is None:
            return count
        fault = run(claimed)
        if strict and fault is not None:
            raise fault
    return limit
