"""Who may do what: one table of rights × roles, asked by every door of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, Protocol, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

ADMINISTRATOR, AUDITOR = "administrator", "auditor"
AGENT, LEAD, COACH, ANALYST = "agent", "lead", "coach", "analyst"

TEAM_RIGHTS: dict[str, frozenset[str]] = {
    "cases.read": frozenset({AGENT, LEAD, COACH}),
    "cases.serve": frozenset({AGENT, LEAD}),
    "cases.reassign": frozenset({LEAD}),
    "cases.restrict": frozenset({LEAD}),
    "team.board": frozenset({LEAD}),
    "quarantine.handle": frozenset({LEAD}),
    "senders.admit": frozenset({LEAD}),
    "source.read": frozenset({LEAD}),
    "mail.replay": frozenset({LEAD}),
    "figures.read": frozenset({LEAD, COACH, ANALYST}),
}
"""Rights that a role gives in the teams it is held in, and nowhere else."""

HOUSE_RIGHTS: dict[str, frozenset[str]] = {
    "mailboxes.manage": frozenset({ADMINISTRATOR}),
    "users.manage": frozenset({ADMINISTRATOR}),
    "teams.manage": frozenset({ADMINISTRATOR}),
    "calendars.manage": frozenset({ADMINISTRATOR}),
    "house.manage": frozenset({ADMINISTRATOR}),
    "health.read": frozenset({ADMINISTRATOR}),
    "tray.read": frozenset({ADMINISTRATOR}),
    "audit.read": frozenset({AUDITOR}),
}
"""Rights of the whole house. They open no team's cases."""

OPEN_IN_DEMO = frozenset({"tray.read"})

type Standing = frozenset[tuple[int, str]]


class Holder(Protocol):
    """What is asked of a user: alive or not, the house role, and (team id, role) for each membership."""

    @property
    def is_active(self) -> Any: ...
    @property
    def house_role(self) -> Any: ...
    @property
    def standing(self) -> Standing: ...


class Numbered(Protocol):
    """A team, known here only by its number."""

    @property
    def pk(self) -> Any: ...


def may(user: Any, right: str, team: Numbered | int | None = None) -> bool:
    """True if the user has the right: in this team, or, with no team named, in any. Unknown rights are a mistake."""
    if right in HOUSE_RIGHTS:
        return _is_known(user) and (user.house_role in HOUSE_RIGHTS[right] or _open_to_all(right))
    teams = teams_with(user, right)
    return bool(teams) if team is None else (team if isinstance(team, int) else team.pk) in teams


def teams_with(user: Any, right: str) -> frozenset[int]:
    """Ids of the teams in which the user has a right; for `filter(team_id__in=…)`."""
    roles = TEAM_RIGHTS[right]
    if not _is_known(user):
        return frozenset()
    return frozenset(team_id for team_id, role in user.standing if role in roles)


def needs[**P](
    *rights: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Decorate a view: whoever has none of the rights gets the same 404 as for an address that does not exist."""
    _check_known(rights)

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not any(may(request.user, right) for right in rights):
                raise Http404
            return view(request, *args, **kwargs)

        return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], guarded)

    return decorate


def rights_of(user: Any) -> frozenset[str]:
    """Every right the user has somewhere, for the menu."""
    return frozenset(right for right in (*TEAM_RIGHTS, *HOUSE_RIGHTS) if may(user, right))


def _is_known(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def _open_to_all(right: str) -> bool:
    return bool(settings.DEMO) and right in OPEN_IN_DEMO


def _check_known(rights: Iterable[str]) -> None:
    for right in rights:
        if right not in TEAM_RIGHTS and right not in HOUSE_RIGHTS:
            raise AssertionError(f"{right} is not in the table of rights")
