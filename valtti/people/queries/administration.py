"""What administrators ask of people and teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.db.models import Count, F, Prefetch, Q, QuerySet

from valtti.core import caps
from valtti.people.models import OneTimeLink, Skill, Team, User
from valtti.people.queries.members import Place, by_team, members_of, places_of


@dataclass(frozen=True, slots=True)
class Person:
    """A user in the administrators' list."""

    user: User
    places: list[Place]


@dataclass(frozen=True, slots=True)
class People:
    """A page of the list: who is asked for, and where it goes on."""

    people: list[Person]
    word: str
    left: bool
    older: str


def people_for(viewer: Any, *, word: str = "", left: bool = False, after: int | None = None) -> People:
    """The people an administrator may see, with their teams, by name, a page at a time."""
    users = User.objects.visible_to(viewer).filter(is_active=not left).order_by("name", "pk")
    if word:
        users = users.filter(Q(name__icontains=word) | Q(email__icontains=word))
    last = User.objects.visible_to(viewer).filter(pk=after).first() if after else None
    if last:
        users = users.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    rows = list(users.prefetch_related("memberships__team")[: caps.PAGE_ROWS + 1])
    page, more = rows[: caps.PAGE_ROWS], len(rows) > caps.PAGE_ROWS
    asked = {"q": word, "left": "1" if left else "", "after": page[-1].pk if more else ""}
    older = "?" + urlencode({name: value for name, value in asked.items() if value}) if more else ""
    return People([Person(user, by_team(user.memberships.all())) for user in page], word, left, older)


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """What an administrator sees of a person besides the forms."""

    places: list[Place]
    factors: int
    open_link_until: datetime | None
    logins: int
    is_me: bool


def standing_of(person: User, *, viewer: Any) -> PersonStanding:
    """Teams, factors, the open link and the living logins of a person."""
    link = OneTimeLink.objects.usable().filter(user=person).order_by("-made_at").first()
    return PersonStanding(
        places=places_of(person),
        factors=Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).count(),
        open_link_until=link.expires_at if link else None,
        logins=person.sessions.alive().count(),
        is_me=person.pk == viewer.pk,
    )


def teams_for(viewer: Any) -> QuerySet[Team]:
    """The teams an administrator may see, standing ones first, each with how many active people it has."""
    active = Count("memberships__user", filter=Q(memberships__user__is_active=True), distinct=True)
    teams = Team.objects.visible_to(viewer).select_related("calendar").annotate(people=active)
    return teams.order_by(F("retired_at").desc(nulls_first=True), "name")


def team_people(team: Team) -> list[Person]:
    """The active people of a team with what they are in it."""
    rows = members_of(team).prefetch_related(Prefetch("memberships", team.memberships.select_related("team")))
    return [Person(user, by_team(user.memberships.all())) for user in rows]


def skills() -> QuerySet[Skill]:
    """Every skill, with how many people have it."""
    return Skill.objects.annotate(people=Count("holders", filter=Q(holders__user__is_active=True)))
