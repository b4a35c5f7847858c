"""One customer's matters, as their page shows them: the promise that is next, and what is open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from valtti.core import clock
from valtti.core.calendars import versions_of
from valtti.customers.models import Customer
from valtti.customers.queries import records_of
from valtti.desk import promises as rules
from valtti.desk.models import Case, Promise
from valtti.desk.models.case import CaseQuerySet
from valtti.desk.promises import Said
from valtti.desk.queries.board import Board, board_of
from valtti.desk.queries.queue import QueueRow, rows_of
from valtti.people.models import User


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises to one person have ended, and how many of them in time; withdrawn ones count nowhere."""

    kept: int
    ended: int


@dataclass(frozen=True, slots=True)
class Matters:
    """Open cases in work order and the promise that falls due first."""

    rows: list[QueueRow]
    board: Board | None
    closed: int
    kept: Kept


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
        kept=_kept(cases, now),
    )


def kept_of(customer: Customer, user: User) -> Kept:
    """Of all the cases of the whole person that this user may see; a chain of moves is one promise."""
    return _kept(Case.objects.visible_to(user).filter(customer__in=records_of(customer)), clock.now())


def _kept(cases: CaseQuerySet, now: datetime) -> Kept:
    rows = Promise.objects.filter(case__in=cases)
    said = [Said(row.pk, row.due_at, row.end, row.ended_at, row.moved_from_id, row.told_before_due) for row in rows]
    verdicts = Counter(rules.count(chain, now).verdict for chain in rules.chains(said) if chain[-1].ended_at)
    return Kept(verdicts[rules.KEPT], sum(verdicts[end] for end in (rules.KEPT, rules.KEPT_LATE, rules.BROKEN)))
