"""The firm itself: opening hours, teams, colleagues, mailboxes, topics, touchpoints; without anybody's password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from valtti.channels.models import Mailbox
from valtti.core.calendars import publish_hours, versions_of
from valtti.core.hours import Hours
from valtti.core.models import Calendar
from valtti.customers.models import Touchpoint
from valtti.desk.actions.policies import publish_default
from valtti.desk.models import Topic
from valtti.people.models import House as Door
from valtti.people.models import Membership, Team, User, WorkingLanguage
from valtti.project.demo.library import topics
from valtti.project.demo.post import CHECKED_BY
from valtti.project.demo.staff import STAFF, TEAMS, Employee

FIRM = "Kaiku Kuitu"
CALENDAR, ZONE = "office", "Europe/Helsinki"
WEEK = [[["08:00", "18:00"]]] * 5 + [[], []]


@dataclass(frozen=True, slots=True)
class House:
    """The staged firm, by the keys and names the stories use."""

    hours: list[Hours]
    teams: dict[str, Team]
    users: dict[str, User]
    mailboxes: dict[str, Mailbox]
    topics: dict[str, Topic]
    touchpoints: dict[str, Touchpoint]


@transaction.atomic
def build(opened: date) -> House:
    """Make the firm as it stood on `opened`: open on every weekday, for no holiday is known in a past told anywhere."""
    calendar = Calendar.objects.create(key=CALENDAR, title=FIRM, timezone=ZONE)
    publish_hours(calendar=calendar, valid_from=opened, week=WEEK)
    teams = {key: Team.objects.create(key=key, name=name, calendar=calendar) for key, (name, _) in TEAMS.items()}
    for key, (_, address) in TEAMS.items():
        _mailbox(teams[key], address)
    publish_default(first_answer_seconds=4 * 3600, next_answer_seconds=4 * 3600)
    for employee in STAFF:
        _user(employee, teams)
    _topics()
    _touchpoints()
    return standing()


def standing() -> House:
    """The firm as it is kept."""
    mailboxes = Mailbox.objects.select_related("team")
    return House(
        hours=versions_of(Calendar.objects.get(key=CALENDAR)),
        teams={team.key: team for team in Team.objects.select_related("calendar")},
        users={user.name: user for user in User.objects.active()},
        mailboxes={mailbox.team.key: mailbox for mailbox in mailboxes},
        topics={topic.key: topic for topic in Topic.objects.all()},
        touchpoints={touchpoint.key: touchpoint for touchpoint in Touchpoint.objects.all()},
    )


def keep_holidays(since: date) -> None:
    """From that day on the firm is closed on Finland's holidays."""
    calendar = Calendar.objects.get(key=CALENDAR)
    publish_hours(calendar=calendar, valid_from=since, week=WEEK, holiday_region="FI")


def move_in() -> None:
    """The firm's name stands over the door, and everybody has come in once."""
    Door.objects.update_or_create(only=True, defaults={"name": FIRM})
    User.objects.filter(joined_at=None).update(joined_at=F("made_at"))


def _mailbox(team: Team, address: str) -> None:
    Mailbox.objects.create(address=address, team=team, sender_name=FIRM, smtp_host="tray", authserv_id=CHECKED_BY)


def _user(employee: Employee, teams: dict[str, Team]) -> None:
    user = User.objects.create_user(
        employee.login,
        name=employee.name,
        house_role=employee.house_role,
        language={"en": "en-gb"}.get(employee.interface, employee.interface),
    )
    for key, role in employee.places:
        Membership.objects.create(user=user, team=teams[key], role=role)
    for place, language in enumerate(employee.languages):
        WorkingLanguage.objects.create(user=user, language=language, level=3 if place == 0 else 2)


def _topics() -> None:
    made: dict[str, Topic] = {}
    for raw in topics()["topic"]:
        parent = made.get(raw["key"].rpartition("/")[0])
        made[raw["key"]] = Topic.objects.create(key=raw["key"], title=_title(raw), parent=parent)


def _touchpoints() -> None:
    for place, raw in enumerate(topics()["touchpoint"]):
        Touchpoint.objects.create(key=raw["key"], title=_title(raw), phase=raw["phase"], position=place)


def _title(raw: dict[str, str]) -> dict[str, str]:
    return {language: raw[language] for language in ("fi", "ru", "en")}
