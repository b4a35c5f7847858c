"""An answer that came back is sent again to a corrected address."""

from __future__ import annotations

from django.db import transaction

from valtti.channels.impossible import NotReturned
from valtti.channels.queries.outgoing import RETURNED
from valtti.core import audit, outbox
from valtti.core.models import OutgoingPost
from valtti.customers import actions as customers
from valtti.customers.impossible import AddressTaken
from valtti.customers.models import ContactPoint
from valtti.desk.actions import delivery
from valtti.desk.models import Message
from valtti.people.models import User


@transaction.atomic
def readdress(*, post: OutgoingPost, address: str, by: User) -> OutgoingPost:
    """Send it to this address of the same customer and to no other; the address takes part in the case from now on."""
    row = OutgoingPost.objects.select_for_update().get(pk=post.pk)
    if row.state not in RETURNED:
        raise NotReturned
    old = ContactPoint.objects.select_related("customer").get(pk=row.facts["contact_point_id"])
    point = _point(old, address, by)
    delivery.readdress(message=Message.objects.select_related("case").get(post=row), contact_point=point)
    audit.note(
        "post.readdressed", by=by, subject=row, before={"contact_point": old.pk}, after={"contact_point": point.pk}
    )
    return outbox.send_again(row, to=[point.value], facts={"contact_point_id": point.pk})


def _point(old: ContactPoint, address: str, by: User) -> ContactPoint:
    """The customer's own way with this address, made when it is new; somebody else's is never written to."""
    found = customers.find(address=address)
    if found is None:
        return customers.add_contact_point(customer=old.customer, kind="email", value=address, by=by)
    if found.customer != old.customer:
        raise AddressTaken
    return found.contact_point
