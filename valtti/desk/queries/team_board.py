"""The lead's board: what is owed when, who has what, what stands still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from valtti.core import clock
from valtti.desk.dues import Due
from valtti.desk.models import Availability, Case
from valtti.desk.queries.availability import absences
from valtti.desk.queries.groups import Group
from valtti.desk.queries.queue import QueueRow, rows_of
from valtti.people.models import Team, User
from valtti.people.queries import servers_of

AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Hour:
    """Words owed within one hour of today, by kind. `late` ones stand in the hour they were due."""

    start: datetime
    late: int = 0
    promised: int = 0
    owed: int = 0

    @property
    def total(self) -> int:
        return self.late + self.promised + self.owed


@dataclass(frozen=True, slots=True)
class Load:
    """What one colleague has: a card is a matter."""

    user: User
    rows: list[QueueRow] = field(default_factory=list)
    away: Availability | None = None

    @property
    def cards(self) -> list[str]:
        """late, promised, owed, ours or theirs, in this order."""
        order = ("late", "promised", "owed", "ours", "theirs")
        return sorted((card_of(row) for row in self.rows), key=order.index)

    @property
    def next_row(self) -> QueueRow | None:
        """The matter in which the next word is due."""
        due = [row for row in self.rows if row.case.next_due_at]
        return min(due, key=lambda row: (row.case.next_due_at, row.case.pk), default=None)

    @property
    def next_due(self) -> Due | None:
        return self.next_row.due if self.next_row else None


@dataclass(frozen=True, slots=True)
class TeamBoard:
    """What `/team/` shows for one team."""

    team: Team
    now: datetime
    waiting: int
    due_in_two_hours: int
    late_promises: list[QueueRow]
    late_answers: list[QueueRow]
    nobody: list[QueueRow]
    hours: list[Hour]
    loads: list[Load]
    total: int


def team_board(team: Team, user: User) -> TeamBoard:
    """The board of one team, as far as this user sees its cases."""
    now = clock.now()
    cases = Case.objects.visible_to(user).filter(team=team).open().grouped()
    rows = rows_of(cases, user, now=now, limit=AT_MOST)
    soon = now + timedelta(hours=2)
    late = [row for row in rows if row.is_late]
    return TeamBoard(
        team=team,
        now=now,
        waiting=sum(1 for row in rows if row.waits),
        due_in_two_hours=sum(1 for row in rows if row.case.next_due_at and now < row.case.next_due_at <= soon),
        late_promises=[row for row in late if row.group == Group.PROMISED],
        late_answers=[row for row in late if row.group == Group.OWED],
        nobody=[row for row in rows if row.case.assignee_id is None],
        hours=hours_of_today(rows, now),
        loads=_loads(team, rows, absences(now)),
        total=cases.count(),
    )


def hours_of_today(rows: Iterable[QueueRow], now: datetime) -> list[Hour]:
    """Today's hours from the first to the last in which a word is or was due, eight to six at the least."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    counts: dict[int, dict[str, int]] = {hour: {} for hour in range(8, 18)}
    for row in rows:
        at = timezone.localtime(row.due.at) if row.due and row.due.kind in {"promise", "answer"} else None
        if at is None or at.date() != today.date():
            continue
        kind = "late" if row.is_late else "promised" if row.group == Group.PROMISED else "owed"
        hour = counts.setdefault(at.hour, {})
        hour[kind] = hour.get(kind, 0) + 1
    first, last = min(counts), max(counts)
    return [Hour(start=today.replace(hour=hour), **counts.get(hour, {})) for hour in range(first, last + 1)]


def card_of(row: QueueRow) -> str:
    """Which kind of card a matter is."""
    if row.is_late:
        return "late"
    if row.group in {Group.TURN, Group.THIRD_PARTY}:
        return "theirs"
    return {Group.PROMISED: "promised", Group.OWED: "owed"}.get(Group(row.group), "ours")


def _loads(team: Team, rows: list[QueueRow], away: dict[int, Availability]) -> list[Load]:
    loads = {user.pk: Load(user, away=away.get(user.pk)) for user in servers_of(team)}
    for row in rows:
        if row.case.assignee is not None:
            owner = row.case.assignee
            loads.setdefault(owner.pk, Load(owner, away=away.get(owner.pk))).rows.append(row)
    return sorted(loads.values(), key=lambda load: load.user.name)
