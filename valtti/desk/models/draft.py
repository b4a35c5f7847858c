"""What is being written, and who is looking."""

from __future__ import annotations

import uuid

from django.db import models

from valtti.core import clock
from valtti.desk.models.case import Case
from valtti.desk.models.words import NextStep
from valtti.people.models import User


class Draft(models.Model):
    """One per case, author and kind; its `token` becomes the idempotency key of the message sent from it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, default="answer")
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    text = models.TextField(blank=True)
    next_step = models.CharField(max_length=8, choices=NextStep.choices, blank=True)
    promise_text = models.CharField(max_length=300, blank=True)
    promise_due = models.CharField(max_length=40, blank=True)
    files = models.JSONField(default=list)
    seen_event = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "author", "kind"], name="one_draft_a_kind")]

    def __str__(self) -> str:
        return f"draft of {self.author} on {self.case_id}"


class Presence(models.Model):
    """Somebody looks at a case or writes in it; lives 40 seconds and is not audited."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    writing_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.case_id}"
