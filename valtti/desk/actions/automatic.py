"""Automatic confirmations of receipt, under the guards against loops."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from valtti.core import clock
from valtti.core.models import OutgoingPost
from valtti.customers.models import ContactPoint
from valtti.desk import letters, loops
from valtti.desk.actions.keeping import locked, tell
from valtti.desk.actions.posting import post_receipt
from valtti.desk.models import Case, Message
from valtti.desk.models.words import Channel, Direction
from valtti.people.queries import signature

LOOKED_BACK = timedelta(days=2)


@transaction.atomic
def send_receipt(*, message: Message, may_be_answered: bool) -> Message | None:
    """Confirm that the letter has come, unless a guard forbids it or it has been answered already. Safe twice."""
    case = locked(message.case)
    point = message.author_contact_point
    key = f"receipt:{message.pk}"
    known = case.messages.filter(idempotency_key=key).first()
    if known is not None or point is None or not _is_wanted(case, message):
        return known
    point = ContactPoint.objects.select_for_update().get(pk=point.pk)
    if stopped_by(message, point, may_be_answered=may_be_answered) is not None:
        return None
    return _send(case, message, point, key)


def stopped_by(message: Message, point: ContactPoint, *, may_be_answered: bool) -> loops.Guard | None:
    """The guard that forbids an automatic letter to this address now."""
    now = clock.now()
    since = now - LOOKED_BACK
    posts = OutgoingPost.objects.filter(key__startswith=f"receipt:{point.pk}:", made_at__gt=since)
    heard = Message.objects.filter(author_contact_point=point, direction=Direction.IN, at__gt=since)
    by_mailbox = Message.objects.filter(
        mailbox=message.mailbox, automatic=True, direction=Direction.OUT, at__gt=now - timedelta(hours=1)
    )
    return loops.stopped_by(
        now=now,
        mailbox=message.mailbox,
        may_be_answered=may_be_answered,
        trust=message.trust,
        sent=[loops.Sent(post.made_at, post.source) for post in posts],
        heard=list(heard.values_list("at", flat=True)),
        sent_by_mailbox=by_mailbox.count(),
    )


def _is_wanted(case: Case, message: Message) -> bool:
    is_letter = message.direction == Direction.IN and message.channel == Channel.EMAIL
    return (
        is_letter
        and case.team.sends_receipts
        and not message.automatic
        and not message.pending
        and not case.messages.filter(direction=Direction.OUT, undone_at=None).exists()
    )


def _send(case: Case, message: Message, point: ContactPoint, key: str) -> Message:
    """The receipt in the contact point's language; nothing in it comes from the sender."""
    due = case.milestones.filter(encounter=message.encounter, met_at=None).order_by("due_at").first()
    written = letters.receipt(
        language=point.language,
        receiver=signature() or case.team.name,
        reference=case.reference or "",
        answer_due=due.due_at if due and due.due_at and due.due_at > clock.now() else None,
        zone=case.team.calendar.timezone,
        now=clock.now(),
    )
    receipt = case.messages.create(
        direction=Direction.OUT,
        automatic=True,
        automatic_kind="receipt",
        channel=Channel.EMAIL,
        subject=written.subject,
        language=letters.language_for(point.language),
        text=written.words,
        references=[*message.references, message.message_id][-20:] if message.message_id else [],
        mailbox=message.mailbox,
        to=[{"id": point.pk, "address": point.value, "name": point.customer.name}],
        idempotency_key=key,
    )
    receipt.post = post_receipt(receipt, address=point.value, contact_point_id=point.pk, written=written)
    receipt.save(update_fields=["post"])
    tell("receipt.queued", case=case, subject=receipt)
    return receipt
