"""The cast at work: who serves where, staged for tests and for the demo's first minute."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, NamedTuple

from valtti.core import calendars, cast, clock
from valtti.core.models import Calendar
from valtti.core.testing import CastTestCase
from valtti.people.models import HouseRole, Membership, Team, User

OUTI = cast.Person("outi", "Outi Salo", "outi.salo@kaiku.example", "fi", "administrator")
PASSWORD = "a-quiet-harbour"
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
    teams = {key: _team(key, calendar) for key in ("north", "south", "business")}
    aino, veikko, liisa, otto, outi = (_user(person, teams) for person in (*cast.STAFF, OUTI))
    return People(aino, veikko, liisa, otto, outi, *teams.values())


def stage_calendar(key: str = "office") -> Calendar:
    """Weekdays from eight to six, Helsinki, no holidays."""
    standing = Calendar.objects.filter(key=key).first()
    if standing is not None:
        return standing
    calendar = calendars.make_calendar(title="Office hours", timezone="Europe/Helsinki", key=key)
    calendars.publish_hours(calendar=calendar, valid_from=date(2020, 1, 1), week=OFFICE_WEEK)
    return calendar


def _team(key: str, calendar: Calendar) -> Team:
    return Team.objects.create(key=key, name=key.capitalize(), calendar=calendar)


def _user(person: cast.Person, teams: dict[str, Team]) -> User:
    house_role = HouseRole.ADMINISTRATOR if person.role == HouseRole.ADMINISTRATOR else HouseRole.NONE
    told = {"language": "en-gb", "house_role": house_role, "joined_at": clock.now()}
    user = User.objects.create_user(person.address, PASSWORD, name=person.name, **told)
    Membership.objects.bulk_create(Membership(user=user, team=teams[key], role=person.role) for key in person.teams)
    return user


class PeopleTestCase(CastTestCase):
    """A test with the five and their teams: `self.aino`, `self.north` …"""

    aino: ClassVar[User]
    veikko: ClassVar[User]
    liisa: ClassVar[User]
    otto: ClassVar[User]
    outi: ClassVar[User]
    north: ClassVar[Team]
    south: ClassVar[Team]
    business: ClassVar[Team]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        for name, row in stage_people()._asdict().items():
            setattr(cls, name, row)

    def log_in(self, user: User, password: str = PASSWORD, **extra: Any) -> Any:
        """Through the door, as a person does."""
        return self.client.post("/login/", {"login": user.email, "password": password}, **extra)

    def prove(self) -> None:
        """The password once more: for five minutes nothing asks again."""
        self.client.post("/account/again/", {"password": PASSWORD})

    def login_proven(self, user: User) -> None:
        """Logged in, and the password shown a moment ago."""
        self.client.force_login(user)
        self.prove()
