"""Senders who wait to be let in: admitted, refused, or given a case of their own."""

from __future__ import annotations

from django.db import transaction

from valtti.core import clock
from valtti.core.subjects import own_words
from valtti.customers import actions as customers
from valtti.desk.actions.arriving import arrive
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.links import link_cases
from valtti.desk.actions.opening import open_case, take_part
from valtti.desk.impossible import AlreadyDecided
from valtti.desk.models import Case, Message, Participant
from valtti.desk.models.participant import ParticipantRole, ParticipantState
from valtti.people.models import User


@transaction.atomic
def admit(*, participant: Participant, by: User, role: str = "") -> Participant:
    """Let them in: what they wrote counts from its receipt on, for our hesitation is not the customer's."""
    case, row, waiting = _waiting(participant)
    row.state, row.decided_by, row.decided_at = ParticipantState.ADMITTED, by, clock.now()
    row.role = role or row.role
    row.save(update_fields=["state", "decided_by", "decided_at", "role"])
    if case.customer is not None and row.role != ParticipantRole.THIRD_PARTY:
        customers.admit_team(customer=row.contact_point.customer, team=case.team)
    tell("participant.admitted", case=case, subject=row, by=by)
    for message in waiting:
        message.pending = False
        message.save(update_fields=["pending"])
        encounter = arrive(case, message)
        facts = {"encounter": encounter.pk, "opened_case": False, "chase": False}
        tell("message.received", case=case, subject=message, facts=facts | {"may_be_answered_automatically": False})
    refresh(case)
    return row


@transaction.atomic
def refuse(*, participant: Participant, by: User) -> Participant:
    """Not in this case: their words stay folded, and their next letter makes a case of its own."""
    case, row, waiting = _waiting(participant)
    if row.state != ParticipantState.ADMITTED:
        row.state, row.decided_by, row.decided_at = ParticipantState.REFUSED, by, clock.now()
        row.save(update_fields=["state", "decided_by", "decided_at"])
    for message in waiting:
        _put_aside(message, by)
    tell("participant.refused", case=case, subject=row, by=by)
    refresh(case)
    return row


@transaction.atomic
def own_case(*, message: Message, by: User) -> Case:
    """A matter of its own: everything this sender wrote here moves to a new case that follows."""
    old = locked(message.case)
    message = Message.objects.select_related("author_contact_point__customer").get(pk=message.pk)
    if not message.pending or message.refused_at is not None:
        raise AlreadyDecided
    point = message.author_contact_point
    case = open_case(
        team=old.team,
        title=own_words(message.subject) or message.visible[:200],
        customer=point.customer if point else None,
        language=point.language if point else old.language,
        opened_at=message.at,
        by=by,
    )
    waiting = list(_pending_of(old, message.author_contact_point_id))
    for letter in waiting:
        letter.case, letter.pending = case, False
        letter.save(update_fields=["case", "pending"])
    _refused_there(old, message, by)
    if point is not None:
        take_part(case, point)
    for letter in waiting:
        encounter = arrive(case, letter)
        facts = {"encounter": encounter.pk, "opened_case": False, "chase": False}
        tell("message.received", case=case, subject=letter, facts=facts | {"may_be_answered_automatically": False})
    link_cases(a=old, b=case, kind="follows", by=by)
    refresh(old)
    return refresh(case)


def _waiting(participant: Participant) -> tuple[Case, Participant, list[Message]]:
    case = locked(participant.case)
    row = Participant.objects.select_related("contact_point__customer").get(pk=participant.pk)
    waiting = list(_pending_of(case, row.contact_point_id))
    if row.state != ParticipantState.PENDING and not waiting:
        raise AlreadyDecided
    return case, row, waiting


def _pending_of(case: Case, contact_point_id: int | None) -> list[Message]:
    letters = case.messages.filter(author_contact_point=contact_point_id, pending=True, refused_at=None)
    return list(letters.select_related("case").order_by("at", "pk"))


def _put_aside(message: Message, by: User) -> None:
    message.refused_at, message.refused_by = clock.now(), by
    message.save(update_fields=["refused_at", "refused_by"])


def _refused_there(case: Case, message: Message, by: User) -> None:
    rows = case.participants.filter(contact_point=message.author_contact_point, state=ParticipantState.PENDING)
    rows.update(state=ParticipantState.REFUSED, decided_by=by, decided_at=clock.now())
