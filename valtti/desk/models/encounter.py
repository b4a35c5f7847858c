"""One meeting about a case: the customer's turn and our answer, a call, a visit."""

from __future__ import annotations

from django.db import models

from valtti.customers.models import Customer
from valtti.desk.models.case import Case, Topic
from valtti.desk.models.words import Channel
from valtti.people.models import User


class Encounter(models.Model):
    """`answered_at` and `counts_as_contact` are derived. A void answer clears `answered_at` again."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="encounters")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    kind = models.CharField(max_length=12, default="exchange")
    started_by = models.CharField(max_length=8, default="customer")
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    thanks = models.CharField(max_length=10, default="no")
    counts_as_contact = models.BooleanField(default=True)
    silent = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["case", "channel", "opened_at"], name="encounter_latest")]

    def __str__(self) -> str:
        return f"{self.channel} {self.opened_at:%Y-%m-%d %H:%M}"
