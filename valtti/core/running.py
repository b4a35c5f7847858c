"""Running one claimed task: its effect and its end in one transaction, its faults counted."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.tasks import TaskContext, TaskResult, TaskResultStatus
from django.utils.json import normalize_json
from django.utils.module_loading import import_string

from valtti.core import logs, queue
from valtti.core.jobs import Job
from valtti.core.models import Task
from valtti.core.requests import set_request_id

_log = logging.getLogger("valtti.tasks")


class Unknown(Exception):
    """This version of the house does not know the task, or what it names: it is handed back uncounted."""


@dataclass(slots=True)
class _Running:
    task: Task
    settled: bool = False


@dataclass(slots=True)
class Ending:
    """How a task ends: done, or once more at that moment."""

    again_at: datetime | None = None


_current: ContextVar[_Running | None] = ContextVar("running", default=None)


def run(task: Task) -> Exception | None:
    """Run a claimed task and say in the table how it ended; the fault, when it failed."""
    return copy_context().run(_run, task)


@contextmanager
def settling() -> Iterator[Ending]:
    """A transaction that ends the running task with what is written in it; `again_at` sets it for another moment.

    For tasks that speak to the network between their transactions. Outside a task it is only a transaction.
    """
    running, ending = _current.get(), Ending()
    with transaction.atomic():
        yield ending
        if running is not None:
            _settle(running, ending)


def _settle(running: _Running, ending: Ending) -> None:
    if running.settled:
        raise AssertionError("a task ends once")
    if ending.again_at is None:
        queue.finish(running.task)
    else:
        queue.again(running.task, ending.again_at)
    running.settled = True


def _run(task: Task) -> Exception | None:
    set_request_id(task.cause)
    running = _Running(task)
    _current.set(running)
    began = time.monotonic()
    with logs.bound(task=task.name, attempt=task.attempt):
        fault = _tried(running)
        if fault is None:
            _log.debug("task done", extra={"facts": {"ms": round((time.monotonic() - began) * 1000)}})
    return fault


def _tried(running: _Running) -> Exception | None:
    task = running.task
    try:
        _carry_out(running, job_named(task.name))
    except queue.Lost:
        _log.warning("task lost to another worker")
    except Unknown as unknown:
        _log.warning("unknown task handed back")
        _tell(queue.release, task, str(unknown))
    except Exception as fault:
        _log.exception("task failed")
        _tell(queue.fail, task, in_short(fault), _pause(task))
        return fault
    return None


def _tell(word: Callable[..., None], *about: Any) -> None:
    try:
        word(*about)
    except queue.Lost:
        _log.warning("task lost to another worker")


def _carry_out(running: _Running, job: Job) -> None:
    if job.in_transaction:
        with transaction.atomic():
            result = _call(running.task, job)
            _finish(running, result)
    else:
        _finish(running, _call(running.task, job))


def _finish(running: _Running, result: Any) -> None:
    if not running.settled:
        queue.finish(running.task, normalize_json(result))


def _call(task: Task, job: Job) -> Any:
    args, kwargs = task.arguments.get("args", []), task.arguments.get("kwargs", {})
    if job.takes_context:
        return job.call(TaskContext(task_result=result_of(task, job)), *args, **kwargs)
    return job.call(*args, **kwargs)


def _pause(task: Task) -> float:
    try:
        pause = job_named(task.name).backoff
    except Unknown:
        pause = None
    return pause(task.attempt) if pause else queue.pause_after(task.attempt)


def job_named(name: str) -> Job:
    """The job of this name. Raises Unknown when this version has none."""
    if not name.startswith("valtti."):
        raise Unknown(f"{name} is not a task of the house")
    try:
        job = import_string(name)
    except ImportError:
        raise Unknown(f"no task is called {name}") from None
    if not isinstance(job, Job):
        raise Unknown(f"{name} is not a task")
    return job


def in_short(fault: BaseException) -> str:
    """Kind, words and places of a fault, without the values that were at hand."""
    places = [f"{frame.filename.rpartition('valtti/')[2]}:{frame.lineno}" for frame in _frames(fault)]
    return f"{type(fault).__name__}: {str(fault)[:500]} ({' < '.join(reversed(places))})"


def _frames(fault: BaseException) -> list[traceback.FrameSummary]:
    return [frame for frame in traceback.extract_tb(fault.__traceback__) if "valtti/" in frame.filename][-5:]


def result_of(task: Task, job: Job) -> TaskResult[Any, Any]:
    """A row as django.tasks shows it."""
    result: TaskResult[Any, Any] = TaskResult(
        task=job,
        id=str(task.pk),
        status=_status(task),
        enqueued_at=task.enqueued_at,
        started_at=None,
        finished_at=task.finished_at or task.dead_at,
        last_attempted_at=None,
        args=task.arguments.get("args", []),
        kwargs=task.arguments.get("kwargs", {}),
        backend=job.backend,
        errors=[],
        worker_ids=[task.worker] * task.attempt,
    )
    object.__setattr__(result, "_return_value", task.result)
    return result


def _status(task: Task) -> TaskResultStatus:
    if task.finished_at:
        return TaskResultStatus.SUCCESSFUL
    if task.dead_at:
        return TaskResultStatus.FAILED
    return TaskResultStatus.RUNNING if task.worker else TaskResultStatus.READY
