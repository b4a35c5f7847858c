"""Nightly work of the database itself."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.utils import DatabaseError

from valtti.core import clock
from valtti.core.db.reads import is_postgresql


def take_in_wal() -> None:
    """SQLite: write the log back into the database file and empty it, so that it does not grow without end."""
    if not is_postgresql() and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_expired_cache(table: str) -> int:
    """Delete values of the cache that have run out an hour ago; how many. 0 while there is no such table."""
    past = (
        (clock.now() - timedelta(hours=1)).replace(tzinfo=None)
        if not is_postgresql()
        else clock.now() - timedelta(hours=1)
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)} WHERE expires < %s", [past])  # noqa: S608
            return int(cursor.rowcount)
    except DatabaseError:
        return 0
