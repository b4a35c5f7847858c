"""Ways to reach a customer: added, proven, given up."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from valtti.core import clock, events
from valtti.customers import matching
from valtti.customers.impossible import AddressRetired, AddressTaken, AddressUnreadable
from valtti.customers.models import ContactPoint, Customer
from valtti.customers.models.contact import ContactState
from valtti.people.models import User


@transaction.atomic
def add_contact_point(
    *,
    customer: Customer,
    kind: str,
    value: str,
    language: str = "",
    by: User | None = None,
    verified_how: str = "",
    shared: bool = False,
    preferred: bool = False,
) -> ContactPoint:
    """One more way to reach them. An address has one owner at a time."""
    normal = matching.normal(kind, value)
    if not normal:
        raise AddressUnreadable
    try:
        with transaction.atomic():
            point = ContactPoint.objects.create(
                customer=customer,
                kind=kind,
                value=value.strip()[:320],
                normal=normal,
                language=language or customer.language,
                verified_at=clock.now() if verified_how else None,
                verified_how=verified_how,
                shared=shared,
                preferred=preferred,
            )
    except IntegrityError as taken:
        raise AddressTaken from taken
    if preferred:
        customer.contact_points.exclude(pk=point.pk).filter(preferred=True).update(preferred=False)
    _tell("contact.added", point, by, kind=kind)
    return point


@transaction.atomic
def verify(*, contact_point: ContactPoint, how: str, by: User | None = None) -> ContactPoint:
    """It is theirs: a reply, a code, a login or a colleague has shown it. The first proof stays."""
    point = _locked(contact_point)
    if point.verified_at is None:
        point.verified_at, point.verified_how = clock.now(), how
        point.save(update_fields=["verified_at", "verified_how"])
        _tell("contact.verified", point, by, how=how)
    return point


@transaction.atomic
def mark_bouncing(*, contact_point: ContactPoint, at: datetime) -> ContactPoint:
    """A letter came back for good: bouncing, and dead when it happens again on another day."""
    point = _locked(contact_point)
    state = _worse(point, at)
    if state == point.state:
        return point
    point.state, point.state_at = state, at
    point.save(update_fields=["state", "state_at"])
    _tell("contact.bouncing", point, None, state=state)
    return point


@transaction.atomic
def mark_working(*, contact_point: ContactPoint, by: User) -> ContactPoint:
    """A colleague knows that it works again."""
    point = _locked(contact_point)
    if point.state != ContactState.WORKS:
        point.state, point.state_at = ContactState.WORKS, clock.now()
        point.save(update_fields=["state", "state_at"])
        _tell("contact.works", point, by)
    return point


@transaction.atomic
def retire_contact_point(*, contact_point: ContactPoint, by: User) -> ContactPoint:
    """No longer in use; what was written there stays."""
    point = _locked(contact_point)
    if point.valid_until is not None:
        raise AddressRetired
    point.valid_until, point.preferred = clock.now(), False
    point.save(update_fields=["valid_until", "preferred"])
    _tell("contact.retired", point, by)
    return point


def _locked(point: ContactPoint) -> ContactPoint:
    return ContactPoint.objects.select_for_update().get(pk=point.pk)


def _worse(point: ContactPoint, at: datetime) -> str:
    if point.state == ContactState.WORKS:
        return ContactState.BOUNCING
    is_other_day = timezone.localtime(at).date() != timezone.localtime(point.state_at).date()
    return ContactState.DEAD if is_other_day else point.state


def _tell(news: str, point: ContactPoint, by: User | None, **facts: str) -> None:
    events.record(news, subject=point, by=by, customer_id=point.customer_id, facts=facts)
