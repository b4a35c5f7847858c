"""Raw first: bytes are kept before anything looks inside, then filed, quarantined or refused."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from valtti.channels.models.mailbox import Mailbox
from valtti.core import clock, permissions
from valtti.desk.models import Message
from valtti.people.models import User


class RawItemQuerySet(models.QuerySet["RawItem"]):
    def visible_to(self, user: User) -> Self:
        """The source of a letter is for the leads of its mailbox's team; of a restricted case, for who is let in."""
        own = self.filter(mailbox__team_id__in=permissions.teams_with(user, "source.read"))
        return own.exclude(Exists(Message.objects.filter(raw_item_id=OuterRef("pk")).closed_to(user)))

    def with_fate(self) -> Self:
        """Each with `is_filed`, `is_quarantined` and `is_refused`; none of them true means waiting."""
        standing = Quarantine.objects.filter(raw_item=OuterRef("pk"), released_at=None)
        return self.annotate(
            is_filed=Exists(Filing.objects.filter(raw_item=OuterRef("pk"))),
            is_refused=Exists(Refusal.objects.filter(raw_item=OuterRef("pk"))),
            is_quarantined=Exists(standing),
        )

    def waiting(self) -> Self:
        """Stored, not yet interpreted."""
        return self.with_fate().filter(is_filed=False, is_quarantined=False, is_refused=False)


class RawItem(models.Model):
    """What arrived, byte for byte. `external_id` is `uidvalidity:uid` for IMAP, else the SHA-256.

    `message_id` and `body_sha256` are read off by the interpreter. `already_held` is said by `ingest.keep` of an item
    that was here before; it is no column.
    """

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

    objects = RawItemQuerySet.as_manager()
    already_held = False

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

    def get_absolute_url(self) -> str:
        """Its source page."""
        return reverse("channels:raw", args=[self.pk])


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


class QuarantineQuerySet(models.QuerySet["Quarantine"]):
    def visible_to(self, user: User) -> Self:
        """For the leads of the team whose mailbox received it."""
        return self.filter(raw_item__mailbox__team_id__in=permissions.teams_with(user, "quarantine.handle"))

    def undecided(self) -> Self:
        """Those nobody has decided on yet."""
        return self.filter(released_at=None)


class Quarantine(models.Model):
    """It could not be read, or needs a decision; releasing fills in the second half."""

    raw_item = models.ForeignKey(RawItem, models.CASCADE, related_name="quarantines")
    at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=40)
    detail = models.TextField(blank=True)
    shown = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    interpreter = models.CharField(max_length=20)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_as = models.CharField(max_length=12, blank=True)

    objects = QuarantineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["raw_item"], condition=Q(released_at=None), name="one_standing_quarantine")
        ]

    def __str__(self) -> str:
        return f"{self.raw_item} {self.why}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("channels:quarantine_item", args=[self.pk])


class Refusal(models.Model):
    """Refused by a named rule; the bytes are kept for the retention time."""

    raw_item = models.OneToOneField(RawItem, models.CASCADE, related_name="refusal")
    at = models.DateTimeField(default=clock.now)
    rule = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    interpreter = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.raw_item} {self.rule}"
