"""The lead's board: what is late, when it gets tight, who has what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from valtti.core import permissions
from valtti.desk.queries.team_board import TeamBoard, team_board
from valtti.home.drawing import hours_drawing, line_of_cards
from valtti.people.models import Team, User
from valtti.ui.http import page
from valtti.ui.spoken import spoken

PHONE = 358
"""Width of the hours' drawing on a phone."""
TWELVE = 12
"""So many cards stand in a colleague's line before they shrink."""


@permissions.needs("team.board")
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """One team at a time; the team stands in the address."""
    user = request.user
    assert isinstance(user, User)
    teams = list(Team.objects.led_by(user).order_by("name"))
    chosen = next((team for team in teams if str(team.pk) == request.GET.get("team")), teams[0])
    board = team_board(chosen, user)
    context = {"teams": teams, "board": board, "team_key": str(chosen.pk), **_drawn(board)}
    return page(request, "home/team.html#board", context)


def _drawn(board: TeamBoard) -> dict[str, Any]:
    cards = [["late"] * hour.late + ["promised"] * hour.promised + ["owed"] * hour.owed for hour in board.hours]
    local = timezone.localtime(board.now)
    share = (local.hour + local.minute / 60 - board.hours[0].start.hour) / len(board.hours)
    now = share if 0 <= share <= 1 else None
    return {
        "drawing": hours_drawing([spoken().clock(hour.start.time()) for hour in board.hours], cards, now),
        "small": hours_drawing([str(hour.start.hour) for hour in board.hours], cards, now, PHONE),
        "crew": [(load, line_of_cards(load.cards)) for load in board.loads],
        "crew_width": 14 * max(TWELVE, *(len(load.rows) for load in board.loads)) if board.loads else 14 * TWELVE,
        "late": len(board.late_promises) + len(board.late_answers),
        "finding": _finding(board),
        "until_evening": _until_evening(board),
    }


def _until_evening(board: TeamBoard) -> str:
    """The sentence under the hours: what is still owed today."""
    promises = sum(hour.promised for hour in board.hours)
    answers = sum(hour.owed for hour in board.hours)
    if not promises and not answers:
        return _("Nothing more is owed today.")
    owed = {"promises": promises, "answers": answers}
    return _("Still owed today: promises %(promises)s, answers %(answers)s.") % owed


def _finding(board: TeamBoard) -> str:
    """The headline: what is late, and what falls due next."""
    late = len(board.late_promises) + len(board.late_answers)
    soon = ngettext(
        "%(count)s word falls due within two hours.",
        "%(count)s words fall due within two hours.",
        board.due_in_two_hours,
    ) % {"count": board.due_in_two_hours}
    if not late:
        return _("Nothing is late.") + " " + soon
    return ngettext("%(count)s word is late.", "%(count)s words are late.", late) % {"count": late} + " " + soon
