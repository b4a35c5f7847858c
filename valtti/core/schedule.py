"""Periodic work: each turn is a row, unique by name and moment, so that two workers cannot double it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from valtti.core import clock
from valtti.core.jobs import Job
from valtti.core.models import Slot

MOST_MISSED = 60
"""How many missed turns of one name are written down after a long silence."""

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a task has its turns. `last(moment)` is the latest turn that is not later."""

    job: Job
    last: Callable[[datetime], datetime]
    grace: timedelta

    @property
    def name(self) -> str:
        """The task's own name."""
        return self.job.module_path


_rhythms: dict[str, Rhythm] = {}


def every(
    *, hours: float = 0, minutes: float = 0, seconds: float = 0, grace: timedelta | None = None
) -> Callable[[Job], Job]:
    """Run a task each so often. A turn later than `grace` (by default: the next is due) is missed, not made up for."""
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if span < timedelta(seconds=1):
        raise ValueError("at most once a second")
    return _registered(lambda moment: EPOCH + (moment - EPOCH) // span * span, grace or span)


def daily(at: str, *, grace: timedelta = timedelta(hours=6)) -> Callable[[Job], Job]:
    """Run a task each day at `HH:MM` by the house's clock, once also in the two nights when clocks change."""
    hour, minute = at.split(":")
    moment_of_day = time(int(hour), int(minute))

    def last(moment: datetime) -> datetime:
        day = moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
        todays = _moment(day, moment_of_day)
        return todays if todays <= moment else _moment(day - timedelta(days=1), moment_of_day)

    return _registered(last, grace)


def rhythms() -> list[Rhythm]:
    """All periodic work, by name."""
    return [_rhythms[name] for name in sorted(_rhythms)]


def tick() -> int:
    """Queue every turn that is due and not queued yet; how many. Safe to be called by any number of workers."""
    return sum(_tick(rhythm) for rhythm in rhythms())


def _registered(last: Callable[[datetime], datetime], grace: timedelta) -> Callable[[Job], Job]:
    def register(job: Job) -> Job:
        rhythm = Rhythm(job, last, grace)
        _rhythms[rhythm.name] = rhythm
        return job

    return register


def _moment(day: date, moment_of_day: time) -> datetime:
    return datetime.combine(day, moment_of_day, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def _tick(rhythm: Rhythm) -> bool:
    now = clock.now()
    due = rhythm.last(now)
    before = Slot.objects.filter(name=rhythm.name).order_by("-slot").values_list("slot", flat=True).first()
    if before is not None and before >= due:
        return False
    in_time = now - due <= rhythm.grace
    if before is None and not in_time:
        return False  # the house is new: nothing was missed
    return _took(rhythm, due, before, now, in_time=in_time)


@transaction.atomic
def _took(rhythm: Rhythm, due: datetime, before: datetime | None, now: datetime, *, in_time: bool) -> bool:
    turn = {"queued_at": now} if in_time else {"missed_at": now}
    _row, is_ours = Slot.objects.get_or_create(name=rhythm.name, slot=due, defaults=turn)
    if not is_ours:
        return False
    missed = _between(rhythm, before, due) if before else ()
    Slot.objects.bulk_create(
        [Slot(name=rhythm.name, slot=slot, missed_at=now) for slot in missed], ignore_conflicts=True
    )
    if in_time:
        replace(rhythm.job, key=f"turn:{rhythm.name}:{due.isoformat()}").enqueue()
    return in_time


def _between(rhythm: Rhythm, before: datetime, due: datetime) -> Iterator[datetime]:
    """Turns after `before` and before `due`, newest first."""
    slot = rhythm.last(due - timedelta(microseconds=1))
    for _ in range(MOST_MISSED):
        if slot <= before:
            return
        yield slot
        slot = rhythm.last(slot - timedelta(microseconds=1))
