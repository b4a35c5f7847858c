"""What the room writes into the audit log, and how a role is named there."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest

from valtti.core import audit
from valtti.people.models import User


def note(
    what: str,
    *,
    by: User | None = None,
    subject: models.Model | None = None,
    before: Any = None,
    after: Any = None,
    request: HttpRequest | None = None,
) -> None:
    """One line of who did what, in the deed's own transaction."""
    as_role = by.house_role if by else ""
    audit.note(what, by=by, as_role=as_role, subject=subject, before=before, after=after, request=request)
