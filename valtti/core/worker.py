"""A worker process: slots that run tasks, the turns of periodic work, and residents."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection

from valtti.core import metrics, process, queue, schedule
from valtti.core.db import wake
from valtti.core.heart import Heart
from valtti.core.models import Task
from valtti.core.residents import LOOK_SECONDS, Keeper, Stay, resident
from valtti.core.running import run

__all__ = ["Stay", "Worker", "resident"]

_log = logging.getLogger("valtti.worker")
SLOTS: tuple[tuple[str, ...], ...] = (
    ("post", "mail", "default", "heavy"),
    ("post", "mail", "default"),
    ("mail", "default"),
)
"""What each slot takes: long work never has all of them, and a slow relay never either."""

POLL_SECONDS = 1.0
TROUBLE_SECONDS = 1.0
MOST_MEMORY_MB = 1024
LAST_WORDS_SECONDS = 3.0


class Worker:
    """One process. `run()` returns when it was asked to stop, or has grown too big."""

    def __init__(self, place: str) -> None:
        self.name = process.own_name(place)
        self.heart = Heart(self.name, "worker")
        self.keeper = Keeper(self.heart)
        self._stopped = threading.Event()
        self._news = threading.Condition()
        self._slots = [threading.Thread(target=self._slot, args=(queues,), daemon=True) for queues in SLOTS]

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Take no new task; running ones have some seconds to end."""
        self._stopped.set()
        self.keeper.end()

    def run(self) -> None:
        """Work until stopped."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.heart.start()
        for slot in self._slots:
            slot.start()
        _log.info("a worker has begun")
        self._watch()
        self._end()

    def _watch(self) -> None:
        """The main thread hears commits, wakes the slots, queues turns and looks after residents."""
        ears, next_look = wake.ears(), 0.0
        while not self._stopped.is_set():
            ears.wait(POLL_SECONDS)
            with self._news:
                self._news.notify_all()
            if time.monotonic() >= next_look:
                self._look()
                next_look = time.monotonic() + LOOK_SECONDS
        ears.close()

    def _look(self) -> None:
        try:
            schedule.tick()
            self.keeper.look()
        except DatabaseError as broken:
            _log.warning("the database is away: %s", type(broken).__name__)
            connection.close()
        close_old_connections()

    def _slot(self, queues: tuple[str, ...]) -> None:
        while not self._stopped.is_set():
            try:
                task = queue.claim(self.name, queues)
                if task is not None:
                    self._run(task)
                    continue
            except DatabaseError as broken:
                _log.warning("the database is away: %s", type(broken).__name__)
                connection.close()
                self._stopped.wait(TROUBLE_SECONDS)
            with self._news:
                self._news.wait(POLL_SECONDS)
        connection.close()

    def _run(self, task: Task) -> None:
        with self.heart.holding_task(task):
            fault = run(task)
        metrics.count("valtti_tasks_run_total", queue=task.queue, outcome="failed" if fault else "done")
        close_old_connections()
        if process.memory_mb() > MOST_MEMORY_MB:
            _log.warning("a worker leaves because it has grown too big")
            self.stop()

    def _end(self) -> None:
        """What has not ended by then is given to another worker, which the supervisor arranges at once."""
        last = time.monotonic() + LAST_WORDS_SECONDS
        for slot in self._slots:
            slot.join(max(0.0, last - time.monotonic()))
        self.keeper.join(max(0.0, last - time.monotonic()))
        self.heart.stop()
        _log.info("a worker has ended")
        os._exit(0)
