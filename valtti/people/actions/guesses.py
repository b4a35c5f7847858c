"""Failed logins: written down, and told to the person when strangers go on guessing."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest

from valtti.core import clock, events
from valtti.core.models import Event
from valtti.people import letters, log
from valtti.people.models import User

TOLD_EACH = timedelta(days=1)


@transaction.atomic
def note_failure(*, login: str, request: HttpRequest, what: str = "login.failed") -> None:
    """One failure in the audit log; an address that is nobody's is not written down."""
    log.note(what, subject=_user(login), request=request)


@transaction.atomic
def tell_of_guessing(*, login: str) -> bool:
    """Write to the person whose password strangers guess at, once a day; True if a letter was posted."""
    user = _user(login)
    since = clock.now() - TOLD_EACH
    if user is None or Event.objects.filter(kind="user.guessed_at", subject_id=user.pk, at__gt=since).exists():
        return False
    event = events.record("user.guessed_at", subject=user)
    letters.post_letter(to=user, kind="guessed_at", key=str(event.pk))
    return True


def _user(login: str) -> User | None:
    return User.objects.active().filter(email=login).first()
