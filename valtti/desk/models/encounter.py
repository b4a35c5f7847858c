"""One meeting about a case: the customer's turn and our answer, a call, a visit."""

from __future__ import annotations

from typing import Self

from django.db import models

from valtti.customers.models import Customer
from valtti.desk import encounters
from valtti.desk.models.case import Case, OfCaseQuerySet, Topic
from valtti.desk.models.words import Channel
from valtti.people.models import User


class EncounterQuerySet(OfCaseQuerySet["Encounter"]):
    def owed(self) -> Self:
        """Those in which the customer waits for our answer, as `encounters.is_owed` judges one."""
        return self.filter(started_by="customer", answered_at=None, silent=False).exclude(thanks="confirmed")


class Encounter(models.Model):
    """`answered_at`, `answered_by`, `counts_as_contact` are derived; a void answer clears the first two again.

    `opened_by` is the colleague who took the call or visit; `last_heard_at` when the customer last wrote in it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="encounters")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    kind = models.CharField(max_length=12, default="exchange")
    started_by = models.CharField(max_length=8, default="customer")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    last_heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    thanks = models.CharField(max_length=10, default="no")
    counts_as_contact = models.BooleanField(default=True)
    silent = models.BooleanField(default=False)

    objects = EncounterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "channel", "opened_at"], name="encounter_latest")]

    def __str__(self) -> str:
        return f"{self.channel} {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def is_owed(self) -> bool:
        """The customer waits for our answer in it."""
        return encounters.is_owed(
            started_by=self.started_by, thanks=self.thanks, silent=self.silent, answered_at=self.answered_at
        )
