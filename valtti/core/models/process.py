"""Signs of life of our processes, and who holds which single job."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """One running process: its kind, last sign of life, and the counters it adds to /metrics."""

    process = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    counters = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.process


class Lease(models.Model):
    """One thing that only one process may do at a time (a fetcher of one folder), by the database's clock."""

    name = models.CharField(max_length=200, unique=True)
    holder = models.CharField(max_length=120, blank=True)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
