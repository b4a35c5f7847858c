"""Two records are one person, and that may turn out wrong: nothing is rewritten, so all can be undone."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from valtti.core import clock, events
from valtti.customers import matching
from valtti.customers.impossible import AlreadyMerged, AlreadyUndone, SamePerson
from valtti.customers.models import Customer, Merge
from valtti.people.models import User


@transaction.atomic
def merge(
    *, kept: Customer, absorbed: Customer, by: User | None, reason: str, evidence: dict[str, Any] | None = None
) -> Merge:
    """Put `absorbed` under the person of `kept`. Every row stays on the record it was written to."""
    people = _locked(kept, absorbed)
    kept, absorbed = people[people[kept.pk].root_id or kept.pk], people[absorbed.pk]
    if absorbed.root_id != absorbed.pk:
        raise SamePerson if absorbed.root_id == kept.pk else AlreadyMerged
    if kept.pk == absorbed.pk:
        raise SamePerson
    row = Merge.objects.create(kept=kept, absorbed=absorbed, merged_by=by, reason=reason[:200], evidence=evidence or {})
    _recompute({kept.pk, absorbed.pk})
    _tell("customer.merged", row, by)
    return row


@transaction.atomic
def unmerge(*, merge: Merge, by: User) -> Merge:
    """Part them again; each record has what was written to it, before and since."""
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at is not None:
        raise AlreadyUndone
    people = _locked(row.kept, row.absorbed)
    row.undone_at, row.undone_by = clock.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    _recompute({people[row.kept_id].root_id or row.kept_id, row.absorbed_id})
    _tell("customer.unmerged", row, by)
    return row


def _locked(*customers: Customer) -> dict[int, Customer]:
    """All records of the persons concerned, always locked in one order."""
    roots = Customer.objects.filter(pk__in=[customer.pk for customer in customers]).values("root")
    return {row.pk: row for row in Customer.objects.select_for_update().filter(root__in=roots).order_by("pk")}


def _recompute(roots: set[int]) -> None:
    records = list(Customer.objects.filter(root__in=roots))
    numbers = [record.pk for record in records]
    standing = Merge.objects.filter(undone_at=None, absorbed__in=numbers)
    joined = [matching.Joined(kept=row.kept_id, absorbed=row.absorbed_id) for row in standing]
    found = matching.roots(numbers, joined)
    for record in records:
        if record.root_id != found[record.pk]:
            record.root_id = found[record.pk]
            record.save(update_fields=["root"])


def _tell(kind: str, row: Merge, by: User | None) -> None:
    facts = {"kept": row.kept_id, "absorbed": row.absorbed_id}
    events.record(kind, subject=row, by=by, customer_id=row.kept_id, facts=facts)
