"""Opening hours counted by brute force: a clock on the wall, looked at once a minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from hypothesis import strategies as st

Plain = dict[str, Any]
MINUTE = timedelta(minutes=1)
HELSINKI = ZoneInfo("Europe/Helsinki")


def open_minutes(start: datetime, end: datetime, versions: list[Plain]) -> Iterator[datetime]:
    """The open minutes between two whole minutes. The clock on this wall is never put back, only stopped."""
    zone = ZoneInfo(versions[0]["timezone"])
    at = start - timedelta(days=3)
    shown = datetime.min
    open_on = cache(lambda day: _open_minutes_of(day, versions))
    while at < end:
        shown = max(shown, at.astimezone(zone).replace(tzinfo=None))
        if at >= start and shown.hour * 60 + shown.minute in open_on(shown.date()):
            yield at
        at += MINUTE


def _open_minutes_of(today: date, versions: list[Plain]) -> set[int]:
    ordered = sorted(versions, key=lambda version: version["valid_from"])
    version = [v for v in ordered if v["valid_from"] <= today][-1:] or ordered[:1]
    minutes: set[int] = set()
    for opens, closes in _times(version[0], today):
        minutes |= set(range(opens, closes if closes > opens else 24 * 60))
    for opens, closes in _times(version[0], today - timedelta(days=1)):
        minutes |= set(range(closes)) if closes < opens else set()
    return minutes


def _times(version: Plain, day: date) -> list[tuple[int, int]]:
    extra = [times for on, *times in version["extra_open"] if on == day.isoformat()]
    if not extra:
        closed = day.isoformat() in version["closed_days"] or _is_holiday(version["holiday_region"], day)
        extra = [] if closed else version["week"][day.weekday()]
    return [(_minute(opens), _minute(closes)) for opens, closes in extra]


def _is_holiday(region: str, day: date) -> bool:
    return bool(region) and day in holidays.country_holidays(region, years=day.year)


def _minute(shown: str) -> int:
    hour, minute = shown.split(":")
    return int(hour) * 60 + int(minute)


WATCHED = [  # both nights of Helsinki's clocks, a leap day, Christmas, new year, midsummer, an ordinary week
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2028, 2, 29),
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2026, 6, 19),
    date(2026, 9, 16),
]

_clock = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
_pair = st.tuples(_clock, st.one_of(_clock, st.just("24:00"))).filter(lambda pair: pair[0] != pair[1])
_night = st.sampled_from([("02:30", "03:30"), ("03:15", "04:00"), ("22:00", "03:30"), ("00:00", "24:00")])
_day = st.lists(st.one_of(_pair, _night), max_size=3)
_near = st.sampled_from(WATCHED).flatmap(lambda day: st.integers(-2, 2).map(lambda n: day + timedelta(days=n)))


@st.composite
def calendars(draw: st.DrawFn) -> list[Plain]:
    """One to three versions of one office's hours, taking over round the watched days."""
    zone = draw(st.sampled_from(["Europe/Helsinki", "Europe/Helsinki", "America/St_Johns", "UTC"]))
    return [
        {
            "valid_from": valid_from,
            "timezone": zone,
            "week": draw(st.lists(_day, min_size=7, max_size=7)),
            "holiday_region": draw(st.sampled_from(["", "FI", "RU"])),
            "closed_days": [day.isoformat() for day in draw(st.lists(_near, max_size=2))],
            "extra_open": [
                (day.isoformat(), *pair) for day, pair in draw(st.lists(st.tuples(_near, _pair), max_size=3))
            ],
        }
        for valid_from in draw(st.lists(_near, min_size=1, max_size=3, unique=True))
    ]


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """A whole minute within a day or so of a watched day."""
    day = datetime.combine(draw(st.sampled_from(WATCHED)), time(), UTC)
    return day + timedelta(minutes=draw(st.integers(-2000, 2000)))
