"""What administrators ask of opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from valtti.core import clock
from valtti.core.models import Calendar, CalendarVersion
from valtti.people.models import Team
from valtti.people.week import WEEKDAYS, shown_days, shown_extra, shown_hours
from valtti.ui.spoken import spoken


def calendars() -> QuerySet[Calendar]:
    """Every calendar, with the number of its versions."""
    return Calendar.objects.annotate(count=Count("versions")).order_by("title")


@dataclass(frozen=True, slots=True)
class Version:
    """Hours from a day on, as they are written down. `pk` only while they can still be taken back."""

    pk: int | None
    valid_from: date
    days: list[tuple[str, str]]
    region: str
    closed: str
    extra: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A calendar with its versions, newest first, and the first day new hours may begin on."""

    calendar: Calendar
    versions: list[Version]
    newest: CalendarVersion | None
    next_day: date
    teams: list[Team]


def calendar_page(pk: int) -> CalendarPage:
    """One calendar; 404 when there is none."""
    calendar = get_object_or_404(Calendar, pk=pk)
    versions = list(calendar.versions.order_by("-valid_from"))
    today = clock.now().astimezone(ZoneInfo(calendar.timezone)).date()
    next_day = today + timedelta(days=1) if versions else today
    teams = list(Team.objects.active().filter(calendar=calendar))
    return CalendarPage(
        calendar, [_shown(row, today) for row in versions], versions[0] if versions else None, next_day, teams
    )


def calendar_version(pk: int) -> CalendarVersion:
    """One version of hours; 404 when there is none."""
    return get_object_or_404(CalendarVersion.objects.select_related("calendar"), pk=pk)


def _shown(version: CalendarVersion, today: date) -> Version:
    days = [(str(name), shown_hours(spans, spoken())) for name, spans in zip(WEEKDAYS, version.week, strict=True)]
    closed, extra = shown_days(version.closed_days), shown_extra(version.extra_open, spoken())
    pk = version.pk if version.valid_from > today else None
    return Version(pk, version.valid_from, days, version.holiday_region, closed, extra)
