"""Whoever is on the phone just now: their name, what is open with them, what they were promised."""

from __future__ import annotations

from dataclasses import dataclass

from valtti.customers import matching
from valtti.customers.actions import find
from valtti.customers.models import Customer
from valtti.customers.queries import root_of
from valtti.desk.models import Case, Promise
from valtti.people.models import User

AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Caller:
    """A customer who is known by an address or a number, with the matters this user may see."""

    customer: Customer
    cases: list[Case]
    promises: list[Promise]


def caller_of(address: str, user: User) -> Caller | None:
    """Who has this address or number; None when nobody has whom this user may see."""
    found = find(address=address, source=matching.EMAIL if "@" in address else matching.PHONE)
    if found is None:
        return None
    customer = Customer.objects.visible_to(user).filter(pk=root_of(found.customer).pk).first()
    if customer is None:
        return None
    cases = Case.objects.visible_to(user).open().filter(customer__root=customer)
    promises = Promise.objects.filter(case__in=cases, ended_at=None).select_related("case").order_by("due_at", "pk")
    return Caller(customer, list(cases.select_related("assignee").order_by("-pk")[:AT_MOST]), list(promises[:AT_MOST]))
