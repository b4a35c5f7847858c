"""A letter came in, a call was taken, a stranger wrote: how it becomes a message in a case."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from valtti.core import clock
from valtti.desk import encounters, threading
from valtti.desk.actions.arriving import arrive, looks_like_thanks
from valtti.desk.actions.by_hand import Caller, confirm_customer, file_as_note, open_by_hand
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.links import link_cases
from valtti.desk.actions.opening import open_case, take_part
from valtti.desk.actions.pending import admit, own_case, refuse
from valtti.desk.actions.senders import Sender, known_sender, language_of, name_copied, sender_of, shown_name
from valtti.desk.letter import Letter
from valtti.desk.models import Case, Message, MessageFile
from valtti.desk.models.participant import ParticipantState
from valtti.desk.models.words import Direction, Origin
from valtti.desk.queries.evidence import evidence_of, named_cases
from valtti.desk.threading import Road, Verdict
from valtti.desk.trust import Answer, Deed, allowed
from valtti.people.models import Team

__all__ = [
    "Caller",
    "admit",
    "confirm_customer",
    "file_as_note",
    "open_by_hand",
    "own_case",
    "receive",
    "refuse",
]


@transaction.atomic
def receive(*, letter: Letter) -> Message:
    """A letter came in: to its case if it proves that it belongs to one, else to a new case. Twice is once."""
    held = Message.objects.filter(raw_item_id=letter.raw_item_id).first()
    if held is not None:
        return held
    _lock_named(letter)
    evidence = evidence_of(letter, known_sender(letter))
    if letter.is_automatic:
        return _file_automatic(letter, evidence)
    verdict = threading.decide(evidence)
    if verdict.road is Road.JOIN:
        return _join(letter, verdict)
    if verdict.road is Road.PENDING:
        return _wait(letter, verdict)
    return _open_new(letter, verdict)


def _lock_named(letter: Letter) -> None:
    """What is decided on a sender meanwhile is seen: the cases that the letter names are ours before it is judged."""
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=named_cases(letter)).order_by("pk"))


def _join(letter: Letter, verdict: Verdict) -> Message:
    """Into its case; closed too long ago, into a new one that follows it."""
    case = _case(verdict)
    if _closed_too_long(case, letter.received_at) and not _is_thanks(case, letter):
        return _open_new(letter, Verdict(Road.NEW, verdict.row, follows=case.pk))
    sender = sender_of(letter)
    message = _write(case, letter, sender, marked=verdict.marked)
    if sender.point is not None:
        take_part(case, sender.point)
    return _let_in(case, message, letter)


def _wait(letter: Letter, verdict: Verdict) -> Message:
    """Visible in the case and named, not the customer's word: no clock, no answer, until somebody lets it in."""
    case = _case(verdict)
    sender = sender_of(letter)
    message = _write(case, letter, sender, marked=verdict.marked, pending=True)
    if sender.point is not None:
        take_part(case, sender.point, state=ParticipantState.PENDING)
    tell("participant.pending", case=case, subject=message, silent=letter.silent, facts={"row": verdict.row})
    refresh(case)
    return message


def _open_new(letter: Letter, verdict: Verdict) -> Message:
    sender = sender_of(letter)
    case = _new_case(letter, sender)
    message = _write(case, letter, sender, notice=verdict.noted)
    if sender.point is not None:
        take_part(case, sender.point)
    _link(case, verdict)
    return _let_in(case, message, letter, is_new=True)


def _let_in(case: Case, message: Message, letter: Letter, *, is_new: bool = False) -> Message:
    heard = case.encounters.owed().filter(channel=message.channel).order_by("-opened_at").first()
    before = heard.last_heard_at if heard and not letter.silent else None
    encounter = arrive(case, message, silent=letter.silent)
    if allowed(Deed.NAME_OTHERS, letter.trust) is not Answer.NO:
        name_copied(case, letter)
    facts = {
        "encounter": encounter.pk,
        "opened_case": is_new,
        "chase": before is not None and encounters.is_chase(before, message.at),
        "may_be_answered_automatically": letter.may_be_answered_automatically,
    }
    tell("message.received", case=case, subject=message, silent=letter.silent, facts=facts)
    if letter.silent and is_new:
        _close_as_history(case, message.at)
    refresh(case)
    return message


def _file_automatic(letter: Letter, evidence: threading.Evidence) -> Message:
    """A machine's letter: on the case its token or an earlier letter names. It opens, answers and reopens nothing."""
    thread = (evidence.token if not evidence.token_broken else None) or evidence.named
    if thread is not None:
        case = locked(Case(pk=thread.case_id))
        sender = Sender(known_sender(letter), None)
    else:
        sender = sender_of(letter)
        case = _new_case(letter, sender)
        if sender.point is not None:
            take_part(case, sender.point, state=ParticipantState.PENDING)
    message = _write(case, letter, sender, automatic=True)
    tell("message.automatic", case=case, subject=message, silent=letter.silent, facts={"kind": letter.automatic_kind})
    refresh(case)
    return message


def _case(verdict: Verdict) -> Case:
    return locked(Case(pk=verdict.case_id))


def _new_case(letter: Letter, sender: Sender) -> Case:
    return open_case(
        team=Team.objects.get(pk=letter.team_id),
        title=letter.subject_plain or _first_line(letter) or shown_name(letter.sender),
        customer=sender.customer,
        language=sender.point.language if sender.point else language_of(letter),
        opened_at=letter.received_at,
        origin=Origin.IMPORT if letter.silent else Origin.CUSTOMER,
        silent=letter.silent,
    )


def _first_line(letter: Letter) -> str:
    return next((line.strip() for line in letter.text.splitlines() if line.strip()), "")


def _write(
    case: Case,
    letter: Letter,
    sender: Sender,
    *,
    marked: bool = False,
    pending: bool = False,
    automatic: bool = False,
    notice: str = "",
) -> Message:
    message = Message.objects.create(
        case=case,
        direction=Direction.IN,
        author_contact_point=sender.point,
        author_name=shown_name(letter.sender),
        automatic=automatic,
        automatic_kind=letter.automatic_kind if automatic else "",
        pending=pending,
        marked=marked or allowed(Deed.BE_SHOWN, letter.trust) is Answer.MARKED,
        notice=notice or letter.notice,
        references=list(reversed(letter.earlier_ids))[-50:],
        **letter.columns(),
    )
    MessageFile.objects.bulk_create(MessageFile(message=message, **file.columns()) for file in letter.files)
    return message


def _is_thanks(case: Case, letter: Letter) -> bool:
    author = shown_name(letter.sender)
    return looks_like_thanks(case, author=author, visible=letter.visible, has_files=bool(letter.files))


def _closed_too_long(case: Case, at: datetime) -> bool:
    return case.closed_at is not None and at - case.closed_at > timedelta(days=case.team.reopen_days)


def _link(case: Case, verdict: Verdict) -> None:
    if verdict.follows is not None:
        link_cases(a=Case.objects.get(pk=verdict.follows), b=case, kind="follows", by=None)
    for other in verdict.perhaps:
        if other != verdict.follows:
            link_cases(a=Case.objects.get(pk=other), b=case, kind="perhaps", by=None)


def _close_as_history(case: Case, at: datetime) -> None:
    """Old mail taken over from elsewhere is history, not work: nobody closed it, no outcome is known."""
    case.closures.create(closed_at=max(at, case.opened_at), outcome="")
    tell("case.closed", case=case, silent=True, facts={"outcome": "", "at": clock.now().isoformat()})
