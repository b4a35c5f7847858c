"""What a page may hear: the user, the user's teams, and the case it shows; asked anew with every ticket."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from valtti.core import clock, events
from valtti.core.live import tickets
from valtti.core.live.hints import closed_cases
from valtti.core.permissions import teams_with
from valtti.desk.models import Case

STREAM = "/live/"
SHOWS_A_CASE = "desk:case"


def address_for(request: HttpRequest) -> str:
    """The stream's address for this page, with a ticket of ten minutes."""
    return _address(request, request.path)


def address_again(request: HttpRequest) -> str:
    """The same for a page that asks for its next ticket. The browser says which page; the rules are asked anew."""
    try:
        path = urlsplit(request.headers.get("Referer", "")).path
    except ValueError:
        path = ""
    return _address(request, path)


def _address(request: HttpRequest, path: str) -> str:
    ticket = tickets.make(
        user=request.user.pk or 0,
        login=getattr(request.session, "row_id", None) or 0,
        topics=[*_own_topics(request), *_topics_of_page(request, path)],
        after=events.latest(),
        now=clock.now(),
    )
    return f"{STREAM}?ticket={ticket}"


def _own_topics(request: HttpRequest) -> list[str]:
    teams = sorted(teams_with(request.user, "cases.read"))
    return [f"user:{request.user.pk}", *(f"team:{team}" for team in teams)]


def _topics_of_page(request: HttpRequest, path: str) -> list[str]:
    """The case, where a page shows one that this user may see."""
    try:
        shown = resolve(path)
    except Resolver404:
        return []
    if shown.view_name != SHOWS_A_CASE:
        return []
    cases = Case.objects.visible_to(request.user).filter(pk=shown.kwargs["pk"])  # type: ignore[arg-type]
    return [f"case:{pk}" for pk in cases.values_list("pk", flat=True)]


@closed_cases
def restricted(cases: Collection[int]) -> set[int]:
    """Cases whose team is told nothing of them: only those let in, on the case's own page."""
    return set(Case.objects.filter(pk__in=cases, restricted=True).values_list("pk", flat=True))
