"""Promises that stand, by hour, late first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from valtti.core import clock
from valtti.desk import promises as rules
from valtti.desk.dues import Due
from valtti.desk.models import Message, Promise
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


def promises_for(user: User, *, who: str = "mine") -> PromiseList:
    """Standing promises: one's own, or (`who="all"`) of all cases one may see."""
    now = clock.now()
    found = Promise.objects.visible_to(user).filter(ended_at=None)
    if who == "mine":
        found = found.filter(owner=user)
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
    return [message for message in _since(promise) if rules.shows_kept(word_of(message, promise), promise.made_at)][:20]


def customers_words_since(promise: Promise) -> list[Message]:
    """What may show that the customer wished it withdrawn: their messages and calls since it was made, newest first."""
    return [message for message in _since(promise) if rules.shows_wish(word_of(message, promise), promise.made_at)][:20]


def word_of(message: Message, promise: Promise) -> rules.Word:
    """A message as evidence for a promise."""
    return rules.Word(
        direction=message.direction,
        channel=message.channel,
        at=message.at,
        automatic=message.automatic,
        pending=message.pending,
        is_void=message.undone_at is not None or message.failed_at is not None,
        is_its_own=message.pk == promise.said_in_id,
    )


def _since(promise: Promise) -> list[Message]:
    said = promise.case.messages.filter(at__gte=promise.made_at).select_related("author_user", "post")
    return list(said.order_by("-at", "-id")[:PAGE])
