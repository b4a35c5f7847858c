"""A case that only some may see: why, since when, and who has been let in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valtti.core import clock
from valtti.desk.models.case import Case
from valtti.people.models import User


class Restriction(models.Model):
    """One spell in which only its owner and those let in see the case. Lifting fills in the second half."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="restrictions")
    reason = models.CharField(max_length=300)
    restricted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    restricted_at = models.DateTimeField(default=clock.now)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(lifted_at=None), name="one_standing_restriction")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reason}"
