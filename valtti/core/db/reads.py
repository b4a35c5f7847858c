"""Several reads that must agree with one another, without taking a write lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


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
