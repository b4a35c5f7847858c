"""The queue: one list in work order, in groups by what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery

from valtti.core import clock, permissions
from valtti.desk.dues import Due, since
from valtti.desk.models import Case, Message, Pause, Presence
from valtti.desk.models.case import CaseQuerySet
from valtti.desk.models.words import Direction, Turn
from valtti.desk.queries.filters import Filters, start_of_today
from valtti.desk.queries.groups import HINTS, Group
from valtti.people.models import Team, User

PAGE = 100
PRESENT = timedelta(seconds=40)
PRESSING = timedelta(hours=2)


@dataclass(frozen=True)
class QueueRow:
    """One case as the queue shows it. `others` are colleagues who look at it now."""

    case: Case
    group: str
    now: datetime
    others: tuple[User, ...] = ()

    @property
    def who(self) -> str:
        """The customer; while nobody is named, the name that the letter gives, which is in doubt."""
        customer = self.case.customer
        return customer.name if customer else str(self.case.__dict__.get("sender") or "")

    @property
    def is_doubtful(self) -> bool:
        """Nobody has said yet whose matter it is."""
        return self.case.customer_id is None

    @cached_property
    def pause(self) -> Pause | None:
        """The spell of waiting that stands."""
        return next(iter(self.case.pauses.all()), None)

    @cached_property
    def due(self) -> Due | None:
        """What falls due first here, and when."""
        if self.group == Group.PROMISED and self.case.promise_due_at:
            return Due("promise", self.case.promise_due_at, self.now)
        if self.group == Group.OWED and self.case.next_due_at:
            return Due("answer", self.case.next_due_at, self.now)
        if self.pause and self.pause.expected_until:
            return Due(self.group, self.pause.expected_until, self.now)
        return None

    @property
    def left(self) -> str:
        """The last column: time left, time late, or since when the other side has the turn."""
        if self.group in {Group.TURN, Group.THIRD_PARTY} and self.pause:
            return since(self.pause.started_at, self.now)
        if self.due:
            return self.due.left
        return since(self.case.waiting_since, self.now) if self.case.waiting_since else ""

    @property
    def tone(self) -> str:
        """bad, warn, live, calm or none."""
        if self.due:
            return self.due.tone
        return "calm" if self.group in {Group.TURN, Group.THIRD_PARTY, Group.CLOSED} else ""

    @property
    def is_late(self) -> bool:
        """A promise or an answer is past its time."""
        return self.due is not None and self.due.is_late and self.due.kind in {"promise", "answer"}

    @property
    def waits(self) -> bool:
        """The customer has written and has no answer yet."""
        return self.case.waiting_since is not None


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Rows of one kind with their number on all pages."""

    key: str
    title: str
    hint: str
    count: int
    rows: list[QueueRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers beside the views. `open` follows the chosen team, the rest the chosen team and owner."""

    open: int
    mine: int
    nobody: int
    closed_today: int
    by_group: dict[str, int]


@dataclass(frozen=True, slots=True)
class Queue:
    """All that `/cases/` shows."""

    filters: Filters
    groups: list[QueueGroup]
    counts: Counts
    teams: list[Team]
    total: int
    page: int
    pages: int

    @property
    def rows(self) -> list[QueueRow]:
        """All rows of this page in order."""
        return [row for group in self.groups for row in group.rows]


def queue_for(user: User, filters: Filters | None = None) -> Queue:
    """What this user may work on, narrowed by the filter."""
    filters = filters or Filters()
    now = clock.now()
    mine = filters.apply(Case.objects.visible_to(user).grouped(), user)
    sizes = mine.sizes()
    total = sum(sizes.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(filters.page or 1, 1), pages)
    rows = rows_of(mine, user, now=now, offset=(page - 1) * PAGE)
    return Queue(
        filters=filters,
        groups=_groups(rows, sizes),
        counts=counts_for(user, team=filters.team),
        teams=list(teams_of(user)),
        total=total,
        page=page,
        pages=pages,
    )


def rows_of(cases: CaseQuerySet, user: User, *, now: datetime, offset: int = 0, limit: int = PAGE) -> list[QueueRow]:
    """One page of rows; the same number of queries for any number of cases."""
    present = Presence.objects.filter(seen_at__gt=now - PRESENT).exclude(user=user).select_related("user")
    listed = (
        cases.in_work_order()
        .annotate(sender=_sender())
        .select_related("customer", "assignee", "topic", "touchpoint", "team")
        .prefetch_related(
            Prefetch("pauses", Pause.objects.filter(ended_at=None)),
            Prefetch("presences", present),
        )[offset : offset + limit]
    )
    return [
        QueueRow(case, group_of(case), now, tuple(presence.user for presence in case.presences.all()))
        for case in listed
    ]


def _sender() -> models.Case:
    """Who wrote first, asked only where no customer is named."""
    heard = Message.objects.filter(case=OuterRef("pk"), direction=Direction.IN).order_by("at", "id")
    return models.Case(models.When(customer=None, then=Subquery(heard.values("author_name")[:1])))


def group_of(case: Case) -> str:
    """The group in which a case stands; `case` comes from `grouped()`."""
    group: str = case.__dict__["group"]
    return group


def counts_for(user: User, *, team: int | None = None) -> Counts:
    """Numbers beside the views, in one query."""
    cases = Case.objects.visible_to(user).grouped()
    if team is not None:
        cases = cases.filter(team_id=team)
    standing = Q(closed_at=None)
    numbers = cases.aggregate(
        open=Count("pk", filter=standing),
        mine=Count("pk", filter=standing & Q(assignee=user)),
        nobody=Count("pk", filter=standing & Q(assignee=None)),
        closed_today=Count("pk", filter=Q(closed_at__gte=start_of_today())),
        **{f"group_{key}": Count("pk", filter=Q(("group", key))) for key in Group.values if key != Group.CLOSED},
    )
    by_group = {key: numbers.pop(f"group_{key}", 0) for key in Group.values if key != Group.CLOSED}
    return Counts(by_group=by_group, **numbers)


def next_case(user: User, *, after: int | None = None) -> Case | None:
    """The case to take next: one's own or nobody's in which it is our turn. `after` is the one just left."""
    cases = Case.objects.visible_to(user).open()
    to_do = cases.filter(Q(assignee=user) | Q(assignee=None)).filter(
        Q(turn=Turn.OURS) | Q(promise_due_at__isnull=False)
    )
    if after is not None:
        to_do = to_do.exclude(pk=after)
    return to_do.next_first(clock.now() + PRESSING).first()


def teams_of(user: User) -> list[Team]:
    """Teams whose correspondence the user reads, by name."""
    return list(Team.objects.filter(pk__in=permissions.teams_with(user, "cases.read")).order_by("name"))


def _groups(rows: list[QueueRow], sizes: dict[str, int]) -> list[QueueGroup]:
    groups = {
        group.value: QueueGroup(group.value, str(group.label), str(HINTS[group]), sizes.get(group.value, 0))
        for group in Group
        if sizes.get(group.value)
    }
    for row in rows:
        groups[row.group].rows.append(row)
    return list(groups.values())
