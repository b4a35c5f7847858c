"""One customer's matters, as their page shows them: the promise that is next, and what is open."""

from __future__ import annotations

from dataclasses import dataclass

from valtti.core import clock
from valtti.core.calendars import versions_of
from valtti.customers.models import Customer
from valtti.customers.queries import records_of
from valtti.desk.models import Case, Promise
from valtti.desk.queries.board import Board, board_of
from valtti.desk.queries.queue import QueueRow, rows_of
from valtti.people.models import User


@dataclass(frozen=True, slots=True)
class Matters:
    """Open cases in work order and the promise that falls due first."""

    rows: list[QueueRow]
    board: Board | None
    closed: int


def matters_of(customer: Customer, user: User) -> Matters:
    """What this user may see of the whole person's cases."""
    now = clock.now()
    cases = Case.objects.visible_to(user).filter(customer__in=records_of(customer))
    standing = list(
        Promise.objects.filter(ended_at=None, case__in=cases)
        .select_related("case__customer", "case__team__calendar", "owner", "said_in", "evidence_message")
        .order_by("due_at", "id")
    )
    versions = versions_of(standing[0].case.team.calendar) if standing else []
    return Matters(
        rows=rows_of(cases.open().grouped(), user, now=now, limit=20),
        board=board_of(standing, versions, now),
        closed=cases.filter(closed_at__isnull=False).count(),
    )
