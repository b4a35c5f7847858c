"""A recipient marked a letter of ours as unwanted: optional mail to that address ends."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from valtti.core.models import OutgoingPost
from valtti.customers import actions as customers
from valtti.customers.models import Consent, ContactPoint


def take(post: OutgoingPost, named: Sequence[str]) -> None:
    """Withdraw what the complaining address had allowed. Answers to its own letters still reach it."""
    for point in _points(post, named):
        of_address = Q(contact_point=point) | Q(contact_point=None, customer=point.customer_id)
        for consent in Consent.objects.filter(of_address, withdrawn_at=None):
            customers.withdraw_consent(consent=consent)


def _points(post: OutgoingPost, named: Sequence[str]) -> list[ContactPoint]:
    """Of the recipients those the report names. Providers often hide the address: then the only one there was."""
    wanted = {address.casefold() for address in named}
    meant = [address for address in post.to if address.casefold() in wanted]
    found = [customers.find(address=address) for address in meant or (post.to if len(post.to) == 1 else [])]
    return [one.contact_point for one in found if one is not None]
