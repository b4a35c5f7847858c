"""Telling people that something falls due. The facts stand in the rows; if nobody was told, they are the same."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valtti.core import clock
from valtti.core.models import Event
from valtti.desk.actions.keeping import locked, tell
from valtti.desk.models import Encounter, Milestone, Promise


@transaction.atomic
def tell_promise_due(*, promise: Promise, due_at: datetime, stage: str, standing_since: int) -> bool:
    """Due soon (`stage` two_hours, half_hour) or past its time (overdue); False when that is no longer so.

    `standing_since` is the news with which it began to stand; of one reinstated since, another task tells.
    """
    case = locked(promise.case)
    standing = Promise.objects.filter(pk=promise.pk, ended_at=None, due_at=due_at).first()
    if standing is None or _has_been_reinstated(promise, standing_since):
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


def _has_been_reinstated(promise: Promise, since: int) -> bool:
    news = Event.objects.filter(subject_kind=promise._meta.label_lower, subject_id=promise.pk, pk__gt=since)
    return news.filter(kind="promise.reinstated").exists()
