"""Who has the case, from when to when, and how it came to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valtti.core import clock
from valtti.desk.models.case import Case
from valtti.people.models import Team, User


class Assignment(models.Model):
    """One spell of responsibility; the open row is the present one."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(until_at=None), name="one_open_assignment")]

    def __str__(self) -> str:
        return f"{self.user} on {self.case_id}"
