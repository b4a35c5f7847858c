"""Commit order: which rows of a log can be read without missing one that is still being written."""

from __future__ import annotations

from django.db import models
from django.db.models import Func

from valtti.core.db.reads import is_postgresql


class _OldestRunning(Func):
    """The oldest transaction still writing; all before it have ended."""

    template = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    output_field = models.BigIntegerField()


def committed[M: models.Model](rows: models.QuerySet[M]) -> models.QuerySet[M]:
    """Rows with a column `xid` that no transaction still running can come before, in the order they were committed.

    PostgreSQL hands out ids before commit, so "greater than the last id" would skip the rows of slower transactions.
    SQLite has one writer at a time: its ids are in commit order already, and `xid` is 0.
    """
    if is_postgresql():
        rows = rows.filter(xid__lt=_OldestRunning())
    return rows.order_by("xid", "id")
