"""Calls and visits: one encounter each, in which a person of ours was there at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valtti.core import clock
from valtti.desk.actions import promises
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.notes import write_note
from valtti.desk.models import Case, Encounter, Message, Promise
from valtti.desk.models.words import Channel
from valtti.people.models import User

KINDS = {Channel.PHONE: "call", Channel.VISIT: "visit", Channel.CHAT: "chat_session"}


@transaction.atomic
def log_call(
    *,
    case: Case,
    by: User,
    text: str,
    started_by: str,
    channel: str = Channel.PHONE,
    keeps: Promise | None = None,
    promise_text: str = "",
    promise_due: datetime | None = None,
) -> Message:
    """Write down a call in a case that exists; it may keep a promise and make a new one."""
    case = locked(case)
    encounter = meet(case, channel=channel, started_by=started_by, by=by)
    note = write_note(case, author=by, text=text, channel=channel)
    note.encounter = encounter
    note.save(update_fields=["encounter"])
    if keeps is not None:
        promises.keep(promise=keeps, by=by, evidence=note)
        case = locked(case)
    if promise_due is not None:
        promises.make(case, text=promise_text, due_at=promise_due, by=by, said_in=note)
    refresh(case)
    return note


def meet(case: Case, *, channel: str, started_by: str, by: User) -> Encounter:
    """An encounter that begins now, inside a deed; a call or a visit is over when it is written down."""
    now = clock.now()
    kind = KINDS.get(Channel(channel), "exchange")
    is_over = kind in {"call", "visit"}
    encounter = Encounter.objects.create(
        case=case,
        customer=case.customer,
        channel=channel,
        kind=kind,
        started_by=started_by,
        opened_at=now,
        opened_by=by,
        last_heard_at=now,
        ended_at=now if is_over else None,
        language=case.language,
        topic=case.topic,
    )
    tell("encounter.opened", case=case, subject=encounter, by=by, facts={"thanks": "no"})
    if is_over:
        tell("encounter.ended", case=case, subject=encounter, by=by)
    return encounter
