"""What the customer was told will happen, and by when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valtti.core import clock
from valtti.desk.models.case import Case, OfCaseQuerySet
from valtti.desk.models.encounter import Encounter
from valtti.desk.models.message import Message
from valtti.desk.models.words import PromiseEnd, PromiseKind
from valtti.people.models import User


class Promise(models.Model):
    """`said_in` is the message that made it, `evidence_message` the one that kept it. Moves form a chain."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="promises")
    encounter = models.ForeignKey(Encounter, models.PROTECT, null=True, related_name="promises")
    kind = models.CharField(max_length=10, choices=PromiseKind.choices, default=PromiseKind.UPDATE)
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=8, default="fi")
    due_at = models.DateTimeField()
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_in = models.ForeignKey(Message, models.PROTECT, null=True, related_name="promises_made")
    moved_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="moves")
    told_before_due = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=PromiseEnd.choices, blank=True)
    evidence_message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="promises_kept")

    objects = OfCaseQuerySet["Promise"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["moved_from"],
                condition=~Q(end=PromiseEnd.UNDONE),
                name="moved_once",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="promise_standing"),
            models.Index(fields=["owner", "due_at"], condition=Q(ended_at=None), name="promise_of_owner"),
        ]

    def __str__(self) -> str:
        return self.text
