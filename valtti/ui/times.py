"""When something is, and what is left until then, in words (pure): `now` and the moment come in local time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from valtti.ui.tongues import Tongue

NEAR = 6
"""Within so many days a weekday alone says which day is meant."""


def full(at: datetime, now: datetime, words: Tongue) -> str:
    """today 12:00 · Thu 19 Nov, 10:17"""
    if at.date() == now.date():
        return words.today_at.format(clock=words.clock(at.time()))
    return words.day_at.format(
        weekday=words.weekday(at), day=words.date(at.date(), now.year), clock=words.clock(at.time())
    )


def short(at: datetime, now: datetime, words: Tongue) -> str:
    """today 8:55 · Thu 9:12 · 10 Nov"""
    if at.date() == now.date():
        return words.today_at.format(clock=words.clock(at.time()))
    return _near(at, now, words)


def clock(at: datetime, now: datetime, words: Tongue) -> str:
    """12:00 · Mon 10:00 · 10 Dec"""
    return words.clock(at.time()) if at.date() == now.date() else _near(at, now, words)


def time(at: datetime, now: datetime, words: Tongue) -> str:
    """12:00"""
    return words.clock(at.time())


def day(on: date, now: datetime, words: Tongue) -> str:
    """today · Fri 20 Nov · 3 Sep 2025"""
    on = on.date() if isinstance(on, datetime) else on
    if on == now.date():
        return words.today
    if on.year != now.year:
        return words.date(on, now.year)
    return words.weekday_day.format(weekday=words.weekday(on), day=words.date(on, now.year))


def brief(on: date, now: datetime, words: Tongue) -> str:
    """today · Tue · 10 Nov"""
    on = on.date() if isinstance(on, datetime) else on
    if on == now.date():
        return words.today
    return words.weekday(on) if _is_near(on, now) else words.date(on, now.year)


def tight(at: datetime, now: datetime, words: Tongue) -> str:
    """12:00 · Tue · 10 Nov"""
    return words.clock(at.time()) if at.date() == now.date() else brief(at, now, words)


def left(at: datetime, now: datetime, words: Tongue) -> str:
    """For a narrow cell: 25 min · 2 h 55 · Mon · 3 Dec · 20 min late"""
    if at < now:
        return words.late.format(span=words.span(_minutes(now - at)))
    if at.date() != now.date() and at - now >= timedelta(hours=12):
        return brief(at, now, words)
    return words.span(_minutes(at - now))


def left_in_words(at: datetime, now: datetime, words: Tongue) -> str:
    """For the board: 25 min left · 3 d left · 20 min late"""
    if at < now:
        return words.late.format(span=words.span(_minutes(now - at)))
    return words.left.format(span=words.span(_minutes(at - now)))


def _near(at: datetime, now: datetime, words: Tongue) -> str:
    if not _is_near(at.date(), now):
        return words.date(at.date(), now.year)
    return words.weekday_at.format(weekday=words.weekday(at), clock=words.clock(at.time()))


def _is_near(on: date, now: datetime) -> bool:
    return abs((on - now.date()).days) <= NEAR


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
