"""The cast at work: who serves where, staged for tests and for the demo's first minute."""

from __future__ import annotations

from typing import NamedTuple

from valtti.core import clock
from valtti.core.models import Calendar, CalendarVersion
from valtti.people.models import HouseRole, Membership, Role, Team, User

OFFICE_WEEK = [[["08:00", "18:00"]]] * 5 + [[], []]


class People(NamedTuple):
    """Aino serves in North, Veikko leads and Liisa coaches North and South, Otto serves in Business, Outi runs it."""

    aino: User
    veikko: User
    liisa: User
    otto: User
    outi: User
    north: Team
    south: Team
    business: Team


def stage_people() -> People:
    """The five and their three teams. Everybody's password is `a-quiet-harbour`."""
    calendar = stage_calendar()
    north, south, business = (_team(key, calendar) for key in ("north", "south", "business"))
    aino = _user("aino.korhonen", "Aino Korhonen", {north: Role.AGENT}, language="en-gb")
    veikko = _user("veikko.makinen", "Veikko Mäkinen", {north: Role.LEAD, south: Role.LEAD}, language="en-gb")
    liisa = _user("liisa.virtanen", "Liisa Virtanen", {north: Role.COACH, south: Role.COACH}, language="en-gb")
    otto = _user("otto.lindqvist", "Otto Lindqvist", {business: Role.AGENT}, language="en-gb")
    outi = _user("outi.salo", "Outi Salo", {}, language="en-gb", house_role=HouseRole.ADMINISTRATOR)
    return People(aino, veikko, liisa, otto, outi, north, south, business)


PASSWORD = "a-quiet-harbour"


def stage_calendar(key: str = "office") -> Calendar:
    """Weekdays from eight to six, Helsinki, no holidays."""
    calendar, made = Calendar.objects.get_or_create(key=key, defaults={"title": "Office hours"})
    if made:
        CalendarVersion.objects.create(calendar=calendar, valid_from="2020-01-01", week=OFFICE_WEEK)
    return calendar


def _team(key: str, calendar: Calendar) -> Team:
    return Team.objects.create(key=key, name=key.capitalize(), calendar=calendar)


def _user(local: str, name: str, roles: dict[Team, Role], **fields: str) -> User:
    address = f"{local}@kaiku.example"
    user = User.objects.create_user(address, PASSWORD, name=name, joined_at=clock.now(), **fields)
    Membership.objects.bulk_create(Membership(user=user, team=team, role=role) for team, role in roles.items())
    return user
