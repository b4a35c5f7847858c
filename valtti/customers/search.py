"""Customers that can be found, by name, address and number."""

from __future__ import annotations

from django.db.models import Q

from valtti.core import search
from valtti.customers.models import ContactPoint, Customer
from valtti.people.models import User

CUSTOMER = "customers.customer"


def load_customers(ids: list[int]) -> dict[int, Customer]:
    """Customers as a list of hits shows them."""
    return Customer.objects.prefetch_related("contact_points").in_bulk(ids)


search.register(CUSTOMER, load=load_customers, visible=lambda user: Customer.objects.visible_to(user))


def index_customer(customer: Customer) -> None:
    """No team stands in the entry: whoever shares a team with the customer finds it."""
    values = ContactPoint.objects.valid().filter(customer=customer).values_list("value", "normal")
    search.index_entry(
        subject_kind=CUSTOMER,
        subject_id=customer.pk,
        at=customer.created_at,
        title=customer.name,
        text=" ".join(dict.fromkeys(word for pair in values for word in pair)),
        customer_id=customer.root_id or customer.pk,
    )


def _customer(value: str, _user: User) -> Q | None:
    if not value:
        return None
    named = Customer.objects.filter(name__icontains=value).values("root")
    return Q(customer_id__in=Customer.objects.filter(root__in=named).values("pk"))


search.operator("customer", _customer)
