"""My day: what comes first, what then, what came back, what went well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from valtti.core import clock
from valtti.core.calendars import versions_of
from valtti.desk import promises as rules
from valtti.desk.models import Availability, Case, Message, Promise
from valtti.desk.models.words import Direction, PromiseEnd, Turn
from valtti.desk.promises import Counted, Said
from valtti.desk.queries.availability import Unattended, absence_of, unattended_for
from valtti.desk.queries.board import Board, board_of
from valtti.desk.queries.queue import QueueRow, rows_of, teams_of
from valtti.people.models import Team, User

THEN = 20


@dataclass(frozen=True, slots=True)
class Week:
    """My promises that ended since Monday. A chain of moves counts as one."""

    kept: int
    kept_late: int
    broken: int
    moved: int
    answered: int

    @property
    def ended(self) -> int:
        """All that ended one way or the other."""
        return self.kept + self.kept_late + self.broken


@dataclass(frozen=True, slots=True)
class MyDay:
    """What `/` shows. `returned` stands first: letters of mine, or in my cases, that did not arrive."""

    now: datetime
    returned: list[Message]
    first: Board | None
    then: list[QueueRow]
    waiting: list[QueueRow]
    nobody: int
    late: int
    week: Week
    teams: list[Team]
    away: Availability | None
    unattended: list[Unattended]

    @property
    def is_empty(self) -> bool:
        """Nothing at all is to be done by me now."""
        return not (self.returned or self.first or self.then or self.unattended)

    @property
    def others_wait(self) -> bool:
        """Somebody waits for a word in cases that I see but do not have."""
        return bool(self.late or self.nobody)


def my_day(user: User) -> MyDay:
    """The day of one agent, in a fixed number of queries."""
    now = clock.now()
    mine = Case.objects.visible_to(user).open().filter(assignee=user)
    standing = _standing_promises(user)
    teams = teams_of(user)
    first = min(standing, key=lambda promise: (promise.due_at, promise.pk), default=None)
    versions = versions_of(first.case.team.calendar) if first else []
    rows = rows_of(mine.grouped(), user, now=now, limit=200)
    to_do = [row for row in rows if row.group in {"promised", "owed", "ours"}]
    return MyDay(
        now=now,
        returned=list(returned_letters(user)),
        first=board_of(standing, versions, now),
        then=by_due([row for row in to_do if first is None or row.case.pk != first.case_id])[:THEN],
        waiting=[row for row in rows if row.group in {"turn", "third_party"}],
        nobody=Case.objects.visible_to(user).open().filter(assignee=None, turn=Turn.OURS).count(),
        late=Case.objects.visible_to(user).open().filter(next_due_at__lt=now).exclude(assignee=user).count(),
        week=week_of(user, now),
        teams=teams,
        away=absence_of(user, now),
        unattended=unattended_for(user, now),
    )


def by_due(rows: Sequence[QueueRow]) -> list[QueueRow]:
    """In the order in which they fall due; what has no time comes last."""
    latest = datetime.max.replace(tzinfo=clock.now().tzinfo)
    return sorted(rows, key=lambda row: (row.case.next_due_at or latest, row.case.urgency, row.case.pk))


def returned_letters(user: User) -> QuerySet[Message]:
    """Letters that did not arrive with everybody, in open cases that are mine or I wrote in, until another has."""
    later = Message.objects.filter(
        case=OuterRef("case"), direction=Direction.OUT, automatic=False, accepted_at__gt=OuterRef("came_back_at")
    ).filter(failed_at=None)
    partly = Q(post__isnull=False) & ~Q(post__refused=[])
    return (
        Message.objects.visible_to(user)
        .filter(case__closed_at=None, direction=Direction.OUT)
        .filter(Q(case__assignee=user) | Q(author_user=user), automatic=False, undone_at=None)
        .filter(Q(failed_at__isnull=False) | partly)
        .annotate(came_back_at=Coalesce("failed_at", "accepted_at"))
        .exclude(Exists(later))
        .select_related("case__customer", "case__assignee", "post", "author_user")
        .order_by("came_back_at")
    )


def week_of(user: User, now: datetime) -> Week:
    """How this week's promises of one user ended, and how many customers got an answer."""
    local = timezone.localtime(now)
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    ended = ended_since(user, monday, now)
    verdicts = Counter(counted.verdict for counted in ended)
    answered = (
        Message.objects.visible_to(user)
        .filter(author_user=user, direction=Direction.OUT, accepted_at__gte=monday)
        .values("encounter")
        .distinct()
        .count()
    )
    kept, kept_late, broken = (verdicts[end] for end in ("kept", "kept_late", "broken"))
    moved = sum(counted.moves for counted in ended)
    return Week(kept=kept, kept_late=kept_late, broken=broken, answered=answered, moved=moved)


def ended_since(user: User, since: datetime, now: datetime) -> list[Counted]:
    """The user's promises that ended since then, each chain of moves counted as one."""
    seen = Promise.objects.visible_to(user).filter(owner=user)
    last_links = seen.filter(ended_at__gte=since).exclude(end=PromiseEnd.UNDONE)
    rows = [
        Said(row.pk, row.due_at, row.end, row.ended_at, row.moved_from_id, row.told_before_due)
        for row in seen.filter(case__in=last_links.values("case"))
    ]
    chains = [chain for chain in rules.chains(rows) if (ended := chain[-1].ended_at) and ended >= since]
    return [rules.count(chain, now) for chain in chains]


def _standing_promises(user: User) -> list[Promise]:
    return list(
        Promise.objects.visible_to(user)
        .filter(owner=user, ended_at=None)
        .exclude(end=PromiseEnd.UNDONE)
        .select_related("case__customer", "case__team__calendar", "said_in", "owner", "evidence_message")
        .order_by("due_at", "id")
    )
