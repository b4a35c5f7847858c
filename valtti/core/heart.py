"""The heartbeat of a process: prolongs the leases it holds and leaves its sign of life with its counters."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from valtti.core import clock, leases, metrics, queue
from valtti.core.models import Heartbeat, Task

_log = logging.getLogger("valtti.heart")
BEAT_SECONDS = 10.0
SILENT_AFTER = timedelta(seconds=60)
PAST = "past"
"""The row that keeps the counters of processes that have gone: a sum of counters must not fall."""


class Heart:
    """One per process. Beats in a thread of its own, so that long work does not lose its lease."""

    def __init__(self, name: str, kind: str) -> None:
        self.name, self.kind = name, kind
        self._tasks: dict[int, Task] = {}
        self._leases: dict[str, Callable[[], None]] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beats, name="heart", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def stop(self) -> None:
        """The last beat: this process is going, and says so."""
        self._stopped.set()
        self._thread.join(2)

    @contextmanager
    def holding_task(self, task: Task) -> Iterator[None]:
        """Prolong a task's lease while it runs."""
        with self._lock:
            self._tasks[task.pk] = task
        try:
            yield
        finally:
            with self._lock:
                self._tasks.pop(task.pk, None)

    @contextmanager
    def holding_lease(self, lease: str, when_lost: Callable[[], None]) -> Iterator[None]:
        """Prolong a lease; `when_lost` is called if another has it."""
        with self._lock:
            self._leases[lease] = when_lost
        try:
            yield
        finally:
            with self._lock:
                self._leases.pop(lease, None)

    def beat(self) -> None:
        """One beat."""
        with self._lock:
            tasks, held = list(self._tasks.values()), list(self._leases.items())
        for task in tasks:
            if not queue.beat(task):
                _log.warning("a running task is another worker's now", extra={"facts": {"task": task.name}})
        for lease, when_lost in held:
            if not leases.keep(lease, self.name):
                when_lost()
        live(self.name, self.kind)

    def _beats(self) -> None:
        while True:
            try:
                self.beat()
            except DatabaseError as broken:
                _log.warning("no heartbeat: %s", type(broken).__name__)
                connection.close()
            if self._stopped.wait(BEAT_SECONDS):
                break
        connection.close()


def live(name: str, kind: str) -> None:
    """Leave a sign of life."""
    now = clock.now()
    Heartbeat.objects.update_or_create(
        process=name,
        defaults={"beat_at": Now(), "counters": metrics.counted()},
        create_defaults={"kind": kind, "started_at": now, "beat_at": Now(), "counters": metrics.counted()},
    )


@transaction.atomic
def fold_silent(name_begins: str = "") -> int:
    """Add the counters of processes that have gone to the row of the past; how many. One name, or all silent ones."""
    gone = Heartbeat.objects.select_for_update().exclude(process=PAST)
    if name_begins:
        gone = gone.filter(process__startswith=name_begins)
    else:
        gone = gone.filter(beat_at__lt=Now() - SILENT_AFTER)
    rows = list(gone)
    if rows:
        past, _is_new = Heartbeat.objects.select_for_update().get_or_create(
            process=PAST, defaults={"kind": PAST, "started_at": clock.now(), "beat_at": Now()}
        )
        past.counters = metrics.added([past.counters, *(row.counters for row in rows)])
        past.save(update_fields=["counters"])
        Heartbeat.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
