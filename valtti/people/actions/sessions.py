"""Logins that end: by their own hand, by another's, by age or by number."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from valtti.core import clock, events
from valtti.people import log
from valtti.people.models import Session, User

MOST = 10
KEPT = timedelta(days=1)


@transaction.atomic
def end_session(*, session: Session, why: str, by: User | None = None) -> Session:
    """End one login; its live streams are closed by the news."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.ended_at is None:
        _end(session, why, by)
    return session


@transaction.atomic
def end_sessions(*, user: User, why: str, by: User | None = None, besides: int | None = None) -> int:
    """End every login of a person, but for the one named; how many ended."""
    standing = Session.objects.select_for_update().filter(user=user, ended_at=None)
    others = [session for session in standing if session.pk != besides]
    for session in others:
        _end(session, why, by)
    return len(others)


@transaction.atomic
def end_oldest(*, user: User, newest: int) -> int:
    """More than ten logins of one person: those unused longest end, never the newest; how many ended."""
    alive = Session.objects.select_for_update().alive().filter(user=user).exclude(pk=newest)
    beyond = list(alive.order_by("-seen_at", "-pk")[MOST - 1 :])
    for session in beyond:
        _end(session, "oldest", None)
    return len(beyond)


@transaction.atomic
def note_login(*, session: Session, user: User, request: HttpRequest) -> None:
    """Somebody came in: written down, and the eleventh login ends the one unused longest."""
    log.note("login", by=user, subject=user, request=request)
    end_oldest(user=user, newest=session.pk)


@transaction.atomic
def end_by_key(*, key_hash: str) -> None:
    """The browser itself leaves; an anonymous visit is simply forgotten."""
    session = Session.objects.select_for_update().filter(key_hash=key_hash).first()
    if session is None:
        return
    if session.user_id is None:
        session.delete()
    elif session.ended_at is None:
        _end(session, "logout", None)


def forget_ended() -> int:
    """Delete rows that ended or ran out more than a day ago; how many."""
    long_ago = clock.now() - KEPT
    gone = Q(ended_at__lt=long_ago) | Q(expires_at__lt=long_ago) | Q(idle_until__lt=long_ago)
    return Session.objects.filter(gone).delete()[0]


def _end(session: Session, why: str, by: User | None) -> None:
    session.ended_at, session.why_ended, session.contents = clock.now(), why, ""
    session.save(update_fields=["ended_at", "why_ended", "contents"])
    facts = {"session_id": session.pk, "user_id": session.user_id, "why": why}
    events.record("session.ended", subject=session, by=by, facts=facts)
