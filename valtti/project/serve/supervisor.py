"""The supervisor: makes the house ready once, forks its processes from it, watches and stops them."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, connections

from valtti.core import heart, leases, process, queue
from valtti.project.serve import lock, web, worker
from valtti.project.serve.changes import Changes
from valtti.project.serve.child import Child

_log = logging.getLogger("valtti.serve")
KINDS = ("web", "worker")
LOOK_SECONDS = 0.1
STOP_SECONDS = 4.0
_LOAD = "import django; django.setup(); import valtti.project.asgi, valtti.project.urls"


class Supervisor:
    """`run()` returns when the house was asked to stop. This process has one thread only, so that it may fork."""

    def __init__(self, only: Collection[str] = KINDS, *, bind: str = "", reload: bool = False) -> None:
        self.bind = bind or settings.BIND
        self.place = process.new_place()
        self.children = [self._child(kind) for kind in KINDS if kind in only for _ in range(_how_many(kind))]
        self._changes = Changes(Path(settings.BASE_DIR)) if reload else None
        self._dead: list[int] = []
        self._stopped = False

    def run(self, when_ready: Callable[[], None] | None = None) -> None:
        """Serve until SIGTERM or Ctrl-C. Raises CannotServe before anything has begun."""
        handle = lock.hold(Path(settings.DATA))
        serves_pages = any(child.kind == "web" for child in self.children)
        if serves_pages:
            lock.check_free(self.bind)
            web.make_ready()
        connections.close_all()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        try:
            self._watch(when_ready if serves_pages else None)
        finally:
            self._end()
            os.close(handle)

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask for the end."""
        self._stopped = True

    def _child(self, kind: str) -> Child:
        return Child(
            kind, partial(web.main, self.place, self.bind) if kind == "web" else partial(worker.main, self.place)
        )

    def _watch(self, when_ready: Callable[[], None] | None) -> None:
        while not self._stopped:
            self._look()
            if when_ready is not None and lock.answers(self.bind):
                when_ready()
                when_ready = None
            time.sleep(LOOK_SECONDS)
            if self._changes is not None and self._changes.seen():
                self._begin_anew()

    def _look(self) -> None:
        for child in self.children:
            if (number := child.died()) is not None:
                _log.warning("a %s process has ended and comes back", child.kind)
                self._dead.append(number)
            if not child.pid and time.monotonic() >= child.back_at:
                child.start()
        if self._dead:
            self._release()

    def _release(self) -> None:
        """What the dead held is free at once, not only when their leases run out."""
        try:
            for number in list(self._dead):
                name = process.prefix_of(self.place, number)
                queue.release_all_of(name)
                leases.give_back_all_of(name)
                heart.fold_silent(name)
                self._dead.remove(number)
        except DatabaseError as broken:
            _log.warning("leases of the dead could not be released yet: %s", type(broken).__name__)
        finally:
            connections.close_all()  # no open connection may be forked

    def _end(self) -> None:
        for child in self.children:
            child.ask_to_leave()
        last = time.monotonic() + STOP_SECONDS
        self._dead += [number for child in self.children if (number := child.end(last))]
        self._release()

    def _begin_anew(self) -> None:
        """The same command with the source as it is now; while that cannot be loaded, the house stays as it is."""
        tried = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True)
        if tried.returncode:
            sys.stderr.write(tried.stderr[-2000:])
            return
        self._end()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _how_many(kind: str) -> int:
    if kind == "worker":
        return max(1, int(settings.WORKERS))
    # Sharing a port between processes that do not know each other is Linux's gift.
    return int(settings.WEB_WORKERS) if sys.platform == "linux" else 1
