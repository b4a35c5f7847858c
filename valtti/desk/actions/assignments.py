"""Who has the case: taken, given, handed back, moved to another team."""

from __future__ import annotations

from django.db import transaction

from valtti.core import clock, permissions
from valtti.customers import actions as customers
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.letting_in import let_in
from valtti.desk.actions.moving_on import check_seen
from valtti.desk.impossible import NotAssigned, NotInTheTeam
from valtti.desk.models import Assignment, Case
from valtti.people.models import Team, User
from valtti.people.queries import holders_of


@transaction.atomic
def assign(
    *, case: Case, to: User, by: User | None, reason: str = "", way: str = "given", seen_event: int | None = None
) -> Assignment:
    """Give the case to somebody who serves in its team; the present one's spell ends."""
    case = locked(case)
    check_seen(case, seen_event, by)
    standing = _standing(case)
    if standing is not None and standing.user_id == to.pk:
        return standing
    row = give(case, to=to, by=by, way=way, reason=reason)
    refresh(case)
    return row


def take(*, case: Case, by: User) -> Assignment:
    """Take the case oneself."""
    return assign(case=case, to=by, by=by, way="taken")


@transaction.atomic
def hand_back(*, case: Case, by: User, reason: str = "", seen_event: int | None = None) -> Case:
    """Nobody has it now; the team's queue has it again."""
    case = locked(case)
    check_seen(case, seen_event, by)
    standing = _standing(case)
    if standing is None:
        raise NotAssigned
    _end(standing)
    tell("case.returned", case=case, by=by, facts={"user": standing.user_id, "reason": reason[:200]})
    return refresh(case)


@transaction.atomic
def move_team(*, case: Case, team: Team, by: User, reason: str = "", seen_event: int | None = None) -> Case:
    """Another team serves it from now on; its members may see it and its customer. A restricted case: its leads."""
    case = locked(case)
    check_seen(case, seen_event, by)
    if case.team_id == team.pk:
        return case
    standing = _standing(case)
    if standing is not None:
        _end(standing)
    before = case.team_id
    case.team = team
    case.save(update_fields=["team"])
    if case.restricted:
        let_in(case, holders_of(team, "cases.restrict"), by)
    if case.customer is not None:
        customers.admit_team(customer=case.customer, team=team)
    tell("case.moved", case=case, by=by, facts={"from": before, "to": team.pk, "reason": reason[:200]})
    return refresh(case)


def give(case: Case, *, to: User, by: User | None, way: str, reason: str = "") -> Assignment:
    """End the standing spell and begin another, inside a deed that holds the lock."""
    if not permissions.may(to, "cases.serve", case.team_id):
        raise NotInTheTeam
    standing = _standing(case)
    if standing is not None:
        _end(standing)
    row = Assignment.objects.create(case=case, user=to, team=case.team, made_by=by, way=way, reason=reason[:200])
    tell("case.assigned", case=case, by=by, facts={"user": to.pk, "way": way})
    return row


def _standing(case: Case) -> Assignment | None:
    return case.assignments.filter(until_at=None).first()


def _end(row: Assignment) -> None:
    row.until_at = clock.now()
    row.save(update_fields=["until_at"])
