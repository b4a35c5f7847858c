"""A mailbox: the address, its team, the servers it is fetched from and sent through."""

from __future__ import annotations

from typing import Self

from django.db import models

from valtti.core import clock
from valtti.people.models import Role, Team, User


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def led_by(self, user: User) -> Self:
        """Mailboxes of the teams the user leads."""
        return self.filter(team__memberships__user=user, team__memberships__role=Role.LEAD)


class Mailbox(models.Model):
    """Passwords are stored encrypted. An empty `imap_host` is not fetched; `smtp_host` may be `tray`."""

    address = models.EmailField(max_length=320, unique=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="fi")
    imap_host = models.CharField(max_length=255, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, default="tls")
    imap_user = models.CharField(max_length=255, blank=True)
    imap_password = models.TextField(blank=True)
    smtp_host = models.CharField(max_length=255, blank=True)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=8, default="tls")
    smtp_user = models.CharField(max_length=255, blank=True)
    smtp_password = models.TextField(blank=True)
    authserv_id = models.CharField(max_length=255, blank=True)
    subaddress_ok = models.BooleanField(default=False)
    after_commit = models.CharField(max_length=8, default="nothing")
    after_commit_folder = models.CharField(max_length=255, blank=True)
    after_commit_days = models.PositiveSmallIntegerField(default=30)
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now)
    held_until = models.DateTimeField(null=True)
    held_why = models.TextField(blank=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        ordering = ["address"]
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.address


class Folder(models.Model):
    """One folder of a mailbox and how far it has been read: UIDVALIDITY and UID, never flags or dates."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="folders")
    name = models.CharField(max_length=255, default="INBOX")
    uidvalidity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    silent_until_uid = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    error_since = models.DateTimeField(null=True)
    on_server = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="one_folder_a_name")]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.name}"


class MailboxCheck(models.Model):
    """One press of the test button: what was tried and what each step said."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="checks")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.mailbox} {self.asked_at:%Y-%m-%d %H:%M}"
