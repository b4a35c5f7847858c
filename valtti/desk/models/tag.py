"""Labels on cases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valtti.core import clock
from valtti.desk.models.case import Case
from valtti.people.models import Team, User


class Tag(models.Model):
    """A label of one team, or of the house when `team` is empty."""

    name = models.CharField(max_length=40)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "team"], name="one_tag_a_name"),
            models.UniqueConstraint(fields=["name"], condition=Q(team=None), name="one_house_tag_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CaseTag(models.Model):
    """A label put on a case, by whom and when; taking it off fills in the end."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tag_rows")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="uses")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "tag"], condition=Q(removed_at=None), name="tagged_once")
        ]

    def __str__(self) -> str:
        return f"{self.tag} on {self.case_id}"
