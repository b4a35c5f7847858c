"""The board of a case: what we have said will happen next, and how much of the time has run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from valtti.core import calendar
from valtti.core.hours import Hours
from valtti.desk.dues import Due
from valtti.desk.models import Promise


@dataclass(frozen=True, slots=True)
class Board:
    """One standing promise. `run` is the share of opening hours gone, 0 to 1, from made to due."""

    promise: Promise
    due: Due
    run: float
    reads: str
    others: int


def board_of(standing: list[Promise], versions: list[Hours], now: datetime) -> Board | None:
    """The promise that falls due first; None when nothing is promised."""
    if not standing:
        return None
    first = min(standing, key=lambda promise: (promise.due_at, promise.pk))
    return Board(
        promise=first,
        due=Due("promise", first.due_at, now),
        run=share_run(first.made_at, first.due_at, now, versions),
        reads=first.said_in.visible if first.said_in else "",
        others=len(standing) - 1,
    )


def open_hours(board: Board, versions: list[Hours]) -> list[tuple[datetime, datetime]]:
    """The opening hours from the moment it was promised until it is due, or until now once that has passed."""
    until = max(board.promise.due_at, board.due.now)
    return [(span.start, span.end) for span in calendar.openings(board.promise.made_at, until, versions)]


def share_run(start: datetime, end: datetime, now: datetime, versions: list[Hours]) -> float:
    """How much of the way from start to end lies behind, in opening hours where there are any."""
    if now >= end or start >= end:
        return 1.0
    if end - start < timedelta(days=120) and (whole := calendar.working_seconds(start, end, versions)):
        return calendar.working_seconds(start, now, versions) / whole
    return max(0.0, (now - start) / (end - start))
