"""The card of a customer: who they are and how they wish to be served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from valtti.core import clock
from valtti.customers.models import (
    Consent,
    ContactPoint,
    Customer,
    CustomerFact,
    Merge,
    OrganisationRole,
    QuietPeriod,
)
from valtti.customers.queries.records import records_of, root_of
from valtti.people.models import User


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside a case and at the head of the customer's page. `merges` can be undone."""

    customer: Customer
    contact_points: list[ContactPoint]
    roles: list[OrganisationRole]
    facts: list[CustomerFact]
    consents: list[Consent]
    quiet: QuietPeriod | None
    merges: list[Merge]

    @property
    def language(self) -> str:
        """The language of the preferred contact point, else of the person."""
        return self.contact_points[0].language if self.contact_points else self.customer.language

    @property
    def first_point(self) -> ContactPoint | None:
        """How they are reached first."""
        return self.contact_points[0] if self.contact_points else None


def card_of(customer: Customer, user: User) -> Card | None:
    """The card of the whole person; None when this user may not see them."""
    if not Customer.objects.visible_to(user).filter(pk=customer.pk).exists():
        return None
    records = records_of(customer)
    now = clock.now()
    return Card(
        customer=root_of(customer),
        contact_points=list(
            ContactPoint.objects.valid().filter(customer__in=records).order_by("-preferred", "kind", "id")
        ),
        roles=list(
            OrganisationRole.objects.filter(customer__in=records)
            .filter(Q(until=None) | Q(until__gte=now.date()))
            .select_related("organisation")
            .order_by("id")
        ),
        facts=list(CustomerFact.objects.filter(customer__in=records).order_by("key", "-as_of")),
        consents=list(
            Consent.objects.filter(customer__in=records, withdrawn_at=None)
            .select_related("contact_point", "recorded_by")
            .order_by("purpose", "-given_at")
        ),
        quiet=_quiet(records, now),
        merges=list(
            Merge.objects.filter(kept__in=records, undone_at=None)
            .select_related("absorbed", "merged_by")
            .order_by("merged_at")
        ),
    )


def customers_for(user: User, *, words: str = "") -> QuerySet[Customer]:
    """Customers this user may see, by name; `words` narrows by name, address or number."""
    found = Customer.objects.visible_to(user).present()
    for word in words.replace("\0", " ").split()[:6]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(records__name__icontains=word)
            | Q(records__contact_points__normal__icontains=word.casefold())
        )
    points = ContactPoint.objects.valid().order_by("-preferred", "kind", "id")
    return found.distinct().order_by("name", "pk").prefetch_related(Prefetch("contact_points", points))


def _quiet(records: list[int], now: datetime) -> QuietPeriod | None:
    return (
        QuietPeriod.objects.filter(customer__in=records, from_at__lte=now)
        .filter(Q(until_at=None) | Q(until_at__gt=now))
        .order_by("-until_at")
        .first()
    )
