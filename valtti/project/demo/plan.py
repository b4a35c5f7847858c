"""A conversation planned: whose it is, who answers, when each turn happens (pure)."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from valtti.core import calendar
from valtti.core.hours import Hours
from valtti.project.demo.customers import Invented, People
from valtti.project.demo.library import Thread, threads
from valtti.project.demo.staff import BUSINESS, SERVES

SHORT, SHORT_WEIGHT = 3, 3
"""Everyday mail is short: threads of so few turns are drawn so many times as often."""

THURSDAY = 3
A_LITTLE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation of one customer: when each turn happens; those not to be lived yet are left out.

    `due` is when its last promise falls due, where that is not left to the words.
    """

    number: int
    thread: Thread
    customer: Invented
    team: str
    agent: str
    moments: tuple[datetime, ...]
    due: datetime | None = None

    @property
    def is_whole(self) -> bool:
        """Lived to its end."""
        return len(self.moments) == len(self.thread.turns)


class Planner:
    """Draws stories and numbers them from `first` on; the same seed and calendar give the same."""

    def __init__(self, hours: Sequence[Hours], seed: str, *, first: int, people: People | None = None) -> None:
        self.hours = hours
        self.chance = random.Random(seed)
        self.people = people or People(self.chance)
        self.free = [thread for thread in threads() if not thread.only and not thread.customer]
        self.stories: list[Story] = []
        self._first = first

    def moments(self, thread: Thread, begins: datetime) -> list[datetime]:
        """When each turn happens if the first one happens at `begins`."""
        return list(_moments(thread, begins, self.hours, self.chance))

    def add(
        self,
        thread: Thread,
        moments: Sequence[datetime],
        *,
        agent: str = "",
        due: datetime | None = None,
    ) -> None:
        """One more story, of this agent and the own team where named."""
        homes = TEAM_OF.get(agent, "")
        business = thread.topic.startswith("business")
        customer = self.people.for_thread(thread, homes if not business else "")
        team = "business" if business else customer.team
        agent = thread.agent or agent or self.chance.choice(_servers(team, thread.language))
        number = self._first + len(self.stories)
        self.stories.append(Story(number, thread, customer, team, agent, tuple(moments), due))

    def drawn(self, count: int, pool: Collection[Thread], *, times: int = 1) -> list[Thread]:
        """Threads by weight, none more often than `times` while others of the pool are left."""
        found: list[Thread] = []
        left: list[Thread] = []
        for _ in range(count):
            left = left or [thread for thread in pool for _ in range(times)]
            thread = self.chance.choices(left, [_share(thread) for thread in left])[0]
            left.remove(thread)
            found.append(thread)
        return found


HOMES = {
    "north": ("Aino Korhonen", "Sanna Rautio", "Timo Hakala", "Jenni Koskela"),
    "south": ("Irina Sokolova", "Emma Nyström", "Mikko Salonen", "Laura Heikkinen"),
}
TEAM_OF = {name: team for team, names in HOMES.items() for name in names}


def back(at: datetime, seconds: int, hours: Sequence[Hours]) -> datetime:
    """The latest instant from which `seconds` of working time lead to `at`."""
    spans = list(calendar.openings(at - timedelta(days=60), at, hours))
    left = timedelta(seconds=seconds)
    for span in reversed(spans):
        if left <= span.end - span.start:
            return span.end - left
        left -= span.end - span.start
    raise ValueError("more working time than two months hold")


def ends_at(moments: Sequence[datetime], hours: Sequence[Hours]) -> datetime:
    """When somebody of ours sees that nothing is left to do: soon after the last turn, in opening hours."""
    return calendar.next_opening(moments[-1] + A_LITTLE, hours)


def says_tomorrow_rightly(thread: Thread, moments: Sequence[datetime]) -> bool:
    """Whoever promises something for tomorrow does so from Monday to Thursday."""
    return all(
        moment.weekday() <= THURSDAY
        for turn, moment in zip(thread.turns, moments, strict=False)
        if turn.promise and turn.promise.due.startswith("next workday")
    )


def first_promise(thread: Thread) -> int:
    """The turn of an answer that promises first; 0 when none does (the first turn is the customer's)."""
    return next((place for place, turn in enumerate(thread.turns) if turn.promise and turn.by == "agent"), 0)


def asks_back(thread: Thread) -> int:
    """The agent's turn after which the customer writes again, without a promise; 0 when there is none."""
    for place, (turn, following) in enumerate(zip(thread.turns, thread.turns[1:], strict=False)):
        if turn.by == "agent" and not turn.promise and not turn.closes and following.by == "customer":
            return place
    return 0


def asks_more(thread: Thread) -> int:
    """The customer's turn that asks on after an answer without a promise, and is answered; 0 when there is none."""
    asked = asks_back(thread) + 1
    return asked if asked > 1 and [turn.by for turn in thread.turns[asked + 1 : asked + 2]] == ["agent"] else 0


def length(thread: Thread, last: int) -> int:
    """Working seconds from the first turn to the turn `last`."""
    return sum(turn.after for turn in thread.turns[1 : last + 1])


def _moments(thread: Thread, begins: datetime, hours: Sequence[Hours], chance: random.Random) -> Iterator[datetime]:
    at = begins
    for place, turn in enumerate(thread.turns):
        at = calendar.add(at, turn.after, hours) if place else at
        if turn.by != "customer":
            at = calendar.next_opening(at, hours)
        at += timedelta(seconds=chance.randint(1, 50))
        yield at


def _share(thread: Thread) -> int:
    return thread.weight * (SHORT_WEIGHT if len(thread.turns) <= SHORT else 1)


def _servers(team: str, language: str) -> tuple[str, ...]:
    if team == "business":
        return BUSINESS
    able = tuple(name for name in SERVES[language] if name in HOMES[team])
    return able or SERVES[language]
