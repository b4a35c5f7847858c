"""Teams, the hours they keep, and the house they belong to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from valtti.core import calendars, clock, events
from valtti.core.models import Calendar, CalendarVersion
from valtti.people import log
from valtti.people.impossible import HoursHaveBegun, TeamHasPeople
from valtti.people.models import House, Skill, Team, User


@transaction.atomic
def make_team(*, name: str, calendar: Calendar, by: User | None, **settings: Any) -> Team:
    """Open a team with its own queue."""
    team = Team.objects.create(key=_free_key(name, Team.objects.all()), name=name, calendar=calendar, **settings)
    log.note("team.made", by=by, subject=team)
    events.record("team.made", subject=team, by=by, team_id=team.pk)
    return team


@transaction.atomic
def change_team(*, team: Team, name: str, calendar: Calendar, by: User, **settings: Any) -> Team:
    """Another name, other hours, another undo span."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    before = {"name": team.name, "calendar": team.calendar_id}
    Team.objects.filter(pk=team.pk).update(name=name, calendar=calendar, **settings)
    team.refresh_from_db()
    log.note("team.changed", by=by, subject=team, before=before, after={"name": name, "calendar": calendar.pk})
    events.record("team.changed", subject=team, by=by, team_id=team.pk)
    return team


@transaction.atomic
def retire_team(*, team: Team, by: User) -> Team:
    """Close a team that nobody is in any more; what it did stays."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    if team.memberships.filter(user__is_active=True).exists():
        raise TeamHasPeople
    if team.retired_at is None:
        team.retired_at = clock.now()
        team.save(update_fields=["retired_at"])
        log.note("team.retired", by=by, subject=team)
        events.record("team.retired", subject=team, by=by, team_id=team.pk)
    return team


@transaction.atomic
def reopen_team(*, team: Team, by: User) -> Team:
    """Open a closed team again, with the queue it had."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    if team.retired_at is not None:
        team.retired_at = None
        team.save(update_fields=["retired_at"])
        log.note("team.reopened", by=by, subject=team)
        events.record("team.reopened", subject=team, by=by, team_id=team.pk)
    return team


@transaction.atomic
def add_skill(*, title: str, by: User) -> Skill:
    """One more thing a person can be good at; the same title twice is one skill."""
    standing = Skill.objects.filter(title__iexact=title).first()
    if standing is not None:
        return standing
    skill = Skill.objects.create(key=_free_key(title, Skill.objects.all()), title=title)
    log.note("skill.added", by=by, subject=skill)
    return skill


@transaction.atomic
def publish_hours(*, calendar: Calendar, valid_from: date, by: User, **hours: Any) -> CalendarVersion:
    """New opening hours from a day on; clocks that stand before it keep the old ones."""
    version = calendars.publish_hours(calendar=calendar, valid_from=valid_from, **hours)
    log.note("calendar.hours", by=by, subject=calendar, after={"valid_from": valid_from.isoformat()})
    events.record("calendar.hours_published", subject=calendar, by=by, facts={"valid_from": valid_from.isoformat()})
    return version


@transaction.atomic
def withdraw_hours(*, version: CalendarVersion, by: User) -> None:
    """Take back hours that have not begun."""
    calendar, day = version.calendar, version.valid_from.isoformat()
    if not calendars.withdraw_hours(version=version):
        raise HoursHaveBegun
    log.note("calendar.hours_withdrawn", by=by, subject=calendar, before={"valid_from": day})
    events.record("calendar.hours_withdrawn", subject=calendar, by=by, facts={"valid_from": day})


@transaction.atomic
def change_house(*, house: House, by: User) -> House:
    """The house's name, hue and how long a login lasts, as they stand in `house`."""
    house.pk = House.objects.values_list("pk", flat=True).first()
    house.save()
    log.note("house.changed", by=by, subject=house, after={"idle": house.idle_minutes, "day": house.day_hours})
    return house


def _free_key(name: str, rows: QuerySet[Any]) -> str:
    base = slugify(name)[:40] or "key"
    taken = set(rows.filter(key__startswith=base).values_list("key", flat=True))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 1000))) if key not in taken)
