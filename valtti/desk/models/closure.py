"""The end of a case; reopening fills in the second half, the row stays."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valtti.core import clock
from valtti.desk.models.case import Case
from valtti.desk.models.message import Message
from valtti.desk.models.words import Outcome, ReopenCause
from valtti.people.models import User


class Closure(models.Model):
    """A case may have many; the standing one counts."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="closures")
    closed_at = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    solution = models.TextField(blank=True)
    told_customer = models.BooleanField(default=True)
    told_in = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    beyond_first_line = models.BooleanField(default=False)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reopen_cause = models.CharField(max_length=10, choices=ReopenCause.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(reopened_at=None), name="one_standing_closure")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.closed_at:%Y-%m-%d}"
