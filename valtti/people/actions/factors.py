"""Second factors that came or went."""

from __future__ import annotations

from django.db import transaction

from valtti.people import log
from valtti.people.actions.sessions import end_sessions
from valtti.people.models import User


@transaction.atomic
def note_change(*, user: User, kind: str, what: str, keep_session: int | None) -> None:
    """Write down a changed factor; every other login of the person ends."""
    log.note(what, by=user, subject=user, after=kind)
    end_sessions(user=user, why="factors", by=user, besides=keep_session)
