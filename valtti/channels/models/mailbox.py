"""A mailbox: the address, its team, the servers it is fetched from and sent through."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from valtti.core import clock, permissions
from valtti.people.models import Team, User

ALARM_AFTER = timedelta(minutes=15)
TRAY = "tray"


class Security(models.TextChoices):
    """How the line to a mail server is kept secret; `none` only reaches this machine."""

    TLS = "tls", pgettext_lazy("security of a line", "TLS from the first byte")
    STARTTLS = "starttls", pgettext_lazy("security of a line", "STARTTLS")
    NONE = "none", pgettext_lazy("security of a line", "none, only on this machine")


class AfterCommit(models.TextChoices):
    """What happens to a letter at its server once it is stored here."""

    NOTHING = "nothing", pgettext_lazy("after a letter is stored", "leave it alone")
    MOVE = "move", pgettext_lazy("after a letter is stored", "move it to a folder")
    DELETE = "delete", pgettext_lazy("after a letter is stored", "delete it after some days")


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def visible_to(self, user: User) -> Self:
        """All for administrators, who set them up; for leads those of their teams."""
        if permissions.may(user, "mailboxes.manage"):
            return self
        return self.filter(team_id__in=permissions.teams_with(user, "quarantine.handle"))

    def managed_by(self, user: User) -> Self:
        """Those the user may set up: all for an administrator, none for anybody else."""
        return self if permissions.may(user, "mailboxes.manage") else self.none()

    def fetched(self) -> Self:
        """Those with a server to read from, in use."""
        return self.filter(active=True).exclude(imap_host="")


class Mailbox(models.Model):
    """Passwords are stored encrypted. An empty `imap_host` is not fetched; `smtp_host` may be `tray`."""

    address = models.EmailField(max_length=320, unique=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="fi")
    imap_host = models.CharField(max_length=255, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    imap_user = models.CharField(max_length=255, blank=True)
    imap_password = models.TextField(blank=True)
    smtp_host = models.CharField(max_length=255, blank=True)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    smtp_user = models.CharField(max_length=255, blank=True)
    smtp_password = models.TextField(blank=True)
    authserv_id = models.CharField(max_length=255, blank=True)
    subaddress_ok = models.BooleanField(default=False)
    after_commit = models.CharField(max_length=8, choices=AfterCommit.choices, default=AfterCommit.NOTHING)
    after_commit_folder = models.CharField(max_length=255, blank=True)
    after_commit_days = models.PositiveSmallIntegerField(default=30)
    active = models.BooleanField(default=True)
    imap_password_at = models.DateTimeField(null=True)
    smtp_password_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        ordering = ["address"]
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.address

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("channels:mailbox", args=[self.pk])

    @property
    def is_failing(self) -> bool:
        """A folder could not be read the last time."""
        return any(folder.error_since for folder in self.folders.all())

    @property
    def in_alarm(self) -> bool:
        """A folder has not been readable for a quarter of an hour."""
        return any(folder.in_alarm for folder in self.folders.all())

    @property
    def uses_tray(self) -> bool:
        """Its letters are kept for the tray page and go nowhere."""
        return self.smtp_host == TRAY


class Folder(models.Model):
    """One folder of a mailbox and how far it has been read: UIDVALIDITY and UID, never flags or dates.

    `with_past` = letters that lay there before us are taken too, silently; otherwise those up to `after_uid` are not
    ours. The last four columns are what the nightly comparison with the server found.
    """

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="folders")
    name = models.CharField(max_length=255, default="INBOX")
    uidvalidity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    with_past = models.BooleanField(default=False)
    after_uid = models.BigIntegerField(default=0)
    silent_until_uid = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    error_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    alarm_told = models.BooleanField(default=False)
    on_server = models.PositiveIntegerField(null=True)
    missing_here = models.PositiveIntegerField(default=0)
    gone_there = models.PositiveIntegerField(default=0)
    compared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="one_folder_a_name")]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.name}"

    @property
    def in_alarm(self) -> bool:
        """It has not been readable for a quarter of an hour."""
        return self.error_since is not None and clock.now() - self.error_since >= ALARM_AFTER


class MailboxCheck(models.Model):
    """One press of the test button: what was tried and what each step said."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="checks")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.mailbox} {self.asked_at:%Y-%m-%d %H:%M}"
