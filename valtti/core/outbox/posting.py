"""Queueing post, taking it back, and what is reported about it later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Now

from valtti.core import clock, events
from valtti.core.events import Actor
from valtti.core.models import OutgoingPost, Task
from valtti.core.models.post import PostState
from valtti.core.outbox.carrying import carry
from valtti.core.outbox.ending import move
from valtti.core.outbox.judging import Verdict
from valtti.core.outbox.pausing import poke

_LATER_WORD = {
    PostState.DELIVERED: "post.delivered",
    PostState.DELAYED: "post.delayed",
    PostState.BOUNCED: "post.bounced",
    PostState.FAILED: "post.failed",
}


class BadHeader(ValueError):
    """A header, an address or a file name with a line end or NUL in it: it could begin a header of its own."""


@transaction.atomic
def post(
    *,
    kind: str,
    source: str,
    to: list[str],
    language: str,
    subject_line: str,
    body: str,
    subject: models.Model,
    key: str,
    channel: str = "email",
    headers: Mapping[str, str] | None = None,
    files: Iterable[Mapping[str, Any]] = (),
    facts: Mapping[str, Any] | None = None,
    automatic: bool = False,
    customer_id: int | None = None,
    team_id: int | None = None,
    order_key: str = "",
    not_before: datetime | None = None,
) -> OutgoingPost:
    """Queue one piece of post in the deed's own transaction; the same key again is the same post."""
    all_headers, all_files = {"Subject": subject_line, **(headers or {})}, [dict(file) for file in files]
    _refuse_line_ends(
        *to, source, *all_headers, *all_headers.values(), *(str(file.get("name", "")) for file in all_files)
    )
    now = clock.now()
    row, is_new = OutgoingPost.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "channel": channel,
            "source": source,
            "to": to,
            "language": language,
            "headers": all_headers,
            "body": body.replace("\0", ""),
            "files": all_files,
            "facts": dict(facts or {}),
            "automatic": automatic,
            "subject_kind": subject._meta.label_lower,
            "subject_id": subject.pk,
            "customer_id": customer_id,
            "team_id": team_id,
            "order_key": order_key,
            "made_at": now,
            "not_before": not_before or now,
            "state": PostState.HELD if not_before is not None and not_before > now else PostState.QUEUED,
            "state_at": now,
        },
    )
    if is_new:
        carry.using(run_after=row.not_before).enqueue(row.pk)
    return row


def _refuse_line_ends(*values: str) -> None:
    for value in values:
        if any(sign in value for sign in "\r\n\0"):
            raise BadHeader("a line end or NUL in a header")


@transaction.atomic
def cancel(post: OutgoingPost, *, by: Actor | None = None) -> bool:
    """Take a piece of post back, told as news; False when it has left, or is leaving just now."""
    waiting = Task.objects.select_for_update().filter(key=f"post:{post.pk}", finished_at=None)
    if waiting.filter(lease_until__gte=Now()).exists():
        return False
    row = OutgoingPost.objects.select_for_update().get(pk=post.pk)
    if row.settled_at is not None or row.state not in {PostState.HELD, PostState.QUEUED, PostState.DELAYED}:
        return False
    waiting.update(finished_at=clock.now())
    move(row, Verdict(PostState.CANCELLED, None, "post.cancelled"), settled=True, by=by)
    return True


@transaction.atomic
def report(post: OutgoingPost, state: str, *, bounce_class: str = "", why: str = "") -> OutgoingPost:
    """What came back about post that has left: delivered, delayed, bounced, failed. Told as news once."""
    news = _LATER_WORD[PostState(state)]
    row = OutgoingPost.objects.select_for_update().get(pk=post.pk)
    if row.state in {state, PostState.CANCELLED} or (row.state == PostState.BOUNCED and state == PostState.DELAYED):
        return row
    move(row, Verdict(state, None, news, why, bounce_class), settled=row.settled_at is not None)
    return row


@transaction.atomic
def complained(post: OutgoingPost) -> OutgoingPost:
    """A recipient marked it as unwanted. It has arrived, so its state stays; told once."""
    row = OutgoingPost.objects.select_for_update().get(pk=post.pk)
    if row.complained_at is None:
        row.complained_at = clock.now()
        row.save(update_fields=["complained_at"])
        told = {"subject_kind": row.subject_kind, "subject_id": row.subject_id, **row.facts}
        events.record("post.complained", subject=row, customer_id=row.customer_id, team_id=row.team_id, facts=told)
    return row


@transaction.atomic
def send_again(
    post: OutgoingPost, *, to: list[str] | None = None, facts: Mapping[str, Any] | None = None
) -> OutgoingPost:
    """A person wants it tried at once: post still waiting looks again now, post given up starts anew.

    `to` is another address, `facts` what the carrier must know of it.
    """
    row = OutgoingPost.objects.select_for_update().get(pk=post.pk)
    if row.state in {PostState.ACCEPTED, PostState.DELIVERED, PostState.CANCELLED}:
        return row
    if to is not None and to != row.to:
        _refuse_line_ends(*to)
        # The stored bytes name the old address and its reply token: the next try builds the letter anew.
        row.to, row.letter_sha256, row.refused = to, "", []
    row.facts |= facts or {}
    if row.settled_at is not None:
        row.state, row.state_at, row.not_before, row.settled_at = PostState.QUEUED, clock.now(), clock.now(), None
    moved = ["state", "state_at", "not_before", "settled_at"]
    row.save(update_fields=["to", "letter_sha256", "refused", "facts", *moved])
    tasks = Task.objects.filter(key=f"post:{row.pk}")
    if not tasks.exists():  # finished long ago and tidied away
        carry.enqueue(row.pk)
    tasks.filter(lease_until=None).update(finished_at=None, dead_at=None, attempt=0)
    poke([f"post:{row.pk}"])
    return row
