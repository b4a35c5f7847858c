"""The outbox: what is to leave the house, and each try to send it."""

from __future__ import annotations

from django.db import models

from valtti.core import clock


class PostState(models.TextChoices):
    """Where a piece of post stands; `uncertain` when the connection broke after its last byte."""

    HELD = "held"
    QUEUED = "queued"
    ACCEPTED = "accepted"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"


class OutgoingPost(models.Model):
    """One piece of post. `source` names the sending place (a mailbox's address, or `house`).

    `order_key` keeps the post of one case in order. `facts` are for the carrier (`case_id`, `contact_point_id`);
    `files` are [{"sha256", "name", "media_type"}]. `letter_sha256` names the stored bytes, built once.
    `settled_at`: no further try will be made, whatever comes back later. `refused`: of an accepted letter, the
    recipients it was not taken for, as [{"address", "bounce_class", "why", "lasting"}]. `complained_at`: a recipient
    marked it as unwanted.
    """

    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=20, default="email")
    source = models.CharField(max_length=320, default="house")
    to = models.JSONField(default=list)
    language = models.CharField(max_length=8, default="fi")
    headers = models.JSONField(default=dict)
    body = models.TextField()
    files = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    automatic = models.BooleanField(default=False)
    message_id = models.CharField(max_length=255, blank=True)
    letter_sha256 = models.CharField(max_length=64, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    order_key = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=12, choices=PostState.choices, default=PostState.QUEUED)
    state_at = models.DateTimeField(default=clock.now)
    relay_id = models.CharField(max_length=255, blank=True)
    bounce_class = models.CharField(max_length=40, blank=True)
    last_error = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    refused = models.JSONField(default=list, db_default=[])
    complained_at = models.DateTimeField(null=True, db_default=None)

    class Meta:
        indexes = [
            models.Index(fields=["state", "not_before"], name="post_to_go"),
            models.Index(fields=["subject_kind", "subject_id"], name="post_subject"),
            models.Index(fields=["message_id"], name="post_message_id"),
            models.Index(fields=["order_key"], condition=models.Q(settled_at=None), name="post_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} #{self.pk}"


class Attempt(models.Model):
    """One try to hand a piece of post over, and what the other side said."""

    post = models.ForeignKey(OutgoingPost, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=12)
    detail = models.TextField(blank=True)
    relay_id = models.CharField(max_length=255, blank=True)
    retry_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d %H:%M}"


class SourcePause(models.Model):
    """A sending place that cannot send at all (wrong password, no TLS): its post waits and burns no tries."""

    source = models.CharField(max_length=320, unique=True)
    why = models.TextField(blank=True)
    paused_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    times = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.source
