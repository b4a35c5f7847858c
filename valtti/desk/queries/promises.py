"""Promises that stand, by hour, late first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from valtti.core import clock
from valtti.desk.dues import Due
from valtti.desk.models import Case, Message, Promise
from valtti.desk.models.words import Channel, Direction
from valtti.desk.queries.queue import teams_of
from valtti.people.models import Team, User

PAGE = 200


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One standing promise."""

    promise: Promise
    now: datetime

    @property
    def due(self) -> Due:
        return Due("promise", self.promise.due_at, self.now)

    @property
    def day(self) -> date:
        """The day it is due, in the reader's time zone."""
        return timezone.localtime(self.promise.due_at).date()


@dataclass(frozen=True, slots=True)
class PromiseList:
    """What `/promises/` shows: late, today, later."""

    late: list[PromiseRow]
    today: list[PromiseRow]
    later: list[PromiseRow]
    who: str
    teams: list[Team]


def promises_for(user: User, *, who: str = "mine", team: int | None = None) -> PromiseList:
    """Standing promises: one's own, or (`who="all"`) of all cases one may see."""
    now = clock.now()
    found = Promise.objects.filter(ended_at=None, case__in=Case.objects.visible_to(user))
    if who == "mine":
        found = found.filter(owner=user)
    if team is not None:
        found = found.filter(case__team_id=team)
    rows = [
        PromiseRow(promise, now)
        for promise in found.select_related("case__customer", "owner", "said_in", "evidence_message").order_by(
            "due_at", "id"
        )[:PAGE]
    ]
    today = timezone.localtime(now).date()
    coming = [row for row in rows if not row.due.is_late]
    return PromiseList(
        late=[row for row in rows if row.due.is_late],
        today=[row for row in coming if row.day == today],
        later=[row for row in coming if row.day > today],
        who=who,
        teams=teams_of(user),
    )


def evidence_for(promise: Promise) -> list[Message]:
    """What may show that the promise was kept: our answers and calls since it was made, newest first."""
    return list(
        promise.case.messages.filter(
            Q(direction=Direction.OUT) | Q(direction=Direction.NOTE, channel__in=(Channel.PHONE, Channel.VISIT)),
            automatic=False,
            undone_at=None,
            failed_at=None,
            at__gt=promise.made_at,
        )
        .exclude(pk=promise.said_in_id or 0)
        .select_related("author_user", "post")
        .order_by("-at", "-id")[:20]
    )


def customers_words_since(promise: Promise) -> list[Message]:
    """Messages of the customer since the promise was made: what may show that they wished it withdrawn."""
    return list(
        promise.case.messages.filter(
            direction=Direction.IN, automatic=False, pending=False, at__gt=promise.made_at
        ).order_by("-at", "-id")[:20]
    )
