"""What the pages about people ask: members, leads, the house, the own doors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from valtti.core import permissions
from valtti.people.models import House, Membership, Role, Team, User


def house() -> House:
    """The house's row, or its defaults while nobody has written one."""
    return House.objects.first() or House()


def members_of(team: Team) -> QuerySet[User]:
    """The active people of a team, each once, by name."""
    return User.objects.active().filter(pk__in=Membership.objects.filter(team=team).values("user_id"))


def servers_of(team: Team) -> QuerySet[User]:
    """The active people of a team who may be given a case."""
    roles = permissions.TEAM_RIGHTS["cases.serve"]
    return User.objects.active().filter(pk__in=Membership.objects.filter(team=team, role__in=roles).values("user_id"))


def teams_led_by(user: User) -> QuerySet[Team]:
    """The standing teams the user leads."""
    return Team.objects.standing().led_by(user)


@dataclass(frozen=True, slots=True)
class Place:
    """One team of a user, with every role held there."""

    team: Team
    roles: tuple[str, ...]


def places_of(user: User) -> list[Place]:
    """Where a user works and as what, by team."""
    return _places(user.memberships.select_related("team"))


@dataclass(frozen=True, slots=True)
class Person:
    """A user in the administrators' list."""

    user: User
    places: list[Place]


def people_for(viewer: Any, *, word: str = "", left: bool = False) -> list[Person]:
    """The people an administrator may see, with their teams, by name."""
    users = User.objects.visible_to(viewer).filter(is_active=not left)
    if word:
        users = users.filter(name__icontains=word) | users.filter(email__icontains=word)
    rows = list(users.prefetch_related("memberships__team"))
    return [Person(user, _places(user.memberships.all())) for user in rows]


def _places(memberships: Iterable[Membership]) -> list[Place]:
    ordered = sorted(memberships, key=lambda row: (row.team.name, row.team_id, Role.values.index(row.role)))
    grouped = groupby(ordered, key=lambda row: row.team)
    return [Place(team, tuple(str(row.get_role_display()) for row in rows)) for team, rows in grouped]
