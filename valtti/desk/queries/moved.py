"""What happened in a case since somebody looked."""

from __future__ import annotations

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from valtti.core import clock
from valtti.core.models import Event
from valtti.desk.events import MATERIAL
from valtti.desk.impossible import Difference
from valtti.desk.models import Case, Message
from valtti.people.models import User

WHAT: dict[str, Lazy] = {
    "message.received": _("the customer wrote"),
    "message.queued": _("a colleague answered"),
    "note.written": _("a note was written"),
    "case.closed": _("the case was closed"),
    "case.reopened": _("the case was reopened"),
    "case.assigned": _("the case was given to somebody"),
    "case.returned": _("the case was handed back"),
    "case.moved": _("the case was moved to another team"),
    "promise.made": _("something was promised"),
    "promise.kept": _("a promise was kept"),
    "promise.moved": _("a promise was moved"),
    "promise.withdrawn": _("a promise was withdrawn"),
    "promise.broken": _("a promise was given up"),
    "promise.reinstated": _("a promise stands again"),
    "participant.pending": _("somebody new wrote"),
    "participant.admitted": _("a sender was admitted"),
    "message.undone": _("an answer was undone"),
}


def differences(case: Case, seen_event: int, user: User | None) -> list[Difference]:
    """Material news after `seen_event`, in order, without the reader's own deeds."""
    news = Event.objects.filter(pk__gt=seen_event, kind__in=MATERIAL, facts__case_id=case.pk).order_by("pk")
    events = [event for event in news if user is None or event.actor_id != user.pk]
    names = User.objects.in_bulk({event.actor_id for event in events if event.actor_id})
    messages = Message.objects.select_related("author_contact_point__customer").in_bulk(
        [event.subject_id for event in events if event.subject_kind == "desk.message"]
    )
    return [_difference(event, names, messages) for event in events]


def _difference(event: Event, names: dict[int, User], messages: dict[int, Message]) -> Difference:
    message = messages.get(event.subject_id) if event.subject_kind == "desk.message" else None
    actor = names.get(event.actor_id) if event.actor_id else None
    return Difference(
        event_id=event.pk,
        kind=event.kind,
        at=event.at,
        seconds_ago=max(0, int((clock.now() - event.at).total_seconds())),
        who=actor.first_name if actor else (message.author_name if message else ""),
        what=str(WHAT[event.kind]),
        words=" ".join(message.visible.split())[:200] if message else "",
    )
