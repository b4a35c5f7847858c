"""My day: what comes first, what then, what came back, what went well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valtti.core import clock
from valtti.core.calendars import versions_of
from valtti.core.permissions import may
from valtti.desk.queries.board import Board, open_hours
from valtti.desk.queries.my_day import my_day
from valtti.people.models import User
from valtti.ui import board as boards
from valtti.ui.http import page

MORNING, EVENING = 11, 17


@require_safe
def myday(request: HttpRequest) -> HttpResponse:
    """The first page of the day."""
    user = request.user
    assert isinstance(user, User)
    day = my_day(user)
    context = {
        "day": day,
        "board": _first(day.first) if day.first else None,
        "greeting": _greeting(user),
        "serves": may(user, "cases.serve"),
        "reads": may(user, "cases.read"),
        "leads": may(user, "team.board"),
    }
    return page(request, "home/myday.html#day", context)


def _first(first: Board) -> boards.Board:
    promise = first.promise
    customer = promise.case.customer
    who = customer.name if customer else promise.case.title
    standing = _("late, promised to: %(customer)s") if first.due.is_late else _("standing, promised to: %(customer)s")
    return boards.Board(
        heading=_("First"),
        what=promise.text,
        due_at=promise.due_at,
        promised_at=promise.made_at,
        now=first.due.now,
        standing=standing % {"customer": who},
        what_language=promise.language,
        spans=open_hours(first, versions_of(promise.case.team.calendar)),
    )


def _greeting(user: User) -> str:
    hour = timezone.localtime(clock.now()).hour
    name = {"name": user.first_name}
    if hour < MORNING:
        return _("Good morning, %(name)s") % name
    return (_("Good day, %(name)s") if hour < EVENING else _("Good evening, %(name)s")) % name
