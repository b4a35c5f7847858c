"""Clocks are computed, never counted up: milestones from encounters, targets and opening hours (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from valtti.core import calendar
from valtti.core.hours import Hours

FIRST_ANSWER, NEXT_ANSWER = "first_answer", "next_answer"
WORKING, CALENDAR = "working", "calendar"


@dataclass(frozen=True, slots=True)
class Met:
    """One encounter as the clock sees it. `is_void`: confirmed thanks, silent, or ours: nothing is owed."""

    number: int
    opened_at: datetime
    answered_at: datetime | None
    started_by: str = "customer"
    is_void: bool = False


class Target(Protocol):
    """So many seconds for one milestone, in working or calendar time."""

    @property
    def milestone(self) -> str: ...
    @property
    def seconds(self) -> int: ...
    @property
    def hours(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Reckoned:
    """When an answer is due, when it came, how many seconds of the target's hours too late."""

    encounter: int
    kind: str
    started_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    over_seconds: int


def milestones[T: Target](
    encounters: Iterable[Met], targets: Sequence[T], versions: Sequence[Hours]
) -> list[tuple[Reckoned, T | None]]:
    """One milestone for each encounter that is owed an answer, with the target it is measured by, if any.

    Answer clocks never pause: nothing but the answer stops them.
    """
    by_kind = {target.milestone: target for target in targets}
    owed = sorted(
        (met for met in encounters if met.started_by == "customer" and not met.is_void),
        key=lambda met: (met.opened_at, met.number),
    )
    kinds = [FIRST_ANSWER if place == 0 else NEXT_ANSWER for place in range(len(owed))]
    return [
        (_reckoned(met, kind, by_kind.get(kind), versions), by_kind.get(kind))
        for met, kind in zip(owed, kinds, strict=True)
    ]


def due_at(start: datetime, target: Target, versions: Sequence[Hours]) -> datetime | None:
    """When the target is up; None where the office never opens."""
    return after(start, target.seconds, target.hours, versions)


def after(start: datetime, seconds: float, hours: str, versions: Sequence[Hours]) -> datetime | None:
    """The instant so much working or calendar time after `start`; None where the office never opens."""
    if hours == CALENDAR:
        return start + timedelta(seconds=seconds)
    try:
        return calendar.add(start, seconds, versions)
    except calendar.NeverOpen:
        return None


def before(end: datetime, seconds: float, versions: Sequence[Hours]) -> datetime:
    """The instant from which so much working time is left until `end`; two weeks before where hours are few."""
    earliest = end - timedelta(days=14)
    openings = list(calendar.openings(earliest, end, versions))
    left = timedelta(seconds=seconds)
    for opening in reversed(openings):
        if opening.end - opening.start >= left:
            return opening.end - left
        left -= opening.end - opening.start
    return earliest


def over(due: datetime | None, at: datetime, hours: str, versions: Sequence[Hours]) -> int:
    """Seconds of the target's hours by which `at` lies after `due`; 0 in time."""
    if due is None or at <= due:
        return 0
    if hours == CALENDAR:
        return int((at - due).total_seconds())
    return calendar.working_seconds(due, at, versions)


def _reckoned[T: Target](met: Met, kind: str, target: T | None, versions: Sequence[Hours]) -> Reckoned:
    due = due_at(met.opened_at, target, versions) if target is not None else None
    late = 0
    if target is not None and met.answered_at is not None:
        late = over(due, met.answered_at, target.hours, versions)
    return Reckoned(met.number, kind, met.opened_at, due, met.answered_at, late)
