"""Our letters left, were delayed, or came back."""

from __future__ import annotations

from valtti.core.events import on
from valtti.core.models import Event, OutgoingPost
from valtti.customers.models import ContactPoint
from valtti.desk.actions import delivery, undoing
from valtti.desk.models import Message
from valtti.people.models import User

NOT_THE_ADDRESS = frozenset(
    {
        *("message_too_big", "content_refused", "spam_refused", "virus", "policy", "rate_limited", "relay_denied"),
        *("sender_refused", "sender_auth", "reputation_blocked", "connection_refused", "network_error"),
        *("protocol_error", "system_full", "expired"),
    }
)
"""Kinds of refusal that say nothing about whether the address works."""


@on("post.accepted")
def count_as_answered(event: Event) -> None:
    """Safe twice: a letter is accepted once."""
    if message := _letter(event):
        delivery.note_accepted(message=message, at=event.at)


@on("post.accepted")
def tell_who_was_left_out(event: Event) -> None:
    """Safe twice: what one acceptance left out is told once."""
    post = OutgoingPost.objects.get(pk=event.subject_id)
    if post.refused and (message := _letter(event)):
        delivery.note_refused_for(
            message=message,
            at=event.at,
            addresses=[one["address"] for one in post.refused],
            contact_points=_points_that_fail(message, post),
            told_by=event.pk,
        )


@on("post.bounced")
def void_the_answer(event: Event) -> None:
    """Safe twice: a letter fails once."""
    if message := _letter(event):
        delivery.note_returned(
            message=message,
            at=event.at,
            why=str(event.facts.get("why", "")),
            contact_point=_refusing_address(event),
            for_good=True,
        )


@on("post.failed")
def give_up_sending(event: Event) -> None:
    """Safe twice: a letter fails once. The address is not to blame."""
    if message := _letter(event):
        why = str(event.facts.get("why", ""))
        delivery.note_returned(message=message, at=event.at, why=why, for_good=False)


@on("post.cancelled")
def take_it_back(event: Event) -> None:
    """Safe twice: a letter is undone once; one that its writer undid is undone already."""
    if message := _letter(event):
        undoing.note_stopped(message=message, by=User.objects.filter(pk=event.actor_id or 0).first())


@on("post.delayed")
def tell_delay(event: Event) -> None:
    """Safe twice: each delay is told once."""
    _tell_under_way(event, "message.delayed")


@on("post.uncertain")
def tell_uncertainty(event: Event) -> None:
    """Safe twice: each doubt is told once."""
    _tell_under_way(event, "message.uncertain")


def _tell_under_way(event: Event, kind: str) -> None:
    if message := _letter(event):
        why = str(event.facts.get("why", ""))
        delivery.note_under_way(message=message, kind=kind, why=why, told_by=event.pk)


def _letter(event: Event) -> Message | None:
    if event.facts.get("subject_kind") != "desk.message":
        return None
    return Message.objects.select_related("case").filter(pk=event.facts["subject_id"]).first()


def _refusing_address(event: Event) -> ContactPoint | None:
    """The address that refused; None when the refusal is about something else, or it is not known which it was."""
    post = OutgoingPost.objects.get(pk=event.subject_id)
    if post.bounce_class in NOT_THE_ADDRESS or len(post.to) != 1:
        return None
    return ContactPoint.objects.filter(pk=event.facts.get("contact_point_id")).first()


def _points_that_fail(message: Message, post: OutgoingPost) -> list[ContactPoint]:
    """The contact points of recipients whose address itself was refused for good."""
    wrong = {one["address"] for one in post.refused if one["lasting"] and one["bounce_class"] not in NOT_THE_ADDRESS}
    return list(ContactPoint.objects.filter(pk__in=[to["id"] for to in message.to if to["address"] in wrong]))
