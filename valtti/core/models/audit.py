"""Who saw, who changed, why: entries chained by hash once a worker has sealed them."""

from __future__ import annotations

import secrets

from django.db import models

from valtti.core import clock


class AuditEntry(models.Model):
    """One deed worth remembering. Sealed rows (`seq` set) are refused UPDATE and DELETE by the database."""

    who = models.BigIntegerField(null=True)
    as_role = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=400, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    request = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=clock.now)
    xid = models.BigIntegerField(db_default=0, editable=False)
    seq = models.BigIntegerField(null=True, unique=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    own_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["seq", "xid", "id"], name="audit_to_seal")]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"


def fresh_salt() -> str:
    """256 bits in hexadecimal."""
    return secrets.token_hex(32)


class AuditSalt(models.Model):
    """What a person's values are marked with in the log. It is no part of the chain: erasing a person deletes it."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    salt = models.CharField(max_length=64, default=fresh_salt)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="one_audit_salt")]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"
