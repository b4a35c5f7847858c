"""Who is where: the house, teams and their people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from valtti.core import permissions
from valtti.people.models import House, Membership, Role, Team, User
from valtti.ui import house as shells


def house() -> House:
    """The house's row, or its defaults while nobody has written one."""
    return House.objects.first() or House()


def signature() -> str:
    """What letters to customers are signed with: the name of the house, nothing while it bears the product's."""
    name = house().name.strip()
    return "" if name == House().name else name


def face() -> shells.House:
    """The name and hue of the house, for the shells."""
    row = house()
    return shells.House(name=row.name, hue=row.hue)


def members_of(team: Team) -> QuerySet[User]:
    """The active people of a team, each once, by name."""
    return User.objects.active().filter(pk__in=Membership.objects.filter(team=team).values("user_id"))


def holders_of(team: Team, right: str) -> QuerySet[User]:
    """The active people of a team whose role there gives a right."""
    roles = permissions.TEAM_RIGHTS[right]
    return User.objects.active().filter(pk__in=Membership.objects.filter(team=team, role__in=roles).values("user_id"))


def servers_of(team: Team) -> QuerySet[User]:
    """The active people of a team who may be given a case."""
    return holders_of(team, "cases.serve")


def teams_led_by(user: User) -> QuerySet[Team]:
    """The active teams the user leads."""
    return Team.objects.active().led_by(user)


@dataclass(frozen=True, slots=True)
class Place:
    """One team of a user, with every role held there."""

    team: Team
    roles: tuple[str, ...]


def places_of(user: User) -> list[Place]:
    """Where a user works and as what, by team."""
    return by_team(user.memberships.select_related("team"))


def by_team(memberships: Iterable[Membership]) -> list[Place]:
    ordered = sorted(memberships, key=lambda row: (row.team.name, row.team_id, Role.values.index(row.role)))
    grouped = groupby(ordered, key=lambda row: row.team)
    return [Place(team, tuple(str(row.get_role_display()) for row in rows)) for team, rows in grouped]
