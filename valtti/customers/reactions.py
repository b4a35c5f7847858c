"""What news means here: customers can be found as they are now."""

from __future__ import annotations

from valtti.core.events import on
from valtti.core.models import Event
from valtti.customers.models import Customer
from valtti.customers.search import index_customer


@on("customer.added", also_silent=True)
@on("customer.changed", also_silent=True)
@on("contact.added", also_silent=True)
@on("contact.retired", also_silent=True)
@on("customer.merged", also_silent=True)
@on("customer.unmerged", also_silent=True)
def find_customer(event: Event) -> None:
    """Safe twice: an entry is made or brought up to date."""
    for number in {event.customer_id, event.facts.get("absorbed")} - {None}:
        customer = Customer.objects.filter(pk=number).first()
        if customer is not None:
            index_customer(customer)
