"""Promises: made, kept, moved, withdrawn, given up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valtti.core import clock
from valtti.desk import promises as rules
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.notes import write_note
from valtti.desk.impossible import EvidenceMissing, PromiseIsSettled, PromiseWithoutTime
from valtti.desk.models import Case, Message, Promise
from valtti.desk.models.words import Channel, Direction, PromiseEnd, PromiseKind
from valtti.desk.queries.promises import word_of
from valtti.people.models import User

LONGEST = 300
NEWS = {
    PromiseEnd.KEPT: "promise.kept",
    PromiseEnd.KEPT_LATE: "promise.kept",
    PromiseEnd.BROKEN: "promise.broken",
    PromiseEnd.WITHDRAWN: "promise.withdrawn",
    PromiseEnd.MOVED: "promise.moved",
}


def make(
    case: Case,
    *,
    text: str,
    due_at: datetime | None,
    by: User,
    said_in: Message | None,
    kind: str = PromiseKind.UPDATE,
    language: str = "",
    moved_from: Promise | None = None,
) -> Promise:
    """A new promise inside a deed that holds the lock; a moved one keeps the words and owner unless given new ones."""
    words = " ".join(text.split())[:LONGEST] or (moved_from.text if moved_from else "")
    if not words or due_at is None or not clock.now() < due_at < clock.now() + rules.FARTHEST:
        raise PromiseWithoutTime
    if kind not in PromiseKind.values:
        raise PromiseWithoutTime
    promise = Promise.objects.create(
        case=case,
        encounter=said_in.encounter if said_in else (moved_from.encounter if moved_from else None),
        kind=moved_from.kind if moved_from else kind,
        text=words,
        language=language or case.language,
        due_at=due_at,
        owner=moved_from.owner if moved_from else (case.assignee or by),
        made_by=by,
        said_in=said_in,
        moved_from=moved_from,
    )
    tell("promise.made", case=case, subject=promise, by=by, facts={"due_at": due_at.isoformat()})
    return promise


@transaction.atomic
def keep(*, promise: Promise, by: User, evidence: Message | None = None, call: str = "", done: str = "") -> Promise:
    """It has been kept: an answer of ours shows it, the call written down in `call`, or the deed noted in `done`."""
    case, promise = _standing(promise)
    noted = write_note(case, author=by, text=done) if done.strip() else None
    if call.strip():
        evidence = write_note(case, author=by, text=call, channel=Channel.PHONE)
    if evidence is not None and not _proves(evidence, promise, case):
        raise EvidenceMissing
    evidence = evidence or noted
    if evidence is None:
        raise EvidenceMissing
    promise.evidence_message = evidence
    promise.save(update_fields=["evidence_message"])
    shown_at = shown(evidence)
    if shown_at is not None:
        settle(case, promise, end=rules.end_when_shown(promise.due_at, shown_at), at=shown_at, by=by)
    refresh(case)
    return promise


@transaction.atomic
def move(*, promise: Promise, due_at: datetime, by: User, call: str, text: str = "") -> Promise:
    """A new time, told to the customer in the call written down here. By letter: `replies.reply(moves=…)`."""
    case, promise = _standing(promise)
    if not call.strip():
        raise EvidenceMissing
    note = write_note(case, author=by, text=call, channel=Channel.PHONE)
    moved = begin_move(case, promise, due_at=due_at, text=text, by=by, said_in=note)
    finish_move(case, moved, told_at=note.at)
    refresh(case)
    return moved


@transaction.atomic
def withdraw(*, promise: Promise, by: User, evidence: Message) -> Promise:
    """At the customer's wish only: a message or call of theirs shows it."""
    case, promise = _standing(promise)
    if evidence.case_id != case.pk or not rules.shows_wish(*_as_word(evidence, promise)):
        raise EvidenceMissing
    promise.evidence_message = evidence
    settle(case, promise, end=PromiseEnd.WITHDRAWN, at=clock.now(), by=by)
    refresh(case)
    return promise


@transaction.atomic
def give_up(*, promise: Promise, by: User, reason: str = "") -> Promise:
    """It will not be kept: broken, and counted so."""
    case, promise = _standing(promise)
    settle(case, promise, end=PromiseEnd.BROKEN, at=clock.now(), by=by, reason=reason)
    refresh(case)
    return promise


def begin_move(
    case: Case, promise: Promise, *, due_at: datetime | None, text: str, by: User, said_in: Message
) -> Promise:
    """End the old one as moved and make the new one; whether in time shows when the customer has been told."""
    moved = make(case, text=text, due_at=due_at, by=by, said_in=said_in, moved_from=promise, language=promise.language)
    settle(case, promise, end=PromiseEnd.MOVED, at=clock.now(), by=by)
    return moved


def finish_move(case: Case, moved: Promise, *, told_at: datetime) -> None:
    """The customer knows the new time since `told_at`: with notice, or the old promise was broken."""
    before = moved.moved_from
    if before is None or before.told_before_due is not None:
        return
    before.end = rules.end_when_moved(before.due_at, told_at)
    before.told_before_due = before.end == PromiseEnd.MOVED
    before.save(update_fields=["end", "told_before_due"])
    if before.end == PromiseEnd.BROKEN:
        tell("promise.broken", case=case, subject=before, by=moved.made_by, facts=_ended(before, told_at, ""))


def settle(case: Case, promise: Promise, *, end: str, at: datetime, by: User | None, reason: str = "") -> None:
    """Fill in the second half of a promise, inside a deed."""
    promise.ended_at, promise.end = at, end
    promise.save(update_fields=["ended_at", "end", "told_before_due", "evidence_message"])
    if (news := NEWS.get(PromiseEnd(end))) is not None:
        tell(news, case=case, subject=promise, by=by, facts=_ended(promise, at, reason))


def _ended(promise: Promise, at: datetime, reason: str) -> dict[str, str | int]:
    late = max(0, int((at - promise.due_at).total_seconds()))
    return {"end": promise.end, "late_seconds": late, "reason": reason}


def reinstate(case: Case, promise: Promise, *, by: User | None, why: str) -> None:
    """It stands again, inside a deed: what ended it was undone or did not arrive (`why`)."""
    promise.ended_at, promise.end, promise.told_before_due, promise.evidence_message = None, "", None, None
    promise.save(update_fields=["ended_at", "end", "told_before_due", "evidence_message"])
    tell("promise.reinstated", case=case, subject=promise, by=by, facts={"why": why})


def shown(evidence: Message) -> datetime | None:
    """Since when the customer knows: accepted by their server, or said in a call; None while it is under way."""
    if evidence.direction == Direction.OUT:
        return evidence.accepted_at if evidence.failed_at is None else None
    return evidence.at


def _proves(evidence: Message, promise: Promise, case: Case) -> bool:
    """An answer or call of this case that shows the promise kept."""
    return evidence.case_id == case.pk and rules.shows_kept(*_as_word(evidence, promise))


def _as_word(evidence: Message, promise: Promise) -> tuple[rules.Word, datetime]:
    return word_of(evidence, promise), promise.made_at


def _standing(promise: Promise) -> tuple[Case, Promise]:
    """The locked case and the promise as it is now. Raises PromiseIsSettled when it has ended."""
    case = locked(promise.case)
    promise = Promise.objects.select_related("owner", "said_in", "moved_from").get(pk=promise.pk)
    if promise.ended_at is not None:
        raise PromiseIsSettled
    return case, promise
