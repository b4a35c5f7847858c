"""The event log: what happened, told once, in commit order."""

from __future__ import annotations

from django.db import models

from valtti.core import clock


class Event(models.Model):
    """One piece of news, append-only. `xid` is the writing transaction on PostgreSQL, 0 on SQLite."""

    kind = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)
    actor_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    silent = models.BooleanField(default=False)
    xid = models.BigIntegerField(db_default=0, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="event_cursor"),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["customer_id", "at"], name="event_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}:{self.subject_id}"
