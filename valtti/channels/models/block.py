"""Senders whose letters a team does not want; the letters are still kept, and refused by name of this rule."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from valtti.core import clock, permissions
from valtti.people.models import Team, User


class BlockQuerySet(models.QuerySet["Block"]):
    def visible_to(self, user: User) -> Self:
        """For the leads of the team."""
        return self.filter(team_id__in=permissions.teams_with(user, "quarantine.handle"))

    def in_force(self) -> Self:
        """Those not lifted."""
        return self.filter(lifted_at=None)


class Block(models.Model):
    """Letters from this address are refused for this team; lifting fills in the second half."""

    address = models.CharField(max_length=320)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    blocked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    blocked_at = models.DateTimeField(default=clock.now)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "team"], condition=Q(lifted_at=None), name="one_standing_block")
        ]

    def __str__(self) -> str:
        return self.address
