"""What became of our letters: accepted, delayed, come back; and what follows for the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from valtti.core.models import Event
from valtti.customers import actions as customers
from valtti.customers.models import ContactPoint
from valtti.desk import promises as rules
from valtti.desk.actions import promises
from valtti.desk.actions.closures import close_now, reopen_now
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.opening import take_part
from valtti.desk.actions.pauses import begin_pause, end_pause
from valtti.desk.models import Case, Encounter, Message
from valtti.desk.models.pause import ASKED_CUSTOMER
from valtti.desk.models.words import Direction, NextStep, Outcome, ReopenCause
from valtti.desk.queries.reminders import reminder_day


@transaction.atomic
def note_accepted(*, message: Message, at: datetime) -> Message:
    """The first relay has it. A person's answer counts from here, and so does its next step."""
    case, message = _fresh(message)
    if message.undone_at is not None or _is_old_news(message, at):
        return message
    message.accepted_at, message.failed_at, message.failed_why = at, None, ""
    message.save(update_fields=["accepted_at", "failed_at", "failed_why"])
    tell("message.accepted", case=case, subject=message, facts={"automatic": message.automatic})
    if not message.automatic:
        _answer(case, message, at)
        _show_promises(case, message, at)
        _take_next_step(case, message, at)
    refresh(case)
    return message


@transaction.atomic
def note_returned(
    *, message: Message, at: datetime, why: str, contact_point: ContactPoint | None = None, for_good: bool = True
) -> Message:
    """It did not arrive: the answer is void, the clock runs from where it began, the turn is ours.

    `for_good`: the address refused it (the contact point is marked); otherwise sending was given up.
    """
    case, message = _fresh(message)
    if message.failed_at is not None or (message.accepted_at is not None and at < message.accepted_at):
        return message
    message.failed_at, message.failed_why = at, why[:2000]
    message.save(update_fields=["failed_at", "failed_why"])
    if contact_point is not None and for_good:
        customers.mark_bouncing(contact_point=contact_point, at=at)
    tell("message.bounced" if for_good else "message.failed", case=case, subject=message, facts={"why": why[:200]})
    if not message.automatic:
        _void(case, message, at)
    refresh(case)
    return message


@transaction.atomic
def note_refused_for(
    *, message: Message, at: datetime, addresses: Sequence[str], contact_points: Sequence[ContactPoint], told_by: int
) -> Message:
    """It was taken for some and not for `addresses`: told once, and those of them that do not work are marked."""
    case, message = _fresh(message)
    if Event.objects.filter(kind="message.refused_for", subject_id=message.pk, facts__told_by=told_by).exists():
        return message
    for point in contact_points:
        customers.mark_bouncing(contact_point=point, at=at)
    tell("message.refused_for", case=case, subject=message, facts={"many": len(addresses), "told_by": told_by})
    return message


@transaction.atomic
def readdress(*, message: Message, contact_point: ContactPoint) -> Message:
    """It goes to another address of the customer instead, which takes part in the case from now on."""
    case, message = _fresh(message)
    take_part(case, contact_point)
    message.to = [{"id": contact_point.pk, "address": contact_point.value, "name": contact_point.customer.name}]
    message.save(update_fields=["to"])
    return message


@transaction.atomic
def note_under_way(*, message: Message, kind: str, why: str, told_by: int) -> Message:
    """Delayed, or its end is uncertain: told once for each piece of news about its post, nothing else changes."""
    case, message = _fresh(message)
    if not Event.objects.filter(kind=kind, subject_id=message.pk, facts__told_by=told_by).exists():
        tell(kind, case=case, subject=message, facts={"why": why[:200], "told_by": told_by})
    return message


def _is_old_news(message: Message, at: datetime) -> bool:
    """Accepted already; after a failure only a later acceptance is news."""
    if message.failed_at is None:
        return message.accepted_at is not None
    return at <= message.failed_at


def _fresh(message: Message) -> tuple[Case, Message]:
    case = locked(message.case)
    return case, Message.objects.select_related("encounter", "author_user", "post").get(pk=message.pk)


def _answer(case: Case, message: Message, at: datetime) -> None:
    encounter = message.encounter
    if encounter is None or not encounter.is_owed:
        return
    facts = {"waited_seconds": int((at - encounter.opened_at).total_seconds())}
    tell("encounter.answered", case=case, subject=encounter, by=message.author_user, facts=facts)


def _show_promises(case: Case, message: Message, at: datetime) -> None:
    """Promises that this letter keeps have been kept now; those it moves have been moved in time, or broken."""
    for kept in message.promises_kept.filter(ended_at=None):
        end = rules.end_when_shown(kept.due_at, at)
        promises.settle(case, kept, end=end, at=at, by=message.author_user)
    for moved in message.promises_made.exclude(moved_from=None).select_related("moved_from"):
        promises.finish_move(case, moved, told_at=at)


def _take_next_step(case: Case, message: Message, at: datetime) -> None:
    """Unless the customer has written since: then the turn is ours whatever the letter said."""
    if not case.is_open or _customer_wrote_since(case, message):
        return
    if message.next_step == NextStep.CUSTOMER:
        end_pause(case, at=at, by="agent")
        begin_pause(
            case,
            reason=ASKED_CUSTOMER,
            by=message.author_user,
            started_at=at,
            until=reminder_day(case, at),
            message=message,
        )
    elif message.closes_with and not case.promises.filter(ended_at=None).exists():
        outcome = Outcome(message.closes_with)
        close_now(case, by=message.author_user, outcome=outcome, at=at, told_in=message)
    elif message.next_step == NextStep.PROMISE:
        end_pause(case, at=at, by="agent")


def _customer_wrote_since(case: Case, message: Message) -> bool:
    words = case.messages.filter(direction=Direction.IN, automatic=False, pending=False)
    return words.filter(at__gt=message.at).exclude(encounter__thanks="confirmed").exists()


def _void(case: Case, message: Message, at: datetime) -> None:
    if _was_answered_by(message):
        tell("encounter.answer_voided", case=case, subject=message.encounter, by=None)
    for kept in message.promises_kept.exclude(ended_at=None):
        promises.reinstate(case, kept, by=None, why="not_arrived")
    message.promises_kept.filter(ended_at=None).update(evidence_message=None)
    closure = case.closures.filter(reopened_at=None, told_in=message).first()
    if closure is not None:
        reopen_now(case, closure, by=None, cause=ReopenCause.BOUNCE, at=at)
    if case.pauses.filter(ended_at=None, asked_in=message).exists():
        end_pause(case, at=at, by="bounce")


def _was_answered_by(message: Message) -> bool:
    encounter: Encounter | None = message.encounter
    return encounter is not None and encounter.answered_at is not None and encounter.answered_at == message.accepted_at
