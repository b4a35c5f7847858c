"""What the page of a waiting case offers: a reminder after three working days, a closure after ten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from valtti.core import calendar
from valtti.core.hours import Hours
from valtti.desk.models import Case, Pause
from valtti.desk.models.pause import ASKED_CUSTOMER

REMIND_AFTER_DAYS = 3
CLOSE_AFTER_DAYS = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """`kind` is remind, close or link; nothing happens by itself."""

    kind: str
    since: datetime


def offers_for(case: Case, pause: Pause | None, versions: list[Hours], now: datetime) -> list[Offer]:
    """Offers for a case in which the customer has been asked."""
    if not case.is_open or pause is None or pause.reason != ASKED_CUSTOMER:
        return []
    gone = working_days(pause.started_at, now, versions)
    offers = []
    if gone >= REMIND_AFTER_DAYS:
        offers.append(Offer("remind", pause.started_at))
    if gone >= CLOSE_AFTER_DAYS:
        offers.append(Offer("close", pause.started_at))
    return offers


def working_days(start: datetime, end: datetime, versions: list[Hours]) -> int:
    """How many days with opening hours have begun after `start` and stand before `end`."""
    if not versions:
        return max(0, (end - start).days)
    starts = {opening.start.date() for opening in calendar.openings(start, end, versions)}
    return max(0, len(starts) - 1)


def after_working_days(start: datetime, days: int, versions: list[Hours]) -> datetime | None:
    """The first opening of the day that comes so many working days after `start`; None when none comes."""
    seen: set[object] = set()
    for opening in calendar.openings(start, start + calendar.HORIZON, versions):
        seen.add(opening.start.date())
        if len(seen) > days:
            return opening.start
    return None
