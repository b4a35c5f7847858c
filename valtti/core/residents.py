"""Residents: work that never ends, such as fetching one folder, each under a lease that one process holds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import DatabaseError, connection

from valtti.core import leases
from valtti.core.heart import Heart

_log = logging.getLogger("valtti.residents")
LOOK_SECONDS = 2.0
REST_SECONDS = 5.0
"""How long a resident that broke rests before it is started anew."""


@dataclass(slots=True)
class Stay:
    """What a resident is given: whom it works for, and when to leave."""

    lease: str
    holder: str
    _leave: threading.Event = field(default_factory=threading.Event)

    def wait(self, seconds: float) -> bool:
        """Sleep; True when it is time to leave."""
        return self._leave.wait(seconds)

    @property
    def is_over(self) -> bool:
        """Leave at the next chance: the process stops, the lease is lost, or nobody wants this any more."""
        return self._leave.is_set()

    def fence(self) -> None:
        """Inside a transaction that writes: raises `leases.NotHeld` when another process has taken over."""
        leases.fence(self.lease, self.holder)

    def end(self) -> None:
        """Ask the resident to leave."""
        self._leave.set()


type Run = Callable[[str, Stay], None]
type Wanted = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Resident:
    """`run(key, stay)` for each key that `wanted()` names now."""

    name: str
    run: Run
    wanted: Wanted


_residents: dict[str, Resident] = {}


def resident(name: str, run: Run, wanted: Wanted = lambda: [""]) -> None:
    """Register work that never ends: for each wanted key, one thread somewhere in the house runs it."""
    _residents[name] = Resident(name, run, wanted)


class Keeper:
    """The residents of one worker process."""

    def __init__(self, heart: Heart) -> None:
        self.heart = heart
        self._stays: dict[str, Stay] = {}
        self._rests: dict[str, float] = {}
        self._threads: list[threading.Thread] = []

    def look(self) -> None:
        """Start what is wanted and free, end what is no longer wanted."""
        wanted = {f"{one.name}:{key}": (one, key) for one in _residents.values() for key in one.wanted()}
        for lease, stay in list(self._stays.items()):
            if lease not in wanted:
                stay.end()
        for lease, (one, key) in wanted.items():
            if lease not in self._stays and self._rests.get(lease, 0.0) <= time.monotonic():
                self._start(lease, one, key)

    def end(self) -> None:
        """Ask all to leave."""
        for stay in list(self._stays.values()):
            stay.end()

    def join(self, seconds: float) -> None:
        """Wait until they have left, but not longer than this."""
        last = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, last - time.monotonic()))

    def _start(self, lease: str, one: Resident, key: str) -> None:
        if not leases.take(lease, self.heart.name):
            return
        stay = self._stays[lease] = Stay(lease, self.heart.name)
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(threading.Thread(target=self._stay, args=(one, key, stay), name=lease, daemon=True))
        self._threads[-1].start()

    def _stay(self, one: Resident, key: str, stay: Stay) -> None:
        try:
            with self.heart.holding_lease(stay.lease, stay.end):
                one.run(key, stay)
        except Exception:
            _log.exception("a resident broke", extra={"facts": {"place": one.name}})
        finally:
            self._rests[stay.lease] = time.monotonic() + REST_SECONDS
            self._leave(stay)

    def _leave(self, stay: Stay) -> None:
        try:
            leases.give_back(stay.lease, stay.holder)
        except DatabaseError:
            _log.warning("a lease could not be given back; it runs out by itself")
        finally:
            self._stays.pop(stay.lease, None)
            connection.close()
