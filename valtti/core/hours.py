"""One version of an office's opening hours, as it is kept and as it is reckoned with (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Minutes = int
"""Minutes since local midnight; above 1440 the shift runs past it."""

Span = tuple[Minutes, Minutes]
DAY: Minutes = 24 * 60


class BadHours(ValueError):
    """These hours cannot be kept. `code` says why: week, times, timezone, region, date or never_open."""

    def __init__(self, code: str, what: object = "") -> None:
        super().__init__(f"{code}: {what}" if what != "" else code)
        self.code = code
        self.what = what


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours that stand from local midnight of `valid_from` until a later version takes over.

    A day's hours are, in this order: those of `extra_open`, none on `closed_days` and holidays, the week's.
    A shift belongs to the day it begins on. Holidays once used are handed in, so that the past stays as it was
    when a newer list of holidays is installed; years with none handed in are looked up.
    """

    valid_from: date
    timezone: str
    week: tuple[tuple[Span, ...], ...]
    holiday_region: str = ""
    closed_days: frozenset[date] = frozenset()
    extra_open: Mapping[date, tuple[Span, ...]] = field(default_factory=dict, hash=False)
    holidays: Mapping[int, frozenset[date]] = field(default_factory=dict, hash=False)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def since(self) -> datetime:
        """The instant this version takes over."""
        return instant(datetime.combine(self.valid_from, time()), self.zone)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours of one local day, in order."""
        if day in self.extra_open:
            return self.extra_open[day]
        if day in self.closed_days or self.is_holiday(day):
            return ()
        return self.week[day.weekday()]

    def is_holiday(self, day: date) -> bool:
        """A public holiday of the region; without a region nothing is."""
        if not self.holiday_region:
            return False
        kept = self.holidays.get(day.year)
        return day in (kept if kept is not None else holidays_of(self.holiday_region, day.year))


def hours(
    *,
    valid_from: date,
    timezone: str,
    week: Sequence[Sequence[Sequence[str]]],
    holiday_region: str = "",
    closed_days: Iterable[str | date] = (),
    extra_open: Iterable[Sequence[str]] = (),
    holidays: Iterable[str | date] = (),
) -> Hours:
    """Hours from the plain data of a row: times "08:00", days "2026-12-24", extra days [day, open, close]."""
    if len(week) != 7:
        raise BadHours("week", len(week))
    extra: dict[date, list[Sequence[str]]] = {}
    for day, *times in extra_open:
        extra.setdefault(_date(day), []).append(times)
    return Hours(
        valid_from=valid_from,
        timezone=_timezone(timezone),
        week=tuple(_spans(day) for day in week),
        holiday_region=holiday_region,
        closed_days=frozenset(_date(day) for day in closed_days),
        extra_open={day: _spans(times) for day, times in extra.items()},
        holidays=_by_year(map(_date, holidays)),
    )


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment a clock on the wall first shows this time, or jumps over it."""
    early, late = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    if early < late:  # in the spring gap: the jump lies between the two readings
        while late - early > timedelta(minutes=1):
            middle = early + (late - early) // 2
            shown = middle.astimezone(zone).replace(tzinfo=None)
            early, late = (early, middle) if shown >= local else (middle, late)
        return late.replace(second=0, microsecond=0)
    return late


def holidays_of(region: str, year: int) -> frozenset[date]:
    """Public holidays of a country ("FI") or a part of it ("DE-BY")."""
    return frozenset(holiday_names(region, year))


@lru_cache(maxsize=256)
def holiday_names(region: str, year: int, language: str | None = None) -> Mapping[date, str]:
    """The same days with their names, for the editor's page."""
    import holidays as library  # here, not above: a quarter of a second that most pages need not pay

    country, _, part = region.partition("-")
    try:
        found = library.country_holidays(country, subdiv=part or None, years=year, language=language)
    except (NotImplementedError, KeyError) as unknown:
        raise BadHours("region", region) from unknown
    return dict(found)


def _by_year(days: Iterable[date]) -> dict[int, frozenset[date]]:
    ordered = sorted(days)
    return {year: frozenset(found) for year, found in groupby(ordered, key=lambda day: day.year)}


def _spans(times: Iterable[Sequence[str]]) -> tuple[Span, ...]:
    return tuple(sorted(_span(pair) for pair in times))


def _span(pair: Sequence[str]) -> Span:
    if len(pair) != 2:
        raise BadHours("times", pair)
    opens, closes = map(_minutes, pair)
    if opens in (closes, DAY):
        raise BadHours("times", pair)
    return (opens, closes) if opens < closes else (opens, closes + DAY)


def _minutes(shown: Any) -> Minutes:
    if shown == "24:00":
        return DAY
    try:
        parsed = time.fromisoformat(shown)
    except (TypeError, ValueError) as wrong:
        raise BadHours("times", shown) from wrong
    if parsed.second or parsed.microsecond or parsed.tzinfo:
        raise BadHours("times", shown)
    return parsed.hour * 60 + parsed.minute


def _date(day: str | date) -> date:
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except (TypeError, ValueError) as wrong:
        raise BadHours("date", day) from wrong


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise BadHours("timezone", name) from unknown
    return name
