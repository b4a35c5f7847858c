"""Wake-ups: a process that waits learns at once that another one committed. A lost wake-up costs a second, no job."""

from __future__ import annotations

import logging
import sqlite3
import threading
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, transaction

_log = logging.getLogger("valtti.wake")
CHANNEL = "valtti"
LOOK_SECONDS = 0.1
RECONNECT_SECONDS = 1.0


class Ears(Protocol):
    """Something that can wait for the next commit."""

    def wait(self, seconds: float) -> bool:
        """True when somebody committed meanwhile; False after so many seconds of silence."""
        ...

    def close(self) -> None: ...


def tell() -> None:
    """After this transaction has committed, wake those who wait. Once per transaction, however often it is called."""
    if connection.vendor != "postgresql":
        return  # SQLite's data_version tells by itself
    if not any(entry[1] is _notify for entry in connection.run_on_commit):
        transaction.on_commit(_notify, robust=True)


def _notify() -> None:
    """A statement of its own: NOTIFY inside a transaction takes a lock on the whole database at commit."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


def ears() -> Ears:
    """Ears of this process, with a connection of their own. To be used by one thread."""
    if connection.vendor == "postgresql":
        return _Listening()
    path = str(settings.DATABASES["default"]["NAME"])
    return _Watching(path) if _is_file(path) else _Sleeping()


def _is_file(name: str) -> bool:
    return not (name == ":memory:" or "mode=memory" in name)


class _Sleeping:
    """A database in memory belongs to one process: there is nobody to hear."""

    def wait(self, seconds: float) -> bool:
        threading.Event().wait(seconds)
        return False

    def close(self) -> None:
        return


class _Watching:
    """SQLite: a counter that moves with every commit of another connection."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._seen = self._version()
        self._pause = threading.Event()

    def wait(self, seconds: float) -> bool:
        for _ in range(max(1, round(seconds / LOOK_SECONDS))):
            if (version := self._version()) != self._seen:
                self._seen = version
                return True
            self._pause.wait(LOOK_SECONDS)
        return False

    def close(self) -> None:
        self._connection.close()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class _Listening:
    """PostgreSQL: LISTEN on a direct connection; when it breaks, silence until it is back."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._pause = threading.Event()

    def wait(self, seconds: float) -> bool:
        import psycopg

        try:
            if self._connection is None:
                self._connection = _direct()
                self._connection.execute(f"LISTEN {CHANNEL}")
                return True  # whatever was said before we listened
            return any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))
        except psycopg.Error as broken:
            _log.warning("the listening connection broke: %s", type(broken).__name__)
            self.close()
            self._pause.wait(min(seconds, RECONNECT_SECONDS))
            return False

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _direct() -> Any:
    """Past a pooler where one is named, else as Django connects."""
    import psycopg

    if address := getattr(settings, "DATABASE_DIRECT", ""):
        return psycopg.connect(address, autocommit=True)
    named = connection.get_connection_params()
    known = {key: named[key] for key in ("host", "port", "user", "password", "dbname", "sslmode") if named.get(key)}
    return psycopg.connect(**known, autocommit=True)
