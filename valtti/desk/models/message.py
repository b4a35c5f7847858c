"""One utterance in a case, in or out, or a note of ours; and the files that came with it."""

from __future__ import annotations

import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Q

from valtti.core import clock
from valtti.core.models import OutgoingPost
from valtti.customers.models import ContactPoint
from valtti.desk.letter import shown_first
from valtti.desk.models.case import Case, OfCaseQuerySet
from valtti.desk.models.encounter import Encounter
from valtti.desk.models.words import Channel, Direction, NextStep, Outcome, Trust
from valtti.people.models import User


class Message(models.Model):
    """The author is the real sender, always. `text` is whole; `ranges` are the places shown first.

    `marked` = taken in although the address is not confirmed; the page says so at the sender.
    `pending` = a sender who is not admitted yet: visible, not attributed to the customer, moves no clock.
    `raw_item_id` names the raw item in channels softly. `post` carries an outgoing message, `mailbox` is the
    address of ours it came to or leaves from, `to` its recipients as [{"id", "address", "name"}].
    `accepted_at` is the first relay's yes, `failed_at` the end of that hope; `closes_with` is the outcome that
    closes the case once it is accepted.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    encounter = models.ForeignKey(Encounter, models.CASCADE, null=True, related_name="messages")
    direction = models.CharField(max_length=4, choices=Direction.choices)
    author_contact_point = models.ForeignKey(ContactPoint, models.PROTECT, null=True, related_name="+")
    author_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    automatic = models.BooleanField(default=False)
    automatic_kind = models.CharField(max_length=16, blank=True)
    marked = models.BooleanField(default=False)
    pending = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    at = models.DateTimeField(default=clock.now)
    subject = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=8, blank=True)
    text = models.TextField(blank=True)
    ranges = models.JSONField(default=list)
    hidden = models.JSONField(default=list)
    html_sha256 = models.CharField(max_length=64, blank=True)
    notice = models.CharField(max_length=40, blank=True)
    mailbox = models.CharField(max_length=320, blank=True)
    to = models.JSONField(default=list)
    raw_item_id = models.BigIntegerField(null=True, unique=True)
    message_id = models.CharField(max_length=998, blank=True)
    references = models.JSONField(default=list)
    trust = models.CharField(max_length=10, choices=Trust.choices, default=Trust.UNKNOWN)
    next_step = models.CharField(max_length=8, choices=NextStep.choices, blank=True)
    post = models.ForeignKey(OutgoingPost, models.PROTECT, null=True, related_name="+")
    closes_with = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    accepted_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failed_why = models.TextField(blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    idempotency_key = models.CharField(max_length=80, null=True)

    objects = OfCaseQuerySet["Message"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "idempotency_key"], name="one_message_a_key"),
        ]
        indexes = [
            models.Index(fields=["case", "at"], name="message_of_case"),
            models.Index(fields=["message_id"], name="message_by_id"),
            models.Index(
                fields=["mailbox", "at"], condition=Q(automatic=True, direction="out"), name="message_automatic_out"
            ),
            models.Index(fields=["at"], condition=Q(pending=True, refused_at=None), name="message_pending"),
        ]

    def __str__(self) -> str:
        return self.subject or self.text[:60]

    @property
    def visible(self) -> str:
        """What is shown first: the parts of the text that are not folded."""
        return shown_first(self.text, self.ranges)


def download_id() -> str:
    """A random name for one download, never guessable."""
    return secrets.token_urlsafe(18)


class MessageFileQuerySet(models.QuerySet["MessageFile"]):
    def visible_to(self, user: User) -> Self:
        """Of messages in the cases this user may see."""
        return self.filter(message__case__in=Case.objects.visible_to(user))


class MessageFile(models.Model):
    """A file that came or goes with a message: seen with it, its bytes named by hash."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="files")
    download_id = models.CharField(max_length=40, unique=True, default=download_id)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    safe_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120, blank=True)
    sniffed_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    content_id = models.CharField(max_length=255, blank=True)
    inline = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="ok")

    objects = MessageFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.safe_name

    def as_plain(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            name: getattr(self, name) for name in ("sha256", "name", "safe_name", "media_type", "sniffed_type", "size")
        }
