"""A source that cannot send at all pauses: its post waits and burns no tries."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from valtti.core import clock, events
from valtti.core.db import wake
from valtti.core.models import OutgoingPost, SourcePause, Task

LONGEST_MINUTES = 60


def pause(source: str, why: str) -> datetime:
    """Hold the post of a source for 1, 2, 4 … 60 minutes, longer each time; until when. Inside a transaction."""
    now = clock.now()
    row = SourcePause.objects.select_for_update().filter(source=source).first()
    if row is not None and row.until > now:
        return row.until
    if row is None:
        row = SourcePause(source=source, times=0)
    row.times = min(row.times + 1, 30)
    row.why, row.until = why, now + timedelta(minutes=min(2 ** (row.times - 1), LONGEST_MINUTES))
    row.save()
    if row.times == 1:
        events.record("source.paused", subject=row, facts={"source": source, "why": why})
    return row.until


def paused(source: str) -> SourcePause | None:
    """The pause of a source, while it lasts or until a piece of its post has been accepted."""
    return SourcePause.objects.filter(source=source).first()


def held_until(source: str) -> datetime | None:
    """Until when post of this source waits; None when it may try."""
    row = paused(source)
    return row.until if row is not None and row.until > clock.now() else None


@transaction.atomic
def resume(source: str) -> bool:
    """The source can send (again): its waiting post goes at once. True if it was paused."""
    row = SourcePause.objects.select_for_update().filter(source=source).first()
    if row is None:
        return False
    events.record("source.resumed", subject=row, facts={"source": source})
    row.delete()
    waiting = OutgoingPost.objects.filter(source=source, settled_at=None)
    poke([f"post:{pk}" for pk in waiting.order_by("pk").values_list("pk", flat=True)[:500]])
    return True


def poke(keys: list[str]) -> None:
    """Let waiting carry tasks look again now."""
    now = clock.now()
    waiting = Task.objects.filter(key__in=keys, finished_at=None, dead_at=None, lease_until=None, run_at__gt=now)
    waiting.update(run_at=now)
    wake.tell()
