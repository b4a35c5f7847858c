"""Answering the customer, with what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from valtti.desk.actions import assignments, promises
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.moving_on import check_seen
from valtti.desk.actions.notes import note
from valtti.desk.actions.posting import post_answer
from valtti.desk.actions.undoing import undo
from valtti.desk.impossible import (
    AddressIsDead,
    CaseIsClosed,
    NextStepMissing,
    NobodyToAnswer,
    NothingWritten,
    PromiseIsSettled,
    PromisesStand,
)
from valtti.desk.letter import LetterFile
from valtti.desk.models import Case, Draft, Encounter, Message, MessageFile, Participant, Promise
from valtti.desk.models.words import Channel, Direction, NextStep, Outcome, PromiseKind
from valtti.people.models import User

__all__ = ["note", "reply", "undo"]

MOST_UNDO = 60


@transaction.atomic
def reply(
    *,
    case: Case,
    author: User,
    text: str,
    next_step: str,
    key: str,
    seen_event: int | None = None,
    promise_text: str = "",
    promise_due: datetime | None = None,
    promise_kind: str = PromiseKind.UPDATE,
    outcome: str | None = None,
    keeps: Sequence[Promise] = (),
    moves: Promise | None = None,
    files: Sequence[LetterFile] = (),
    send_anyway: bool = False,
    hold_seconds: int | None = None,
) -> Message:
    """Answer with a next step. `key` makes a double click one letter; `keeps` are the promises it settles, `moves`
    is a standing one that gets a new time.

    The answer counts once it is accepted: then the encounter is answered, promises kept, a pause begun, the case
    closed with `outcome`.
    """
    case = locked(case)
    written = case.messages.filter(idempotency_key=key).first()
    if written is not None:
        return written
    check_seen(case, None if send_anyway else seen_event, author)
    _check(case, text, next_step, outcome, keeps)
    people = _recipients(case)
    message = _message(case, author, text, next_step, key, outcome or "", people)
    _keep_files(message, files)
    if case.assignee_id is None:
        assignments.give(case, to=author, by=author, way="taken")
    promise = _promise(case, message, next_step, promise_text, promise_due, promise_kind, moves)
    for kept in keeps:
        _name_evidence(case, kept, message)
    message.post = post_answer(message, people, promise=promise, held_for=_held(case, author, hold_seconds))
    message.save(update_fields=["post"])
    Draft.objects.filter(case=case, author=author, kind="answer").delete()
    tell("message.queued", case=case, subject=message, by=author, facts={"next_step": next_step})
    refresh(case)
    return message


def _check(case: Case, text: str, next_step: str, outcome: str | None, keeps: Sequence[Promise]) -> None:
    if not case.is_open:
        raise CaseIsClosed
    if not text.strip():
        raise NothingWritten
    if next_step not in NextStep.values or (outcome and outcome not in Outcome.values):
        raise NextStepMissing
    if outcome and case.promises.filter(ended_at=None).exclude(pk__in=[kept.pk for kept in keeps]).exists():
        raise PromisesStand


def _recipients(case: Case) -> list[Participant]:
    """Admitted people whom a letter reaches, the one who wrote last first."""
    people = list(case.participants.select_related("contact_point__customer").order_by("pk"))
    reached = [person for person in people if person.can_be_written_to]
    if not reached:
        raise AddressIsDead if any(person.is_dead for person in people) else NobodyToAnswer
    last = _answered_message(case)
    writer = last.author_contact_point_id if last else None
    return sorted(reached, key=lambda person: person.contact_point_id != writer)


def _answered_message(case: Case) -> Message | None:
    return (
        case.messages.filter(direction=Direction.IN, automatic=False, pending=False, channel=Channel.EMAIL)
        .order_by("-at", "-pk")
        .first()
    )


def _encounter_answered(case: Case) -> Encounter | None:
    """The one that waits longest; with nobody waiting, the latest one. Old mail taken over waits for nothing."""
    waiting = case.encounters.owed().order_by("opened_at", "pk")
    return waiting.first() or case.encounters.order_by("-opened_at", "-pk").first()


def _message(
    case: Case, author: User, text: str, next_step: str, key: str, outcome: str, people: Sequence[Participant]
) -> Message:
    answered = _answered_message(case)
    chain = [*answered.references, answered.message_id] if answered and answered.message_id else []
    return case.messages.create(
        encounter=_encounter_answered(case),
        direction=Direction.OUT,
        author_user=author,
        channel=Channel.EMAIL,
        subject=case.title,
        language=people[0].contact_point.language,
        text=text.strip(),
        references=chain[-20:],
        mailbox=_mailbox(case, answered),
        to=[_shown(person) for person in people],
        next_step=next_step,
        closes_with=outcome if next_step == NextStep.NOTHING else "",
        idempotency_key=key,
    )


def _shown(person: Participant) -> dict[str, object]:
    point = person.contact_point
    return {"id": point.pk, "address": point.value, "name": point.customer.name}


def _mailbox(case: Case, answered: Message | None) -> str:
    """Where the customer wrote to; for cases made by hand, where this team was last written to."""
    if answered is not None and answered.mailbox:
        return answered.mailbox
    of_team = Message.objects.filter(case__team=case.team_id, direction=Direction.IN).exclude(mailbox="")
    last = of_team.order_by("-pk").values_list("mailbox", flat=True).first()
    return last or ""


def _keep_files(message: Message, files: Sequence[LetterFile]) -> None:
    MessageFile.objects.bulk_create(MessageFile(message=message, **file.columns()) for file in files)


def _promise(
    case: Case,
    message: Message,
    next_step: str,
    text: str,
    due_at: datetime | None,
    kind: str,
    moves: Promise | None,
) -> Promise | None:
    author = message.author_user
    if next_step != NextStep.PROMISE or author is None:
        return None
    if moves is None:
        return promises.make(
            case, text=text, due_at=due_at, by=author, said_in=message, kind=kind, language=message.language
        )
    standing = Promise.objects.get(pk=moves.pk)
    if standing.ended_at is not None or standing.case_id != case.pk:
        raise PromiseIsSettled
    return promises.begin_move(case, standing, due_at=due_at, text=text, by=author, said_in=message)


def _name_evidence(case: Case, keeps: Promise, message: Message) -> None:
    changed = Promise.objects.filter(pk=keeps.pk, case=case, ended_at=None).update(evidence_message=message)
    if not changed:
        raise PromiseIsSettled


def _held(case: Case, author: User, seconds: int | None) -> timedelta:
    chosen = seconds if seconds is not None else author.undo_seconds
    return timedelta(seconds=min(max(chosen if chosen is not None else case.team.undo_seconds, 0), MOST_UNDO))
