"""One child of the supervisor: forked from the house as it stands ready, its deaths, and when it may come back."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from valtti.core import process

PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before a child that died comes back: longer each time it dies soon after the last."""

CALM_SECONDS = 3.0


@dataclass(slots=True)
class Child:
    """A place in the house that is always filled. `main` is what the child does; `kind` is web or worker."""

    kind: str
    main: Callable[[], None]
    pid: int = 0
    deaths: int = 0
    back_at: float = 0.0
    began: float = 0.0

    def start(self) -> None:
        """Fill the place. Forked, not started anew: nothing has to be read again, so it is back at once.

        A process group of its own: what it leaves behind goes with it.
        """
        parent = os.getpid()
        self.began = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            self._live(parent)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpgid(self.pid, self.pid)

    def died(self) -> int | None:
        """The number of the process that has just been found dead; None while it lives. Says when to come back."""
        if not self.pid or not self._is_gone():
            return None
        number, self.pid = self.pid, 0
        _kill_group(number)
        calm = time.monotonic() - self.began > CALM_SECONDS
        self.deaths = 1 if calm else self.deaths + 1
        self.back_at = time.monotonic() + PAUSES[min(self.deaths, len(PAUSES)) - 1]
        return number

    def ask_to_leave(self) -> None:
        """SIGTERM."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    def end(self, last: float) -> int:
        """Wait until it has left, and no longer than that moment; its number, 0 if there was none."""
        number = self.pid
        while self.pid and self.died() is None:
            if time.monotonic() >= last:
                _kill_group(self.pid)
            time.sleep(0.02)
        return number

    def _is_gone(self) -> bool:
        try:
            return os.waitpid(self.pid, os.WNOHANG)[0] != 0
        except ChildProcessError:
            return True

    def _live(self, parent: int) -> None:
        """In the child. It never returns into the supervisor's code."""
        code = 1
        try:
            os.setpgid(0, 0)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            process.leave_with(parent)
            random.seed()
            _name(f"valtti-{self.kind}")
            self.main()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)


def _kill_group(number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(number, signal.SIGKILL)


def _name(title: str) -> None:
    """What `top` shows, where the system has such a thing."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(title, encoding="ascii")
