"""Cases and messages that can be found, kept up to date by news, also by silent news."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from valtti.core import clock, search
from valtti.core.events import on
from valtti.core.models import Event
from valtti.desk.models import Case, CaseTag, Message, MessageFile, Promise
from valtti.desk.models.words import Turn
from valtti.people.models import User

CASE, MESSAGE = "desk.case", "desk.message"


def load_cases(ids: list[int]) -> dict[int, Case]:
    """Cases as a list of hits shows them."""
    return Case.objects.select_related("customer", "team", "assignee").in_bulk(ids)


def load_messages(ids: list[int]) -> dict[int, Message]:
    """Messages as a list of hits shows them."""
    return Message.objects.select_related("case__customer", "author_user", "author_contact_point").in_bulk(ids)


search.register(CASE, load=load_cases, visible=lambda user: Case.objects.visible_to(user))
search.register(MESSAGE, load=load_messages, visible=lambda user: Message.objects.visible_to(user))


@on("case.opened", also_silent=True)
@on("case.renamed", also_silent=True)
@on("case.customer_set", also_silent=True)
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
def follow_case(event: Event) -> None:
    """Safe twice: entries carry the team and state of their case as it is now."""
    case = Case.objects.filter(pk=event.facts["case_id"]).first()
    if case is not None:
        search.update_case(case.pk, team_id=case.team_id, restricted=case.restricted, state=state_of(case))


def index_case(case: Case) -> None:
    """A case is found by its number, its title and its customer's name."""
    search.index_entry(
        subject_kind=CASE,
        subject_id=case.pk,
        at=case.opened_at,
        title=case.title,
        text=case.customer.name if case.customer else "",
        language=case.language,
        reference=case.reference or "",
        case_id=case.pk,
        customer_id=case.customer_id,
        team_id=case.team_id,
        restricted=case.restricted,
        channel=case.channel,
        state=state_of(case),
    )


def index_message(message: Message) -> None:
    """A message is found by what is new in it and the names of its files; quoted history is not searched."""
    case = message.case
    files = MessageFile.objects.filter(message=message, inline=False).values_list("name", flat=True)
    search.index_entry(
        subject_kind=MESSAGE,
        subject_id=message.pk,
        at=message.at,
        title=message.subject,
        text="\n".join([message.visible, *files]),
        language=message.language or case.language,
        case_id=case.pk,
        customer_id=case.customer_id,
        team_id=case.team_id,
        restricted=case.restricted,
        channel=message.channel,
        state=state_of(case),
    )


def state_of(case: Case) -> str:
    """open or closed."""
    return "open" if case.is_open else "closed"


def _cases(found: QuerySet[Case]) -> Q:
    return Q(Exists(found.filter(pk=OuterRef("case_id"))))


def _is(value: str, _user: User) -> Q | None:
    late = Promise.objects.filter(case=OuterRef("case_id"), ended_at=None, due_at__lt=clock.now())
    return {
        "open": Q(state="open"),
        "closed": Q(state="closed"),
        "unanswered": _cases(Case.objects.filter(waiting_since__isnull=False)),
        "promise-late": Q(Exists(late)),
        "pending": Q(Exists(Message.objects.filter(pk=OuterRef("subject_id"), pending=True)), subject_kind=MESSAGE),
    }.get(value.lower())


def _has(value: str, _user: User) -> Q | None:
    if value.lower() != "file":
        return None
    return Q(Exists(MessageFile.objects.filter(message=OuterRef("subject_id"))), subject_kind=MESSAGE)


def _tag(value: str, _user: User) -> Q | None:
    rows = CaseTag.objects.filter(case=OuterRef("case_id"), tag__name__iexact=value, removed_at=None)
    return Q(Exists(rows)) if value else None


def _from(value: str, _user: User) -> Q | None:
    if not value:
        return None
    rows = Message.objects.filter(pk=OuterRef("subject_id")).filter(
        Q(author_name__icontains=value)
        | Q(author_user__name__icontains=value)
        | Q(author_contact_point__normal__icontains=value.casefold())
    )
    return Q(Exists(rows), subject_kind=MESSAGE)


search.operator("is", _is)
search.operator("has", _has)
search.operator("tag", _tag)
search.operator("from", _from)
search.operator("mine", lambda value, user: _cases(Case.objects.filter(assignee=user)))
search.operator("team", lambda value, _user: _cases(Case.objects.filter(team__name__iexact=value)) if value else None)
search.operator("topic", lambda value, _user: _cases(Case.objects.filter(topic__key__iexact=value)) if value else None)
search.operator("turn", lambda value, _user: _cases(Case.objects.filter(turn=value)) if value in Turn.values else None)
