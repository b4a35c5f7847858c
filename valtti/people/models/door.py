"""What opens and closes the door: sessions, one-time links, addresses a person has come from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from valtti.core import clock
from valtti.people.models.user import User

IDLE_BOUNDS = (5, 480)
DAY_BOUNDS = (1, 24)


class House(models.Model):
    """The one row about the house itself: its name at the door and how long a login lasts."""

    name = models.CharField(max_length=80, default="Valtti")
    hue = models.PositiveSmallIntegerField(default=222)
    idle_minutes = models.PositiveSmallIntegerField(default=120)
    day_hours = models.PositiveSmallIntegerField(default=12)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="one_house"),
            models.CheckConstraint(condition=Q(idle_minutes__range=IDLE_BOUNDS), name="idle_within_bounds"),
            models.CheckConstraint(condition=Q(day_hours__range=DAY_BOUNDS), name="day_within_bounds"),
            models.CheckConstraint(condition=Q(hue__lt=360), name="hue_on_the_wheel"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def day(self) -> timedelta:
        return timedelta(hours=self.day_hours)


class SessionQuerySet(models.QuerySet["Session"]):
    def alive(self) -> Self:
        """Not ended, inside its day, and seen lately."""
        moment = clock.now()
        return self.filter(ended_at=None, expires_at__gt=moment, idle_until__gt=moment)

    def visible_to(self, user: Any) -> Self:
        """Everybody sees the own ones only."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()


class Session(models.Model):
    """One browser: its key as a hash, its contents encrypted. Ending fills in `ended_at`; the row stays a day."""

    key_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    contents = models.TextField()
    begun_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    idle_until = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    browser = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=20, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} since {self.begun_at:%Y-%m-%d %H:%M}"


class Purpose(models.TextChoices):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"


LIFE = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=1)}


class LinkQuerySet(models.QuerySet["OneTimeLink"]):
    def usable(self) -> Self:
        """Neither used, nor taken back, nor too old, and its person still with us."""
        return self.filter(used_at=None, void_at=None, expires_at__gt=clock.now(), user__is_active=True)


class OneTimeLink(models.Model):
    """A right to choose a password once. The token itself is in the letter only; here is its SHA-256."""

    user = models.ForeignKey(User, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.purpose} for {self.user}"


class KnownAddress(models.Model):
    """A network a person has logged in from, as an HMAC: it stays open when strangers guess at the password."""

    user = models.ForeignKey(User, models.CASCADE, related_name="known_addresses")
    fingerprint = models.CharField(max_length=64)
    last_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "fingerprint"], name="one_known_address")]

    def __str__(self) -> str:
        return f"{self.user} {self.fingerprint[:8]}"
