"""Internal notes: ours only, also the record of a call."""

from __future__ import annotations

from django.db import transaction

from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.impossible import NothingWritten
from valtti.desk.models import Case, Draft, Message
from valtti.desk.models.words import Channel, Direction
from valtti.people.models import User


@transaction.atomic
def note(*, case: Case, author: User, text: str, key: str | None = None) -> Message:
    """A note for colleagues; the customer never sees it. The same key twice is one note."""
    case = locked(case)
    if key and (written := case.messages.filter(idempotency_key=key).first()):
        return written
    message = write_note(case, author=author, text=text, key=key)
    Draft.objects.filter(case=case, author=author, kind="note").delete()
    refresh(case)
    return message


def write_note(case: Case, *, author: User, text: str, channel: str = Channel.EMAIL, key: str | None = None) -> Message:
    """Write it inside a deed that holds the lock. By phone or on a visit it is the record of what was said."""
    if not text.strip():
        raise NothingWritten
    message = case.messages.create(
        direction=Direction.NOTE,
        author_user=author,
        channel=channel,
        text=text.strip(),
        language=author.language or case.language,
        idempotency_key=key or None,
    )
    tell("note.written", case=case, subject=message, by=author, facts={"channel": channel})
    return message
