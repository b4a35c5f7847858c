"""The customers of the cast, staged for tests and for the demo's first minute."""

from __future__ import annotations

from typing import NamedTuple

from valtti.core import cast
from valtti.customers.actions import identify
from valtti.customers.models import Customer


class Customers(NamedTuple):
    """Katja writes Russian, Pekka Finnish."""

    katja: Customer
    pekka: Customer


def stage_customers() -> Customers:
    """Both with their e-mail address; no team serves them yet."""
    return Customers(*(_customer(person) for person in (cast.KATJA, cast.PEKKA)))


def _customer(person: cast.Person) -> Customer:
    found = identify(
        address=person.address, shown=person.address, name=person.name, language=person.language, verified=True
    )
    return found.customer
