"""Who is here and who is not, as they have said themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from valtti.core import clock
from valtti.desk.models.words import Presentness
from valtti.people.models import User


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def at(self, moment: datetime) -> Self:
        """Spells that last at this moment."""
        return self.filter(from_at__lte=moment).filter(Q(until_at=None) | Q(until_at__gt=moment))

    def absent(self) -> Self:
        """Those in which one is not to be counted on."""
        return self.exclude(state=Presentness.FREE)

    def visible_to(self, user: User) -> Self:
        """One's own and those of the people one sees."""
        return self.filter(user__in=User.objects.visible_to(user))


class Availability(models.Model):
    """One spell in one state. With no spell, somebody is free."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=Presentness.choices)
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True)

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(until_at=None), name="one_open_availability"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="availability_ends"
            ),
        ]
        indexes = [models.Index(fields=["user", "until_at"], name="availability_of_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.state}"
