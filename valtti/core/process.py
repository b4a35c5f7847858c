"""Who this process is, and its end when its parent ends."""

from __future__ import annotations

import os
import platform
import secrets
import threading
import time
from pathlib import Path

LOOK_SECONDS = 0.2


def own_name(place: str) -> str:
    """`place.pid.mark`: begins with what the supervisor knows of it, and no other process was ever called so."""
    return f"{place}.{os.getpid()}.{secrets.token_hex(3)}"


def prefix_of(place: str, pid: int) -> str:
    """With what the names of this child begin."""
    return f"{place}.{pid}."


def new_place() -> str:
    """The name of one supervisor's life."""
    return f"{platform.node()[:40]}-{secrets.token_hex(3)}"


def leave_with(parent: int) -> None:
    """End this process, at once and whole, soon after its parent has gone: no orphan answers or works on."""
    threading.Thread(target=_watch, args=(parent,), name="parent watch", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


def memory_mb() -> float:
    """Resident memory of this process; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024
