"""Raw first: bytes are kept before anything looks inside, then filed, quarantined or refused."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from valtti.channels.models.mailbox import Mailbox
from valtti.core import clock
from valtti.people.models import User


class RawItem(models.Model):
    """What arrived, byte for byte. `external_id` is `uidvalidity:uid` for IMAP, else the SHA-256."""

    channel = models.CharField(max_length=20, default="email")
    source = models.CharField(max_length=320)
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, related_name="raw_items")
    external_id = models.CharField(max_length=120)
    received_at = models.DateTimeField(default=clock.now)
    sha256 = models.CharField(max_length=64)
    body_sha256 = models.CharField(max_length=64, blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    size = models.PositiveBigIntegerField()
    envelope = models.JSONField(default=dict)
    silent = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "source", "external_id"], name="one_item_an_external_id")
        ]
        indexes = [
            models.Index(fields=["sha256"], name="raw_by_hash"),
            models.Index(fields=["message_id"], name="raw_by_message_id"),
            models.Index(fields=["mailbox", "received_at"], name="raw_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"


class Filing(models.Model):
    """It became something: a message, a report on one, or a link to a letter already held."""

    raw_item = models.OneToOneField(RawItem, models.CASCADE, related_name="filing")
    at = models.DateTimeField(default=clock.now)
    as_what = models.CharField(max_length=12)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    same_as = models.ForeignKey(RawItem, models.PROTECT, null=True, related_name="copies")
    interpreter = models.CharField(max_length=20)
    reading = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.raw_item} as {self.as_what}"


class Quarantine(models.Model):
    """It could not be read, or needs a decision; releasing fills in the second half."""

    raw_item = models.ForeignKey(RawItem, models.CASCADE, related_name="quarantines")
    at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=40)
    detail = models.TextField(blank=True)
    interpreter = models.CharField(max_length=20)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_as = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["raw_item"], condition=Q(released_at=None), name="one_standing_quarantine")
        ]

    def __str__(self) -> str:
        return f"{self.raw_item} {self.why}"


class Refusal(models.Model):
    """Refused by a named rule; the bytes are kept for the retention time."""

    raw_item = models.OneToOneField(RawItem, models.CASCADE, related_name="refusal")
    at = models.DateTimeField(default=clock.now)
    rule = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    interpreter = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.raw_item} {self.rule}"
