"""My day: what comes first, what then, what came back, what went well."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valtti.core import calendar
from valtti.core.calendars import versions_of
from valtti.desk.queries.board import Board
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
    board = _first(day.first) if day.first else None
    return page(request, "home/myday.html#day", {"day": day, "board": board, "greeting": _greeting(user)})


def _first(first: Board) -> boards.Board:
    promise = first.promise
    customer = promise.case.customer
    who = customer.name if customer else promise.case.title
    until = max(promise.due_at, first.due.now)
    spans = calendar.openings(promise.made_at, until, versions_of(promise.case.team.calendar))
    shown = boards.Board(
        heading=_("First"),
        what=promise.text,
        due_at=promise.due_at,
        promised_at=promise.made_at,
        now=first.due.now,
        standing=_("standing, promised by you to: %(customer)s") % {"customer": who},
        language=promise.language,
        spans=[(span.start, span.end) for span in spans],
    )
    return (
        replace(shown, standing=_("late, promised by you to: %(customer)s") % {"customer": who})
        if shown.late
        else shown
    )


def _greeting(user: User) -> str:
    hour = timezone.localtime().hour
    name = {"name": user.first_name}
    if hour < MORNING:
        return _("Good morning, %(name)s") % name
    return (_("Good day, %(name)s") if hour < EVENING else _("Good evening, %(name)s")) % name
