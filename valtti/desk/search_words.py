"""What people may write before a colon in the search: is:, has:, tag:, from:, mine:, team:, topic:, turn:."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from valtti.core import clock, search
from valtti.desk.models import Case, CaseTag, Message, MessageFile, Promise
from valtti.desk.models.words import Turn
from valtti.desk.search import MESSAGE
from valtti.people.models import User


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
