"""Marks that stand in the audit log for what is personal: readable while the person's salt lives, then for nobody."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping

from django.db import models

from valtti.core.models import AuditSalt

SIGN = "mark:"


def marked(value: str, *, of: models.Model) -> str:
    """The mark of a value of this person's row: the same for the same value; nothing stays nothing."""
    if not value:
        return ""
    kind = of._meta.label_lower
    row, _new = AuditSalt.objects.get_or_create(subject_kind=kind, subject_id=of.pk)
    return _mark(row.salt, value)


def is_mark(value: str) -> bool:
    """A value as the log keeps it when it is personal."""
    return value.startswith(SIGN)


def readings(kind: str, values: Mapping[int, Iterable[str]]) -> dict[str, str]:
    """For each mark the value it stands for, of rows of one kind with their values as they are now, by number."""
    salts = AuditSalt.objects.filter(subject_kind=kind, subject_id__in=values).values_list("subject_id", "salt")
    return {_mark(salt, value): value for number, salt in salts for value in values[number] if value}


def forget(kind: str, number: int) -> bool:
    """Destroy the salt of a person who is erased: their marks tell nobody anything, and the chain stays whole."""
    deleted, _by_kind = AuditSalt.objects.filter(subject_kind=kind, subject_id=number).delete()
    return bool(deleted)


def _mark(salt: str, value: str) -> str:
    return SIGN + hmac.digest(bytes.fromhex(salt), value.encode(), "sha256").hex()
