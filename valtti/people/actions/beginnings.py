"""The first day of a house: its name, its hours, its first team and its first administrator."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from valtti.core import calendars, clock
from valtti.core.models import Calendar
from valtti.people import log
from valtti.people.actions.passwords import make_link, set_password
from valtti.people.actions.teams import make_team, publish_hours
from valtti.people.impossible import HasBegun
from valtti.people.models import House, HouseRole, Purpose, Team, User

WEEK = [[["08:00", "16:00"]]] * 5 + [[], []]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What there is after the first day. `token` opens the door once where no password was given."""

    administrator: User
    team: Team
    token: str


def begin_house(*, house: str, email: str, name: str, team: str, password: str = "") -> Beginning:
    """Make the first administrator, and the calendar and team a house cannot do without. Once only."""
    begun = _begin(house, email, name, team)
    if not password:
        return begun
    set_password(user=begun.administrator, password=password)
    return Beginning(begun.administrator, begun.team, "")


@transaction.atomic
def _begin(house: str, email: str, name: str, team: str) -> Beginning:
    if User.objects.select_for_update().filter(house_role=HouseRole.ADMINISTRATOR).exists():
        raise HasBegun
    House.objects.get_or_create(defaults={"name": house})
    user = User.objects.create_user(email, None, name=name, house_role=HouseRole.ADMINISTRATOR)
    log.note("house.begun", subject=user)
    first = Team.objects.first() or make_team(name=team, calendar=_calendar(user), by=user)
    _link, token = make_link(user=user, purpose=Purpose.INVITATION, made_by=None)
    return Beginning(user, first, token)


def _calendar(by: User) -> Calendar:
    """Weekdays from eight to four, Finland's holidays: a beginning that its page can change."""
    calendar = Calendar.objects.first()
    if calendar is None:
        calendar = calendars.make_calendar(title="Office hours", timezone=settings.TIME_ZONE, key="office")
        region = "FI" if settings.TIME_ZONE == "Europe/Helsinki" else ""
        publish_hours(calendar=calendar, valid_from=clock.now().date(), by=by, week=WEEK, holiday_region=region)
    return calendar
