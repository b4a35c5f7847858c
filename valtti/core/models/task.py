"""Work to be done later. "Running" is no state: a live lease is, so nothing can be stuck in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valtti.core import clock


class Task(models.Model):
    """One job. (`attempt`, `worker`) fences every heartbeat, finish and failure."""

    name = models.CharField(max_length=200)
    queue = models.CharField(max_length=20, default="default")
    priority = models.SmallIntegerField(default=0)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True, unique=True)
    cause = models.CharField(max_length=64, blank=True)
    enqueued_at = models.DateTimeField(default=clock.now)
    run_at = models.DateTimeField(default=clock.now)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    result = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["queue", "-priority", "run_at", "id"],
                condition=Q(finished_at=None, dead_at=None),
                name="task_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Slot(models.Model):
    """One turn of periodic work, unique by name and moment: two schedulers cannot double it."""

    name = models.CharField(max_length=200)
    slot = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="one_turn_a_slot")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot:%Y-%m-%d %H:%M}"
