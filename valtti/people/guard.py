"""The guard at the door: who has tried too often, who has been here before, what a login leaves behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from valtti.core import clock, keys, limits
from valtti.people.actions import guesses, sessions
from valtti.people.models import KnownAddress
from valtti.people.sessions import ADDRESS, BEGUN, BROWSER

REMEMBERED = timedelta(days=90)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the server says, which believes trusted proxies only."""
    return str(request.META.get("REMOTE_ADDR", ""))


def wait_for(request: HttpRequest, login: str) -> int:
    """Seconds until this login may be tried from here; 0 for now."""
    network, account = _who(request, login)
    answers = [
        limits.peek("failed_login_address", network),
        limits.peek("failed_login_pair", account, network),
    ]
    if not _has_been_here(account, network):
        answers.append(limits.peek("failed_login_account", account))
    return max((answer.retry_after for answer in answers if isinstance(answer, limits.Refused)), default=0)


def count_failure(request: HttpRequest, login: str) -> None:
    """Count a wrong password on all three lists; the person is told when strangers guess at it for long."""
    network, account = _who(request, login)
    limits.take("failed_login_address", network)
    limits.take("failed_login_pair", account, network)
    limits.take("failed_login_account", account)
    guesses.note_failure(login=account, request=request)
    if not limits.peek("failed_login_account", account):
        guesses.tell_of_guessing(login=account)


def wait_for_code(request: HttpRequest, user: Any) -> int:
    """Seconds until a code of this person may be tried from here; 0 for now."""
    return wait_for(request, f"code {user.pk}")


def count_wrong_code(request: HttpRequest, user: Any) -> None:
    """Count a wrong code as a wrong password is counted, on lists of its own."""
    network, account = _who(request, f"code {user.pk}")
    limits.take("failed_login_pair", account, network)
    limits.take("failed_login_account", account)
    guesses.note_failure(login=user.email, request=request, what="login.code_failed")


def note_login(request: HttpRequest, user: Any) -> None:
    """Mark the login's row, remember the network, end the eleventh login."""
    session: Any = request.session
    session[BEGUN] = clock.now().isoformat()
    session[BROWSER] = request.headers.get("User-Agent", "")
    session[ADDRESS] = address_of(request)
    session.save()
    KnownAddress.objects.update_or_create(
        user=user, fingerprint=_fingerprint(limits.network(address_of(request))), defaults={"last_at": clock.now()}
    )
    sessions.note_login(session=session.row, user=user, request=request)


def forget_places() -> int:
    """Delete places nobody has logged in from for ninety days; how many."""
    return KnownAddress.objects.filter(last_at__lt=clock.now() - REMEMBERED).delete()[0]


def _who(request: HttpRequest, login: str) -> tuple[str, str]:
    return limits.network(address_of(request)), login.strip().lower()


def _has_been_here(account: str, network: str) -> bool:
    since = clock.now() - REMEMBERED
    prints = keys.marks("known address", network)
    return KnownAddress.objects.filter(user__email=account, fingerprint__in=prints, last_at__gt=since).exists()


def _fingerprint(network: str) -> str:
    return keys.mark("known address", network)
