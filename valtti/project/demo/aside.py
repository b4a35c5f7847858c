"""Work done in a process of its own, so that nothing of it stays in this one."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from django.db import connections

type Say = Callable[[str], None]


class Orphaned(BaseException):
    """Whoever asked for the work is gone."""


def begin(work: Callable[[Say], None]) -> int:
    """Start it and return its process id. The work calls what it is given from time to time, and ends if we have."""
    connections.close_all()
    sys.stdout.flush()
    asker = os.getpid()
    pid = os.fork()
    if pid == 0:
        os._exit(_carry_out(work, asker))
    return pid


def end(pid: int) -> bool:
    """Wait for it: True when it has been done."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _carry_out(work: Callable[[Say], None], asker: int) -> int:
    try:
        work(lambda _line: _check(asker))
    except (KeyboardInterrupt, Orphaned):
        return 1
    except SystemExit as words:
        sys.stderr.write(f"\n{words}\n")
        return 1
    except Exception:
        traceback.print_exc()
        return 1
    finally:
        connections.close_all()
        sys.stderr.flush()
    return 0


def _check(asker: int) -> None:
    if os.getppid() != asker:
        raise Orphaned
