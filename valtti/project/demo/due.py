"""When a promise of the demo falls due, from its words (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from valtti.core import calendar
from valtti.core.hours import Hours

LATE_ENOUGH = timedelta(minutes=20)


def due_at(words: str, made: datetime, hours: Sequence[Hours]) -> datetime:
    """ "today 18:00", "next workday 12:00", "3 workdays", "2 working hours" or "slot" (five workdays) as an instant."""
    head, _, tail = words.rpartition(" ")
    if words == "slot":
        return _on_workday(made, 5, time(16), hours)
    if head == "today":
        due = _on_workday(made, 0, time.fromisoformat(tail), hours)
        return due if due > made + LATE_ENOUGH else _on_workday(made, 1, time.fromisoformat(tail), hours)
    if head == "next workday":
        return _on_workday(made, 1, time.fromisoformat(tail), hours)
    count = int(words.split()[0])
    if words.endswith("working hours"):
        return calendar.add(made, count * 3600, hours)
    return _on_workday(made, count, time(16), hours)


def _on_workday(made: datetime, count: int, at: time, hours: Sequence[Hours]) -> datetime:
    """`at` on the working day `count` working days after the day of `made`."""
    zone = ZoneInfo(hours[-1].timezone)
    day = made.astimezone(zone).date()
    while count:
        day += timedelta(days=1)
        count -= bool(calendar.day_openings(day, hours))
    return datetime.combine(day, at, zone)
