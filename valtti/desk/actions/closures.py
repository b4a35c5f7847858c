"""Closing a case with an outcome, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valtti.core import clock
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.moving_on import check_seen
from valtti.desk.actions.pauses import end_pause
from valtti.desk.impossible import AlreadyClosed, NotClosed, PromisesStand
from valtti.desk.models import Case, Closure, Draft, Message
from valtti.desk.models.words import Outcome, ReopenCause
from valtti.people.models import User


@transaction.atomic
def close_case(
    *,
    case: Case,
    closed_by: User,
    outcome: str,
    solution: str = "",
    told_customer: bool = True,
    beyond_first_line: bool = False,
    seen_event: int | None = None,
) -> Closure:
    """Close the case, keep who and when, tell the house. Standing promises are settled before."""
    case = locked(case)
    if not case.is_open:
        raise AlreadyClosed
    check_seen(case, seen_event, closed_by)
    if case.promises.filter(ended_at=None).exists():
        raise PromisesStand
    closure = close_now(
        case,
        by=closed_by,
        outcome=Outcome(outcome),
        at=clock.now(),
        solution=solution,
        told_customer=told_customer,
        beyond_first_line=beyond_first_line,
    )
    refresh(case)
    return closure


@transaction.atomic
def reopen_case(*, case: Case, by: User, cause: str = ReopenCause.AGENT, seen_event: int | None = None) -> Case:
    """Open it again; the closure stays and says who reopened it and why."""
    case = locked(case)
    closure = case.closures.filter(reopened_at=None).first()
    if closure is None:
        raise NotClosed
    check_seen(case, seen_event, by)
    reopen_now(case, closure, by=by, cause=ReopenCause(cause), at=clock.now())
    return refresh(case)


def close_now(
    case: Case,
    *,
    by: User | None,
    outcome: Outcome,
    at: datetime,
    solution: str = "",
    told_customer: bool = True,
    beyond_first_line: bool = False,
    told_in: Message | None = None,
) -> Closure:
    """Close inside a deed that holds the lock."""
    end_pause(case, at=at, by="closure", user=by)
    closure = Closure.objects.create(
        case=case,
        closed_at=at,
        closed_by=by,
        outcome=outcome,
        solution=solution,
        told_customer=told_customer,
        told_in=told_in,
        beyond_first_line=beyond_first_line,
    )
    if by is not None:
        Draft.objects.filter(case=case, author=by, text="").delete()
    tell("case.closed", case=case, by=by, facts={"outcome": outcome.value, "closure": closure.pk})
    return closure


def reopen_now(case: Case, closure: Closure, *, by: User | None, cause: ReopenCause, at: datetime) -> None:
    """Reopen inside a deed that holds the lock, never before it was closed."""
    closure.reopened_at, closure.reopened_by, closure.reopen_cause = max(at, closure.closed_at), by, cause
    closure.save(update_fields=["reopened_at", "reopened_by", "reopen_cause"])
    tell("case.reopened", case=case, by=by, facts={"cause": cause.value, "closure": closure.pk})
