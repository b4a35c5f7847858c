"""What is known of a person, and which teams may see them."""

from __future__ import annotations

from django.db import transaction

from valtti.core import events
from valtti.customers.models import Customer, CustomerTeam
from valtti.people.models import Team, User


@transaction.atomic
def admit_team(*, customer: Customer, team: Team) -> CustomerTeam:
    """This team serves this customer, so its members may see them; once is enough."""
    row, is_new = CustomerTeam.objects.get_or_create(customer=customer, team=team)
    if is_new:
        events.record("customer.admitted", subject=customer, customer_id=customer.pk, team_id=team.pk)
    return row


@transaction.atomic
def save_needs(*, customer: Customer, needs: str, by: User) -> Customer:
    """How they like to be served; they may read it themselves."""
    return _changed(customer, by, needs=needs)


@transaction.atomic
def rename(*, customer: Customer, name: str, by: User, called: str = "", language: str = "") -> Customer:
    """Their name, how to address them, and the language they prefer."""
    changes = {"name": name[:200], "called": called[:80]}
    return _changed(customer, by, **changes, **({"language": language} if language else {}))


@transaction.atomic
def save_details(*, customer: Customer, by: User, name: str, called: str, language: str, needs: str) -> Customer:
    """All that the form says of a person, or nothing of it."""
    save_needs(customer=customer, needs=needs, by=by)
    return rename(customer=customer, name=name, by=by, called=called, language=language)


def _changed(customer: Customer, by: User, **columns: str) -> Customer:
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    names = [name for name, value in columns.items() if getattr(customer, name) != value]
    for name in names:
        setattr(customer, name, columns[name])
    if names:
        customer.save(update_fields=names)
        events.record("customer.changed", subject=customer, by=by, customer_id=customer.pk, facts={"what": names})
    return customer
