"""Taking an answer back while it is still held."""

from __future__ import annotations

from django.db import transaction

from valtti.core import clock
from valtti.desk.actions import promises
from valtti.desk.actions.drafts import draft_again
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.posting import cancel_post
from valtti.desk.impossible import NotYourLetter, TooLateToUndo
from valtti.desk.models import Case, Draft, Message, Promise
from valtti.desk.models.words import PromiseEnd
from valtti.people.models import User


@transaction.atomic
def undo(*, message: Message, by: User) -> Draft:
    """Take back a letter that is still held; its words come back as a new draft."""
    case = locked(message.case)
    message = Message.objects.select_related("post", "author_user").get(pk=message.pk)
    if message.author_user_id != by.pk:
        raise NotYourLetter
    if message.undone_at is not None or message.post is None or not cancel_post(message.post, by=by):
        raise TooLateToUndo
    draft = _take_back(case, message, by)
    assert draft is not None  # it has a writer
    return draft


@transaction.atomic
def note_stopped(*, message: Message, by: User | None) -> Message:
    """Somebody stopped its post before it left: it is undone, and its words go back to whoever wrote it. Safe twice."""
    case = locked(message.case)
    message = Message.objects.select_related("post", "author_user").get(pk=message.pk)
    if message.undone_at is None:
        _take_back(case, message, by)
    return message


def _take_back(case: Case, message: Message, by: User | None) -> Draft | None:
    """Undo inside a deed that holds the lock; promises made in it end, the one it was to move or keep stands."""
    message.undone_at = clock.now()
    message.save(update_fields=["undone_at"])
    made = list(message.promises_made.filter(ended_at=None).select_related("moved_from"))
    for promise in made:
        promises.settle(case, promise, end=PromiseEnd.UNDONE, at=clock.now(), by=by)
        if promise.moved_from is not None:
            promises.reinstate(case, promise.moved_from, by=by, why="undone")
    Promise.objects.filter(evidence_message=message, ended_at=None).update(evidence_message=None)
    writer = message.author_user
    draft = draft_again(message, writer, made[0] if made else None) if writer is not None else None
    tell("message.undone", case=case, subject=message, by=by)
    refresh(case)
    return draft
