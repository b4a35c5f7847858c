"""Waiting for somebody else: begun, ended. A customer's message ends every pause at its receipt."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valtti.core import clock
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.moving_on import check_seen
from valtti.desk.impossible import CaseIsClosed, StillOwed, WaitsForNobody
from valtti.desk.models import Case, Message, Pause
from valtti.desk.models.pause import ASKED_CUSTOMER, THIRD_PARTY
from valtti.people.models import User


@transaction.atomic
def wait_for(*, case: Case, waits_for: str, until: datetime, by: User, seen_event: int | None = None) -> Pause:
    """Wait for a third party: needs its name and the day on which the turn is ours again by itself."""
    case = locked(case)
    check_seen(case, seen_event, by)
    if not case.is_open:
        raise CaseIsClosed
    if not waits_for.strip() or until <= clock.now():
        raise WaitsForNobody
    if case.waiting_since is not None:
        raise StillOwed
    end_pause(case, at=clock.now(), by="agent")
    pause = begin_pause(case, reason=THIRD_PARTY, by=by, waits_for=waits_for, until=until)
    refresh(case)
    return pause


@transaction.atomic
def resume(*, case: Case, by: User) -> Case:
    """It is our turn again, a colleague says."""
    case = locked(case)
    end_pause(case, at=clock.now(), by="agent", user=by)
    return refresh(case)


@transaction.atomic
def expire(*, pause: Pause) -> Case:
    """The expected day has come: our turn again. Nothing happens to a pause that has ended or was put off."""
    case = locked(pause.case)
    standing = case.pauses.filter(pk=pause.pk, ended_at=None, expected_until__lte=clock.now()).first()
    if standing is not None and standing.reason != ASKED_CUSTOMER:
        end_pause(case, at=clock.now(), by="expiry")
        refresh(case)
    return case


def begin_pause(
    case: Case,
    *,
    reason: str,
    by: User | None,
    started_at: datetime | None = None,
    waits_for: str = "",
    until: datetime | None = None,
    message: Message | None = None,
) -> Pause:
    """Begin a spell of waiting inside a deed that holds the lock."""
    pause = Pause.objects.create(
        case=case,
        reason=reason,
        started_at=started_at or clock.now(),
        started_by=by,
        waits_for=" ".join(waits_for.split())[:120],
        expected_until=until,
        asked_in=message,
    )
    tell("case.paused", case=case, subject=pause, by=by, facts={"reason": reason})
    return pause


def end_pause(case: Case, *, at: datetime, by: str, user: User | None = None) -> None:
    """End the standing spell, if there is one, never before it began."""
    pause = case.pauses.filter(ended_at=None).first()
    if pause is None:
        return
    pause.ended_at, pause.ended_by = max(at, pause.started_at), by
    pause.save(update_fields=["ended_at", "ended_by"])
    tell("case.resumed", case=case, subject=pause, by=user, facts={"ended_by": by})
