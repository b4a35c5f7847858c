"""Cases and messages can be found as they are now, also those that came silently."""

from __future__ import annotations

from valtti.core import search
from valtti.core.events import on
from valtti.core.models import Event
from valtti.desk.models import Case, Message
from valtti.desk.search import MESSAGE, index_case, index_message, state_of


@on("case.opened", also_silent=True)
@on("case.renamed", also_silent=True)
@on("case.customer_set", also_silent=True)
@on("case.tagged", also_silent=True)
@on("case.untagged", also_silent=True)
def find_case(event: Event) -> None:
    """Safe twice: an entry is made or brought up to date."""
    case = Case.objects.select_related("customer").filter(pk=event.facts["case_id"]).first()
    if case is not None:
        index_case(case)
        search.update_case(case.pk, customer_id=case.customer_id)


@on("message.received", also_silent=True)
@on("message.queued", also_silent=True)
@on("message.automatic", also_silent=True)
@on("participant.pending", also_silent=True)
@on("note.written", also_silent=True)
def find_message(event: Event) -> None:
    """Safe twice: an entry is made or brought up to date."""
    message = Message.objects.select_related("case").filter(pk=event.subject_id, undone_at=None).first()
    if message is not None:
        index_message(message)


@on("message.undone", also_silent=True)
def forget_message(event: Event) -> None:
    """Safe twice: what is gone stays gone."""
    search.remove(MESSAGE, event.subject_id)


@on("case.moved", also_silent=True)
@on("case.closed", also_silent=True)
@on("case.reopened", also_silent=True)
@on("case.restricted", also_silent=True)
@on("case.unrestricted", also_silent=True)
def follow_case(event: Event) -> None:
    """Safe twice: entries carry the team and state of their case as it is now."""
    case = Case.objects.filter(pk=event.facts["case_id"]).first()
    if case is not None:
        search.update_case(case.pk, team_id=case.team_id, restricted=case.restricted, state=state_of(case))
