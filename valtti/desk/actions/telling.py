"""Telling people that something falls due. The facts stand in the rows; if nobody was told, they are the same."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valtti.core import clock
from valtti.desk.actions.keeping import locked, tell
from valtti.desk.models import Encounter, Milestone, Promise


@transaction.atomic
def tell_promise_due(*, promise: Promise, due_at: datetime, stage: str) -> bool:
    """Due soon (`stage` two_hours, half_hour) or past its time (overdue); False when that is no longer so."""
    case = locked(promise.case)
    standing = Promise.objects.filter(pk=promise.pk, ended_at=None, due_at=due_at).first()
    if standing is None:
        return False
    kind = "promise.overdue" if stage == "overdue" else "promise.due"
    if stage == "overdue" and clock.now() < due_at:
        return False
    tell(kind, case=case, subject=standing, facts={"owner": standing.owner_id, "stage": stage})
    return True


@transaction.atomic
def tell_milestone(*, encounter: Encounter, due_at: datetime, share: float) -> bool:
    """An answer is due soon (`share` of its time is gone) or missed (1); False when it has come or is void."""
    case = locked(encounter.case)
    milestone = Milestone.objects.filter(encounter=encounter, due_at=due_at, met_at=None).first()
    if milestone is None or not case.is_open:
        return False
    kind = "sla.missed" if share >= 1 else "sla.warned"
    tell(kind, case=case, subject=milestone, facts={"share": share, "assignee": case.assignee_id})
    return True
