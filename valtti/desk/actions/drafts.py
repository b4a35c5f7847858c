"""What is being written: saved as one types, given back after an undo."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from valtti.core import caps, clock
from valtti.desk.impossible import DraftTooLong
from valtti.desk.models import Case, Draft, Message, Promise
from valtti.people.models import User


@transaction.atomic
def save_draft(
    *,
    case: Case,
    author: User,
    text: str,
    kind: str = "answer",
    next_step: str = "",
    promise_text: str = "",
    promise_due: str = "",
    files: list[dict[str, Any]] | None = None,
    seen_event: int = 0,
) -> Draft:
    """Keep what has been typed so far; one draft per case, author and kind. `files` None keeps those there."""
    if len(text) > caps.MESSAGE_LENGTH:
        raise DraftTooLong
    columns: dict[str, Any] = {
        "text": text,
        "next_step": next_step,
        "promise_text": promise_text[:300],
        "promise_due": promise_due[:40],
        "saved_at": clock.now(),
    }
    if files is not None:
        columns["files"] = files
    draft, _is_new = Draft.objects.update_or_create(
        case=case, author=author, kind=kind, defaults=columns, create_defaults={**columns, "seen_event": seen_event}
    )
    return draft


@transaction.atomic
def discard_draft(*, case: Case, author: User, kind: str = "answer") -> None:
    """Throw it away; its key goes with it."""
    Draft.objects.filter(case=case, author=author, kind=kind).delete()


def draft_again(message: Message, author: User, promise: Promise | None) -> Draft:
    """The words of an undone letter, under a new key, before whatever has been typed since."""
    begun = Draft.objects.filter(case=message.case_id, author=author, kind="answer").first()
    since = f"\n\n{begun.text}" if begun and begun.text.strip() else ""
    columns: dict[str, Any] = {
        "token": uuid.uuid4(),
        "text": message.text + since,
        "next_step": message.next_step,
        "promise_text": promise.text if promise else "",
        "promise_due": promise.due_at.isoformat() if promise else "",
        "files": [file.as_plain() for file in message.files.all()],
        "seen_event": message.case.last_event,
        "saved_at": clock.now(),
    }
    draft, _is_new = Draft.objects.update_or_create(case=message.case, author=author, kind="answer", defaults=columns)
    return draft
