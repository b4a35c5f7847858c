"""The task that carries one piece of post: begin, hand over, end. The network is spoken to between two transactions."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from valtti.core import clock
from valtti.core.models import Attempt, OutgoingPost
from valtti.core.models.post import PostState
from valtti.core.outbox import pausing
from valtti.core.outbox.ending import note_end
from valtti.core.outbox.results import Carrier, Delayed, Result, Uncertain, carrier_of
from valtti.core.tasks import Unknown, settling, task

_log = logging.getLogger("valtti.outbox")
BEHIND_ANOTHER = timedelta(minutes=1)
BEGUN, HANDING, BROKEN_OFF = "begun", "handing", "broken off"


@dataclass(frozen=True, slots=True)
class _Wait:
    """Not now; None: never again."""

    until: datetime | None


@task(queue_name="post", key="post:{0}", max_attempts=20)
def carry(post_id: int) -> None:
    """Try once. Whatever comes of it ends this task or sets it for its next try."""
    channel = OutgoingPost.objects.values_list("channel", flat=True).get(pk=post_id)
    send = carrier_of(channel)
    if send is None:
        raise Unknown(f"nobody carries {channel}")
    begun = _begin(post_id)
    if isinstance(begun, Attempt):
        _end(begun, _sent(send, begun.post))
        return
    with settling() as ending:
        ending.again_at = begun.until


def handing_over(post: OutgoingPost) -> None:
    """A carrier says this right before the last byte leaves: dying after it is uncertain, dying before it is not."""
    Attempt.objects.filter(post=post, outcome=BEGUN).update(outcome=HANDING)


def keep_letter(post: OutgoingPost, *, message_id: str, sha256: str) -> OutgoingPost:
    """The letter as it was built, once: every try sends these bytes under this id."""
    post.message_id, post.letter_sha256 = message_id, sha256
    post.save(update_fields=["message_id", "letter_sha256"])
    return post


@transaction.atomic
def _begin(post_id: int) -> Attempt | _Wait:
    """The try that begins, or how long to wait for one."""
    post = OutgoingPost.objects.select_for_update().get(pk=post_id)
    if post.settled_at is not None:
        return _Wait(None)
    if (until := _must_wait(post)) is not None:
        return _Wait(until)
    if (interrupted := post.attempts.filter(outcome=HANDING).last()) is not None:
        return _Wait(note_end(interrupted, Uncertain("Our own program stopped while handing the post over.")))
    post.attempts.filter(outcome=BEGUN).update(outcome=BROKEN_OFF)
    if post.state == PostState.HELD:
        post.state, post.state_at = PostState.QUEUED, clock.now()
        post.save(update_fields=["state", "state_at"])
    return Attempt.objects.create(post=post, outcome=BEGUN)


def _must_wait(post: OutgoingPost) -> datetime | None:
    """Held for undo, behind an earlier piece of the same case, or its source is paused."""
    now = clock.now()
    if post.not_before > now:
        return post.not_before
    if post.order_key and _earlier(post).exists():
        return now + BEHIND_ANOTHER
    return pausing.held_until(post.source)


def _earlier(post: OutgoingPost) -> QuerySet[OutgoingPost]:
    same = OutgoingPost.objects.filter(order_key=post.order_key, channel=post.channel, settled_at=None)
    return same.filter(pk__lt=post.pk)


def _sent(send: Carrier, post: OutgoingPost) -> Result:
    try:
        return send(post)
    except Exception:
        _log.exception("a carrier broke", extra={"facts": {"place": post.channel}})
        return Delayed("Our own program made a mistake while sending.")


def _end(attempt: Attempt, result: Result) -> None:
    with settling() as ending:
        ending.again_at = note_end(attempt, result)
