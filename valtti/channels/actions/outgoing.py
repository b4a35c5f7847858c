"""Deeds on post that has not left: try at once, stop it."""

from __future__ import annotations

from valtti.channels.impossible import AlreadyLeft
from valtti.core import outbox
from valtti.core.models import OutgoingPost
from valtti.core.models.post import PostState


def try_now(*, post: OutgoingPost) -> None:
    """Put a waiting or failed piece at the head of its queue."""
    if outbox.send_again(post).state in {PostState.ACCEPTED, PostState.DELIVERED, PostState.CANCELLED}:
        raise AlreadyLeft


def stop(*, post: OutgoingPost) -> None:
    """It does not leave any more."""
    if not outbox.cancel(post):
        raise AlreadyLeft
