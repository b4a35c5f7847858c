"""Writing down how a try ended: attempt, state, news, and the next piece in line."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import datetime

from valtti.core import clock, events
from valtti.core.events import Actor
from valtti.core.models import Attempt, Event, OutgoingPost
from valtti.core.outbox import pausing
from valtti.core.outbox.judging import Past, Verdict, judge
from valtti.core.outbox.results import Accepted, Delayed, Result

OUTCOMES = {"accepted": "accepted", "bounced": "refused", "delayed": "delayed", "failed": "delayed"}


def note_end(attempt: Attempt, result: Result) -> datetime | None:
    """Inside a transaction: write how a try ended and tell it; when the next try is, None if there is none."""
    post = OutgoingPost.objects.select_for_update().get(pk=attempt.post_id)
    verdict = judge(result, _past(post, attempt), now=clock.now(), jitter=random.uniform(-0.1, 0.1))
    again_at = verdict.again_at
    if isinstance(result, Delayed) and result.pause_source:
        again_at = pausing.pause(post.source, result.why)
    elif isinstance(result, Accepted):
        pausing.resume(post.source)
    _write_attempt(attempt, verdict, again_at, paused=isinstance(result, Delayed) and result.pause_source)
    move(post, verdict, settled=again_at is None)
    return again_at


def _past(post: OutgoingPost, attempt: Attempt) -> Past:
    outcomes = list(
        post.attempts.exclude(pk=attempt.pk).filter(at__gte=post.not_before).values_list("outcome", flat=True)
    )
    return Past(post.state, post.not_before, outcomes.count("delayed"), outcomes.count("uncertain"))


def _write_attempt(attempt: Attempt, verdict: Verdict, again_at: datetime | None, *, paused: bool) -> None:
    attempt.outcome = "paused" if paused else OUTCOMES.get(verdict.state, verdict.state)
    attempt.detail, attempt.relay_id, attempt.retry_at = verdict.why, verdict.relay_id, again_at
    attempt.save(update_fields=["outcome", "detail", "relay_id", "retry_at"])


def move(post: OutgoingPost, verdict: Verdict, *, settled: bool, by: Actor | None = None) -> Event | None:
    """Write the new state of a piece of post, tell it, and let the next one of the same case go."""
    now = clock.now()
    if post.state != verdict.state:
        post.state, post.state_at = verdict.state, now
    post.last_error, post.bounce_class = verdict.why, verdict.bounce_class
    post.relay_id = verdict.relay_id or post.relay_id
    post.settled_at = (post.settled_at or now) if settled else None
    if verdict.news == "post.accepted":
        post.refused = [asdict(one) for one in verdict.refused]
    post.save(update_fields=["state", "state_at", "last_error", "bounce_class", "relay_id", "settled_at", "refused"])
    if settled:
        _let_the_next_go(post)
    return _told(post, verdict, by) if verdict.news else None


def _told(post: OutgoingPost, verdict: Verdict, by: Actor | None) -> Event:
    facts = {
        "subject_kind": post.subject_kind,
        "subject_id": post.subject_id,
        "why": verdict.why,
        "bounce_class": verdict.bounce_class,
        "final": post.settled_at is not None,
    }
    return events.record(
        str(verdict.news),
        subject=post,
        by=by,
        customer_id=post.customer_id,
        team_id=post.team_id,
        facts=facts | post.facts,
    )


def _let_the_next_go(post: OutgoingPost) -> None:
    if not post.order_key:
        return
    behind = OutgoingPost.objects.filter(order_key=post.order_key, channel=post.channel, settled_at=None)
    first = behind.filter(pk__gt=post.pk).order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        pausing.poke([f"post:{first}"])
