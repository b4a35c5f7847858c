"""The firm itself: opening hours, teams, colleagues, mailboxes, topics, touchpoints."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from valtti.channels.models import Mailbox
from valtti.core.calendars import publish_hours, versions_of
from valtti.core.hours import Hours
from valtti.core.models import Calendar
from valtti.customers.models import Touchpoint
from valtti.desk.actions.policies import publish_default
from valtti.desk.models import Topic
from valtti.people.models import Membership, Team, User, WorkingLanguage
from valtti.project.demo.library import topics
from valtti.project.demo.staff import STAFF, TEAMS, Employee

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
def build(opened: date, logins: Path) -> House:
    """Make the firm as it stood on `opened`, and write one login a line into `logins` (0600)."""
    calendar = Calendar.objects.create(key="office", title="Kaiku Kuitu", timezone="Europe/Helsinki")
    publish_hours(calendar=calendar, valid_from=opened, week=WEEK, holiday_region="FI")
    teams = {key: Team.objects.create(key=key, name=name, calendar=calendar) for key, (name, _) in TEAMS.items()}
    mailboxes = {key: _mailbox(teams[key], address) for key, (_, address) in TEAMS.items()}
    publish_default(first_answer_seconds=4 * 3600, next_answer_seconds=4 * 3600)
    users = _colleagues(teams, logins)
    return House(versions_of(calendar), teams, users, mailboxes, _topics(), _touchpoints())


def _mailbox(team: Team, address: str) -> Mailbox:
    return Mailbox.objects.create(
        address=address, team=team, sender_name="Kaiku Kuitu", smtp_host="tray", authserv_id="mx.kaiku.example"
    )


def _colleagues(teams: dict[str, Team], logins: Path) -> dict[str, User]:
    users, lines = {}, []
    for employee in STAFF:
        password = "-".join(secrets.token_hex(2) for _ in range(3))
        users[employee.name] = _user(employee, password, teams)
        roles = ",".join(sorted({role for _, role in employee.places})) or employee.house_role
        lines.append(f"{roles}\t{employee.login}\t{password}\t{employee.name}\n")
    logins.touch(mode=0o600)
    logins.write_text("".join(lines), encoding="utf-8")
    return users


def _user(employee: Employee, password: str, teams: dict[str, Team]) -> User:
    user = User.objects.create_user(
        employee.login,
        password,
        name=employee.name,
        house_role=employee.house_role,
        language={"en": "en-gb"}.get(employee.interface, employee.interface),
    )
    for key, role in employee.places:
        Membership.objects.create(user=user, team=teams[key], role=role)
    for place, language in enumerate(employee.languages):
        WorkingLanguage.objects.create(user=user, language=language, level=3 if place == 0 else 2)
    return user


def _topics() -> dict[str, Topic]:
    made: dict[str, Topic] = {}
    for raw in topics()["topic"]:
        parent = made.get(raw["key"].rpartition("/")[0])
        made[raw["key"]] = Topic.objects.create(key=raw["key"], title=_title(raw), parent=parent)
    return made


def _touchpoints() -> dict[str, Touchpoint]:
    return {
        raw["key"]: Touchpoint.objects.create(key=raw["key"], title=_title(raw), phase=raw["phase"], position=place)
        for place, raw in enumerate(topics()["touchpoint"])
    }


def _title(raw: dict[str, str]) -> dict[str, str]:
    return {language: raw[language] for language in ("fi", "ru", "en")}
