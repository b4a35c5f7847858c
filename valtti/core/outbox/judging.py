"""What follows from one try: state, next try, news (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from valtti.core.outbox.results import Accepted, Delayed, Refused, RefusedFor, Result, Uncertain

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
LONGEST_WISH = timedelta(hours=24)
GIVE_UP_AFTER = timedelta(hours=72)
LOOK_AGAIN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Past:
    """What was before this try: state, when the post could first leave, tries that were delayed, tries uncertain."""

    state: str
    since: datetime
    delayed: int = 0
    uncertain: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """`again_at` None: no further try. `news` is None when nothing new is to be told."""

    state: str
    again_at: datetime | None = None
    news: str | None = None
    why: str = ""
    bounce_class: str = ""
    relay_id: str = ""
    refused: tuple[RefusedFor, ...] = ()


def judge(result: Result, past: Past, *, now: datetime, jitter: float = 0.0) -> Verdict:
    """The verdict on one try. `jitter` is a share of the pause, -0.1 to 0.1, drawn by the caller."""
    match result:
        case Accepted(relay_id, refused):
            return Verdict("accepted", None, "post.accepted", relay_id=relay_id, refused=refused)
        case Refused(bounce_class, why):
            return Verdict("bounced", None, "post.bounced", why, bounce_class)
        case Uncertain(why):
            again_at = None if past.uncertain else now + LOOK_AGAIN_AFTER
            return Verdict("uncertain", again_at, "post.uncertain", why)
        case Delayed():
            return _delayed(result, past, now, jitter)
        case never:
            assert_never(never)


def _delayed(result: Delayed, past: Past, now: datetime, jitter: float) -> Verdict:
    last_moment = past.since + GIVE_UP_AFTER
    if now >= last_moment and not result.pause_source:
        return Verdict("failed", None, "post.failed", result.why)
    pause = pause_after(past.delayed) * (1 + jitter)
    again_at = now + pause if result.retry_at is None else min(max(result.retry_at, now), now + LONGEST_WISH)
    if now < last_moment:
        again_at = min(again_at, last_moment)
    return Verdict("delayed", again_at, None if past.state == "delayed" else "post.delayed", result.why)


def pause_after(delayed: int) -> timedelta:
    """1, 2, 4 … minutes up to 4 hours, after so many delayed tries before this one."""
    return min(FIRST_PAUSE * 2 ** min(delayed, 10), LONGEST_PAUSE)
