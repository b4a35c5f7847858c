"""Deeds on post that has not left: try at once, stop it."""

from __future__ import annotations

from django.db import transaction

from valtti.channels.impossible import AlreadyLeft
from valtti.core import audit, outbox
from valtti.core.models import OutgoingPost
from valtti.core.models.post import PostState
from valtti.people.models import User


@transaction.atomic
def try_now(*, post: OutgoingPost, by: User) -> None:
    """Put a waiting or failed piece at the head of its queue."""
    if outbox.send_again(post).state in {PostState.ACCEPTED, PostState.DELIVERED, PostState.CANCELLED}:
        raise AlreadyLeft
    audit.note("post.tried_again", by=by, subject=post)


@transaction.atomic
def stop(*, post: OutgoingPost, by: User) -> None:
    """It does not leave any more; whoever wrote it gets the words back."""
    if not outbox.cancel(post, by=by):
        raise AlreadyLeft
    audit.note("post.stopped", by=by, subject=post)
