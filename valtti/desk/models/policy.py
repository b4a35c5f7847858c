"""Time targets, versioned; a running case keeps its version until it is bound anew."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from valtti.core import clock
from valtti.desk.models.case import Case
from valtti.desk.models.encounter import Encounter
from valtti.people.models import Team, User

USUAL = "usual"
"""Key of the targets that every house begins with."""


class MilestoneKind(models.TextChoices):
    """What a target measures."""

    FIRST_ANSWER = "first_answer", pgettext_lazy("milestone", "first answer")
    NEXT_ANSWER = "next_answer", pgettext_lazy("milestone", "next answer")


class HoursKind(models.TextChoices):
    """Which seconds count towards a target."""

    WORKING = "working", pgettext_lazy("hours of a target", "opening hours")
    CALENDAR = "calendar", pgettext_lazy("hours of a target", "all hours")


def warn_shares() -> list[float]:
    """Shares of the time after which the owner is told."""
    return [0.5, 0.75]


class SlaPolicy(models.Model):
    """Targets for the cases of one team, or for all when `team` is empty; the first by position wins."""

    key = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=100)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title people gave it; the house's own in the reader's language."""
        return str(_("usual target")) if self.key == USUAL else self.title


class SlaVersion(models.Model):
    """Immutable once published."""

    policy = models.ForeignKey(SlaPolicy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="one_number_a_version")]

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"


class SlaTarget(models.Model):
    """So many seconds for one milestone, in working or calendar time."""

    version = models.ForeignKey(SlaVersion, models.CASCADE, related_name="targets")
    milestone = models.CharField(max_length=14, choices=MilestoneKind.choices)
    seconds = models.PositiveIntegerField()
    hours = models.CharField(max_length=8, choices=HoursKind.choices, default=HoursKind.WORKING)
    warn_at = models.JSONField(default=warn_shares)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "milestone"], name="one_target_a_milestone")]

    def __str__(self) -> str:
        return f"{self.milestone} {self.seconds} s {self.hours}"


class SlaBinding(models.Model):
    """This case is measured by this version, from when and why."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="sla_bindings")
    version = models.ForeignKey(SlaVersion, models.PROTECT, related_name="+")
    bound_at = models.DateTimeField(default=clock.now)
    bound_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} by {self.version}"


class Milestone(models.Model):
    """Derived by the clock: when an answer is due, when it came, how much too late."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="milestones")
    encounter = models.ForeignKey(Encounter, models.CASCADE, null=True, related_name="milestones")
    target = models.ForeignKey(SlaTarget, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=14, choices=MilestoneKind.choices)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    over_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["encounter", "kind"], name="one_milestone_an_encounter")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"
