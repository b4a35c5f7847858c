"""Teams and who is in them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import pgettext_lazy

from valtti.core import clock, permissions
from valtti.core.models import Calendar


class Role(models.TextChoices):
    """What a member may do in one team."""

    AGENT = "agent", pgettext_lazy("role in a team", "Agent")
    LEAD = "lead", pgettext_lazy("role in a team", "Team lead")
    COACH = "coach", pgettext_lazy("role in a team", "Quality coach")
    ANALYST = "analyst", pgettext_lazy("role in a team", "Analyst")


class TeamQuerySet(models.QuerySet["Team"]):
    def active(self) -> Self:
        """Those not closed by an administrator."""
        return self.filter(retired_at=None)

    def visible_to(self, user: Any) -> Self:
        """An administrator of teams sees all, everybody else the own ones."""
        if permissions.may(user, "teams.manage"):
            return self
        return self.filter(pk__in={team_id for team_id, _ in getattr(user, "standing", ())})

    def led_by(self, user: Any) -> Self:
        return self.filter(pk__in=permissions.teams_with(user, "team.board"))


class Team(models.Model):
    """A team is a queue: its calendar, the name its letters carry, its undo span."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="+")
    undo_seconds = models.PositiveSmallIntegerField(default=10)
    reopen_days = models.PositiveSmallIntegerField(default=14)
    sends_receipts = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A user in a team, in one role; several roles are several rows."""

    user = models.ForeignKey("people.User", models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.AGENT)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.team}"
