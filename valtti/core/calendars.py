"""Kept calendars turned into hours to reckon with, and new hours published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from valtti.core import calendar as reckoning
from valtti.core import clock
from valtti.core.hours import Hours, holidays_of, hours
from valtti.core.models import Calendar, CalendarVersion

YEARS_KEPT = 3


def versions_of(calendar: Calendar) -> list[Hours]:
    """All hours of a calendar, oldest first: what `core.calendar` takes."""
    return [_hours(version, calendar.timezone) for version in calendar.versions.order_by("valid_from")]


@transaction.atomic
def make_calendar(*, title: str, timezone: str, key: str = "") -> Calendar:
    """A calendar without hours yet. Its key is made from the title; an unknown time zone is refused: BadHours."""
    reckoning.hours(valid_from=clock.now().date(), timezone=timezone, week=[[]] * 7)
    base = slugify(key or title)[:40] or "calendar"
    taken = set(Calendar.objects.filter(key__startswith=base).values_list("key", flat=True))
    free = next(name for name in (base, *(f"{base}-{n}" for n in range(2, 1000))) if name not in taken)
    return Calendar.objects.create(key=free, title=title, timezone=timezone)


@transaction.atomic
def publish_hours(
    *,
    calendar: Calendar,
    valid_from: date,
    week: list[list[list[str]]],
    holiday_region: str = "",
    closed_days: Iterable[str] = (),
    extra_open: Iterable[list[str]] = (),
) -> CalendarVersion:
    """New hours from a day on. Hours that cannot be kept or never open are refused: BadHours."""
    version = CalendarVersion(
        calendar=calendar,
        valid_from=valid_from,
        week=week,
        holiday_region=holiday_region,
        closed_days=list(closed_days),
        extra_open=list(extra_open),
    )
    reckoning.check(_hours(version, calendar.timezone), clock.now())
    if holiday_region:
        version.holidays = _holidays(holiday_region, valid_from.year)
    version.save()
    return version


@transaction.atomic
def withdraw_hours(*, version: CalendarVersion) -> bool:
    """Take back hours that have not begun; False once they stand, for clocks have been reckoned by them."""
    version = CalendarVersion.objects.select_for_update().select_related("calendar").get(pk=version.pk)
    if _hours(version, version.calendar.timezone).since <= clock.now():
        return False
    version.delete()
    return True


def _holidays(region: str, first_year: int) -> list[str]:
    """Written down, so that a later list of holidays cannot change an old clock."""
    years = range(first_year, first_year + YEARS_KEPT)
    return sorted(day.isoformat() for year in years for day in holidays_of(region, year))


def _hours(version: CalendarVersion, timezone: str) -> Hours:
    return hours(
        valid_from=version.valid_from,
        timezone=timezone,
        week=version.week,
        holiday_region=version.holiday_region,
        closed_days=version.closed_days,
        extra_open=version.extra_open,
        holidays=version.holidays,
    )
