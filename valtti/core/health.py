"""How the house is: what is dead, late, not left, silent or full, for the health page and for /metrics."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Now

from valtti.core import clock, metrics
from valtti.core.db.reads import check_writable, oldest_transaction
from valtti.core.heart import PAST, SILENT_AFTER
from valtti.core.models import Heartbeat, OutgoingPost, Slot, SourcePause, Task
from valtti.core.queue import free

NOT_LEFT_AFTER = timedelta(minutes=10)
LATE_AFTER = timedelta(minutes=1)
LONG_TRANSACTION = timedelta(seconds=5)
LEAST_FREE_MB = 500


@dataclass(frozen=True, slots=True)
class State:
    """One look at the house."""

    dead: int
    late: int
    oldest_due: datetime | None
    not_left: int
    paused: list[SourcePause]
    missed_turns: int
    processes: list[Heartbeat]
    free_mb: int
    long_transaction: timedelta | None

    @property
    def is_well(self) -> bool:
        """Nothing needs a person now."""
        trouble = self.dead or self.late or self.not_left or self.paused or self.long_transaction
        return not trouble and self.free_mb >= LEAST_FREE_MB


@dataclass(frozen=True, slots=True)
class Line:
    """What an upper room has to say about its own health, in words; `is_well` False asks for a person."""

    about: str
    words: str
    is_well: bool = True


type Report = Callable[[], Iterable[Line]]

_reports: list[Report] = []


def report(say: Report) -> Report:
    """Register what a room says about itself on the health page."""
    _reports.append(say)
    return say


def lines() -> list[Line]:
    """What the rooms say."""
    return [line for say in _reports for line in say()]


def look() -> State:
    """Ask the database how things are."""
    now = clock.now()
    waits = OutgoingPost.objects.filter(settled_at=None, not_before__lt=now - NOT_LEFT_AFTER)
    age = oldest_transaction()
    return State(
        dead=dead_tasks().count(),
        late=late_tasks().count(),
        oldest_due=late_tasks().aggregate(oldest=Min("run_at"))["oldest"],
        not_left=waits.count(),
        paused=list(SourcePause.objects.order_by("paused_at")),
        missed_turns=Slot.objects.filter(missed_at__gte=now - timedelta(days=1)).count(),
        processes=list(processes()),
        free_mb=shutil.disk_usage(settings.DATA).free // 1024 // 1024,
        long_transaction=age if age is not None and age > LONG_TRANSACTION else None,
    )


def dead_tasks() -> QuerySet[Task]:
    """Tasks given up after their last attempt, newest first."""
    return Task.objects.exclude(dead_at=None).order_by("-dead_at")


def late_tasks() -> QuerySet[Task]:
    """Tasks due for a minute that nobody has taken."""
    return Task.objects.filter(free(), finished_at=None, dead_at=None, run_at__lt=clock.now() - LATE_AFTER)


def processes() -> QuerySet[Heartbeat]:
    """Processes that have given a sign of life within a minute."""
    alive = Heartbeat.objects.filter(beat_at__gte=Now() - SILENT_AFTER)
    return alive.exclude(process=PAST).order_by("kind", "started_at")


def gauges() -> dict[str, float]:
    """The state as numbers for /metrics."""
    state = look()
    waiting = Task.objects.filter(finished_at=None, dead_at=None).values("queue").annotate(many=Count("pk"))
    post = OutgoingPost.objects.filter(Q(settled_at=None)).values("channel").annotate(many=Count("pk"))
    kinds = [process.kind for process in state.processes]
    late_seconds = (clock.now() - state.oldest_due).total_seconds() if state.oldest_due else 0.0
    return (
        {metrics.named("valtti_tasks_waiting", {"queue": row["queue"]}): row["many"] for row in waiting}
        | {metrics.named("valtti_post_waiting", {"channel": row["channel"]}): row["many"] for row in post}
        | {metrics.named("valtti_processes", {"kind": kind}): kinds.count(kind) for kind in set(kinds)}
        | {
            "valtti_tasks_dead": state.dead,
            "valtti_tasks_late_seconds": late_seconds,
            "valtti_post_not_left": state.not_left,
            "valtti_sources_paused": len(state.paused),
            "valtti_disk_free_megabytes": state.free_mb,
        }
    )


def counters() -> dict[str, float]:
    """What all processes have counted, those that have gone included."""
    return metrics.added(Heartbeat.objects.values_list("counters", flat=True))


_complete = False


def is_ready(migrations_missing: Callable[[], Iterable[object]]) -> bool:
    """The database answers, takes writes and has every migration. Raises DatabaseError when it does not answer."""
    global _complete
    check_writable()
    _complete = _complete or not list(migrations_missing())
    return _complete
