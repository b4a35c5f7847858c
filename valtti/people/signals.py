"""What the login package tells while it works: logins rotate, factors change, and both are written down."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.http import HttpRequest

from valtti.people import queries
from valtti.people.actions import factors
from valtti.people.middleware import HAS_FACTOR
from valtti.people.models import User


def listen() -> None:
    """Connect; twice is once."""
    authentication_step_completed.connect(_rotate, dispatch_uid="people.rotate")
    for signal, what in (
        (authenticator_added, "added"),
        (authenticator_removed, "removed"),
        (authenticator_reset, "renewed"),
    ):
        signal.connect(_LISTENERS[what], dispatch_uid=f"people.factor.{what}", weak=False)


def _rotate(request: HttpRequest, user: User, **told: Any) -> None:
    """Whoever proves again who they are gets a new key."""
    if told.get("reauthenticated"):
        request.session.cycle_key()


def _added(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _changed(request, user, authenticator, "factor.added")


def _removed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _changed(request, user, authenticator, "factor.removed")


def _renewed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _changed(request, user, authenticator, "factor.renewed")


def _changed(request: HttpRequest, user: User, authenticator: Any, what: str) -> None:
    request.session.pop(HAS_FACTOR, None)
    mine = queries.own_session_id(request.session)
    factors.note_change(user=user, kind=str(authenticator.type), what=what, keep_session=mine)


_LISTENERS = {"added": _added, "removed": _removed, "renewed": _renewed}
