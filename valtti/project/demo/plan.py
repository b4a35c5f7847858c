"""Which conversation happens when: seeded, ending now, with some letters still waiting (pure)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from valtti.core import calendar
from valtti.core.hours import Hours
from valtti.project.demo.customers import Invented, People
from valtti.project.demo.library import Thread, threads
from valtti.project.demo.staff import BUSINESS, SERVES

ORDINARY, DAYS_BACK = 175, 45
SHORT, SHORT_WEIGHT = 3, 3
"""Everyday mail is short: threads of so few turns are drawn so many times as often."""
WAITING, STANDING, THEIR_TURN = 11, 6, 8
WORKDAY = 36_000


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation of one customer: when each turn happens; those after now are left out.

    `due` overrides when the last promise made so far falls due, so that today has one in an hour.
    """

    number: int
    thread: Thread
    customer: Invented
    team: str
    agent: str
    moments: tuple[datetime, ...]
    due: datetime | None = None


@dataclass
class Planner:
    """Draws stories; the same seed, calendar and now give the same plan."""

    hours: Sequence[Hours]
    now: datetime
    seed: int = 20
    stories: list[Story] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.people = People(self.chance)
        self.free = [thread for thread in threads() if not thread.only and not thread.customer]

    def plan(self) -> list[Story]:
        """The cast's stories, an ordinary month and a half, and what is alive today."""
        for thread in threads():
            if thread.customer and not thread.only and thread.id != "katja-router-second":
                self._add(thread, self._past_start(), None)
        for thread in self._drawn(ORDINARY):
            self._add(thread, self._past_start(), None)
        self._waiting()
        self._standing()
        self._their_turn()
        return self.stories

    def _waiting(self) -> None:
        """Letters that wait for an answer, from ten minutes to half a day old."""
        fresh = [thread for thread in self.free if thread.channel == "email" and thread.turns[0].by == "customer"]
        for place, thread in enumerate(self._drawn(WAITING, fresh)):
            age = 600 + place * self.chance.randint(1_200, 2_400)
            self._add(thread, self._back(age), 1)

    def _standing(self) -> None:
        """Promises that stand: one late by a little, one due in an hour, the others later today and tomorrow."""
        katja = next(thread for thread in threads() if thread.id == "katja-router-second")
        promising = [katja, *self._drawn(STANDING - 1, [thread for thread in self.free if _first_promise(thread)])]
        spans = (3_600, -1_200, 5_400, 10_800, 21_600, 36_000)
        for thread, span in zip(promising, spans, strict=True):
            made = _first_promise(thread)
            due = calendar.add(self.now, span, self.hours) if span > 0 else self._back(-span)
            self._add(thread, self._back(_length(thread, made) + self.chance.randint(9_000, 30_000)), made + 1, due)

    def _their_turn(self) -> None:
        """Answers that wait for the customer's word."""
        asking = [thread for thread in self.free if _asks_back(thread)]
        for thread in self._drawn(THEIR_TURN, asking):
            asked = _asks_back(thread)
            self._add(thread, self._back(_length(thread, asked) + self.chance.randint(6_000, 60_000)), asked + 1)

    def _add(self, thread: Thread, begins: datetime, turns: int | None, due: datetime | None = None) -> None:
        customer = self.people.for_thread(thread)
        team = "business" if thread.topic.startswith("business") else customer.team
        moments = [moment for moment in _moments(thread, begins, self.hours, self.chance) if moment < self.now][:turns]
        agent = thread.agent or self.chance.choice(_servers(team, thread.language))
        self.stories.append(
            Story(len(self.stories) + 1, thread, customer, team, agent, tuple(moments), due),
        )

    def _drawn(self, count: int, pool: list[Thread] | None = None) -> list[Thread]:
        """Threads by weight; none twice while others of the pool are left."""
        pool = self.free if pool is None else pool
        drawn: list[Thread] = []
        left: list[Thread] = []
        for _ in range(count):
            left = left or list(pool)
            thread = self.chance.choices(left, [_share(thread) for thread in left])[0]
            left.remove(thread)
            drawn.append(thread)
        return drawn

    def _past_start(self) -> datetime:
        day = self.now - timedelta(days=self.chance.uniform(4, DAYS_BACK))
        return calendar.add(calendar.next_opening(day, self.hours), self.chance.randint(0, WORKDAY // 2), self.hours)

    def _back(self, seconds: int) -> datetime:
        """The instant so much working time before now."""
        return back(self.now, seconds, self.hours)


def back(at: datetime, seconds: int, hours: Sequence[Hours]) -> datetime:
    """The latest instant from which `seconds` of working time lead to `at`."""
    spans = list(calendar.openings(at - timedelta(days=60), at, hours))
    left = timedelta(seconds=seconds)
    for span in reversed(spans):
        if left <= span.end - span.start:
            return span.end - left
        left -= span.end - span.start
    raise ValueError("more working time than two months hold")


def _moments(thread: Thread, begins: datetime, hours: Sequence[Hours], chance: random.Random) -> Iterator[datetime]:
    at = begins
    for turn in thread.turns:
        at = calendar.add(at, turn.after, hours) + timedelta(seconds=chance.randint(1, 50))
        yield at


def _share(thread: Thread) -> int:
    return thread.weight * (SHORT_WEIGHT if len(thread.turns) <= SHORT else 1)


def _first_promise(thread: Thread) -> int:
    """The turn that promises first; 0 when none does (the first turn is the customer's)."""
    return next((place for place, turn in enumerate(thread.turns) if turn.promise and turn.by == "agent"), 0)


def _asks_back(thread: Thread) -> int:
    """The agent's turn after which the customer writes again, without a promise; 0 when there is none."""
    for place, (turn, following) in enumerate(zip(thread.turns, thread.turns[1:], strict=False)):
        if turn.by == "agent" and not turn.promise and not turn.closes and following.by == "customer":
            return place
    return 0


def _length(thread: Thread, last: int) -> int:
    """Working seconds from the first turn to the turn `last`."""
    return sum(turn.after for turn in thread.turns[1 : last + 1])


def _servers(team: str, language: str) -> tuple[str, ...]:
    if team == "business":
        return BUSINESS
    homes = {"north": ("Aino", "Sanna", "Timo", "Jenni"), "south": ("Irina", "Emma", "Mikko", "Laura")}[team]
    able = tuple(name for name in SERVES[language] if name.split(" ")[0] in homes)
    return able or SERVES[language]
