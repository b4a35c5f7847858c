"""The first move of every view: who asks, and the customer they may see or serve."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from valtti.customers.impossible import ServedElsewhere
from valtti.customers.models import Customer
from valtti.customers.queries import serves, serves_wholly
from valtti.people.models import User


def reader(request: HttpRequest) -> User:
    """The user who asks."""
    assert isinstance(request.user, User)
    return request.user


def seen_customer(request: HttpRequest, pk: int) -> Customer:
    """A customer this user may see, else 404."""
    return get_object_or_404(Customer.objects.visible_to(reader(request)), pk=pk)


def served_customer(request: HttpRequest, pk: int) -> Customer:
    """A customer this user may serve, else 404."""
    customer = seen_customer(request, pk)
    if not serves(reader(request), customer):
        raise Http404
    return customer


def own_customer(request: HttpRequest, customer: Customer) -> Customer:
    """The same customer, when no other team would miss what is taken away. Raises ServedElsewhere."""
    if not serves_wholly(reader(request), customer):
        raise ServedElsewhere
    return customer
