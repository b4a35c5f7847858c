"""Leases: what only one process of the house may do at a time, by the database's clock."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from valtti.core.models import Lease

SPAN = timedelta(seconds=30)


class NotHeld(Exception):
    """The lease is another's now; what was done under it in this transaction is rolled back."""


def take(name: str, holder: str, span: timedelta = SPAN) -> bool:
    """Take the lease, or prolong it; False while another holds it."""
    if Lease.objects.filter(name=name).exclude(_free_or_of(holder)).exists():
        return False
    Lease.objects.bulk_create([Lease(name=name)], ignore_conflicts=True)
    rows = Lease.objects.filter(_free_or_of(holder), name=name)
    return bool(rows.update(holder=holder, until=Now() + span))


def keep(name: str, holder: str, span: timedelta = SPAN) -> bool:
    """Prolong a lease still held; False when it is lost."""
    return bool(Lease.objects.filter(name=name, holder=holder).update(until=Now() + span))


def fence(name: str, holder: str) -> None:
    """Inside a transaction: go on only if the lease is still ours. Raises NotHeld."""
    held = Lease.objects.select_for_update().filter(name=name, holder=holder, until__gte=Now())
    if held.first() is None:
        raise NotHeld(name)


def give_back(name: str, holder: str) -> None:
    """Another may take it at once."""
    Lease.objects.filter(name=name, holder=holder).update(holder="", until=None)


def give_back_all_of(holder: str) -> int:
    """What a process held whose death was seen; how many. Names of holders begin with `holder`."""
    return Lease.objects.filter(holder__startswith=holder).update(holder="", until=None)


def holder_of(name: str) -> str:
    """Who holds it now; empty when nobody does."""
    lease = Lease.objects.filter(name=name, until__gte=Now()).first()
    return lease.holder if lease else ""


def _free_or_of(holder: str) -> Q:
    return Q(holder=holder) | Q(until=None) | Q(until__lt=Now())
