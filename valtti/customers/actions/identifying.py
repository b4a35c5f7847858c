"""Who wrote: the customer behind an address, made when nobody has it yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from valtti.core import clock, events
from valtti.customers import matching
from valtti.customers.impossible import AddressUnreadable
from valtti.customers.models import ContactPoint, Customer
from valtti.people.models import User

CHANNEL_KIND = {"email": matching.EMAIL, "form": matching.EMAIL, "phone": matching.PHONE, "sms": matching.PHONE}


@dataclass(frozen=True, slots=True)
class Identified:
    """`customer` is the record that has the address, merged or not: what is written to it is found there again when
    a merge is undone. `is_shared`: several people write from here, so a person must say who it was."""

    customer: Customer
    contact_point: ContactPoint
    is_new: bool
    is_shared: bool


def find(*, address: str, source: str = "email") -> Identified | None:
    """Who has this address now; None when nobody does. Writes nothing."""
    kind = CHANNEL_KIND.get(source, matching.EMAIL)
    point = (
        ContactPoint.objects.valid()
        .select_related("customer")
        .filter(kind=kind, normal=matching.normal(kind, address))
        .exclude(normal="")
        .first()
    )
    return Identified(point.customer, point, False, point.shared) if point else None


@transaction.atomic
def identify(
    *, address: str, shown: str, name: str, language: str, verified: bool = False, source: str = "email"
) -> Identified:
    """The customer who has this address; a new one when nobody does. Two letters at once make one customer."""
    kind = CHANNEL_KIND.get(source, matching.EMAIL)
    normal = matching.normal(kind, address)
    if not normal:
        raise AddressUnreadable
    found = find(address=address, source=source)
    if found is None:
        found = _newcomer(kind, normal, shown or address, name, language)
    if found is None:
        found = find(address=address, source=source)
    if found is None:
        raise AssertionError(f"the owner of a taken {kind} address cannot be found")
    if verified and found.contact_point.verified_at is None and not found.is_shared:
        _mark_verified(found.contact_point)
    return found


@transaction.atomic
def add_customer(*, name: str, language: str, by: User | None = None, called: str = "") -> Customer:
    """A person entered by hand, or by an import."""
    customer = Customer.objects.create(name=name[:200], called=called[:80], language=language)
    events.record("customer.added", subject=customer, by=by, customer_id=customer.pk)
    return customer


def _newcomer(kind: str, normal: str, shown: str, name: str, language: str) -> Identified | None:
    shared = kind == matching.EMAIL and matching.is_shared_name(normal.partition("@")[0])
    try:
        with transaction.atomic():
            customer = add_customer(name=name or shown, language=language)
            point = ContactPoint.objects.create(
                customer=customer, kind=kind, value=shown[:320], normal=normal, language=language, shared=shared
            )
    except IntegrityError:  # another letter of theirs was a moment faster
        return None
    events.record("contact.added", subject=point, customer_id=customer.pk, facts={"kind": kind})
    return Identified(customer, point, True, shared)


def _mark_verified(point: ContactPoint) -> None:
    point.verified_at, point.verified_how = clock.now(), "reply"
    point.save(update_fields=["verified_at", "verified_how"])
    events.record("contact.verified", subject=point, customer_id=point.customer_id, facts={"how": "reply"})
