"""Who is not here now, and which promises nobody who is here answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from valtti.core import permissions
from valtti.core.calendars import versions_of
from valtti.core.hours import Hours
from valtti.desk import clock as reckoning
from valtti.desk.dues import Due
from valtti.desk.models import Availability, Case, Promise
from valtti.people.models import User

LAST_HOURS = 4 * 3600
HORIZON = timedelta(days=14)
"""No four working hours begin earlier before a promise."""
AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Unattended:
    """A promise near its time whose owner is not here. `away` is None where the account has ended."""

    promise: Promise
    away: Availability | None
    now: datetime

    @property
    def due(self) -> Due:
        return Due("promise", self.promise.due_at, self.now)


def absences(now: datetime) -> dict[int, Availability]:
    """The spell of everybody who is not here, by their number."""
    return {spell.user_id: spell for spell in Availability.objects.at(now).absent()}


def absence_of(user: User, now: datetime) -> Availability | None:
    """One's own spell, None while one is here."""
    return Availability.objects.at(now).absent().filter(user=user).first()


def unattended_for(user: User, now: datetime) -> list[Unattended]:
    """For a lead: promises in their last four working hours whose owner is away, and the case is with nobody here."""
    teams = permissions.teams_with(user, "team.board")
    if not teams:
        return []
    away, versions = absences(now), dict[int, list[Hours]]()
    found = []
    for promise in _without_owner(user, now).filter(case__team__in=teams)[:AT_MOST]:
        calendar = promise.case.team.calendar
        hours = versions.setdefault(calendar.pk, []) or versions_of(calendar)
        versions[calendar.pk] = hours
        if _last_hours_begin(promise.due_at, hours) <= now:
            found.append(Unattended(promise, away.get(promise.owner_id), now))
    return found


def _without_owner(user: User, now: datetime) -> QuerySet[Promise]:
    absent = Availability.objects.at(now).absent().values("user")
    owner_gone = Q(owner__in=absent) | Q(owner__is_active=False)
    nobody_else = (
        Q(case__assignee=None)
        | Q(case__assignee=F("owner"))
        | Q(case__assignee__in=absent)
        | Q(case__assignee__is_active=False)
    )
    seen = Promise.objects.filter(ended_at=None, case__in=Case.objects.visible_to(user), due_at__lte=now + HORIZON)
    related = seen.select_related("case__customer", "case__team__calendar", "owner")
    return related.filter(owner_gone, nobody_else).order_by("due_at", "id")


def _last_hours_begin(due_at: datetime, versions: list[Hours]) -> datetime:
    if not versions:
        return due_at - timedelta(seconds=LAST_HOURS)
    return reckoning.before(due_at, LAST_HOURS, versions)
