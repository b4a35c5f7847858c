"""After each deed: tell it, and store the derived columns of its case."""

from __future__ import annotations

from typing import Any

from django.db import models

from valtti.core import events
from valtti.core.models import Event
from valtti.desk.derive import Derived
from valtti.desk.events import MATERIAL
from valtti.desk.models import Case, Milestone
from valtti.desk.queries.facts import derived_of, milestone_rows
from valtti.people.models import User


def locked(case: Case) -> Case:
    """The case as it is now, ours alone until the deed commits."""
    return Case.objects.select_for_update(of=("self",)).select_related("team__calendar", "customer").get(pk=case.pk)


def tell(
    kind: str,
    *,
    case: Case,
    subject: models.Model | None = None,
    by: User | None = None,
    facts: dict[str, Any] | None = None,
    silent: bool = False,
) -> Event:
    """Record news about a case; what a colleague must have seen moves `case.last_event` on."""
    event = events.record(
        kind,
        subject=subject or case,
        by=by,
        customer_id=case.customer_id,
        team_id=case.team_id,
        facts={"case_id": case.pk, **(facts or {})},
        silent=silent,
    )
    if kind in MATERIAL:
        case.last_event = event.pk
        case.save(update_fields=["last_event"])
    return event


def refresh(case: Case) -> Case:
    """Recompute the derived columns of a locked case and store what has changed."""
    derived = derived_of(case)
    changed = [name for name, value in derived.columns.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, derived.columns[name])
    if changed:
        case.save(update_fields=[name.removesuffix("_id") for name in changed])
    _keep_encounters(case, derived)
    _keep_milestones(case, derived)
    return case


def _keep_encounters(case: Case, derived: Derived) -> None:
    for encounter in case.encounters.all():
        wanted = derived.encounters[encounter.pk]
        columns = {
            "answered_at": wanted.answered_at,
            "answered_by_id": wanted.answered_by,
            "counts_as_contact": wanted.counts_as_contact,
        }
        if any(getattr(encounter, name) != value for name, value in columns.items()):
            case.encounters.filter(pk=encounter.pk).update(**columns)


def _keep_milestones(case: Case, derived: Derived) -> None:
    wanted = milestone_rows(derived)
    for row in case.milestones.all():
        columns = wanted.pop((row.encounter_id or 0, row.kind), None)
        if columns is None:
            row.delete()
        elif any(getattr(row, name) != value for name, value in columns.items()):
            case.milestones.filter(pk=row.pk).update(**columns)
    Milestone.objects.bulk_create(
        Milestone(case=case, encounter_id=encounter, kind=kind, **columns)
        for (encounter, kind), columns in wanted.items()
    )
