"""The case waits for somebody else. A customer's message ends every pause at its receipt."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valtti.core import clock
from valtti.desk.models.case import Case
from valtti.desk.models.message import Message
from valtti.people.models import User

ASKED_CUSTOMER, THIRD_PARTY = "asked_customer", "third_party"


class Pause(models.Model):
    """One spell of waiting; ending fills in the second half."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=16)
    waits_for = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expected_until = models.DateTimeField(null=True)
    asked_in = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_open_pause")]

    def __str__(self) -> str:
        return f"{self.reason} on {self.case_id}"
