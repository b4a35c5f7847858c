"""What speaks for a letter belonging to a matter: token, earlier letters, subject, number."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from valtti.core import references
from valtti.customers.models import ContactPoint
from valtti.desk.letter import Letter
from valtti.desk.models import Case, Message
from valtti.desk.models.words import Direction
from valtti.desk.threading import Evidence, Thread

FIRST_NUMBER = 100_000
SAME_SUBJECT_FOR = timedelta(days=30)
SUGGESTED = 3
READ_FOR_NUMBERS = 20_000


def evidence_of(letter: Letter, sender: ContactPoint | None) -> Evidence:
    """Everything the table of threading asks."""
    token = _thread(letter.token.case_id) if letter.token else None
    is_lost = letter.token is not None and token is None
    return Evidence(
        sender=sender.pk if sender else None,
        trust=letter.trust,
        token=token,
        token_to=letter.token.contact_point_id if letter.token else None,
        token_expired=letter.token is not None and letter.token.expired and not is_lost,
        token_broken=letter.token_broken or is_lost,
        named=_named(letter),
        same_subject=_same_subject(letter, sender),
        by_reference=_by_reference(letter),
    )


def reference_of(case: Case) -> str:
    """The number of a case as people say it."""
    return references.reference(FIRST_NUMBER + case.pk)


def named_cases(letter: Letter) -> set[int]:
    """The cases that its token or an earlier letter names, whatever that proves."""
    named = {letter.token.case_id if letter.token else None, _named_case(letter)}
    return {case_id for case_id in named if case_id is not None}


def _thread(case_id: int) -> Thread | None:
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return None
    return Thread(case.pk, dict(case.participants.values_list("contact_point_id", "state")))


def _named(letter: Letter) -> Thread | None:
    case_id = _named_case(letter)
    return _thread(case_id) if case_id is not None else None


def _named_case(letter: Letter) -> int | None:
    """Of the newest earlier letter that we received; all of its ids are looked up, not the first alone."""
    ids = list(dict.fromkeys(letter.earlier_ids))[:1000]
    rows = Message.objects.filter(message_id__in=ids, direction=Direction.IN).values_list("message_id", "case_id")
    cases = dict(rows)
    return next((cases[earlier] for earlier in ids if earlier in cases), None)


def _same_subject(letter: Letter, sender: ContactPoint | None) -> tuple[int, ...]:
    if sender is None or not letter.subject_plain.strip():
        return ()
    recent = Q(closed_at=None) | Q(closed_at__gt=letter.received_at - SAME_SUBJECT_FOR)
    cases = Case.objects.filter(recent, participants__contact_point=sender, title=title_from(letter.subject_plain))
    return tuple(cases.order_by("-pk").values_list("pk", flat=True)[:SUGGESTED])


def _by_reference(letter: Letter) -> tuple[int, ...]:
    numbers = references.found_in(f"{letter.subject}\n{letter.text[:READ_FOR_NUMBERS]}")
    wanted = list(dict.fromkeys(number - FIRST_NUMBER for number in numbers if number > FIRST_NUMBER))[:20]
    return tuple(Case.objects.filter(pk__in=wanted).order_by("-pk").values_list("pk", flat=True)[:SUGGESTED])


def title_from(words: str) -> str:
    """A title out of a subject: one line, not longer than the column."""
    return " ".join(words.split())[:300]
