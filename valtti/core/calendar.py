"""Working time between two instants, and the instant some working time away (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from valtti.core.hours import BadHours, Hours, hours, instant

__all__ = [
    "BadHours",
    "Hours",
    "NeverOpen",
    "Opening",
    "add",
    "check",
    "day_openings",
    "hours",
    "is_open",
    "next_opening",
    "openings",
    "working_seconds",
]

HORIZON = timedelta(days=400)
LONGEST = timedelta(days=3660)
"""More working time than this is a mistake in a policy, not a target."""

Versions = Sequence[Hours]
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class NeverOpen(BadHours):
    """The calendar has no opening within 400 days."""

    def __init__(self, since: datetime) -> None:
        super().__init__("never_open", since.isoformat())


class Opening(NamedTuple):
    """From `start` (open) to `end` (closed again), both in UTC."""

    start: datetime
    end: datetime


def working_seconds(start: datetime, end: datetime, versions: Versions) -> int:
    """Seconds of opening hours between two instants; 0 when they stand the other way round."""
    spans = openings(start, end, versions)
    return int(sum((opening.end - opening.start for opening in spans), timedelta()).total_seconds())


def add(start: datetime, seconds: float, versions: Versions) -> datetime:
    """The first instant at which that much working time has passed since `start`."""
    left = timedelta(seconds=seconds)
    if not timedelta() <= left <= LONGEST:
        raise ValueError(f"not a span of working time: {seconds} s")
    at = start.astimezone(UTC)
    while left:
        before = left
        for opening in openings(at, at + HORIZON, versions):
            if left <= opening.end - opening.start:
                return opening.start + left
            left -= opening.end - opening.start
            at = opening.end
        if left == before:
            raise NeverOpen(at)
    return at


def next_opening(at: datetime, versions: Versions) -> datetime:
    """When somebody is there next; `at` itself during opening hours."""
    at = at.astimezone(UTC)
    for opening in openings(at, at + HORIZON, versions):
        return opening.start
    raise NeverOpen(at)


def is_open(at: datetime, versions: Versions) -> bool:
    """Open at this very instant; at closing time it is closed."""
    return any(openings(at, at + timedelta.resolution, versions))


def day_openings(day: date, versions: Versions) -> list[Opening]:
    """Openings that begin on one local day, each to its own end, past midnight too."""
    found: list[Opening] = []
    for version, since, until in _reigns(versions):
        midnight, next_midnight = (
            instant(datetime.combine(edge, time()), version.zone) for edge in (day, day + timedelta(days=1))
        )
        spans = _merged(_clipped(version, day, max(since, midnight), until))
        found += [opening for opening in spans if opening.start < next_midnight]
    return found


def openings(start: datetime, end: datetime, versions: Versions) -> Iterator[Opening]:
    """All opening hours between two instants, joined where they touch, in order."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    return _merged(
        opening
        for version, since, until in _reigns(versions)
        for opening in _of_version(version, max(start, since), min(end, until))
    )


def check(version: Hours, at: datetime) -> None:
    """Refuse hours that could not be kept: an unknown region, or no opening in the 400 days after `at`."""
    version.is_holiday(version.valid_from)
    next_opening(max(at, version.since), [version])


def _reigns(versions: Versions) -> Iterator[tuple[Hours, datetime, datetime]]:
    """Each version with the time it stands for; the oldest also for all that was before it."""
    ordered = sorted(versions, key=lambda version: version.valid_from)
    starts = [_FIRST, *(version.since for version in ordered[1:]), _LAST]
    yield from zip(ordered, starts, starts[1:], strict=False)


def _of_version(version: Hours, start: datetime, end: datetime) -> Iterator[Opening]:
    if start >= end:
        return
    day = start.astimezone(version.zone).date() - timedelta(days=1)  # yesterday's shift may still be on
    last = end.astimezone(version.zone).date()
    while day <= last:
        yield from _clipped(version, day, start, end)
        day += timedelta(days=1)


def _clipped(version: Hours, day: date, start: datetime, end: datetime) -> Iterator[Opening]:
    midnight = datetime.combine(day, time())
    for opens, closes in version.spans(day):
        opened = max(start, instant(midnight + timedelta(minutes=opens), version.zone))
        closed = min(end, instant(midnight + timedelta(minutes=closes), version.zone))
        if opened < closed:
            yield Opening(opened, closed)


def _merged(spans: Iterator[Opening]) -> Iterator[Opening]:
    standing: Opening | None = None
    for span in spans:
        if standing is None:
            standing = span
        elif span.start <= standing.end:
            standing = Opening(standing.start, max(standing.end, span.end))
        else:
            yield standing
            standing = span
    if standing is not None:
        yield standing
