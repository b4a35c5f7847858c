"""Several reads that must agree with one another, without taking a write lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import OperationalError, connection, transaction


def is_postgresql() -> bool:
    """True on PostgreSQL, False on SQLite."""
    return connection.vendor == "postgresql"


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads inside see one state of the database: deferred on SQLite, repeatable read on PostgreSQL."""
    if connection.in_atomic_block:
        raise AssertionError("snapshot() cannot begin inside another transaction")
    with _repeatable_read() if is_postgresql() else _deferred():
        yield


@contextmanager
def _repeatable_read() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]


def database_time() -> datetime:
    """The database's clock, by which leases are kept."""
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0]
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)


def check_writable() -> None:
    """Raises DatabaseError unless the database answers and takes writes, within a second."""
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute("SELECT pg_is_in_recovery()")
            if cursor.fetchone()[0]:
                raise OperationalError("read only")
        elif not connection.in_atomic_block:
            cursor.execute("PRAGMA busy_timeout = 800")
            try:
                cursor.execute("BEGIN IMMEDIATE")
                cursor.execute("ROLLBACK")
            finally:
                cursor.execute("PRAGMA busy_timeout = 10000")


def oldest_transaction() -> timedelta | None:
    """How long the oldest transaction that writes has been open; None where nobody can say."""
    if not is_postgresql():
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(clock_timestamp() - xact_start) FROM pg_stat_activity"
            " WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid() AND datname = current_database()"
        )
        age = cursor.fetchone()[0]
        return age if isinstance(age, timedelta) else None
