"""One person's events in all channels, newest first; each room words its own news."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy

from valtti.core import permissions
from valtti.core.models import Event
from valtti.customers.models import Customer
from valtti.customers.queries.records import records_of
from valtti.people.models import User

PAGE = 30
_AT_MOST_READ = 10
"""Pages of raw news looked through for one page of lines: some news is silent, some is not for this reader."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline. `words` are the customer's own (`guest`) or a colleague's, in `language`.

    `matter` is open or closed: how the case it belongs to stands now; empty for news of no case.
    """

    event_id: int
    at: datetime
    icon: str
    title: str
    words: str = ""
    language: str = ""
    state: str = ""
    tone: str = ""
    url: str = ""
    folded: bool = False
    guest: bool = False
    channel: str = ""
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of lines; `before` asks for the next one, None at the end."""

    lines: list[Line]
    before: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the timeline is narrowed to; what is empty narrows nothing."""

    channel: str = ""
    matter: str = ""

    def takes(self, line: Line) -> bool:
        """The line is of this channel and of such a matter."""
        return self.channel in {"", line.channel} and self.matter in {"", line.matter}


EVERYTHING = Wanted()

type Describer = Callable[[Sequence[Event], User], Mapping[int, Line]]

_describers: dict[str, Describer] = {}
channels: dict[str, Lazy] = {}
"""Ways in which news comes, by key; the rooms that know them name them."""


def describe(*kinds: str) -> Callable[[Describer], Describer]:
    """Let a room word its news: events of these kinds in, lines by event id out. No line: not for this reader."""

    def register(describer: Describer) -> Describer:
        for kind in kinds:
            if _describers.setdefault(kind, describer) is not describer:
                raise AssertionError(f"{kind} has words already")
        return describer

    return register


def for_customer(
    customer: Customer, user: User, before: int | None = None, limit: int = PAGE, wanted: Wanted = EVERYTHING
) -> Timeline:
    """What this user may know of the whole person, from the newest, or from before an event."""
    records = records_of(customer)
    lines: list[Line] = []
    events: list[Event] = []
    for _ in range(_AT_MOST_READ):
        events = _read(records, user, before, limit)
        lines += [line for line in _worded(events, user) if wanted.takes(line)]
        before = events[-1].pk if events else None
        if len(lines) >= limit or len(events) < limit:
            break
    more = len(lines) > limit or len(events) == limit
    if len(lines) >= limit:
        before = lines[limit - 1].event_id
    return Timeline(lines[:limit], before if more else None)


def _read(records: list[int], user: User, before: int | None, limit: int) -> list[Event]:
    teams = permissions.teams_with(user, "cases.read")
    news = Event.objects.filter(customer_id__in=records, team_id__in=teams, kind__in=_describers)
    if before is not None:
        news = news.filter(pk__lt=before)
    return list(news.order_by("-pk")[:limit])


def _worded(events: list[Event], user: User) -> list[Line]:
    lines: dict[int, Line] = {}
    for describer in dict.fromkeys(_describers[event.kind] for event in events):
        mine = [event for event in events if _describers[event.kind] is describer]
        lines.update(describer(mine, user))
    return [lines[event.pk] for event in events if event.pk in lines]
