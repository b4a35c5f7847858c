"""Which records stand for one person."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from valtti.core import permissions
from valtti.customers.models import Consent, ContactPoint, Customer, CustomerTeam, Merge
from valtti.people.models import User


def root_of(customer: Customer) -> Customer:
    """The record that stands for this one: itself, or the one it was merged into."""
    if customer.root_id in (None, customer.pk):
        return customer
    return Customer.objects.get(pk=customer.root_id)


def records_of(customer: Customer) -> list[int]:
    """Numbers of all records that are this person, this one included."""
    root = customer.root_id or customer.pk
    return sorted(Customer.objects.filter(Q(root=root) | Q(pk=root)).values_list("pk", flat=True))


def serves(user: User, customer: Customer) -> bool:
    """One of the user's teams serves this customer, and the user serves in it."""
    teams = permissions.teams_with(user, "cases.serve")
    return CustomerTeam.objects.filter(customer__root=customer.root_id or customer.pk, team__in=teams).exists()


def serves_wholly(user: User, customer: Customer) -> bool:
    """The user serves in every team that serves this person, so what they take away is missing nowhere else."""
    others = CustomerTeam.objects.filter(customer__root=customer.root_id or customer.pk)
    return not others.exclude(team__in=permissions.teams_with(user, "cases.serve")).exists()


def points_of(customer: Customer) -> QuerySet[ContactPoint]:
    """Ways to reach the whole person, in use now."""
    return ContactPoint.objects.valid().filter(customer__in=records_of(customer))


def consents_of(customer: Customer) -> QuerySet[Consent]:
    """What the whole person allows now."""
    return Consent.objects.filter(customer__in=records_of(customer), withdrawn_at=None)


def merges_of(customer: Customer) -> QuerySet[Merge]:
    """Merges into the person's records that stand."""
    return Merge.objects.filter(kept__in=records_of(customer), undone_at=None)
